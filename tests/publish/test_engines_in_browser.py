"""Both engines' sites as readers meet them: from a folder, in a browser, by day and by night."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.publish.engines import ADAPTERS
from tests import sites
from tests.browser import open_browser

ENGINES = tuple(ADAPTERS)
WRITTEN = ("index.html", "about.html", "guide/add-a-day.html")
PAGES = (*WRITTEN, "days/2020-03-04.html", "timeline/index.html", "search.html")
QUERIES = ("消毒液", "李辉", "2020-03-04", "档案", "没有这几个字呢")
COLOURS = """() => {
  const colour = (one, name) => one ? getComputedStyle(one)[name] : '';
  return ['body', 'h1', 'main p', '.written td', '.written code', '.site-nav a.active']
    .map(one => document.querySelector(one))
    .map(one => [colour(one, 'color'), colour(one, 'backgroundColor')]);
}"""
FOUND = "query => chronicleSearch.find(query).then(({near, entries}) => [near, entries])"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped archive, built by each engine."""
    place = tmp_path_factory.mktemp("both")
    root = sites.copy_shipped(place / "archive")
    return {name: sites.built(root, place / f"一个 站点 {name}", engine=name) for name in ENGINES}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


def open_page(browser: Browser, folder: Path, name: str, scheme: Any) -> tuple[Page, list[str]]:
    """A page opened from its folder, and what it asked for that does not lie there."""
    tab = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 844})
    strange: list[str] = []
    base = folder.as_uri()
    tab.on("request", lambda one: None if one.url.startswith(base) else strange.append(one.url))
    tab.on("requestfailed", lambda one: strange.append(one.url))
    tab.on("pageerror", lambda fault: strange.append(str(fault)))
    tab.goto(f"{base}/{name}")
    return tab, strange


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_its_folder_and_looks_the_same_in_both_palettes(
    browser: Browser, folders: dict[str, Path], name: str, scheme: str
) -> None:
    seen = []
    for folder in folders.values():
        tab, strange = open_page(browser, folder, name, scheme)
        assert strange == []
        seen.append((tab.evaluate(COLOURS), tab.locator("main").inner_text()))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        tab.close()
    assert seen[0] == seen[1]
    assert seen[0][0][0] != ["", ""]


@pytest.mark.parametrize("query", QUERIES)
def test_the_search_finds_the_same_records(
    browser: Browser, folders: dict[str, Path], query: str
) -> None:
    found = []
    for folder in folders.values():
        tab, strange = open_page(browser, folder, "about.html", "light")
        tab.locator("input[type=search]").focus()
        found.append(tab.evaluate(FOUND, query))
        assert strange == []
        tab.close()
    assert found[0] == found[1]
    near, entries = found[0]
    assert bool(entries and not near) is (query != QUERIES[-1])
