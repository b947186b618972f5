"""The page of search results."""

from collections.abc import Iterator

from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator


def pages(edition: Edition) -> Iterator[Page]:
    """One page, empty until somebody searches."""
    t = translator(edition.language, "search")
    yield make_page(edition, "search/search.html", "search.html", t("title"), t("description"))
