"""Every figure the site shows, recorded and reported apart; the ways to narrow and group them.

Enter: an Archive. Leave: `Statistics`. Nothing is counted twice: a reported figure is cited, never
added to a recorded one.

Rules: `sum`, `max`, `last` as a measure's `aggregate` says; `count` for numbers of records;
`difference` for what came in and is not known to have gone out; `reported` for the latest claim of
a source. Activities over a period count in totals and in no single day; so do uncertain dates.
`members: all` means those then in the team.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from generator.archive.archive import Archive, Dated, Photograph, ref_of
from generator.archive.coverage import Coverage, coverage
from generator.archive.published import latest_claims, published_until
from generator.archive.running import Running, running
from generator.archive.statistic import By, Group, Origin, Rule, Statistic
from generator.archive.subjects import (
    Entry,
    Subject,
    Subjects,
    handed_on,
    single_days,
    unquantified,
)
from generator.archive.totals import (
    EVERYTHING,
    GROUPINGS,
    KEYS,
    NO_SPAN,
    SPANS,
    Grouping,
    Selection,
    by_years,
    grouped_in,
    narrowed,
    whole,
    years_of,
)
from generator.archive.totals import grouped as grouped_total
from generator.kinds.fields import Ref
from generator.kinds.source import Source
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity, compare
from generator.values.units import convert

__all__ = [
    "By", "Group", "Origin", "Rule", "Statistic", "Statistics", "handed_on_of", "part_by",
    "single_days", "statistics", "unquantified",
]  # fmt: skip


@dataclass(frozen=True)
class Statistics:
    """All figures of an archive; each is made when it is first asked for."""

    archive: Archive

    @cached_property
    def named(self) -> set[Ref]:
        """Records whose titles stand beside figures: what shows them depends on these too."""
        return set()

    def title(self, one: Dated | Source | Photograph) -> str:
        """What a record or a photograph is called beside a figure; it is noted in `named`."""
        self.named.add(ref_of(one.owner if isinstance(one, Photograph) else one))
        return one.title

    @cached_property
    def subjects(self) -> Subjects:
        """Everything that can be totalled, by id."""
        return Subjects(self.archive)

    @cached_property
    def recorded(self) -> Mapping[str, Statistic]:
        """Totals made from records, by id."""
        totals = [self._whole(id) for id in self.subjects]
        found = (*_in_order(totals, self._breakdowns()), *_left(self.subjects), *self._missing())
        return MappingProxyType({one.id: one for one in found})

    @cached_property
    def reported(self) -> Mapping[str, Statistic]:
        """The latest claim of a source about each subject, by id."""
        return MappingProxyType({one.id: one for one in latest_claims(self.archive)})

    @cached_property
    def series(self) -> tuple[Statistic, ...]:
        """Every subject by day, week, month and whatever else it can be grouped by."""
        return tuple(
            one
            for subject in self.subjects.values()
            for grouping in GROUPINGS
            if (subject.id, grouping) not in _ONE_EACH
            for one in self.grouped(subject.id, grouping)
        )

    def series_of(self, year: str) -> Iterator[Statistic]:
        """That part of the series which is days, weeks and months of a year."""
        for id, subject in self.subjects.items():
            entries = self.by_years[id].get(year, ())
            for grouping in SPANS:
                if (id, grouping) not in _ONE_EACH:
                    yield from grouped_in(year, entries, subject, grouping)

    def series_of_no_year(self) -> Iterator[Statistic]:
        """The rest: what lies in no single day, week or month, and the parts that are no time."""
        yield from self.series_of(NO_SPAN)
        for id in self.subjects:
            for grouping in KEYS:
                yield from self.grouped(id, grouping)

    @cached_property
    def by_years(self) -> Mapping[str, Mapping[str, Sequence[Entry]]]:
        """The amounts of each subject by year, as `totals.by_years` has them."""
        return {one.id: by_years(one.entries) for one in self.subjects.values()}

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Every year in which there may be a figure of the series: those of `by_years`.

        Every dated record is counted, so that only what has dates of its own is left to be asked.
        """
        archive = self.archive
        dates: Iterable[EdtfDate | None] = (
            *(one[0].date for one in archive.days.values()),
            *(one.date for one in archive.photographs),
            *(when for gift in archive.donations for _, _, when in handed_on(gift)),
        )
        found = {year for when in dates for year in years_of(when)}
        return tuple(sorted(found - {NO_SPAN}))

    def _whole(self, id: str) -> Statistic:
        if id not in self._wholes:
            self._wholes[id] = whole(self.subjects[id])
        return self._wholes[id]

    @cached_property
    def _wholes(self) -> dict[str, Statistic]:
        """Totals of all of a subject that have been asked for once."""
        return {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id of a total, recorded first."""
        return tuple(dict.fromkeys((*self.recorded, *self.reported)))

    @cached_property
    def coverage(self) -> Coverage:
        """What the archive does not know yet."""
        return coverage(self.archive)

    def best(self, id: str, selection: Selection = EVERYTHING) -> Statistic | None:
        """The recorded figure, or the reported one where the records fall short of it."""
        recorded, reported = self.total(id, selection), self.claimed(id, selection)
        if recorded is None or reported is None or recorded.unit != reported.unit:
            return recorded or reported
        short = compare(recorded.quantity, reported.quantity) == "short"
        return reported if short else recorded

    def total(self, id: str, selection: Selection = EVERYTHING) -> Statistic | None:
        """The recorded total, or of the part that is selected; nothing where none is recorded."""
        if not selection.by:
            return self._whole(id) if id in self.subjects else self.recorded.get(id)
        if len(selection.by) == 1 and _NAMED_PARTS.get(id) == selection.by[0][0]:
            return self.recorded.get(f"{id}:{selection.by[0][1]}")
        subject = self.subjects.get(id)
        if subject is None:
            return None
        grown = self.running(subject) if set(dict(selection.by)) == {"until"} else None
        if grown is not None and selection.until is not None:
            return grown.statistic(selection.until)
        return narrowed(subject, selection)

    def running(self, subject: Subject) -> Running | None:
        """How a subject grows; nothing for one that does not add up."""
        if subject.id not in self._grown:
            self._grown[subject.id] = running(subject)
        return self._grown[subject.id]

    @cached_property
    def _grown(self) -> dict[str, Running | None]:
        """How subjects grow that have been asked for."""
        return {}

    def claimed(self, id: str, selection: Selection = EVERYTHING) -> Statistic | None:
        """The latest claim, or the latest about the time until a day."""
        if not selection.by:
            return self.reported.get(id)
        if selection.since or not selection.until or not _is_own_task(self.archive, id, selection):
            return None
        return published_until(self.archive, id, selection.until, selection.by)

    def grouped(
        self, id: str, grouping: Grouping, selection: Selection = EVERYTHING
    ) -> tuple[Statistic, ...]:
        """A total for each day, week, month, task, member, batch, category or kind of donor."""
        known = self._groupings.get((id, grouping)) if selection == EVERYTHING else None
        if known is not None:
            return known
        subject = self.subjects.get(id)
        found = () if subject is None else grouped_total(subject, grouping, selection)
        if selection == EVERYTHING:
            self._groupings[id, grouping] = found
        return found

    @cached_property
    def _groupings(self) -> dict[tuple[str, Grouping], tuple[Statistic, ...]]:
        """Groupings that have been asked for once."""
        return {}

    def _breakdowns(self) -> Iterator[Statistic]:
        """Members by batch and activities by task, under ids of their own; empty ones too."""
        file = self.archive.file
        for batch in file.batches:
            yield self._named_part("members", "batch", batch.id, batch.name)
        for task in file.tasks:
            yield self._named_part("activities", "task", task.id, task.name)
        for grouping in _GIFT_KEYS:
            gifts = self.grouped("donations", grouping)
            yield from (replace(one, group="donors") for one in gifts)
            yield from self.grouped("value", grouping)

    def _named_part(self, id: str, key: str, value: str, label: str) -> Statistic:
        part = narrowed(self.subjects[id], Selection(keys=((key, value),)))
        assert part is not None  # a count always has one
        return replace(part, id=f"{id}:{value}", label=label, by=())

    def _missing(self) -> Iterator[Statistic]:
        """How much is missing, gap by gap."""
        gaps = self.coverage
        found: dict[str, Iterable[Ref]] = {
            "unnamed": map(ref_of, gaps.unnamed),
            "undated": map(ref_of, gaps.undated),
            "unquantified": (ref for ref, _ in gaps.unquantified),
            "originals": (Ref("photo", one.id) for one in gaps.originals_wanted),
        }
        yield _gap("empty_days", len(gaps.empty_days), ())
        for name, refs in found.items():
            records = tuple(refs)
            yield _gap(name, len(records), tuple(dict.fromkeys(records)))


_NAMED_PARTS: dict[str, Grouping] = {"members": "batch", "activities": "task"}
"""Subjects whose parts have ids of their own: `members:first`, `activities:patrol`."""
_GIFT_KEYS: tuple[Grouping, ...] = ("donor", "category")


_ONE_EACH = (("days", "day"),)
"""Groupings that say nothing: a day is one day."""


def part_by(part: Statistic) -> Grouping:
    """What a part of a total with an id of its own is taken by."""
    if part.by:
        return next(one for one in GROUPINGS if one == part.by[0][0])
    return _NAMED_PARTS[part.id.partition(":")[0]]


def statistics(archive: Archive) -> Statistics:
    """Every figure of the archive."""
    return Statistics(archive)


def _is_own_task(archive: Archive, id: str, selection: Selection) -> bool:
    """Whether nothing but the task that a measure belongs to narrows it: all of it is that task."""
    measure = archive.measures.get(id)
    return all(
        name == "task" and measure is not None and measure.task == value
        for name, value in selection.keys
    )


def _in_order(totals: list[Statistic], parts: Iterable[Statistic]) -> Iterator[Statistic]:
    """Each total followed by its parts."""
    gathered: dict[str, list[Statistic]] = {}
    for part in parts:
        subject = part.subject.partition(":")[0]
        gathered.setdefault(subject, []).append(part)
    for one in totals:
        yield one
        yield from gathered.get(one.id, ())


def _left(found: Mapping[str, Subject]) -> Iterator[Statistic]:
    """What came in of an item and is not known to have gone out, where something has."""
    for id, received in found.items():
        handed_on = handed_on_of(found, id)
        if handed_on is None:
            continue
        came, went = whole(received), whole(handed_on)
        gone = convert(went.quantity, handed_on.unit, received.unit)
        quantity = _difference(came.quantity, gone)
        if quantity is not None:
            records = tuple(dict.fromkeys((*came.records, *went.records)))
            own = id.replace("item:", "left:", 1)
            yield replace(
                came, id=own, quantity=quantity, rule="difference", records=records, group="left"
            )


def handed_on_of(found: Mapping[str, Subject], id: str) -> Subject | None:
    """What was handed on of the same item in the same dimension as `item:...` was received."""
    if not id.startswith("item:"):
        return None
    received = found[id]
    return next(
        (
            one
            for one in found.values()
            if one.group == "distributed"
            and one.label == received.label
            and one.unit.dimension == received.unit.dimension
        ),
        None,
    )


def _difference(more: Quantity, less: Quantity) -> Quantity | None:
    """What is left between bounds; nothing when more went out than can have come in."""
    upper = None if more.upper is None else more.upper - less.lower
    if upper is not None and upper < 0:
        return None
    lower = Decimal(0) if less.upper is None else max(Decimal(0), more.lower - less.upper)
    return Quantity(lower, upper, more.approximate or less.approximate)


def _gap(name: str, number: int, records: tuple[Ref, ...]) -> Statistic:
    amount = Quantity(Decimal(number), Decimal(number))
    id = f"missing:{name}"
    return Statistic(id, name, amount, "", "recorded", "count", records, group="missing")
