"""What people write never runs: payloads in every text field, looked at in a real browser.

Each payload tries to call `ran(...)`, to ask another host for something, or to send the reader
away; the browser reports all three. The policy of every page is tried by itself as well.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from tests.browser import open_browser
from tests.sites import SMALL, built, picture, served, write_archive

PAYLOADS = (
    "<script>ran('script')</script>",
    "<img src=x onerror=ran('onerror')>",
    "<svg onload=ran('svg')>",
    "<svg><script>ran('svgscript')</script></svg>",
    "<iframe srcdoc=\"<script>parent.ran('srcdoc')</script>\"></iframe>",
    "<iframe src=\"javascript:parent.ran('iframe')\"></iframe>",
    "<object data=\"javascript:ran('object')\"></object>",
    "<embed src=\"javascript:ran('embed')\">",
    "<details open ontoggle=ran('toggle')>x</details>",
    "<input autofocus onfocus=ran('focus')>",
    "<body onload=ran('body')>",
    "<math><mtext></table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=ran('mx')&gt;\">",
    "</title><script>ran('title')</script>",
    "</script><script>ran('jsonld')</script>",
    "</textarea><script>ran('textarea')</script>",
    "--><script>ran('comment')</script>",
    "]]><script>ran('cdata')</script>",
    "\" onmouseover=\"ran('quote')\" autofocus onfocus=\"ran('quote')",
    "' onfocus='ran(1)' autofocus='",
    "[x](javascript:ran('link'))",
    "[x](JaVaScRiPt&#58;ran('entity'))",
    "[x](data:text/html,<script>ran('data')</script>)",
    "<a href=\"java&#10;script:ran('newline')\">x</a>",
    "<form action=\"https://example.org/steal\"><button>x</button></form>",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://example.org/away\">",
    "<base href=\"https://example.org/\">",
    "<link rel=stylesheet href=\"https://example.org/a.css\">",
    "<style>@import url(https://example.org/b.css);body{background:url(https://example.org/c)}</style>",
    "<p style=\"background:url(https://example.org/d)\">x</p>",
    "![x](https://example.org/e.png)",
    "<video src=https://example.org/f autoplay></video>",
    "@@chronicle-body@@",
    "{{ ran('template') }}${ran('literal')}{% raw %}",
    "\u202e<script>ran('direction')</script>",
    "%3Cscript%3Eran('encoded')%3C/script%3E",
    "\\u003cscript\\u003eran('escaped')\\u003c/script\\u003e",
)  # fmt: skip
LINE = "".join(PAYLOADS)[:280]


def quoted(text: str) -> str:
    """As a YAML text in single quotes."""
    return "'" + text.replace("'", "''").replace("\u202e", "") + "'"


NAME = "'\"><img src=x onerror=ran('file')>.jpg" if os.name == "posix" else "b.jpg"
"""A photograph's file name; Windows allows no such."""


def speaking() -> bytes:
    """A picture whose own metadata are payloads."""
    exif = Image.Exif()
    for tag in (270, 315, 33432):  # ImageDescription, Artist, Copyright (Exif 3.0, 4.6.4)
        exif[tag] = PAYLOADS[0]
    stream = io.BytesIO()
    image = Image.open(io.BytesIO(picture()))
    image.save(stream, "JPEG", exif=exif, comment=PAYLOADS[1].encode("utf-8"))
    return stream.getvalue()


def records() -> Iterator[tuple[str, str | bytes]]:
    """A record of each kind for each payload, with the payload in every text field."""
    yield "photos/a.jpg", speaking()
    yield f"photos/{NAME}", speaking()
    for number, payload in enumerate(PAYLOADS):
        bad, day = quoted(payload), f"2020-03-{number % 28 + 1:02}"
        photo = (
            f"{{caption: {bad}, alt: {bad}, credit: {bad}, place: {bad}, event: {bad},"
            f" background: {bad}, rights: {bad}, people: [{bad}],"
            f" consent: {{status: not_needed, audience: public}}, id: p{number},"
            f" file: {quoted(NAME) if number % 2 else 'a.jpg'}}}"
        )
        yield (
            f"records/members/m{number}.yml",
            (
                f"name: {bad}\naliases: [{bad}]\nrole: {bad}\nunit: {bad}\nrank: {bad}\n"
                f"cohort: {bad}\ngender: {bad}\nbio: {bad}\nbatch: first\n"
            ),
        )
        yield (
            f"records/activities/a{number}.yml",
            (
                f"date: {day}\ntitle: {bad}\ntask: delivery\nplace: {bad}\nsummary: {bad}\n"
                f"tags: [{bad}]\nmembers: [m{number}]\nquotes: [{{by: {bad}, text: {bad}}}]\n"
                f"photos: [{photo}]\n"
            ),
        )
        yield (
            f"records/donations/d{number}.yml",
            (
                f"date: {day}\ndonor: {{name: {bad}, kind: enterprise}}\nrecipient: {bad}\n"
                f"items: [{{item: {bad}, quantity: 2, unit: kg}}]\noccasion: {bad}\nsummary: {bad}\n"
                f"distributions: [{{to: {bad}, item: {bad}, quantity: 1}}]\n"
            ),
        )
        yield (
            f"records/stories/s{number}.yml",
            (
                f"date: {day}\ntitle: {bad}\nteller: {{name: {bad}, kind: {bad}, display: named}}\n"
                f"consent: {{status: granted, audience: public, note: {bad}}}\ntext: {bad}\n"
            ),
        )
        yield (
            f"records/sources/c{number}.yml",
            (
                f"title: {bad}\npublisher: {bad}\nauthor: {bad}\nkind: notice\nnote: {bad}\n"
                f"claims: [{{measure: weight, value: {number + 9}, quote: {bad}}}]\n"
            ),
        )


def vocabulary(archive: str) -> str:
    """The archive's own texts and the labels of its terms, all payloads."""
    bad = quoted(PAYLOADS[0])
    archive = re.sub("label: [^,}]+", f"label: {quoted(PAYLOADS[1])}", archive)
    return archive.replace("title: 巷里纪事", f"title: {quoted(PAYLOADS[12])}").replace(
        "organisation: 测试工作组",
        f"organisation: {bad}\nsubtitle: {bad}\nplace: {bad}\nlicence: {bad}\ncontact: {bad}",
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = (
        "# 首页\n\n{{ hero() }}\n{{ team() }}\n{{ gallery_strip() }}\n"
        "{{ member('m1') }} {{ activity('a2') }} {{ photo('p1') }} {{ story('s14') }}\n"
        "{{ pull_quote(\"<script>ran('expression')</script>\") }}\n"
        "{{ member('m1', \"<img src=x onerror=ran('text')>\") }}\n"
    )
    files: dict[str, str | bytes] = {**SMALL, **dict(records()), "docs/index.md": home}
    files["records/archive.yml"] = vocabulary(SMALL["records/archive.yml"])
    files["mkdocs.yml"] = SMALL["mkdocs.yml"].replace(
        "- chronicle", "- chronicle: {publish_originals: true}"
    )
    return built(write_archive(tmp_path_factory.mktemp("payloads"), files), audience="public")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


class Watched:
    """A page of the browser that notes what runs, what is asked of others, where it is sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ran: list[str] = []
        self.outside: list[str] = []
        page.expose_function("ran", lambda *what: self.ran.append(str(what)))
        page.on("dialog", lambda dialog: self.ran.append(dialog.message))
        page.on("request", self._note)
        page.route(re.compile("^https?://(?!127[.]0[.]0[.]1)"), lambda route: route.abort())

    def _note(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "file:", "data:", "blob:")):
            self.outside.append(request.url)


PAGES = (
    "index.html", "timeline/index.html", "timeline/2020-03.html", "days/2020-03-02.html",
    "members/index.html", "members/m0.html", "members/m17.html", "donations/index.html",
    "donations/d3.html", "stories/index.html", "stories/s13.html", "stories/s22.html",
    "gallery/index.html", "photos/p0.html", "photos/p17.html", "statistics/index.html",
    "statistics/reconciliation.html", "statistics/coverage.html", "data/index.html",
    "contribute/index.html", "search.html", "search.html?q=script", "search.html?q=onerror",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_nothing_that_people_write_runs(site: Path, browser: Browser, scheme: str) -> None:
    days = [f"days/{path.name}" for path in sorted((site / "days").iterdir())][:40]
    stories = [f"stories/s{number}.html" for number in range(len(PAYLOADS))]
    page = browser.new_page()
    watched = Watched(page)
    with served(site) as address:
        root = address if scheme == "http" else site.as_uri()
        for url in dict.fromkeys((*PAGES, *days, *stories)):
            page.goto(f"{root}/{url}")
            page.wait_for_load_state("load")
            assert page.url.startswith(root), url
            assert watched.ran == [], url
            assert watched.outside == [], url
    page.close()


def test_the_test_would_notice(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        f"{PAYLOADS[1]}<img src=https://example.org/x>", encoding="utf-8"
    )
    page = browser.new_page()
    watched = Watched(page)
    page.goto((tmp_path / "a.html").as_uri())
    page.wait_for_function("() => document.images[1].complete")
    assert watched.ran == ["('onerror',)"]
    assert watched.outside == ["https://example.org/x"]
    page.close()


def test_every_page_has_the_policy_and_stands_by_it(site: Path, browser: Browser) -> None:
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        policy = text.index('http-equiv="Content-Security-Policy"')
        assert policy < text.index("<link")
        assert "<script" not in text[:policy]
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text) if one.type == "error" else None)
    for scheme in ("http", "file"):
        with served(site) as address:
            root = address if scheme == "http" else site.as_uri()
            for url in PAGES:
                page.goto(f"{root}/{url}")
                page.wait_for_load_state("load")
    assert [one for one in refused if "Content Security Policy" in one] == []
    page.close()


def test_the_policy_alone_stops_what_would_slip_through(site: Path, browser: Browser) -> None:
    slipped = f"{PAYLOADS[0]}{PAYLOADS[1]}{PAYLOADS[26]}{PAYLOADS[29]}"
    text = (site / "index.html").read_text(encoding="utf-8")
    (site / "slipped.html").write_text(text.replace("</body>", f"{slipped}</body>"), "utf-8")
    page = browser.new_page()
    watched = Watched(page)
    page.goto((site / "slipped.html").as_uri())
    page.wait_for_load_state("load")
    assert watched.ran == []
    page.close()
    (site / "slipped.html").unlink()


def test_the_search_form_still_leads_to_its_page_from_a_folder(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.fill("input[name=q]", "消杀")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/search.html?q=*")
    context.close()
