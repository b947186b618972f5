"""A sheet: pages or files that are made together, or not at all when nothing of theirs changed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from generator.pages.page import File, Joined, Page

CHARTS: Final = "charts"
"""What is made of all charts, which share what they are made of."""
FIGURES: Final = "figures"
"""What is made of all figures but shows no chart."""
RECORDS: Final = "records"
"""Files of records: a whole one may be joined of its years."""


class Sheet(NamedTuple):
    """What is made in one go; `name` is unique, and `dependencies` knows it by that."""

    name: str
    make: Callable[[], Iterable[Page | File | Joined]]
    together: str = ""
    """A word that it shares with sheets made of the same work: they are made by one process, in
    their order, so that what is joined of files comes after them."""
    near: str = ""
    """A month whose records it shows above all: one process makes all that is near them, so that
    not every process has to touch every record (and so to hold it: copies share what none does)."""


def single(name: str, make: Callable[[], Page], together: str = "", near: str = "") -> Sheet:
    """A sheet of one page."""
    return Sheet(name, lambda: (make(),), together, near)


def pages_of(sheets: Iterable[Sheet]) -> Iterator[Page]:
    """Every page of some sheets, without the files that are no pages."""
    for sheet in sheets:
        yield from (made for made in sheet.make() if isinstance(made, Page))
