"""A page at each address whose content was withdrawn: it says so and when, and nothing else."""

from collections.abc import Iterator

from generator.pages.edition import Edition
from generator.pages.page import Page, base_of
from generator.pages.rendering import plain_page
from generator.pages.view import view_of
from generator.pages.words import translator


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each address; none is found by the search, none is in the sitemap."""
    title = translator(edition.language, "withdrawn")("title")
    root = view_of(edition, "withdrawn", "")
    for one in edition.archive.withdrawn:
        url = root.url(one.ref)
        date = view_of(edition, "withdrawn", base_of(url)).date(one.date)
        yield plain_page(edition, "withdrawn/withdrawn.html", url, title, date=date)
