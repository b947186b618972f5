"""Every number that the pages show of the records leads to where those records are listed.

A place for numbers is told by its class, on whatever page. There a digit stands in a link, in the
row of the figure itself (whose address is its id), or in a date, which counts nothing.
"""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.pages.registry import pages
from tests.daily import DAILY
from tests.sites import ROOT, edition

PLACES = {
    "chart-answer", "chip", "count", "day-counts", "figure-value", "item-amount", "key-figures",
    "lead", "measured", "number", "number-cell", "people", "rail-date", "seats-note",
}  # fmt: skip
DATES = {"when"}
FIGURE = re.compile("(recorded|reported|claim)-")
EMPTY = {"br", "hr", "img", "input", "link", "meta", "wbr"}
Attributes = list[tuple[str, str | None]]


class Reader(HTMLParser):
    """Gathers the digits of the places for numbers, those that lead nowhere apart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Mapping[str, str | None]]] = []
        self.seen: dict[str, int] = dict.fromkeys(PLACES, 0)
        self.astray: list[str] = []
        self.without_list: list[str] = []
        self.rows: dict[str, int] = {}
        self.none: set[str] = set()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag not in EMPTY:
            self.open.append((tag, dict(attributes)))
        for id in filter(FIGURE.match, self._ids()):
            self.rows[id] = self.rows.get(id, 0) + (tag == "a")

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            closed, attributes = self.open.pop()
            id = attributes.get("id") or ""
            if self.rows.get(id) == 0 and id not in self.none:
                self.without_list.append(id)
            if closed == tag:
                return

    def _ids(self) -> Iterator[str]:
        return (one.get("id") or "" for _, one in self.open)

    def handle_data(self, text: str) -> None:
        if not re.search(r"\d", text):
            return
        if text.strip() == "0":
            self.none.update(self._ids())
        classes = {name for _, one in self.open for name in (one.get("class") or "").split()}
        for place in PLACES & classes:
            self.seen[place] += 1
        if PLACES & classes and not DATES & classes and not any(map(self._leads, self.open)):
            self.astray.append(text.strip())

    @staticmethod
    def _leads(element: tuple[str, Mapping[str, str | None]]) -> bool:
        tag, attributes = element
        return tag == "a" or bool(FIGURE.match(attributes.get("id") or ""))


def bodies(seen: Edition, root: Path) -> Iterator[tuple[str, str]]:
    """The home page and all pages of records."""
    text = (root / "docs" / "index.md").read_text(encoding="utf-8")
    yield "index.html", expand(text, "docs/index.md", "index.html", seen).text
    for page in pages(seen):
        yield page.url, page.body


@pytest.fixture(scope="module", params=[DAILY, ROOT], ids=["daily", "shipped"])
def read(request: pytest.FixtureRequest) -> dict[str, Reader]:
    """What was read of each page of an archive."""
    found = {}
    for url, body in bodies(edition(request.param), request.param):
        found[url] = Reader()
        found[url].feed(body)
    return found


def test_no_number_leads_nowhere(read: dict[str, Reader]) -> None:
    assert {url: one.astray for url, one in read.items() if one.astray} == {}


def test_each_sort_of_place_holds_numbers(read: dict[str, Reader]) -> None:
    """So that a class that is renamed does not leave its place unread."""
    empty = {place for place in PLACES if not any(one.seen[place] for one in read.values())}
    assert empty <= {"chip", "measured", "people", "seats-note"}  # not in every archive


def test_the_row_of_a_figure_leads_to_what_it_is_made_of(read: dict[str, Reader]) -> None:
    assert read["statistics/index.html"].without_list == []


def test_a_number_that_leads_nowhere_is_found() -> None:
    reader = Reader()
    reader.feed('<p class="lead"><a href="#x">3</a> of <b>4</b><span class="when">5</span></p>')
    assert reader.astray == ["4"]


def test_a_figure_without_its_records_is_found() -> None:
    reader = Reader()
    reader.feed('<p id="recorded-a">7</p><p id="recorded-b">0</p><p id="claim-c"><a>8</a></p>')
    assert reader.without_list == ["recorded-a"]
