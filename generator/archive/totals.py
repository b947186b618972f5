"""Totals of a subject: all of it, a part of it, or one for each day, month, task or member.

Enter: a `Subject` and what it is narrowed to. Leave: `Statistic` values. An amount of a period or
of an uncertain day belongs to a day, week, month or range only when the whole of its date lies
within it; where it only may belong there, the total is a range.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Literal

from generator.archive.statistic import By, Rule, Statistic, narrowed_id
from generator.archive.subjects import Entry, Subject
from generator.kinds.fields import Ref
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity, total

Grouping = Literal["day", "week", "month", "task", "member", "batch", "category", "donor"]
SPANS: tuple[Grouping, ...] = ("day", "week", "month")
KEYS: tuple[Grouping, ...] = ("task", "member", "batch", "category", "donor")
GROUPINGS: tuple[Grouping, ...] = (*SPANS, *KEYS)
_REF = attrgetter("ref")
NO_SPAN = "other"
"""The value of `day`, `week` and `month` for what lies in no single one."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a subject: from `since` to `until`, both included, and by keys, sorted by name."""

    since: date | None = None
    until: date | None = None
    keys: By = ()

    @property
    def by(self) -> By:
        """What stands in the id of a figure narrowed so."""
        dates = {"since": self.since, "until": self.until}
        named = ((name, day.isoformat()) for name, day in dates.items() if day)
        return tuple(sorted((*self.keys, *named)))


EVERYTHING = Selection()


def whole(subject: Subject) -> Statistic:
    """The total of all of a subject."""
    return _statistic(subject, subject.entries, (), ())


def narrowed(subject: Subject, selection: Selection) -> Statistic | None:
    """The total of a part; nothing where no amount can belong to it, except that counts are 0."""
    certain, possible = _parted(subject.entries, selection)
    if not certain and not possible and subject.rule != "count":
        return None
    return _statistic(subject, certain, possible, selection.by)


def _parted(
    entries: Sequence[Entry], selection: Selection
) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Those that belong to a selection, and those that only may."""
    for name, value in selection.keys:
        entries = [entry for entry in entries if value in entry.keys.get(name, ())]
    if selection.since is None and selection.until is None:
        return entries, ()
    certain, possible = [], []
    first, last = selection.since or date.min, selection.until or date.max
    for entry in entries:
        when = entry.when
        if when is None:
            possible.append(entry)
        elif first <= when.earliest and when.latest <= last:
            certain.append(entry)
        elif when.earliest <= last and when.latest >= first:
            possible.append(entry)
    return certain, possible


def grouped(
    subject: Subject, grouping: Grouping, selection: Selection = EVERYTHING
) -> tuple[Statistic, ...]:
    """A total for each value of a grouping, sorted by it; `other` for what lies in no one span."""
    if grouping in SPANS and all(entry.when is None for entry in subject.entries):
        return ()
    return _grouped(subject, subject.entries, grouping, selection)


def grouped_in(
    year: str, entries: Sequence[Entry], subject: Subject, grouping: Grouping
) -> Iterator[Statistic]:
    """Those days, weeks or months of a year, or `other`, made of the amounts that may lie in it."""
    for one in _grouped(subject, entries, grouping, EVERYTHING):
        if one.by[0][1].startswith(year):
            yield one


def _grouped(
    subject: Subject, entries: Sequence[Entry], grouping: Grouping, selection: Selection
) -> tuple[Statistic, ...]:
    gathered: dict[str, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for number, part in enumerate(_parted(entries, selection)):
        for entry in part:
            for value in _values(entry, grouping):
                gathered[value][number].append(entry)
    return tuple(
        _statistic(subject, *gathered[value], tuple(sorted((*selection.by, (grouping, value)))))
        for value in sorted(gathered, key=lambda value: (value == NO_SPAN, value))
        if value
    )


def by_years(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Amounts by the years in which they may have a day, a week or a month of their own.

    A week in which a year begins belongs to one of two years. What may lie in no single span is
    under `other` too; of things without any date there is nothing.
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for year in years_of(entry.when):
            found.setdefault(year, []).append(entry)
    return {} if set(found) == {NO_SPAN} and not any(e.when for e in found[NO_SPAN]) else found


def years_of(when: EdtfDate | None) -> Iterator[str]:
    """The years in which something of that date may have a span of its own; and `other`."""
    if when is None:
        yield NO_SPAN
        return
    first = when.earliest
    yield f"{first.year:04d}"
    if first.month in (1, 12) and (week := week_of(first)[:4]) != f"{first.year:04d}":
        yield week
    if not when.is_day:
        yield NO_SPAN


def has_at_most(number: int, subject: Subject, grouping: Grouping) -> bool:
    """Whether a grouping has no more values than that, found without adding up."""
    values: set[str] = set()
    for entry in subject.entries:
        values.update(_values(entry, grouping))
        if len(values) > number:
            return False
    return True


def _values(entry: Entry, grouping: Grouping) -> Sequence[str]:
    if grouping not in _SPANS:
        return entry.keys.get(grouping, ())
    if entry.when is None:
        return (NO_SPAN,)
    span = _SPANS[grouping]
    first = span(entry.when.earliest)
    one = entry.when.is_day or span(entry.when.latest) == first
    return (first if one else NO_SPAN,)


def week_of(day: date) -> str:
    """The week of a day, from Monday: `2020-W10` (ISO 8601-1, 5.2.3)."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def days_of_week(week: str) -> tuple[date, date]:
    """Monday and Sunday of a week written `2020-W10`."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return monday, monday + timedelta(days=6)


_SPANS: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {"day": date.isoformat, "week": week_of, "month": lambda day: day.isoformat()[:7]}
)


def _statistic(
    subject: Subject, certain: Sequence[Entry], possible: Sequence[Entry], by: By
) -> Statistic:
    records = tuple(dict.fromkeys(map(_REF, chain(certain, possible))))
    return Statistic(
        id=narrowed_id(subject.id, by),
        label=subject.label,
        quantity=_quantity(subject.rule, certain, possible, records),
        unit=subject.unit.label,
        origin="recorded",
        rule=subject.rule,
        records=records,
        group=subject.group,
        by=by,
    )


def _quantity(
    rule: Rule, certain: Sequence[Entry], possible: Sequence[Entry], records: tuple[Ref, ...]
) -> Quantity:
    """The total by a rule; amounts that only may belong to it widen it. `records` are of both."""
    if rule == "count":
        known = len(set(map(_REF, certain))) if possible else len(records)
        return Quantity(Decimal(known), Decimal(len(records)))
    sure = [entry.quantity for entry in certain]
    unsure = [entry.quantity for entry in possible]
    if rule == "sum":
        return total((*sure, *map(_perhaps, unsure)))
    if rule == "max":
        return _largest(sure, unsure)
    return _last(certain, possible)


def _perhaps(quantity: Quantity) -> Quantity:
    """All, some or nothing of an amount."""
    return Quantity(Decimal(0), quantity.upper, quantity.approximate)


def _largest(sure: list[Quantity], unsure: list[Quantity]) -> Quantity:
    """The largest; one that only may count can raise the upper bound, not the lower."""
    if not sure:
        return _perhaps(_largest(unsure, []))
    best = max(sure, key=lambda one: (one.lower, one.upper is None, one.upper or 0))
    higher = [one for one in unsure if one.upper is None or one.upper > (best.upper or one.upper)]
    if best.upper is None or not higher:
        return best
    bounds = [one.upper for one in higher]
    upper = None if None in bounds else max(bound for bound in bounds if bound is not None)
    return Quantity(best.lower, upper, best.approximate or any(o.approximate for o in higher))


def _last(certain: Sequence[Entry], possible: Sequence[Entry]) -> Quantity:
    """The last in the order of the records; one that may come later makes it a range."""
    known = certain[-1:]
    after = known[0].when.earliest if known and known[0].when else date.min
    later = [entry for entry in possible if entry.when is None or entry.when.latest >= after]
    quantities = [entry.quantity for entry in (*known, *later)]
    if len(quantities) == 1:
        return quantities[0]
    uppers = [one.upper for one in quantities if one.upper is not None]
    return Quantity(
        min(one.lower for one in quantities),
        max(uppers) if len(uppers) == len(quantities) else None,
        any(one.approximate for one in quantities),
    )
