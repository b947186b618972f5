"""The audit of a finished site: each planted fault is found, and nothing in a clean site."""

import shutil
from pathlib import Path

import pytest

from generator.archive.withheld import Secret
from generator.publish.audit import Looked, audit
from generator.publish.finished_site import FinishedSite
from generator.publish.leaks import Leaks
from generator.publish.search import SearchEntry, begin_index, volumes
from tests.sites import SMALL, built, run, write_archive

PAGE = """\
<!doctype html>
<html lang="zh" class="no-js">
<head><title>日子</title><link rel="stylesheet" href="a.css"></head>
<body>{}</body>
</html>
"""


def site(folder: Path, body: str = "", css: str = "", page: str = PAGE) -> Path:
    """A site of two pages and a style sheet; `body` stands on days/one.html."""
    return write_archive(
        folder,
        {
            "index.html": PAGE.format('<h2 id="头">题</h2><a name="old">旧</a>'),
            "a.css": "body { color: black }",
            "days/one.html": page.format(body),
            "days/a.css": css,
            "days/图 1.webp": b"webp",
        },
    )


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.code.id, one.place.path, dict(one.values).get("url", "")) for one in audit(folder)]


def test_nothing_is_found_in_a_site_that_was_built(tmp_path: Path) -> None:
    assert audit(built(write_archive(tmp_path, SMALL))) == ()


CLEAN = {
    "a picture": '<img src="%E5%9B%BE%201.webp" alt="图">',
    "a picture within the page": '<img src="data:image/png;base64,AAAA" alt="">',
    "pictures of several widths": '<img srcset="图%201.webp 1x, 图%201.webp 2x" alt="">',
    "a link upwards": '<a href="../index.html">首页</a>',
    "a link from the root": '<a href="/index.html">首页</a>',
    "a link to an anchor": '<a href="../index.html#%E5%A4%B4">题</a>',
    "a link to an old anchor": '<a href="../index.html#old">旧</a>',
    "a link within the page": '<p id="here"></p><a href="#here">这里</a>',
    "a link to the page itself": '<a href="">这一页</a>',
    "a link to another site": '<a href="https://example.org/">别处</a>',
    "a link to a mailbox": '<a href="mailto:a@example.org">信</a>',
    "a link with a question": '<a href="../index.html?q=1">问</a>',
    "a mask of the page's own": '<p style="mask: url(#m)"></p>',
    "a picture without words that are needed": '<img alt src="%E5%9B%BE%201.webp">',
    "words about links": '<code>&lt;script src="https://example.org/a.js"&gt;</code>',
    "an address that is no resource": '<link rel="canonical" href="https://example.org/">',
}


@pytest.mark.parametrize("body", CLEAN.values(), ids=CLEAN)
def test_what_a_page_may_hold_is_not_reported(tmp_path: Path, body: str) -> None:
    assert found(site(tmp_path, body)) == []


OUTSIDE = "https://example.org/x"
LOADED = {
    "script": f'<script src="{OUTSIDE}"></script>',
    "script without scheme": '<script src="//example.org/x"></script>',
    "script in capitals": f'<SCRIPT defer SRC="{OUTSIDE}"></SCRIPT>',
    "module": f'<link rel="modulepreload" href="{OUTSIDE}">',
    "style sheet": f'<link rel="stylesheet" href="{OUTSIDE}">',
    "style sheet, address first": f'<link href="{OUTSIDE}" rel="stylesheet">',
    "connection": '<link rel="preconnect" href="https://example.org">',
    "icon": f'<link rel="icon" href="{OUTSIDE}">',
    "image": f'<img alt="" src="{OUTSIDE}">',
    "image over several lines": f'<img alt=""\n  src="{OUTSIDE}">',
    "second image of a set": f'<img alt="" src="a.css" srcset="a.css 1x, {OUTSIDE} 2x">',
    "source of a picture": f'<picture><source srcset="{OUTSIDE}"></picture>',
    "frame": f'<iframe src="{OUTSIDE}"></iframe>',
    "video": f'<video src="{OUTSIDE}"></video>',
    "poster": f'<video poster="{OUTSIDE}"></video>',
    "object": f'<object data="{OUTSIDE}"></object>',
    "address in single quotes": f"<img alt='' src='{OUTSIDE}'>",
    "address without quotes": f"<img alt='' src={OUTSIDE}>",
    "address after a sign in a text": f'<img alt="a > b" src="{OUTSIDE}">',
    "image in a drawing": f'<svg><image href="{OUTSIDE}"/></svg>',
    "symbol in a drawing": f'<svg><use xlink:href="{OUTSIDE}#a"/></svg>',
    "style of an element": f'<p style="background: url({OUTSIDE})">',
    "style of the page": f"<style>\n@import '{OUTSIDE}';\n</style>",
    "escaped address": '<img alt="" src="https&#58;//example.org/x">',
}


@pytest.mark.parametrize("body", LOADED.values(), ids=LOADED)
def test_whatever_a_page_loads_from_outside_is_found(tmp_path: Path, body: str) -> None:
    assert [(code, path) for code, path, _ in found(site(tmp_path, body))] == [
        ("AUD001", "days/one.html")
    ]


STYLES = {
    "address": f"p {{ background: url({OUTSIDE}) }}",
    "address in quotes": f'p {{ background: url( "{OUTSIDE}" ) }}',
    "address without scheme": "p { background: url(//example.org/x) }",
    "import": f'@import "{OUTSIDE}";',
    "import by address": f"@import url({OUTSIDE});",
    "font": f"@font-face {{ src: url('{OUTSIDE}') }}",
}


@pytest.mark.parametrize("css", STYLES.values(), ids=STYLES)
def test_whatever_a_style_sheet_loads_from_outside_is_found(tmp_path: Path, css: str) -> None:
    found_here = found(site(tmp_path, css=css))
    assert [(code, path) for code, path, _ in found_here] == [("AUD001", "days/a.css")]


def test_a_style_sheet_may_use_what_lies_beside_it(tmp_path: Path) -> None:
    css = 'p { background: url("图%201.webp") } q { mask: url(#m) } /* url(https://example.org/) */'
    assert found(site(tmp_path, css=css)) == []


def test_a_style_sheet_that_wants_a_missing_file_is_found(tmp_path: Path) -> None:
    css = "p { background: url(nothing.png) }"
    assert found(site(tmp_path, css=css)) == [("AUD002", "days/a.css", "nothing.png")]


DEAD = {
    "a page that is not there": "nothing.html",
    "a folder": "../days/",
    "an anchor that is not there": "../index.html#nothing",
    "an anchor that is not on this page": "#nothing",
    "a page above the site": "../../index.html",
    "a file on somebody's disk": "file:///index.html",
    "a script as address": "javascript:void(0)",
    "another site without scheme": "//example.org/",
}


@pytest.mark.parametrize("address", DEAD.values(), ids=DEAD)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, address: str) -> None:
    body = f'<a href="{address}">x</a>'
    assert found(site(tmp_path, body)) == [("AUD002", "days/one.html", address)]


def test_a_site_in_a_folder_of_a_server_is_followed_from_its_own_root(tmp_path: Path) -> None:
    body = '<a href="/chronicle/index.html">1</a><a href="/index.html">2</a>'
    folder = site(tmp_path, body)
    home = '<link rel="canonical" href="https://example.org/chronicle/index.html">'
    (folder / "index.html").write_text(PAGE.format(home), encoding="utf-8")
    assert found(folder) == [("AUD002", "days/one.html", "/index.html")]


def test_a_picture_that_is_not_there_is_found(tmp_path: Path) -> None:
    assert found(site(tmp_path, '<img alt="" src="gone.webp">')) == [
        ("AUD002", "days/one.html", "gone.webp")
    ]


LACKING = {
    "title": ("title", PAGE.replace("<title>日子</title>", "")),
    "words in the title": ("title", PAGE.replace("日子", " ")),
    "language": ("language", PAGE.replace(' lang="zh"', "")),
    "language's name": ("language", PAGE.replace('"zh"', '""')),
}


@pytest.mark.parametrize(("what", "page"), LACKING.values(), ids=LACKING)
def test_a_page_without_its_essentials_is_found(tmp_path: Path, what: str, page: str) -> None:
    problems = audit(site(tmp_path, page=page))
    assert [one.code.id for one in problems] == ["AUD003"]
    assert problems[0].message("en") == f"this page has no {what}."


def test_a_picture_without_alternative_text_is_found(tmp_path: Path) -> None:
    problems = audit(site(tmp_path, '<img src="%E5%9B%BE%201.webp">'))
    assert [one.code.id for one in problems] == ["AUD004"]


def test_a_fault_is_reported_once_for_a_page_and_for_each_page(tmp_path: Path) -> None:
    folder = site(tmp_path, '<a href="x">1</a><a href="x">2</a>')
    (folder / "days" / "two.html").write_text(PAGE.format('<a href="x">3</a>'), encoding="utf-8")
    assert [path for _, path, _ in found(folder)] == ["days/one.html", "days/two.html"]


def test_the_command_names_file_and_address(tmp_path: Path) -> None:
    result = run("audit", site(tmp_path, '<a href="gone.html">x</a>'), "--lang", "en")
    assert result.exit_code == 1
    assert "days/one.html:1:1: error AUD002 link gone.html leads nowhere." in result.stderr
    assert "1 errors, 0 warnings, 0 notes" in result.stderr


def test_the_command_is_content_with_a_clean_site(tmp_path: Path) -> None:
    assert run("audit", site(tmp_path)).exit_code == 0


def test_an_anchor_of_one_page_does_not_excuse_the_same_link_on_another(tmp_path: Path) -> None:
    page = '<html lang="zh"><title>题</title>{}<a href="#here">这里</a>'
    with_it, without = page.format('<p id="here"></p>'), page.format("")
    write_archive(tmp_path, {"index.html": with_it, "one.html": without, "two.html": with_it})
    assert found(tmp_path) == [("AUD002", "one.html", "#here")]


def test_a_dead_link_is_named_on_every_page_that_has_it(tmp_path: Path) -> None:
    page = '<html lang="zh"><title>题</title><a href="none.html">无</a>'
    write_archive(tmp_path, {"index.html": page, "one.html": page})
    assert found(tmp_path) == [
        ("AUD002", "index.html", "none.html"), ("AUD002", "one.html", "none.html"),
    ]  # fmt: skip


def test_the_same_address_is_looked_up_anew_in_another_folder(tmp_path: Path) -> None:
    page = '<html lang="zh"><title>题</title><a href="one.html">一</a>'
    write_archive(tmp_path, {"index.html": page, "one.html": page, "days/two.html": page})
    assert found(tmp_path) == [("AUD002", "days/two.html", "one.html")]


def test_a_missing_anchor_is_found_wherever_the_page_with_the_link_stands(tmp_path: Path) -> None:
    page = '<html lang="zh"><title>题</title><p id="a&amp;b"></p><a href="{}#{}">x</a>'
    write_archive(
        tmp_path,
        {
            "index.html": page.format("z.html", "a%26b"),
            "b.html": page.format("z.html", "a"),
            "z.html": page.format("b.html", "amp"),
        },
    )
    assert found(tmp_path) == [("AUD002", "b.html", "z.html#a"), ("AUD002", "z.html", "b.html#amp")]


@pytest.mark.usefixtures("copies")
def test_several_processes_find_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = '<html lang="zh"><title>题</title><p id="n{}"></p><a href="{}.html#n{}">x</a>钱守一'
    write_archive(tmp_path, {f"{n}.html": page.format(n, n // 2, n // 3) for n in range(20)})
    begin_index([*volumes([SearchEntry("1.html", "day", "钱守一")])], tmp_path / "search").results()
    secret = Secret("name", "钱守一", "member:qian")
    alone = audit(tmp_path, Leaks((secret,)), jobs=1)
    monkeypatch.setattr("generator.publish.audit._AT_ONCE", 3)
    monkeypatch.setattr("generator.publish.audit._WORTH_A_PROCESS", 0)
    assert audit(tmp_path, Leaks((secret,)), jobs=2) == alone
    assert {one.code.id for one in alone} == {"AUD002", "AUD005"}


def test_the_search_index_is_looked_at_when_it_is_written(tmp_path: Path) -> None:
    page = '<html lang="zh"><title>题</title><a href="gone.html">x</a>'
    write_archive(tmp_path, {"search/hand-written.html": page})
    secret = Secret("name", "钱守一", "member:qian")

    def written() -> None:
        begin_index(
            [*volumes([SearchEntry("1.html", "day", "钱守一")])], tmp_path / "search"
        ).results()

    problems = audit(tmp_path, Leaks((secret,)), index_written=written)
    (volume,) = (one.name for one in (tmp_path / "search").iterdir() if one.is_dir())
    places = {(one.code.id, one.place.path) for one in problems}
    assert {("AUD002", "search/hand-written.html"), ("AUD005", f"search/{volume}")} <= places


# After an earlier audit ---------------------------------------------------------------------------

KEPT = frozenset({"days/one.html", "days/a.css", "days/图 1.webp", "a.css"})
LINKED = '<a href="../index.html#old">旧</a> <a href="two.html">二</a>'


@pytest.fixture
def before(tmp_path: Path) -> Path:
    folder = site(tmp_path / "before", LINKED)
    write_archive(folder, {"days/two.html": PAGE.format("<p>二</p>")})
    assert audit(folder) == ()
    return folder


def after(before: Path, **changes: str | None) -> Path:
    """The same site with some pages changed, or gone."""
    folder = Path(shutil.copytree(before, before.with_name("after")))
    for name, body in changes.items():
        path = folder / {"index": "index.html", "two": "days/two.html"}[name]
        if body is None:
            path.unlink()
        else:
            path.write_text(PAGE.format(body), encoding="utf-8")
    return folder


def test_a_kept_page_is_not_read_again(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archive(before, {"search/0a1b/pairs-0.js": "part()"})  # of a volume that has another name
    folder = after(before, two="<p>又一版</p>")
    shutil.rmtree(folder / "search")
    read = list[str]()
    content = FinishedSite.content

    def noted(site: FinishedSite, name: str) -> bytes:
        read.append(name)
        return content(site, name)

    monkeypatch.setattr(FinishedSite, "content", noted)
    assert audit(folder, before=Looked(before, KEPT, searched=True)) == ()
    assert "days/two.html" in read
    assert "days/one.html" not in read


@pytest.mark.parametrize(
    ("change", "gone"),
    [({"two": None}, "two.html"), ({"index": "没有了"}, "../index.html#old")],
)
def test_a_kept_page_is_read_again_where_something_is_gone(
    before: Path, change: dict[str, str | None], gone: str
) -> None:
    folder = after(before, **change)
    problems = audit(folder, before=Looked(before, KEPT, searched=True))
    assert [(one.code.id, one.place.path) for one in problems] == [("AUD002", "days/one.html")]
    assert dict(problems[0].values)["url"] == gone


def test_a_changed_page_may_lead_to_an_anchor_of_a_kept_one(before: Path) -> None:
    write_archive(before, {"days/one.html": PAGE.format('<p id="here"></p>')})
    looked = Looked(before, KEPT, searched=True)
    folder = after(before, two='<a href="one.html#here">一</a> <a href="one.html#gone">一</a>')
    (problem,) = audit(folder, before=looked)
    assert (problem.place.path, dict(problem.values)["url"]) == ("days/two.html", "one.html#gone")
