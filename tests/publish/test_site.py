"""What is written beside the engine's own pages: sitemap, mark, assets, and one file an address."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.commands.common import settings_for
from generator.pages.page import Page
from generator.pages.registry import pages
from generator.photos.cache import Cache
from generator.problems.problem import Severity
from generator.publish.frames import SHELLS, cut, marks
from generator.publish.printed import DoubleAddressError
from generator.publish.rendered import Rendered, WrittenPage
from generator.publish.site import mark, sitemap, write_site
from generator.publish.written import OF_THE_SITE
from tests.sites import CONFIGURATION, EMPTY, SMALL, Files, build, built, edition, write_archive

ADDRESS = "https://example.org/chronicle/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(text: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(text).iter(f"{NAMESPACE}loc")]


def test_a_sitemap_lists_every_page_once_and_sorted() -> None:
    text = sitemap(ADDRESS, {"b.html", "a/c.html", "a.html", "data/x.csv", "404.html"})
    assert locations(text) == [f"{ADDRESS}{url}" for url in ("a.html", "a/c.html", "b.html")]


def test_a_sitemap_holds_no_dates() -> None:
    assert not re.search(r"lastmod|\d{4}-\d\d-\d\d", sitemap(ADDRESS, {"a.html"}))


def test_an_address_in_a_sitemap_is_escaped() -> None:
    assert locations(sitemap("https://example.org/?a&b", {"a.html"})) == [
        "https://example.org/?a&b/a.html"
    ]


def test_a_site_without_an_address_has_no_sitemap(tmp_path: Path) -> None:
    site = built(write_archive(tmp_path, EMPTY))
    assert not [path.name for path in site.rglob("sitemap*")]


def test_a_site_with_an_address_lists_exactly_its_pages(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    (root / "mkdocs.yml").write_text(f"site_url: {ADDRESS}\n{CONFIGURATION}", encoding="utf-8")
    site = built(root)
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    listed = locations((site / "sitemap.xml").read_text(encoding="utf-8"))
    assert listed == sorted(f"{ADDRESS}{url}" for url in there)


def test_two_outputs_for_one_address_are_a_fault(tmp_path: Path) -> None:
    seen = edition(write_archive(tmp_path / "archive", SMALL))
    frame = cut("".join(marks().values()))
    taken = next(iter(pages(seen))).url
    rendered = Rendered(dict.fromkeys(SHELLS, frame), (WrittenPage(taken, "题", "文"),))
    with pytest.raises(DoubleAddressError, match=re.escape(taken)):
        write_site(seen, rendered, Cache(tmp_path / "cache"), tmp_path / "site")


def test_a_file_that_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    seen = edition(write_archive(tmp_path / "archive", SMALL))
    bare = Rendered(dict.fromkeys(SHELLS, cut("".join(marks().values()))), ())
    taken = write_archive(tmp_path / "site", {"days/2020-03-04.html": "自己写的"})
    with pytest.raises(DoubleAddressError, match=r"days/2020-03-04\.html"):
        write_site(seen, bare, Cache(tmp_path / "c"), taken)
    assert (taken / "days/2020-03-04.html").read_text(encoding="utf-8") == "自己写的"


@pytest.mark.parametrize(
    "name",
    ["days/2020-03-04.md", "Data/activities.csv", "timeline/index.md", "search.md", "404.md"],
)
def test_a_hand_written_file_keeps_off_what_the_site_makes(tmp_path: Path, name: str) -> None:
    root = write_archive(tmp_path, {**SMALL, f"docs/{name}": "自己写的"})
    outcome = build(settings_for(root), tmp_path / "site")
    errors = [one for one in outcome.problems if one.code.severity is Severity.ERROR]
    assert [(one.code.id, one.place.path) for one in errors] == [("IDN005", f"docs/{name}")]
    assert not (tmp_path / "site").exists()


def test_a_hand_written_page_may_be_named_like_a_feed(tmp_path: Path) -> None:
    site = built(write_archive(tmp_path, {**SMALL, "docs/feed.md": "自己写的"}))
    assert (site / "feed.html").is_file()


def test_everything_that_the_site_makes_lies_where_no_hand_written_file_may(
    tmp_path: Path,
) -> None:
    files: Files = {**SMALL, "mkdocs.yml": f"site_url: {ADDRESS}\n{CONFIGURATION}"}
    site = built(write_archive(tmp_path, files))
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    folders = tuple(one for one in OF_THE_SITE if one.endswith("/"))
    free = {one for one in names if not one.startswith(folders)}.difference(OF_THE_SITE)
    assert {one for one in free if not one.startswith("assets/stylesheets/")} == {"index.html"}


def test_a_page_lies_in_the_folder_of_its_frame() -> None:
    assert Page("days/2020-03-04.html", "", "", "", "").folder == "days"
    assert Page("search.html", "", "", "", "").folder == ""


def test_the_mark_is_the_first_character_of_the_title(tmp_path: Path) -> None:
    files = {**EMPTY, "records/archive.yml": EMPTY["records/archive.yml"].replace("巷里", "<巷里")}
    drawing = ElementTree.fromstring(mark(edition(write_archive(tmp_path, files))))
    assert [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")] == ["<"]


def test_nothing_of_the_program_itself_is_published(tmp_path: Path) -> None:
    names = {path.name for path in built(write_archive(tmp_path, EMPTY)).rglob("*")}
    assert not {name for name in names if name.endswith((".py", ".pyc", ".toml", ".yml", ".md"))}
    assert "__pycache__" not in names
