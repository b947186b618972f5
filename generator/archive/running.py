"""A sum or a count as it grows, looked up by day instead of added up again for each.

Enter: a `Subject` that is summed or counted. Leave: how much it came to by the end of any day, and
the records until then. An amount is certain once the last of its days has come, and possible from
the first; one without a date is possible from the beginning and never certain. Pure.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from generator.archive.statistic import Statistic, narrowed_id
from generator.archive.subjects import Entry, Subject
from generator.archive.totals import Selection, narrowed
from generator.kinds.fields import Ref
from generator.values.quantities import EXACT, ZERO, Quantity


@dataclass(frozen=True, slots=True)
class Running:
    """Sums of the first 0, 1, 2 ... amounts: lower bounds by last day, upper bounds by first."""

    subject: Subject
    lasts: Sequence[date]
    lowers: Sequence[Decimal]
    firsts: Sequence[date]
    uppers: Sequence[Decimal]
    endless: int
    """How many of the first amounts have an upper bound."""
    approximate: int
    """How many of them have bounds that are not only about right."""
    alone: int
    """How many of them hold but one that is not nothing: of near ones (近100) it stays near."""
    records: tuple[Ref, ...]
    distinct: Sequence[int]
    """How many records the first amounts are in."""

    def until(self, day: date) -> Quantity:
        """How much there was by the end of a day."""
        number = bisect_right(self.firsts, day)
        if 0 < number <= self.alone:
            few = narrowed(self.subject, Selection(until=day))
            assert few is not None  # something may belong to it
            return few.quantity
        lower = self.lowers[bisect_right(self.lasts, day)]
        upper = self.uppers[number] if number <= self.endless else None
        return Quantity(lower, upper, number > self.approximate)

    def statistic(self, day: date) -> Statistic | None:
        """The total until a day; nothing where no amount can belong to it; counts are 0 then."""
        subject, number = self.subject, bisect_right(self.firsts, day)
        if not number and subject.rule != "count":
            return None
        by = (("until", day.isoformat()),)
        return Statistic(
            id=narrowed_id(subject.id, by),
            label=subject.label,
            quantity=self.until(day),
            unit=subject.unit.label,
            origin="recorded",
            rule=subject.rule,
            records=self.records[: self.distinct[number]],
            group=subject.group,
            by=by,
        )


def running(subject: Subject) -> Running | None:
    """How a subject grows; nothing for one that does not add up."""
    entries: Iterable[Entry] = subject.entries
    if subject.rule == "count":
        entries = {entry.ref: entry for entry in entries}.values()
    elif subject.rule != "sum":
        return None
    starting = sorted(entries, key=_first)
    ending = sorted(entries, key=_last)
    amounts = [entry.quantity for entry in starting]
    something = [number for number, one in enumerate(amounts) if one != ZERO]
    seen: dict[Ref, None] = {}
    distinct = [0, *(len(seen) for entry in starting if seen.setdefault(entry.ref) is None)]
    return Running(
        subject,
        [_last(entry) for entry in ending],
        _sums(entry.quantity.lower for entry in ending),
        [_first(entry) for entry in starting],
        _sums(one.upper or Decimal(0) for one in amounts),
        next((n for n, one in enumerate(amounts) if one.upper is None), len(amounts)),
        next((n for n, one in enumerate(amounts) if one.approximate), len(amounts)),
        something[1] if len(something) > 1 else len(amounts),
        tuple(seen),
        distinct,
    )


def _first(entry: Entry) -> date:
    return entry.when.earliest if entry.when else date.min


def _last(entry: Entry) -> date:
    return entry.when.latest if entry.when else date.max


def _sums(amounts: Iterable[Decimal]) -> Sequence[Decimal]:
    return list(accumulate(amounts, EXACT.add, initial=Decimal(0)))
