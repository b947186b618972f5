"""What sources say: claims by subject, the latest of them, and the latest until a day.

Enter: an Archive. Leave: claims with their sources, and `Statistic` values that cite them. A claim
is never turned into a record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from generator.archive.archive import Archive, ref_of
from generator.archive.statistic import By, Statistic, narrowed_id
from generator.archive.subjects import unit_of
from generator.kinds.source import Claim, Source
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity, compare
from generator.values.units import Unit, convert


@dataclass(frozen=True, slots=True)
class Published:
    """One claim with the source it stands in, and its number there (0-based)."""

    source: Source
    claim: Claim
    number: int

    @property
    def id(self) -> str:
        """Unique among all claims: the address on the reconciliation page."""
        return f"claim-{self.source.id}-{self.number + 1}"

    @property
    def when(self) -> EdtfDate | None:
        """The day it speaks of, else the day of its source."""
        return self.claim.as_of or self.source.date

    @property
    def span(self) -> tuple[date | None, date | None]:
        """First and last day that it counts: a stated interval is one, any other date an end."""
        when = self.when
        if when is None:
            return None, None
        stated = self.claim.as_of is not None and when.form == "interval"
        return (when.earliest if stated else None), when.latest

    @property
    def told(self) -> tuple[str, str, int]:
        """How recent it is; the later of two is the greater."""
        when = self.when
        return ("" if when is None else when.latest.isoformat(), self.source.id, self.number)


def claims_by_subject(archive: Archive) -> Mapping[str, tuple[Published, ...]]:
    """Every claim by what it is about, in the order of the sources."""
    found: dict[str, list[Published]] = {}
    for source in archive.sources:
        for number, claim in enumerate(source.claims):
            found.setdefault(claim.subject, []).append(Published(source, claim, number))
    return MappingProxyType({subject: tuple(claims) for subject, claims in found.items()})


def latest_claims(archive: Archive) -> tuple[Statistic, ...]:
    """For each subject the latest claim about all the time until then, citing those that agree."""
    found = claims_by_subject(archive)
    latest = ((subject, _latest(claims)) for subject, claims in found.items())
    return tuple(
        _cited(archive, subject, one, one.claim.value, found[subject])
        for subject, one in latest
        if one is not None
    )


def published_until(archive: Archive, subject: str, until: date, by: By) -> Statistic | None:
    """The latest claim about the time until a day.

    One that speaks of an earlier day is only a lower bound of what grows.
    """
    claims = claims_by_subject(archive).get(subject, ())
    dated = [one for one in claims if one.when and one.when.latest <= until]
    found = _latest(tuple(dated))
    if found is None or found.when is None:
        return None
    measure = archive.measures.get(subject)
    value = found.claim.value
    grows = measure is None or measure.aggregate != "last"
    if grows and (found.claim.as_of is None or found.when.latest < until):
        value = Quantity(value.lower, None, value.approximate)
    return _cited(archive, narrowed_id(subject, by), found, value, claims, by)


def claim_label(archive: Archive, claim: Claim) -> str:
    """What a claim is about, as shown."""
    return claim.item or archive.label("measure", claim.measure)


def claim_unit(archive: Archive, claim: Claim) -> Unit:
    """The unit of a claim: its own, else that of its measure."""
    measure = archive.measures.get(claim.measure or "")
    return unit_of(archive, claim.unit or (measure.unit if measure else None))


def same_amount(archive: Archive, one: Claim, other: Claim) -> bool:
    """Whether two claims can both be true of one amount; false where units do not convert."""
    source, target = claim_unit(archive, other), claim_unit(archive, one)
    if source.dimension != target.dimension:
        return False
    return compare(convert(other.value, source, target), one.value) == "agrees"


def _latest(claims: tuple[Published, ...]) -> Published | None:
    """The latest claim about everything; one about a period of its own only where there is none."""
    return max(claims, key=lambda one: (one.span[0] is None, one.told), default=None)


def _cited(
    archive: Archive,
    id: str,
    one: Published,
    value: Quantity,
    claims: tuple[Published, ...],
    by: By = (),
) -> Statistic:
    agreeing = [other for other in claims if same_amount(archive, one.claim, other.claim)]
    sources = (ref_of(one.source), *(ref_of(other.source) for other in agreeing))
    return Statistic(
        id,
        claim_label(archive, one.claim),
        value,
        claim_unit(archive, one.claim).label,
        "reported",
        "reported",
        sources=tuple(dict.fromkeys(sources)),
        group="claimed",
        by=by,
    )
