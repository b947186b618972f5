"""The timeline's index and its months."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from generator.archive.archive import Archive, Dated
from generator.kinds.activity import Activity
from generator.kinds.member import Member
from generator.pages.calendar import entries_by_day, month_grids, months_of_period
from generator.pages.dependencies import MOST_ON_INDEX
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.sheet import Sheet, single
from generator.pages.view import view_of
from generator.pages.words import translator
from generator.values.dates import month_in_words

_WORTH_NARROWING = 8  # entries on one page
_MOST_CARDS = 600  # entries of a month; in a fuller one each is a line
_MOST_LINES = 1500  # entries of a month; of a fuller one each day shows its first
_MOST_CALENDARS = 120  # months; beyond, each has its calendar on its own page only


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


@dataclass(frozen=True, slots=True)
class Choices:
    """What the entries of a page can be narrowed by: only what narrows anything."""

    kinds: tuple[str, ...]
    tasks: tuple[str, ...]
    people: tuple[Member, ...]
    places: tuple[str, ...]


class Rail:
    """All months in order, worked out when the first of their pages is made: often none is."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.names = sorted(archive.months)

    @cached_property
    def months(self) -> tuple[RailMonth, ...]:
        """Days and periods by the month in which they begin."""
        gathered: dict[str, list[RailDay]] = {name: [] for name in self.names}
        for slug, records in self._archive.days.items():
            when = records[0].date
            stop = RailDay(slug, when.earliest if when.is_day else None, records)
            gathered[when.month].append(stop)
        return tuple(
            RailMonth(month, tuple(stops), sum(len(stop.records) for stop in stops))
            for month, stops in gathered.items()
        )

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many entries there are on each day."""
        return entries_by_day(self._archive)


def sheets(edition: Edition) -> Iterator[Sheet]:
    """The index, then a page for every month in which something begins."""
    rail = Rail(edition.archive)
    yield single("timeline", partial(_index, edition, rail))
    for number, month in enumerate(rail.names):
        yield single(f"timeline/{month}", partial(_month, edition, rail, number), near=month)


def _index(edition: Edition, rail: Rail) -> Page:
    months = rail.months
    t = translator(edition.language, "timeline")
    everything = sum(month.entries for month in months) <= MOST_ON_INDEX
    calendars = months_of_period(edition.archive)
    few = calendars if len(calendars) <= _MOST_CALENDARS else ()
    return make_page(
        edition,
        "timeline/index.html",
        "timeline/index.html",
        t("title"),
        t("description", title=edition.archive.file.title),
        months=months,
        everything=everything,
        as_cards=True,
        most=MOST_ON_INDEX,
        choices=_choices(edition, edition.archive.dated) if everything else None,
        grids=month_grids(edition.archive, edition.language, _day_url, rail.counts, few),
    )


def _month(edition: Edition, rail: Rail, number: int) -> Page:
    months = rail.months
    month = months[number]
    t = translator(edition.language, "timeline")
    return make_page(
        edition,
        "timeline/month.html",
        f"timeline/{month.month}.html",
        t("month_title", month=_month_words(edition, month.month)),
        t("month_description", title=edition.archive.file.title, n=month.entries),
        month=month,
        as_cards=month.entries <= _MOST_CARDS,
        most=_most_of_a_day(month),
        choices=_choices(edition, [one for stop in month.days for one in stop.records]),
        grids=month_grids(edition.archive, edition.language, _day_url, rail.counts, [month.month]),
        before=months[number - 1] if number else None,
        after=months[number + 1] if number + 1 < len(months) else None,
    )


def _most_of_a_day(month: RailMonth) -> int:
    """How many entries each day or period of a month may show, so that the page can be read."""
    if month.entries <= _MOST_LINES:
        return month.entries
    return max(1, _MOST_LINES // len(month.days))


def _choices(edition: Edition, records: Sequence[Dated]) -> Choices | None:
    """Kinds and tasks in the archive's own order, named people, places by their shown name.

    None where so few entries stand on a page that nobody needs to look for one.
    """
    if len(records) < _WORTH_NARROWING:
        return None
    archive, view = edition.archive, view_of(edition, "timeline", "../")
    activities = [one for one in records if isinstance(one, Activity)]
    kinds, tasks = {view.kind(one) for one in records}, {one.task for one in activities}
    concerned = {id for one in records for id in view.involved(one)}
    places = {one.place for one in activities if one.place}
    return Choices(
        tuple(kind for kind in ("activity", "donation", "story") if kind in kinds),
        tuple(task.id for task in archive.file.tasks if task.id in tasks),
        tuple(one for one in archive.members if one.name and one.id in concerned),
        tuple(sorted(places, key=lambda place: (view.label("place", place), place))),
    )


def _day_url(slug: str) -> str:
    return f"../days/{slug}.html"


def _month_words(edition: Edition, month: str) -> str:
    return month_in_words(month, edition.language)
