"""A period cut into days, weeks, months or years, and the days to label below them. Pure.

Weeks begin on Monday (ISO 8601-1); the first and the last may reach beyond the period.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, TypeVar

Thing = TypeVar("Thing")
Grain = Literal["day", "week", "month", "year"]

MOST_DAYS: Final = 62
"""Up to so many days, a bin is a day."""
MOST_DAYS_IN_WEEKS: Final = 400
"""Up to so many days, a bin is a week."""
MOST_DAYS_IN_MONTHS: Final = 3700
"""Up to so many days (ten years), a bin is a month; beyond, a year."""

_DAY = timedelta(days=1)
_DAY_STEPS = (1, 2, 7, 14, 28)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_YEAR_STEPS = tuple(step for step in _MONTH_STEPS if step % 12 == 0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Bins:
    """A period without gaps, cut evenly."""

    grain: Grain
    each: tuple[Bin, ...]

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.each[0].first

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.each[-1].last

    @property
    def days(self) -> int:
        """How many days there are in all."""
        return (self.last - self.first).days + 1

    def number_of(self, day: date) -> int:
        """The place of the bin that a day of the period falls in, from 0."""
        return bisect_right(self._starts, day) - 1

    def parted(
        self, things: Sequence[Thing], day_of: Callable[[Thing], date]
    ) -> Mapping[int, Sequence[Thing]]:
        """Things of days of the period, in their order, by the number of the bin they fall in."""
        found: dict[int, Sequence[Thing]] = {}
        start = 0
        for number, one in enumerate(self.each):
            end = bisect_right(things, one.last, start, key=day_of)
            if end > start:
                found[number] = things[start:end]
            start = end
        return found

    @cached_property
    def _starts(self) -> list[date]:
        return [one.first for one in self.each]


def cut(first: date, last: date) -> Bins:
    """The days from `first` to `last`, in bins that follow their number."""
    days = (last - first).days + 1
    if days <= MOST_DAYS:
        return cut_into("day", first, last)
    if days <= MOST_DAYS_IN_WEEKS:
        return cut_into("week", first, last)
    return cut_into("month" if days <= MOST_DAYS_IN_MONTHS else "year", first, last)


def cut_into(grain: Grain, first: date, last: date) -> Bins:
    """The days from `first` to `last`, in bins of one kind."""
    if grain == "day":
        days = (last - first).days + 1
        return _between("day", [first + number * _DAY for number in range(days + 1)])
    if grain == "week":
        monday = first - first.weekday() * _DAY
        return _between(
            "week", [monday + 7 * n * _DAY for n in range((last - monday).days // 7 + 2)]
        )
    if grain == "month":
        return _between("month", _firsts(first, last, 1))
    return _between("year", _firsts(first.replace(month=1), last.replace(month=12), 12))


def how_many(grain: Grain, first: date, last: date) -> int:
    """How many bins `cut_into` gives, without making them."""
    if grain == "day":
        return (last - first).days + 1
    if grain == "week":
        return ((last - first).days + first.weekday()) // 7 + 1
    months = _month_number(last) - _month_number(first) + 1
    return months if grain == "month" else last.year - first.year + 1


def _firsts(first: date, last: date, step: int) -> list[date]:
    """Every `step`-th first of a month, from the month of `first` to that after `last`."""
    numbers = range(_month_number(first), _month_number(last) + 2, step)
    return [_first_of(number) for number in numbers]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _between(grain: Grain, starts: Sequence[date]) -> Bins:
    pairs = pairwise(starts)
    return Bins(grain, tuple(Bin(first, after - _DAY) for first, after in pairs))


def ticks(bins: Bins, most: int) -> tuple[date, ...]:
    """The days to label, at most `most` of them unless even the widest step gives more."""
    if bins.grain == "day":
        found: tuple[date, ...] = ()
        for step in _DAY_STEPS:
            found = tuple(one.first for one in bins.each[::step])
            if len(found) <= most:
                break
        return found
    steps = _YEAR_STEPS if bins.grain == "year" else _MONTH_STEPS
    for step in steps:
        found = _every(bins, step)
        if len(found) <= most:
            break
    return found


def _every(bins: Bins, step: int) -> tuple[date, ...]:
    """Every `step`-th first of a month within the bins, counted from year 0."""
    numbers = range(_month_number(bins.first), _month_number(bins.last) + 1)
    days = (_first_of(number) for number in numbers if number % step == 0)
    return tuple(day for day in days if day >= bins.first)


def step_of_counts(highest: int, most: int = 4) -> int:
    """The round step (1, 2, 5, 10, 20 ...) that reaches `highest` in at most `most` steps."""
    magnitude = 1
    while True:
        for digit in (1, 2, 5):
            if digit * magnitude * most >= highest:
                return digit * magnitude
        magnitude *= 10
