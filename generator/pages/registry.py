"""The list of page kinds: a new one is a folder beside this file and a line here."""

from collections.abc import Callable, Iterator
from functools import partial

from generator.pages.contribute import page as contribute
from generator.pages.data import files as data_files
from generator.pages.data import page as data
from generator.pages.days import page as days
from generator.pages.donations import page as donations
from generator.pages.edition import Edition
from generator.pages.feeds import page as feeds
from generator.pages.gallery import page as gallery
from generator.pages.members import page as members
from generator.pages.page import File, Page
from generator.pages.search import page as search
from generator.pages.sheet import CHARTS, Sheet, pages_of
from generator.pages.statistics import page as statistics
from generator.pages.stories import page as stories
from generator.pages.timeline import page as timeline
from generator.pages.withdrawn import page as withdrawn

SheetKind = Callable[[Edition], Iterator[Sheet]]


def _whole(
    name: str, make: Callable[[Edition], Iterator[Page | File]], together: str = ""
) -> SheetKind:
    """A kind that is made in one go."""
    return lambda edition: iter((Sheet(name, partial(make, edition), together),))


_DATA = _whole("data", data.pages, CHARTS)

SHEET_KINDS: tuple[SheetKind, ...] = (
    timeline.sheets,
    days.sheets,
    _whole("members", members.pages),
    donations.sheets,
    stories.sheets,
    gallery.sheets,
    statistics.sheets,
    _DATA,
    _whole("contribute", contribute.pages),
    _whole("search", search.pages),
    _whole("withdrawn", withdrawn.pages),
)
FILE_KINDS: tuple[SheetKind, ...] = (
    data_files.figure_sheets,
    data_files.sheets,
    _whole("feeds", feeds.files),
)
OF_DATA: tuple[SheetKind, ...] = (
    statistics.sheets,
    _DATA,
    data_files.figure_sheets,
    data_files.sheets,
)
"""Those of the kinds above that are figures, charts and tables: no search finds them."""


def sheets(edition: Edition) -> Iterator[Sheet]:
    """All that the site holds beside hand-written pages and pictures, kind by kind."""
    for kind in (*SHEET_KINDS, *FILE_KINDS):
        yield from kind(edition)


def sheets_of_data(edition: Edition) -> Iterator[Sheet]:
    """Figures, charts and tables, without looking at what else there is."""
    for kind in OF_DATA:
        yield from kind(edition)


def pages(edition: Edition) -> Iterator[Page]:
    """Every record page of the site, kind by kind."""
    for kind in SHEET_KINDS:
        yield from pages_of(kind(edition))
