"""Stamped pages: the very bytes that MkDocs would have written."""

import logging
import os
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.registry import pages
from generator.publish.frames import SHELLS, SLOTS, Frame, FrameError, cut, marks, slots_of
from generator.publish.mkdocs_plugin import ShellPlugin
from tests import sites

# Rendering an index in full puts it in the place of the shell that it is otherwise.
pytestmark = pytest.mark.filterwarnings("ignore:To replace an existing file:DeprecationWarning")

AWKWARD = {
    "quotes": "他说\"别怕\"，'走' “吧”",
    "signs": "3 < 5 & 5 > 3 &amp; </title>",
    "chinese": "户部巷社区：第一天",
    "emoji": "冬瓜🍈到了👨‍👩‍👧",
    "braces": "{{ title }} {% raw %} @@chronicle-body",
    "backslash": r"\1 \g<0> $1",
}
FILES = {
    **sites.SMALL,
    **{
        path: text
        for name, title in AWKWARD.items()
        for quoted in [title.replace("'", "''")]
        for path, text in {
            f"records/activities/{name}.yml": (
                f"date: 2020-03-{len(name) + 5:02d}\ntitle: '{quoted}'\ntask: delivery\n"
                f"summary: '{quoted}'\nphotos: [{{caption: '{quoted}', pending: true}}]\n"
            ),
            f"records/donations/{name}.yml": (
                f"date: 2020-03-20\ndonor: {{name: '{quoted}', kind: individual}}\n"
                f"items: [{{item: '{quoted}', quantity: 3, unit: parcel}}]\noccasion: '{quoted}'\n"
            ),
            f"records/stories/{name}.yml": (
                f"date: 2020-03-21\ntitle: '{quoted}'\nteller: {{}}\n"
                f"consent: {{status: granted, audience: public}}\ntext: '{quoted}'\n"
            ),
            f"records/members/{name}.yml": f"name: '{quoted}'\nrole: '{quoted}'\n",
        }.items()
    },
}


class Rendering:
    """One run of MkDocs over the awkward archive: its frames, and the pages it rendered in full."""

    def __init__(self, root: Path, folder: Path, edition: Edition, in_full: list[Page]) -> None:
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder))
        plugin = config.plugins["chronicle"]
        assert isinstance(plugin, ShellPlugin)
        plugin.edition, plugin.deferred = edition, True
        plugin.in_full = {page.url: page for page in in_full}
        build(config)
        self.frames = plugin.rendered.frames
        self.folder = folder


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return sites.edition(sites.write_archive(tmp_path_factory.mktemp("awkward"), FILES))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sites.write_archive(tmp_path_factory.mktemp("stamped"), FILES)
    return sites.built(root)


@pytest.fixture(scope="module")
def in_full(tmp_path_factory: pytest.TempPathFactory, edition: Edition) -> Path:
    """The folder in which MkDocs has rendered every record page by itself."""
    root = sites.write_archive(tmp_path_factory.mktemp("rendered"), FILES)
    folder = tmp_path_factory.mktemp("in-full")
    # The index of a folder is the shell of its other pages: MkDocs can make it only one of both.
    plain = [page for page in pages(edition) if page.url not in shells()]
    Rendering(root, folder, edition, plain)
    Rendering(root, folder / "shells", edition, [p for p in pages(edition) if p.url in shells()])
    return folder


def shells() -> set[str]:
    return {f"{shell}.html" for shell in SHELLS.values()}


KINDS = (
    "days",
    "members",
    "donations",
    "stories",
    "photos",
    "timeline",
    "statistics",
    "contribute",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stamped_page_has_the_bytes_that_mkdocs_gives_it(
    site: Path, in_full: Path, edition: Edition, kind: str
) -> None:
    stamped = [page.url for page in pages(edition) if page.folder == kind]
    alone = [url for url in stamped if url not in shells()]
    assert alone
    for url in alone:
        assert (site / url).read_bytes() == (in_full / url).read_bytes(), url


def test_the_index_of_a_folder_has_the_bytes_that_mkdocs_gives_it(
    site: Path, in_full: Path, edition: Edition
) -> None:
    indexes = [page.url for page in pages(edition) if page.url in shells()]
    assert len(indexes) == len(SHELLS) - 2  # two shells are frames only, without a page
    for url in indexes:
        assert (site / url).read_bytes() == (in_full / "shells" / url).read_bytes(), url


@pytest.mark.parametrize("title", AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_title_stands_escaped_in_every_kind_of_page(
    edition: Edition, site: Path, title: str
) -> None:
    shown = slots_of(Page("", title, "", "", ""))["title"]
    with_it = [page for page in pages(edition) if page.title == title]
    assert {page.folder for page in with_it} == {"members", "donations", "stories", "photos"}
    for page in with_it:
        text = (site / page.url).read_text(encoding="utf-8")
        assert f"<title>{shown} · 巷里纪事</title>" in text


# Frames


def test_every_folder_of_record_pages_has_a_frame(edition: Edition) -> None:
    assert {page.folder for page in pages(edition)} == set(SHELLS)


def test_a_frame_gives_back_what_stands_in_the_slots() -> None:
    html = "a".join(marks().values())
    stamped = cut(f"<{html}>").stamp(Page("x/y.html", "题<", "述&", "<meta>", "<p>文</p>"))
    assert stamped == "<题&lt;a述&amp;a<meta>a<p>文</p>>"


def test_a_slot_may_stand_more_than_once() -> None:
    html = "".join(marks().values()) + marks()["title"]
    assert cut(html).stamp(Page("", "一", "二", "三", "四")) == "一二三四一"


def test_what_a_page_says_is_never_taken_for_a_mark() -> None:
    frame = cut("|".join(marks().values()))
    page = Page("", marks()["body"], "", marks()["title"], marks()["head"])
    assert frame.stamp(page) == "|".join((marks()["body"], "", marks()["title"], marks()["head"]))


@pytest.mark.parametrize("lost", SLOTS)
def test_a_shell_that_lost_a_mark_is_a_fault_of_the_theme(lost: str) -> None:
    html = "".join(mark for slot, mark in marks().items() if slot != lost)
    with pytest.raises(FrameError, match=lost):
        cut(html)


def test_a_frame_begins_and_ends_with_text() -> None:
    frame = cut("".join(marks().values()))
    assert frame == Frame(("", "title", "", "description", "", "head", "", "body", ""))
