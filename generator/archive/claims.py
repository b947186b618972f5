"""Sets what sources claim beside what records add up to.

Enter: an Archive and its statistics. Leave: one `Comparison` for every claim of every source, in
the order of the sources. A claim is never turned into a record.
"""

from dataclasses import dataclass
from typing import Literal

from generator.archive.archive import Archive
from generator.archive.statistics import Statistic, Statistics, claim_label, claim_unit
from generator.kinds.source import Claim, Source
from generator.values.quantities import compare

Verdict = Literal["agrees", "short", "exceeds", "not_recorded", "not_comparable"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim, the recorded total for the same thing, and how they stand to each other."""

    source: Source
    claim: Claim
    label: str
    unit: str
    recorded: Statistic | None
    verdict: Verdict


def reconcile(archive: Archive, figures: Statistics) -> tuple[Comparison, ...]:
    """Every claim beside its recorded total."""
    return tuple(
        _compare(archive, figures, source, claim)
        for source in archive.sources
        for claim in source.claims
    )


def _compare(archive: Archive, figures: Statistics, source: Source, claim: Claim) -> Comparison:
    recorded = figures.recorded.get(claim.subject)
    unit = claim_unit(archive, claim)
    verdict: Verdict
    if recorded is None:
        verdict = "not_recorded"
    elif recorded.unit != unit:
        verdict = "not_comparable"
    else:
        verdict = compare(recorded.quantity, claim.value)
    return Comparison(source, claim, claim_label(archive, claim), unit, recorded, verdict)
