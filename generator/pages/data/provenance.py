"""Every figure as plain values: how much, by which rule, from which records and sources.

Enter: a view of an archive. Leave: lists and mappings after `statistics.schema.json`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from generator.archive.claims import Comparison
from generator.archive.plain import plain_quantity, plain_ref
from generator.archive.service import Service
from generator.archive.statistic import Statistic
from generator.kinds.fields import Ref
from generator.pages.view import View
from generator.problems.problem import Language
from generator.values.quantities import Quantity, quantity_in_words

SCHEMA = "statistics.schema.json"


def plain_statistics(view: View) -> dict[str, Any]:
    """Totals recorded and reported, members' service, claims compared; not the long series."""
    archive, edition, figures = view.archive, view.edition, view.edition.figures
    part = partial(_plain_part, view, _Places(figures.recorded))
    return {
        "archive": archive.file.title,
        "period": archive.file.period.text,
        "recorded": [plain_statistic(view, one) for one in figures.recorded.values()],
        "reported": [plain_statistic(view, one) for one in figures.reported.values()],
        "asked": [part(one) for one in edition.asked if one.by],
        "members": [_plain_service(one) for one in edition.services],
        "reconciliation": [
            _plain_comparison(view, one, part(one.recorded) if one.recorded else None)
            for one in edition.comparisons
        ],
    }


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each record stands in the list of a total: looked for once for all parts of it."""

    totals: Mapping[str, Statistic]
    known: dict[str, dict[Ref, int]] = field(default_factory=dict)

    def ranges(self, part: Statistic) -> list[list[int]]:
        """First and last place of each run of a part's records in the list of its total."""
        total = self.totals.get(part.subject)
        if total is None or not part.records:
            return []
        if part.records == total.records[: len(part.records)]:
            return [[0, len(part.records) - 1]]
        if total.id not in self.known:
            self.known[total.id] = {ref: place for place, ref in enumerate(total.records)}
        return ranges_of(map(self.known[total.id].__getitem__, part.records))


def ranges_of(places: Iterable[int]) -> list[list[int]]:
    """First and last of each run of whole numbers: 4, 2, 3, 9 is [2, 4], [9, 9]."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return runs


def _plain_part(view: View, places: _Places, one: Statistic) -> dict[str, Any]:
    """A part of a total, whose records are those in some places of the total's own list."""
    plain = plain_statistic(view, replace(one, records=()))
    del plain["records"]
    return plain | {"total": one.subject, "ranges": places.ranges(one)}


def plain_series(view: View) -> Iterator[dict[str, Any]]:
    """Every subject by day, week, month, task, member and so on, each figure complete."""
    return (plain_statistic(view, one) for one in view.edition.figures.series)


def without_subject(plain: dict[str, Any]) -> dict[str, Any]:
    """A figure of a series without what the total of its subject says already."""
    said = ("id", "label", "group", "origin", "rule", "unit", "sources")
    own = {name: value for name, value in plain.items() if name not in said}
    return {"subject": plain["id"].partition("@")[0], **own}


def plain_statistic(view: View, one: Statistic) -> dict[str, Any]:
    """One figure with its provenance; `by` is what it is narrowed to."""
    return {
        "id": one.id,
        "label": view.figure_label(one),
        "group": one.group,
        "origin": one.origin,
        "rule": one.rule,
        "by": dict(one.by),
        **_plain_amount(view, one.quantity),
        "unit": one.unit,
        "records": list(map(plain_ref, one.records)),
        "sources": list(map(plain_ref, one.sources)),
    }


def _plain_amount(view: View, quantity: Quantity) -> Mapping[str, Any]:
    return _amount(quantity, view.edition.language)


@lru_cache(maxsize=4096)
def _amount(quantity: Quantity, language: Language) -> Mapping[str, Any]:
    """Most amounts are small numbers, and come again and again."""
    words = {"value": quantity_in_words(quantity, language)}
    return words | plain_quantity(quantity) | {"approximate": quantity.approximate}


def _plain_service(one: Service) -> dict[str, Any]:
    return {
        "member": one.member.id,
        "days": len(one.days.records),
        "activities": len(one.activities.records),
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "tasks": dict(one.tasks),
    }


def _plain_comparison(
    view: View, one: Comparison, recorded: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "id": one.anchor,
        "source": one.source.id,
        "subject": one.claim.subject,
        "label": one.label,
        "unit": one.unit,
        "as_of": one.claim.as_of.text if one.claim.as_of else None,
        "quote": one.claim.quote,
        "reported": dict(_plain_amount(view, one.claim.value)),
        "recorded": recorded,
        "verdict": one.verdict,
        "difference": dict(_plain_amount(view, one.difference)) if one.difference else None,
        "excluded": [other.told.anchor for other in one.near if other.excluded],
    }
