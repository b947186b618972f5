"""The timeline's index and its months."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.archive.archive import Dated
from generator.pages.calendar import entries_by_day, month_grids
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator
from generator.values.dates import month_in_words

_MOST_ON_INDEX = 300  # entries; beyond, the index leads to the months instead


@dataclass(frozen=True, slots=True)
class RailDay:
    """One stop of the rail: a day or a period, and its records."""

    slug: str
    day: date | None
    records: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class RailMonth:
    """A month of the rail with its stops in order."""

    month: str
    days: tuple[RailDay, ...]
    entries: int


def pages(edition: Edition) -> Iterator[Page]:
    """The index, then a page for every month in which something begins."""
    months = _rail(edition.archive.days)
    t = translator(edition.language, "timeline")
    everything = sum(month.entries for month in months) <= _MOST_ON_INDEX
    counts = entries_by_day(edition.archive)
    file = edition.archive.file
    yield make_page(
        edition,
        "timeline/index.html",
        "timeline/index.html",
        t("title"),
        t("description", title=file.title),
        months=months,
        everything=everything,
        grids=month_grids(edition.archive, edition.language, _day_url, counts),
    )
    for number, month in enumerate(months):
        yield make_page(
            edition,
            "timeline/month.html",
            f"timeline/{month.month}.html",
            t("month_title", month=_month_words(edition, month.month)),
            t("month_description", title=file.title, n=month.entries),
            month=month,
            grids=month_grids(edition.archive, edition.language, _day_url, counts, [month.month]),
            before=months[number - 1] if number else None,
            after=months[number + 1] if number + 1 < len(months) else None,
        )


def _day_url(slug: str) -> str:
    return f"../days/{slug}.html"


def _month_words(edition: Edition, month: str) -> str:
    return month_in_words(month, edition.language)


def _rail(days: Mapping[str, tuple[Dated, ...]]) -> tuple[RailMonth, ...]:
    """Days and periods by the month in which they begin."""
    gathered: dict[str, list[RailDay]] = {}
    for slug, records in days.items():
        when = records[0].date
        stop = RailDay(slug, when.earliest if when.is_day else None, records)
        gathered.setdefault(when.month, []).append(stop)
    return tuple(
        RailMonth(month, tuple(stops), sum(len(stop.records) for stop in stops))
        for month, stops in sorted(gathered.items())
    )
