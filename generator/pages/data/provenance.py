"""Every figure as plain values: how much, by which rule, from which records and sources.

Enter: a view of an archive. Leave: lists and mappings after `statistics.schema.json`.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.archive.claims import Comparison
from generator.archive.plain import plain_quantity, plain_ref
from generator.archive.service import Service
from generator.archive.statistic import Statistic
from generator.pages.view import View
from generator.problems.problem import Language
from generator.values.quantities import Quantity, quantity_in_words

SCHEMA = "statistics.schema.json"


def plain_statistics(view: View) -> dict[str, Any]:
    """Totals recorded and reported, members' service, claims compared; not the long series."""
    archive, edition, figures = view.archive, view.edition, view.edition.figures
    return {
        "archive": archive.file.title,
        "period": archive.file.period.text,
        "recorded": [plain_statistic(view, one) for one in figures.recorded.values()],
        "reported": [plain_statistic(view, one) for one in figures.reported.values()],
        "asked": [plain_statistic(view, one) for one in edition.asked if one.by],
        "members": [_plain_service(one) for one in edition.services],
        "reconciliation": [_plain_comparison(view, one) for one in edition.comparisons],
    }


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


def _plain_comparison(view: View, one: Comparison) -> dict[str, Any]:
    recorded = one.recorded
    return {
        "source": one.source.id,
        "subject": one.claim.subject,
        "label": one.label,
        "unit": one.unit,
        "as_of": one.claim.as_of.text if one.claim.as_of else None,
        "quote": one.claim.quote,
        "reported": dict(_plain_amount(view, one.claim.value)),
        "recorded": plain_statistic(view, recorded) if recorded else None,
        "verdict": one.verdict,
        "difference": dict(_plain_amount(view, one.difference)) if one.difference else None,
        "others": [
            {
                "source": other.source.id,
                "unit": other.unit,
                "excluded": other.excluded,
                **_plain_amount(view, other.claim.value),
            }
            for other in one.others
        ],
    }
