"""Sets what sources claim beside what records add up to, and beside what other sources claim.

Enter: an Archive and its statistics. Leave: one `Comparison` for every claim of every source, in
the order of the sources. A claim is never turned into a record, nor a record into a claim.
"""

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import combinations, takewhile
from typing import Literal

from generator.archive.archive import Archive
from generator.archive.published import Published, claim_label, claim_unit
from generator.archive.statistic import Statistic
from generator.archive.statistics import Statistics
from generator.archive.totals import Selection
from generator.kinds.source import Claim, Source
from generator.values.quantities import EXACT, Quantity, compare, tolerant
from generator.values.units import Unit, convert

Verdict = Literal["agrees", "short", "exceeds", "contradicts", "not_recorded", "not_comparable"]
VERDICTS: tuple[Verdict, ...] = (
    "contradicts", "exceeds", "short", "not_recorded", "not_comparable", "agrees",
)  # fmt: skip
"""Every verdict, what needs looking at first."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as others of its subject are compared with it; `anchor` is its address."""

    source: Source
    claim: Claim
    anchor: str
    unit: Unit
    span: tuple[date | None, date | None]
    grows: bool


@dataclass(frozen=True, slots=True)
class Other:
    """What another claim says of the same thing, and whether both can be true."""

    told: Told
    excluded: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim, the recorded total for the same time, and how they stand to each other.

    `difference` is how much the records fall short of the claim (`falls_short`) or exceed it, in
    the claim's unit; nothing where they agree or cannot be compared.
    """

    source: Source
    claim: Claim
    anchor: str
    label: str
    unit: str
    recorded: Statistic | None
    verdict: Verdict
    difference: Quantity | None
    falls_short: bool
    near: tuple[Other, ...]
    """Other claims that cannot be true as well, or are about the same time."""
    told: tuple[Told, ...]
    """Every claim about the same thing, this one too, in the order of the sources."""

    @property
    def others(self) -> tuple[Other, ...]:
        """What every other claim says of the same thing."""
        near = {one.told.anchor: one for one in self.near}
        others = (one for one in self.told if one.anchor != self.anchor)
        return tuple(near.get(one.anchor) or Other(one, excluded=False) for one in others)


def reconcile(archive: Archive, figures: Statistics) -> tuple[Comparison, ...]:
    """Every claim beside the recorded total of the time it speaks of."""
    everything = [
        _told(archive, Published(source, claim, number))
        for source in archive.sources
        for number, claim in enumerate(source.claims)
    ]
    by_subject: dict[str, list[Told]] = {}
    for one in everything:
        by_subject.setdefault(one.claim.subject, []).append(one)
    told = {subject: tuple(claims) for subject, claims in by_subject.items()}
    near = {anchor: own for claims in told.values() for anchor, own in _near(claims).items()}
    received: dict[tuple[str, str], str] = {}
    for subject in figures.subjects.values():
        if subject.group == "received":
            received.setdefault((subject.label, subject.unit.dimension), subject.id)
    return tuple(
        _compare(archive, figures, one, told[one.claim.subject], near[one.anchor], received)
        for one in everything
    )


def _told(archive: Archive, published: Published) -> Told:
    claim = published.claim
    measure = archive.measures.get(claim.measure or "")
    return Told(
        published.source,
        claim,
        published.id,
        claim_unit(archive, claim),
        published.span,
        measure is None or measure.aggregate != "last",
    )


def _compare(
    archive: Archive,
    figures: Statistics,
    one: Told,
    told: tuple[Told, ...],
    near: tuple[Other, ...],
    received: Mapping[tuple[str, str], str],
) -> Comparison:
    # Of an item in several dimensions, the subject is that of the claim's own.
    subject = received.get((one.claim.item or "", one.unit.dimension), one.claim.subject)
    recorded, amount = _recorded(figures, one, subject)
    verdict: Verdict
    if recorded is None:
        verdict = "not_recorded"
    elif amount is None:
        verdict = "not_comparable"
    else:
        verdict = compare(amount, one.claim.value)
        if verdict != "agrees" and _fixed(recorded, one):
            verdict = "contradicts"
    if verdict != "agrees" and any(other.excluded for other in near):
        verdict = "contradicts"
    return Comparison(
        source=one.source,
        claim=one.claim,
        anchor=one.anchor,
        label=claim_label(archive, one.claim),
        unit=one.unit.label,
        recorded=recorded,
        verdict=verdict,
        difference=None if amount is None else difference(amount, one.claim.value),
        falls_short=amount is not None and compare(amount, one.claim.value) == "short",
        near=near,
        told=told,
    )


def _recorded(figures: Statistics, one: Told, id: str) -> tuple[Statistic | None, Quantity | None]:
    """The recorded total of the claim's time, and the same in the claim's unit if it converts."""
    subject = figures.subjects.get(id)
    if subject is None:
        return None, None
    since, until = one.span
    recorded = figures.total(subject.id, Selection(since, until))
    everything = figures.recorded[subject.id]
    if recorded and _is_all(recorded, everything):
        recorded = everything
    if recorded is None or subject.unit.dimension != one.unit.dimension:
        return recorded, None
    return recorded, convert(recorded.quantity, subject.unit, one.unit)


def _is_all(part: Statistic, everything: Statistic) -> bool:
    """Whether narrowing has left nothing out."""
    same = len(part.records) == len(everything.records)
    return same and part.quantity == everything.quantity


def _fixed(recorded: Statistic, one: Told) -> bool:
    """Whether records cannot be merely incomplete: a state, or a day that has its own record.

    What adds up can always lack a record; what was so on a day, or was done on one day that is on
    record, is either as claimed or not.
    """
    since, until = one.span
    a_day = since is not None and since == until
    return recorded.rule == "last" or (a_day and bool(recorded.records))


def _near(claims: Sequence[Told]) -> dict[str, tuple[Other, ...]]:
    """For every claim of one subject, those that exclude it or speak of the same time, in order."""
    place = {one.anchor: number for number, one in enumerate(claims)}
    found: dict[str, dict[str, Told]] = {one.anchor: {} for one in claims}
    for one, other in _perhaps_excluding(claims):
        found[one.anchor][other.anchor] = other
        found[other.anchor][one.anchor] = one
    return {
        one.anchor: tuple(
            Other(other, _exclude(one, other))
            for other in sorted(found[one.anchor].values(), key=lambda told: place[told.anchor])
        )
        for one in claims
    }


def _perhaps_excluding(claims: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs of the same time, and those of an earlier claim above a later one: few of many."""
    at_once: dict[tuple[date | None, date | None], list[Told]] = {}
    for one in claims:
        at_once.setdefault(one.span, []).append(one)
    for same in at_once.values():
        yield from combinations(same, 2)
    growing = [one for one in claims if one.grows and one.claim.as_of and one.span[0] is None]
    earlier: dict[str, list[Told]] = {}
    for one in sorted(growing, key=lambda told: told.span[1] or date.max):
        before = earlier.setdefault(one.unit.dimension, [])
        for other in takewhile(partial(_exclude, one), reversed(before)):
            yield one, other
        insort(before, one, key=_least)


def _least(one: Told) -> Decimal:
    """The least that a claim can mean, in the base unit."""
    return EXACT.multiply(tolerant(one.claim.value)[0], one.unit.factor)


def _exclude(one: Told, other: Told) -> bool:
    """Whether two claims cannot both be true.

    Of the same time they have to agree; of a sum or a maximum that grows, the earlier claim must
    not be above the later. Claims of different periods say nothing about each other.
    """
    if one.unit.dimension != other.unit.dimension:
        return False
    if one.span == other.span:
        return _verdict_in_one_unit(other, one) != "agrees"
    if not one.grows or one.span[0] or other.span[0]:
        return False
    if one.claim.as_of is None or other.claim.as_of is None:
        return False  # undated claims may speak of any time before their sources
    earlier, later = sorted((one, other), key=lambda each: each.span[1] or date.max)
    return _verdict_in_one_unit(later, earlier) == "short"


def _verdict_in_one_unit(recorded: Told, reported: Told) -> str:
    amount = convert(recorded.claim.value, recorded.unit, reported.unit)
    return compare(amount, reported.claim.value)


def difference(recorded: Quantity, reported: Quantity) -> Quantity | None:
    """How far apart two amounts are, with the bounds of both; nothing where they overlap."""
    verdict = compare(recorded, reported)
    if verdict == "agrees":
        return None
    less, more = (recorded, reported) if verdict == "short" else (reported, recorded)
    lower = Decimal(0) if less.upper is None else max(Decimal(0), more.lower - less.upper)
    upper = None if more.upper is None else more.upper - less.lower
    return Quantity(lower, upper, recorded.approximate or reported.approximate)
