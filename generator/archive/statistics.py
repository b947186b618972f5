"""Every figure the site shows, each with the rule it was made by and the records it is made of.

Enter: an Archive. Leave: `Statistic` values, recorded and reported apart. Nothing is counted twice:
a reported figure is cited, never added to a recorded one.

Rules: `sum`, `max`, `last` as a measure's `aggregate` says; `count` for numbers of records;
`reported` for the latest claim of a source. Activities over a period count in totals and in no
single day; so do uncertain dates. `members: all` means those then in the team.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from generator.archive.archive import Archive, ref_of
from generator.kinds.activity import Activity
from generator.kinds.donation import Item
from generator.kinds.fields import Ref
from generator.kinds.source import Claim, Source
from generator.values.quantities import Quantity, total
from generator.values.units import Unit, add_up

Origin = Literal["recorded", "reported"]
Rule = Literal["sum", "max", "last", "count", "reported"]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure: what it counts, how much, in which unit, by which rule, from which records.

    `id` is unique among the figures of one origin and is the anchor on the statistics page.
    """

    id: str
    label: str
    quantity: Quantity
    unit: str
    origin: Origin
    rule: Rule
    records: tuple[Ref, ...] = ()
    sources: tuple[Ref, ...] = ()

    @property
    def anchor(self) -> str:
        """The address of this figure within the statistics page."""
        safe = self.id.replace(":", "-").replace(" ", "-").replace("/", "-")
        return f"{self.origin}-{safe}"


@dataclass(frozen=True)
class Statistics:
    """All figures of an archive by id; recorded and reported apart."""

    recorded: Mapping[str, Statistic]
    reported: Mapping[str, Statistic]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id of a figure, recorded first."""
        return tuple(dict.fromkeys((*self.recorded, *self.reported)))

    def best(self, id: str) -> Statistic | None:
        """The recorded figure, or the reported one where the records fall short of it."""
        recorded, reported = self.recorded.get(id), self.reported.get(id)
        if recorded is None or reported is None:
            return recorded or reported
        return reported if recorded.quantity.lower < reported.quantity.lower else recorded


def statistics(archive: Archive) -> Statistics:
    """Every figure of the archive."""
    recorded = (*_counts(archive), *_measured(archive), *_given(archive))
    reported = tuple(_reported(archive))
    return Statistics(_by_id(recorded), _by_id(reported))


def _by_id(figures: Iterable[Statistic]) -> dict[str, Statistic]:
    return {one.id: one for one in figures}


def _counts(archive: Archive) -> Iterator[Statistic]:
    """How many members (also by batch), activities (also by task), gifts, stories, photographs."""

    def count(id: str, label: str, refs: Iterable[Ref]) -> Statistic:
        records = tuple(refs)
        number = Quantity(Decimal(len(records)), Decimal(len(records)), False)
        return Statistic(id, label, number, "", "recorded", "count", records)

    yield count("members", "members", map(ref_of, archive.members))
    for batch in archive.file.batches:
        them = [ref_of(one) for one in archive.members if one.batch == batch.id]
        yield count(f"members:{batch.id}", batch.name, them)
    yield count("activities", "activities", map(ref_of, archive.activities))
    for task in archive.file.tasks:
        done = [ref_of(one) for one in archive.activities if one.task == task.id]
        yield count(f"activities:{task.id}", task.name, done)
    yield count("days", "days", (Ref("day", slug) for slug in single_days(archive)))
    yield count("donations", "donations", map(ref_of, archive.donations))
    yield count("stories", "stories", map(ref_of, archive.stories))
    yield count("photographs", "photographs", (Ref("photo", p.id) for p in archive.photographs))


def single_days(archive: Archive) -> tuple[str, ...]:
    """Slugs of the days on which something is recorded; periods are not days."""
    return tuple(slug for slug, records in archive.days.items() if records[0].date.is_day)


def _measured(archive: Archive) -> Iterator[Statistic]:
    """The recorded total of every measure that any activity gives a figure for."""
    found: dict[str, list[tuple[Activity, Quantity]]] = {}
    for activity in archive.activities:
        for one in activity.figures:
            found.setdefault(one.measure, []).append((activity, one.value))
    for id, figures in found.items():
        measure = archive.measures[id]
        quantity = _aggregate(measure.aggregate, [value for _, value in figures])
        records = tuple(dict.fromkeys(ref_of(activity) for activity, _ in figures))
        unit = archive.label("unit", measure.unit)
        yield Statistic(id, measure.name, quantity, unit, "recorded", measure.aggregate, records)


def _aggregate(rule: str, values: list[Quantity]) -> Quantity:
    """The total by a measure's rule; `values` in chronological order, at least one."""
    if rule == "max":
        return max(values, key=lambda one: (one.lower, one.upper is None, one.upper or 0))
    return values[-1] if rule == "last" else total(values)


def _given(archive: Archive) -> Iterator[Statistic]:
    """Received and distributed totals of every item; units of other dimensions are listed apart."""
    received: dict[str, list[tuple[Ref, Quantity, Unit]]] = {}
    handed_on: dict[str, list[tuple[Ref, Quantity, Unit]]] = {}
    for donation in archive.donations:
        units = {item.item: _unit(archive, item.unit) for item in donation.items}
        for item in donation.items:
            if item.quantity is not None:
                amount = (ref_of(donation), item.quantity, units[item.item])
                received.setdefault(item.item, []).append(amount)
        for one in donation.distributions:
            if one.quantity is not None and one.item in units:
                amount = (ref_of(donation), one.quantity, units[one.item])
                handed_on.setdefault(one.item, []).append(amount)
    known = archive.units.values()
    yield from _item_totals("item", received, known)
    yield from _item_totals("distributed", handed_on, known)


def _item_totals(
    prefix: str, amounts: Mapping[str, list[tuple[Ref, Quantity, Unit]]], known: Collection[Unit]
) -> Iterator[Statistic]:
    for item, parts in amounts.items():
        totals = add_up(((quantity, unit) for _, quantity, unit in parts), known)
        for number, each in enumerate(totals):
            quantity, unit = each.quantity, each.unit
            id = f"{prefix}:{item}" if number == 0 else f"{prefix}:{item}:{unit.id}"
            records = dict.fromkeys(ref for ref, _, own in parts if own.dimension == unit.dimension)
            yield Statistic(id, item, quantity, unit.label, "recorded", "sum", tuple(records))


def _unit(archive: Archive, id: str | None) -> Unit:
    """The unit of that id; a bare number has a unit of its own."""
    return archive.units.get(id or "") or Unit(id or "", id or "", None, Decimal(1))


def _reported(archive: Archive) -> Iterator[Statistic]:
    """For every subject that sources make claims about, the claim that is latest."""
    latest: dict[str, tuple[Claim, Source]] = {}
    sources: dict[str, list[Ref]] = {}
    for source in archive.sources:
        for claim in source.claims:
            sources.setdefault(claim.subject, []).append(ref_of(source))
            known = latest.get(claim.subject)
            if known is None or _told(claim, source) >= _told(*known):
                latest[claim.subject] = (claim, source)
    for subject, (claim, _) in latest.items():
        yield Statistic(
            subject,
            claim_label(archive, claim),
            claim.value,
            claim_unit(archive, claim),
            "reported",
            "reported",
            sources=tuple(dict.fromkeys(sources[subject])),
        )


def _told(claim: Claim, source: Source) -> tuple[str, str]:
    """How recent a claim is: the day it speaks of, else the day of its source."""
    when = claim.as_of or source.date
    return ("" if when is None else when.latest.isoformat(), source.id)


def claim_label(archive: Archive, claim: Claim) -> str:
    """What a claim is about, as shown."""
    return claim.item or archive.label("measure", claim.measure)


def claim_unit(archive: Archive, claim: Claim) -> str:
    """The unit of a claim, as shown."""
    measure = archive.measures.get(claim.measure or "")
    return archive.label("unit", measure.unit if measure else claim.unit)


def unquantified(archive: Archive) -> tuple[tuple[Ref, Item], ...]:
    """Items of gifts whose quantity nobody has stated."""
    return tuple(
        (ref_of(donation), item)
        for donation in archive.donations
        for item in donation.items
        if item.quantity is None
    )
