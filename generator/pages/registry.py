"""The list of page kinds: a new one is a folder beside this file and a line here."""

from collections.abc import Callable, Iterator

from generator.pages.contribute import page as contribute
from generator.pages.data import page as data
from generator.pages.days import page as days
from generator.pages.donations import page as donations
from generator.pages.edition import Edition
from generator.pages.feeds import page as feeds
from generator.pages.gallery import page as gallery
from generator.pages.members import page as members
from generator.pages.page import File, Page
from generator.pages.search import page as search
from generator.pages.statistics import page as statistics
from generator.pages.stories import page as stories
from generator.pages.timeline import page as timeline
from generator.pages.withdrawn import page as withdrawn

PAGE_KINDS: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    timeline.pages,
    days.pages,
    members.pages,
    donations.pages,
    stories.pages,
    gallery.pages,
    statistics.pages,
    data.pages,
    contribute.pages,
    search.pages,
    withdrawn.pages,
)
FILE_KINDS: tuple[Callable[[Edition], Iterator[File]], ...] = (data.files, feeds.files)


def pages(edition: Edition) -> Iterator[Page]:
    """Every record page of the site, kind by kind."""
    for kind in PAGE_KINDS:
        yield from kind(edition)


def files(edition: Edition) -> Iterator[File]:
    """Every file of the site that is not a page."""
    for kind in FILE_KINDS:
        yield from kind(edition)
