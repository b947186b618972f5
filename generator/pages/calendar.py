"""Months as grids of days, for the calendars of several page kinds. Pure."""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.archive import Archive
from generator.problems.problem import Language
from generator.values.dates import weekday_in_words

_LEVELS = (1, 2, 4)  # entries from which a square is darker


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a calendar: how many entries, how dark (1-3), whether within the period."""

    number: int
    entries: int
    level: int
    url: str
    inside: bool


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """One month: `weeks` of seven squares from Monday, `None` for other months' days."""

    month: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Square | None, ...], ...]


def month_grids(
    archive: Archive,
    language: Language,
    day_url: Callable[[str], str],
    entries: Mapping[str, int],
    only: Iterable[str] | None = None,
) -> tuple[MonthGrid, ...]:
    """A grid for each month of the period, or for each of `only`; `entries` counts by day slug."""
    months = list(only) if only is not None else months_of_period(archive)
    return tuple(_grid(archive, language, month, day_url, entries) for month in months)


def entries_by_day(archive: Archive) -> dict[str, int]:
    """How many records stand on each single day."""
    return {slug: len(records) for slug, records in archive.days.items() if records[0].date.is_day}


def months_of_period(archive: Archive) -> list[str]:
    """Every month of the archive's period."""
    first, last = archive.file.period.earliest, archive.file.period.latest
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def _grid(
    archive: Archive,
    language: Language,
    month: str,
    day_url: Callable[[str], str],
    entries: Mapping[str, int],
) -> MonthGrid:
    year, number = (int(part) for part in month.split("-"))
    period = archive.file.period

    def square(day: date) -> Square | None:
        if day.month != number:
            return None
        slug = day.isoformat()
        count = entries.get(slug, 0)
        level = sum(count >= bound for bound in _LEVELS)
        url = day_url(slug) if count else ""
        return Square(day.day, count, level, url, period.covers(day))

    weeks = calendar.Calendar().monthdatescalendar(year, number)
    monday = date(2024, 1, 1)
    names = tuple(weekday_in_words(monday + timedelta(days=n), language) for n in range(7))
    short = tuple(name[-1] if language == "zh" else name[:2] for name in names)
    return MonthGrid(month, short, tuple(tuple(square(day) for day in week) for week in weeks))
