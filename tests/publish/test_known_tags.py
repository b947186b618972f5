"""What is passed over on a page because another had it hides nothing: links, loads, leaks."""

import html
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.archive.withheld import Secret
from generator.problems.problem import Problem
from generator.publish.audit import audit
from generator.publish.finished_site import FinishedSite
from generator.publish.known_tags import KnownTags
from generator.publish.leaks import Leaks
from tests.sites import SMALL, built, write_archive

SECRETS = (
    Secret("name", "钱守一", "member:qian"),
    Secret("name", "Hannah Lee", "member:lee"),
    Secret("id", "story-0004", "story:story-0004"),
    Secret("text", "夜里，没有<b>回家", "story:story-0009"),
    Secret("text", "a<b and c>d", "story:story-0010"),
)
WRITTEN = ["钱守一", "钱<b>守</b>一", "守一", "钱", "一", "Qian-Shouyi", "hannah", "Lee", "Hannah LEE",
           "story-0004", "story-00041", "夜里，没有<b>回家", "夜里，没有", "回家", "a&lt;b and c&gt;d",
           "a<b and c>d", "and c", quote("钱守一"), "\\u94b1\\u5b88\\u4e00", "&#38065;", "&#23432;",
           "钱&quot;守&#39;一", "<", ">", "&lt;", "&gt;", "x"]  # fmt: skip
FRAME = ["<html lang='zh'>", "<title>题</title>", "<p>", "</p>", "<b>", "</b>", '<p class="x">', "\n",
         '<p title="', "'", '"', '">', "<img alt='><' src=//evil.example/a.png>", "<!-- ", " -->",
         '<img alt="><" src="//evil.example/a.png">', "<img src='a.png'>", '<img alt src="a.png"',
         "<style>", "</style>", "p { background: url(//evil.example/b.png) }", "/*", "*/",
         '<p id="one">', '<a name="two">',
         '<a href="#one">', '<a href="#two">', '<a href="b.html#one">', '<a href="b.html#&#111;ne">',
         '<a class="x" href="b.html#two" rel="next">', '<a href="gone.html">', "<a href=gone.html>",
         '<a href="../x/c.html#one">', '<a href="//b.html">', '<a href="c%2ehtml">', "<>"]  # fmt: skip
STYLED = '<p style="background: url(//evil.example/c.png)">'
PARTS = st.one_of(
    st.sampled_from([*FRAME, STYLED]),
    st.sampled_from(WRITTEN),
    st.sampled_from(WRITTEN).map('<p title="{}">'.format),
    st.sampled_from(WRITTEN).map(lambda text: f"<i title='{html.escape(text)}'>"),
)


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    """Pages of two folders, made of few parts, so that most stand on several."""
    pool = draw(st.lists(PARTS, min_size=1, max_size=8))
    frame = "".join(draw(st.lists(st.sampled_from(pool), max_size=4)))
    pages = {}
    for name in ("a.html", "b.html", "c.html", "x/a.html", "x/b.html", "x/c.html"):
        own = "".join(draw(st.lists(st.sampled_from(pool), max_size=5)))
        pages[name] = f'<html lang="zh"><title>题</title>{frame}{own}{draw(st.sampled_from(pool))}'
    return pages


def page(body: str) -> str:
    return f'<html lang="zh"><title>题</title>\n<body>{body}</body>'


def findings(pages: dict[str, str]) -> list[Problem]:
    with TemporaryDirectory() as folder:
        return in_order(audit(write_archive(Path(folder), pages), Leaks(SECRETS), jobs=1))


def each_page_whole(pages: dict[str, str]) -> list[Problem]:
    """The findings when every page is looked at as if it were the only one."""
    with patch.object(KnownTags, "new_in", lambda *_: None):
        return findings(pages)


def in_order(problems: tuple[Problem, ...]) -> list[Problem]:
    return sorted(problems, key=lambda one: (one.place.path, one.code.id, one.values))


@settings(max_examples=200, deadline=None)
@given(sites())
@example({"a.html": page('<p title="钱守一">'), "b.html": page('<p title="钱守一">')})
@example({"a.html": page("<p>钱"), "b.html": page("<p>守一"), "c.html": page("<p>钱<p>守一")})
@example(
    {"a.html": page('<p title="x">'), "b.html": page('<img alt="><p title="x" src=//e.example>')}
)
@example(
    {"a.html": page("<b>&lt;"), "b.html": page("钱守<b>一&gt;"), "c.html": page("&lt;钱<b>守一")}
)
@example({"a.html": page(f"<style>/*{STYLED}*/</style>"), "b.html": page(STYLED)})
@example({"a.html": page("<b>x</b>"), "b.html": page("夜里，没有<b>回家")})
def test_the_findings_are_those_of_each_page_by_itself(pages: dict[str, str]) -> None:
    assert findings(pages) == each_page_whole(pages)


def test_the_same_address_is_one_page_s_own_anchor_and_another_s_link() -> None:
    link = page('<a href="a.html#here">x</a>')
    pages = {"a.html": link, "b.html": link + '<p id="here">'}
    assert [one.place.path for one in findings(pages)] == ["a.html", "b.html"]


PLANTED = {
    "in the text of the frame": ("钱守一", "{}"),
    "in an attribute of the frame": ('<p title="钱守一">', "{}"),
    "in an attribute of a page": ("", '{}<p title="钱守一">'),
    "in an address": ("", '{}<p title="%E9%92%B1%E5%AE%88%E4%B8%80">'),
    "in references to characters": ("<p>", "{}&#38065;&#23432;&#19968;"),
    "half in the frame, half in the text before it": ("守一<p>", "钱{}"),
    "half in the frame, half in the text after it": ("<p>钱守", "{}一"),
    "around the frame": ("<p>守<b>", "钱{}一"),
    "in words with a bracket": ('<p title="x">a', "{}&lt;b and c&gt;d"),
}


@pytest.mark.parametrize(("frame", "body"), PLANTED.values(), ids=PLANTED)
def test_a_value_is_found_on_every_page_that_has_it(frame: str, body: str) -> None:
    clean = {f"{n}.html": page(f'<p title="x"><p><b>{n}') for n in range(3)}
    leaking = {f"{n}.html": page(f"{body.format(frame)} {n}") for n in range(3, 6)}
    found = findings({**clean, **leaking})
    assert [(one.code.id, one.place.path) for one in found] == [
        ("AUD005", name) for name in leaking
    ]


def test_a_page_that_is_another_file_too_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes("\ufeff<title>钱守一</title>".encode("utf-16-le"))
    assert [one.code.id for one in audit(tmp_path, Leaks(SECRETS))] == [
        "AUD003",
        "AUD003",
        "AUD005",
    ]


def test_a_fault_of_the_frame_is_found_on_every_page() -> None:
    pages = {f"{n}.html": page(f'<img src="a.png"><a href="#gone">{n}</a>') for n in range(3)}
    assert len(findings(pages)) == 9


@pytest.fixture
def tags_looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """By page, how many tags are looked at."""
    counted = dict[str, int]()
    content, new_in = FinishedSite.content, KnownTags.new_in

    def noted(site: FinishedSite, name: str) -> bytes:
        counted[name] = 0
        return content(site, name)

    def counting(tags: KnownTags, folder: str, page: bytes) -> bytes | None:
        new = new_in(tags, folder, page)
        counted[[*counted][-1]] = (page if new is None else new).count(b"<")
        return new

    monkeypatch.setattr(FinishedSite, "content", noted)
    monkeypatch.setattr(KnownTags, "new_in", counting)
    yield counted


def test_the_frame_of_a_site_is_looked_at_once_for_each_folder(
    tmp_path: Path, tags_looked_at: dict[str, int]
) -> None:
    site = built(write_archive(tmp_path, SMALL))
    tags_looked_at.clear()
    assert audit(site, jobs=1) == ()
    days = {name: tags for name, tags in tags_looked_at.items() if name.startswith("days/")}
    whole = {name: (site / name).read_bytes().count(b"<") for name in days}
    assert len(days) > 1
    assert sorted(days[name] * 2 < whole[name] for name in days) == [
        False,
        *[True] * (len(days) - 1),
    ]
