"""The page on taking part: three steps, and a form that writes the YAML of a day."""

from collections.abc import Iterator

from generator.kinds.activity import EVERYONE, Activity
from generator.kinds.validation import meaning_of
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator

_FIELDS = ("date", "time", "title", "task", "members", "place", "summary", "figures")


def pages(edition: Edition) -> Iterator[Page]:
    """One page with the form for an activity."""
    t = translator(edition.language, "contribute")
    meanings = {name: meaning_of(Activity, name)[edition.language] for name in _FIELDS}
    yield make_page(
        edition,
        "contribute/index.html",
        "contribute/index.html",
        t("title"),
        t("description", title=edition.archive.file.title),
        meanings=meanings,
        everyone=EVERYONE,
        guide=edition.guide,
        new_file_url=_new_file_url(edition.repo_url),
    )


def _new_file_url(repo_url: str) -> str:
    """Where the forge opens an empty new file below `records/activities`; empty without a forge."""
    return f"{repo_url.rstrip('/')}/new/main/records/activities" if repo_url else ""
