"""The archive that ships with the project, built once and walked by a reader in a real browser.

Each page is opened from a server and from the folder itself; nothing may be asked of any other
place. Elements are found by their role, text and data, never by how they look.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from generator.checking import check
from generator.commands.common import settings_for
from generator.problems.problem import Severity
from tests.browser import open_browser
from tests.sites import (
    built,
    copy_shipped,
    different,
    picture,
    served,
    start,
    tree,
    write_archive,
)

DRAWINGS = ("patrol", "oil", "stairwell", "parcels", "keepsake")
WIDTHS = (320, 390, 820, 1440)
PERIOD = "days/2020-02-29_2020-03-31.html"
KINDS = (
    "index.html",
    "about.html",
    "guide/add-a-day.html",
    "timeline/index.html",
    "timeline/2020-03.html",
    "days/2020-03-04.html",
    PERIOD,
    "members/index.html",
    "members/lihui.html",
    "members/member-11.html",
    "donations/index.html",
    "donations/winter-melons.html",
    "donations/condolence-gifts.html",
    "stories/index.html",
    "stories/keepsake-photo.html",
    "gallery/index.html",
    "photos/stairwell.html",
    "statistics/index.html",
    "statistics/reconciliation.html",
    "statistics/coverage.html",
    "data/index.html",
    "contribute/index.html",
    "search.html",
    "404.html",
)
"""A page of each kind, and where a kind has unlike pages, one of each."""

expect.set_options(timeout=20_000)  # ms; a busy machine may be slow


def archive_in(folder: Path) -> Path:
    """A copy of the shipped archive; flat pictures stand in for drawings that are not there."""
    root = copy_shipped(folder)
    for name in DRAWINGS:
        path = f"photos/2020/03/illustration-{name}.jpg"
        if not (root / path).is_file():
            write_archive(root, {path: picture()})
    return root


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = archive_in(tmp_path_factory.mktemp("shipped") / "档案 一")
    built(folder)
    return folder


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    return root / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where a server shows the site."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path, address: str) -> str:
    """The address of the site's root, without its last slash: of a server, and of the folder."""
    return address if request.param == "http" else site.as_uri()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Open]:
    """Opens tabs that may ask nothing of anybody but the site, and may not complain."""
    yield from _visits(browser, base)


@pytest.fixture
def visit_server(browser: Browser, address: str) -> Iterator[Open]:
    """The same, from the server only."""
    yield from _visits(browser, address)


def _visits(browser: Browser, base: str) -> Iterator[Open]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    elsewhere = re.compile(f"^(?!{re.escape(base)}/|data:|blob:)")

    def refuse(route: Route) -> None:
        complaints.append(f"asks for {route.request.url}")
        route.abort()

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what a reader no longer waited for
            complaints.append(f"no {request.url}: {request.failure}")

    def visit(name: str = "index.html", **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.route(elsewhere, refuse)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda said: complaints.append(f"{tab.url}: {said.text}"))
        tab.on("pageerror", lambda error: complaints.append(f"{tab.url}: {error}"))
        tab.on("requestfailed", failed)
        tab.goto(f"{base}/{name}")
        return tab

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def html_pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


# The records


def test_the_shipped_records_have_no_error_and_say_what_is_missing(root: Path) -> None:
    problems = check(settings_for(root)).problems
    assert {one.severity for one in problems} == {Severity.NOTE}
    found = Counter(one.code.id for one in problems)
    assert found["MEM001"] == 14  # names not yet known
    assert found["IMG003"] == 5  # originals not held
    assert found["DAT003"] > 0  # days not known


# The walk


LINKS = """() => ({
    links: [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href')),
    anchors: [...document.querySelectorAll('[id]')].map(one => one.id),
    nowhere: document.querySelectorAll('a:not([href]):not([id])').length,
    heading: document.querySelector('h1')?.textContent.trim() ?? '',
    lang: document.documentElement.lang,
    broken: [...document.images].filter(one => one.complete && !one.naturalWidth)
        .map(one => one.src),
})"""


def test_every_link_leads_somewhere_and_every_page_is_reached(
    visit: Open, base: str, site: Path
) -> None:
    tab = visit("index.html")
    waiting, anchors, wanted = ["index.html"], {}, []
    while waiting:
        name = waiting.pop()
        if name in anchors:
            continue
        if tab.url != f"{base}/{name}":
            answer = tab.goto(f"{base}/{name}")
            assert answer is None or answer.ok, name
        seen = tab.evaluate(LINKS)
        assert seen["heading"], name
        assert seen["lang"] == "zh", name
        assert seen["broken"] == [], name
        assert seen["nowhere"] == 0, name
        anchors[name] = {*seen["anchors"]}
        for link in seen["links"]:
            if urlsplit(link).scheme in ("http", "https", "mailto", "tel"):
                continue
            target = urlsplit(urljoin(f"https://site/{name}", link))
            path = unquote(target.path).removeprefix("/") or name
            wanted.append((name, link, path, unquote(target.fragment)))
            if path.endswith(".html"):
                waiting.append(path)
    for name, link, path, fragment in wanted:
        assert (site / path).is_file(), f"{name}: {link}"
        assert not fragment or fragment in anchors[path], f"{name}: {link}"
    unreached = {*html_pages(site)} - {*anchors}
    assert unreached <= {"404.html", "search.html"}  # a server shows one, a question the other


def test_the_sections_of_the_site_are_reached_by_clicking(visit: Open, base: str) -> None:
    tab = visit("days/2020-03-04.html")
    sections = tab.get_by_role("navigation").first
    names = sections.get_by_role("link").all_inner_texts()
    assert len(names) >= 9
    for name in names:
        link = tab.get_by_role("navigation").first.get_by_role("link", name=name, exact=True)
        there = urljoin(tab.url, link.get_attribute("href"))
        link.click()
        tab.wait_for_url(there)
        expect(tab.get_by_role("heading", level=1).first).to_be_visible()


def test_a_reader_goes_from_the_narrative_to_a_day_a_person_and_back(
    visit: Open, base: str
) -> None:
    tab = visit("index.html")
    tab.get_by_role("link", name="3月4日").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("2020年3月4日")
    tab.get_by_role("link", name="李辉").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("李辉")
    tab.go_back()
    tab.go_back()
    assert tab.url == f"{base}/index.html"


# Without JavaScript


TEXTS = """() => [...document.querySelectorAll('h1, h2, h3, p, li, dt, dd, td, th, figcaption')]
    .filter(one => !one.closest('[hidden], details, noscript, nav, form, header[role=banner]'))
    .filter(one => !one.closest('[data-record-result], [data-search-results]'))
    .filter(one => one.textContent.trim() && !one.checkVisibility())
    .map(one => one.textContent.trim().slice(0, 80))"""


def test_without_javascript_every_page_shows_its_text(visit_server: Open, site: Path) -> None:
    tab = visit_server("index.html", java_script_enabled=False)
    hidden = {}
    for name in html_pages(site):
        tab.goto(urljoin(tab.url, f"/{name}"), wait_until="domcontentloaded")
        expect(tab.get_by_role("heading", level=1).first).to_be_visible()
        assert len(tab.get_by_role("main").inner_text()) > 20, name
        if found := tab.evaluate(TEXTS):
            hidden[name] = found
    assert hidden == {}


def test_without_javascript_all_entries_of_the_timeline_are_there(visit_server: Open) -> None:
    tab = visit_server("timeline/index.html", java_script_enabled=False)
    for title in ("通知发出，征集党员报名", "临时党支部的第一次党员大会", "冬瓜接力"):
        expect(tab.get_by_role("link", name=title)).to_be_visible()
    expect(tab.locator("[data-filters]")).to_be_hidden()


# Search


def test_the_search_finds_the_gift_of_melons(visit: Open, base: str) -> None:
    tab = visit("index.html")
    tab.get_by_role("searchbox").press_sequentially("冬瓜")
    gift = tab.locator('a[href$="donations/winter-melons.html"]:visible', has_text="冬瓜")
    expect(gift.first).to_be_visible()
    gift.first.click()
    tab.wait_for_url(f"{base}/donations/winter-melons.html")
    expect(tab.get_by_role("main")).to_contain_text("34吨")


def test_a_question_has_an_address_of_its_own(visit: Open) -> None:
    tab = visit("search.html?q=%E5%86%AC%E7%93%9C")
    found = tab.get_by_role("main").locator('a[href$="donations/winter-melons.html"]')
    expect(found.first).to_be_visible()


# Keys, filters, theme


def test_arrow_keys_lead_to_the_day_before_and_after(visit: Open, base: str) -> None:
    tab = visit("days/2020-03-02.html")
    after = urljoin(tab.url, tab.locator("a[rel=next]").first.get_attribute("href"))
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url(after)
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url(f"{base}/days/2020-03-02.html")


def test_arrow_keys_do_nothing_while_somebody_writes(visit: Open, base: str) -> None:
    tab = visit("days/2020-03-02.html")
    tab.get_by_role("searchbox").focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(200)
    assert tab.url == f"{base}/days/2020-03-02.html"


def test_a_filtered_timeline_can_be_sent_to_someone(visit: Open) -> None:
    tab = visit("timeline/index.html")
    every = tab.locator("[data-kind]").count()
    tab.locator("[data-filters] label", has=tab.locator("input[value=donation]")).click()
    visible = tab.locator("[data-kind]:visible")
    expect(visible).to_have_count(4)
    assert every > 20
    assert "donation" in tab.url
    other = visit(f"timeline/index.html{tab.url.partition('index.html')[2]}")
    expect(other.locator("[data-kind]:visible")).to_have_count(4)
    kinds = other.locator("[data-kind]:visible").evaluate_all("all => all.map(o => o.dataset.kind)")
    assert {*kinds} == {"donation"}
    expect(other.locator("[data-filters] input[value=donation]")).to_be_checked()


def test_filters_work_together_and_can_be_taken_back(visit_server: Open) -> None:
    tab = visit_server("timeline/index.html")
    every = tab.locator("[data-kind]:visible").count()
    task = tab.locator("[data-filters] label", has=tab.locator("input[value=patrol]"))
    task.click()
    expect(tab.locator("[data-kind]:visible")).to_have_count(1)
    person = tab.get_by_role("combobox", name="成员")
    person.select_option(label="李辉")
    expect(tab.locator("[data-kind]:visible")).to_have_count(0)
    task.click()
    person.select_option(index=0)
    expect(tab.locator("[data-kind]:visible")).to_have_count(every)


def test_the_timeline_is_narrowed_by_place_and_words(visit: Open) -> None:
    tab = visit("timeline/index.html")
    entries = tab.locator("[data-kind]")
    shown = tab.locator("[data-kind]:visible")
    tab.get_by_role("combobox", name="地点").select_option(index=1)
    place = parse_qs(urlsplit(tab.url).fragment)["place"][0]
    there = entries.evaluate_all("all => all.map(o => o.dataset.place)")
    expect(shown).to_have_count(there.count(place))
    tab.get_by_role("combobox", name="地点").select_option(index=0)
    tab.get_by_role("searchbox", name="含有的字词").fill("冬瓜")
    expect(shown).to_have_count(sum("冬瓜" in text for text in entries.all_text_contents()))
    assert 0 < shown.count() < entries.count()
    other = visit(f"timeline/index.html{tab.url.partition('index.html')[2]}")
    expect(other.locator("[data-kind]:visible")).to_have_count(shown.count())


def test_the_theme_is_switched_and_remembered(visit_server: Open) -> None:
    tab = visit_server("index.html", color_scheme="light")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(ground)
    switch = tab.get_by_role("button", name="切换深浅")
    switch.click()
    dark = tab.evaluate(ground)
    assert dark != light
    tab.goto(urljoin(tab.url, "members/index.html"))
    assert tab.evaluate(ground) == dark
    tab.get_by_role("button", name="切换深浅").click()
    assert tab.evaluate(ground) == light


def test_the_theme_follows_the_system_until_somebody_chooses(visit: Open) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = visit("index.html", color_scheme="light").evaluate(ground)
    dark = visit("index.html", color_scheme="dark").evaluate(ground)
    assert light != dark


# Layout


@pytest.mark.parametrize("name", KINDS)
def test_no_page_is_wider_than_the_window(visit_server: Open, name: str) -> None:
    tab = visit_server(name)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        wide = tab.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px in a window of {width}"


@pytest.mark.parametrize("name", KINDS)
def test_every_picture_has_its_words_and_every_photograph_its_size(
    visit_server: Open, name: str
) -> None:
    tab = visit_server(name)
    lacking = tab.evaluate(
        """() => [...document.images]
            .filter(one => !one.hasAttribute('alt') || (one.src.includes('assets/photos/')
                && !(one.getAttribute('width') && one.getAttribute('height'))))
            .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert lacking == []


# Figures and where they come from


BEHIND = """id => {
    const one = document.getElementById(id)
    if (!one) return null
    return [...one.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))
}"""


def test_every_figure_of_the_narrative_leads_to_its_records_or_sources(visit_server: Open) -> None:
    tab = visit_server("index.html")
    figures = tab.locator('main a[href*="statistics/"][href*="#"]')
    targets = [str(one) for one in figures.evaluate_all("all => all.map(o => o.href)")]
    assert len(targets) >= 25
    for target in sorted({*targets}):
        if tab.url.partition("#")[0] != target.partition("#")[0]:
            tab.goto(target.partition("#")[0])
        behind = tab.evaluate(BEHIND, unquote(urlsplit(target).fragment))
        assert behind, target
        assert all(
            re.search("(days|members|donations|stories|photos)/|#source-", link) for link in behind
        ), (target, behind)


def test_key_figures_say_whether_they_are_recorded_or_reported(visit_server: Open) -> None:
    tab = visit_server("index.html")
    for label in ("消杀户次", "消杀楼栋", "分发团购物资", "健康码核验"):
        key = tab.get_by_role("main").get_by_role("link").filter(has_text=label).first
        expect(key).to_contain_text(re.compile("据记录|据报道"))


def test_the_sum_of_a_claim_is_shown_with_its_source(visit_server: Open) -> None:
    tab = visit_server("statistics/reconciliation.html")
    expect(tab.get_by_role("row").filter(has_text="406栋楼")).to_contain_text("406栋")


# The form


def filled(tab: Page, **fields: str) -> None:
    folds = tab.locator("[data-record-form] details")
    folds.evaluate_all("all => all.forEach(one => { one.open = true })")
    for name, text in fields.items():
        field = tab.locator(f'[data-record-form] [data-field="{name}"]')
        box = field.locator("input, textarea, select").first
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)


WRITTEN = {
    "plain": {"date": "2020-03-10", "title": "一次巡查", "task": "patrol"},
    "awkward": {
        "date": "[2020-03-10..2020-03-12]",
        "title": "冒号: “引号” \"双\" '单' # 井 & 🍈",
        "task": "delivery",
        "summary": "第一段：有冒号。\n\n- 一\n- 二\n\n    缩进 # 不是注释\n---\n...",
    },
    "looks like something else": {"date": "2020-03", "title": "no", "task": "voices"},
}


@pytest.mark.parametrize("fields", WRITTEN.values(), ids=WRITTEN)
def test_what_the_form_writes_passes_the_check(
    visit: Open, root: Path, tmp_path: Path, fields: dict[str, str]
) -> None:
    tab = visit("contribute/index.html")
    filled(tab, **fields)
    yaml = tab.locator("[data-yaml]")
    expect(yaml).to_contain_text("date:")
    copy = archive_in(tmp_path / "archive")
    path = copy / "records" / "activities" / "from-the-form.yml"
    path.write_text(yaml.text_content() or "", encoding="utf-8")
    problems = [
        one for one in check(settings_for(copy)).problems if one.place.path.endswith(path.name)
    ]
    assert {one.severity for one in problems} <= {Severity.NOTE}, problems
    seen = check(settings_for(copy)).archive
    assert seen is not None
    record = next(one for one in seen.activities if one.id == path.stem)
    assert (record.title, record.date.text) == (fields["title"], fields["date"])


# The same bytes everywhere


def test_two_builds_in_two_folders_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    other = archive_in(tmp_path / "elsewhere")
    for path in other.rglob("*"):
        if path.is_file():
            path.touch()
    process = start("build", "--root", other, "--jobs", "1", PYTHONHASHSEED="7", TZ="America/Lima")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert different(tree(other / "site"), tree(site)) == []


def test_no_file_of_ours_names_the_machine_it_was_made_on(site: Path, root: Path) -> None:
    folders = (root, Path.home(), tempfile.gettempdir(), sys.prefix)
    traces = [str(one).encode("utf-8") for one in folders]
    ours = {
        name: content
        for name, content in tree(site).items()
        if not name.startswith(("assets/javascripts/", "assets/stylesheets/"))  # the theme's
    }
    assert [name for name, one in ours.items() if any(trace in one for trace in traces)] == []
