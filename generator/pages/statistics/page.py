"""Statistics, reconciliation and coverage: three pages of one folder."""

from collections.abc import Iterator
from functools import partial

from generator.archive.claims import Comparison, Other
from generator.charts.chart import Chart
from generator.kinds.fields import Ref
from generator.pages.calendar import entries_by_day, month_grids
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.sheet import CHARTS, FIGURES, Sheet, single
from generator.pages.statistics.sections import (
    MOST_MONTHS,
    Listed,
    figures_of,
    limit_for,
    listed_of,
)
from generator.pages.words import translator

_MOST_GAPS = 500  # entries of one list of gaps
_MOST_CELLS = 1600  # of the table behind a chart: 40 kB at most
_MANY_CLAIMS, _MOST_OTHERS = 45, 4
_MOST_CALENDARS = 36  # months with a gap


def sheets(edition: Edition) -> Iterator[Sheet]:
    """Key figures with their records, claims against records, and the gaps."""
    yield single("statistics", partial(_figures, edition), CHARTS)
    yield single("statistics/reconciliation", partial(_reconciliation, edition), FIGURES)
    yield single("statistics/coverage", partial(_coverage, edition), FIGURES)


def _figures(edition: Edition) -> Page:
    t = translator(edition.language, "statistics")
    return make_page(
        edition,
        "statistics/index.html",
        "statistics/index.html",
        t("title"),
        t("description", title=edition.archive.file.title),
        figures=figures_of(edition),
        charts=edition.charts,
        rows_of=_rows_shown,
    )


def _reconciliation(edition: Edition) -> Page:
    t = translator(edition.language, "statistics")
    return make_page(
        edition,
        "statistics/reconciliation.html",
        "statistics/reconciliation.html",
        t("reconciliation"),
        t("reconciliation_description", title=edition.archive.file.title),
        compared=_compared(edition),
        cited=_cited(edition),
    )


def _coverage(edition: Edition) -> Page:
    t = translator(edition.language, "statistics")
    counts = entries_by_day(edition.archive)
    gaps = edition.figures.coverage
    months = sorted({day.isoformat()[:7] for day in gaps.empty_days})
    return make_page(
        edition,
        "statistics/coverage.html",
        "statistics/coverage.html",
        t("coverage"),
        t("coverage_description", title=edition.archive.file.title),
        gaps=gaps,
        more_months=max(0, len(months) - _MOST_CALENDARS),
        missing={
            one.label: one for one in edition.figures.recorded.values() if one.group == "missing"
        },
        most=_MOST_GAPS,
        grids=month_grids(
            edition.archive,
            edition.language,
            lambda slug: f"../days/{slug}.html",
            counts,
            months[:_MOST_CALENDARS],
        ),
    )


def _rows_shown(chart: Chart) -> int:
    """How many rows of a chart's table the page shows; its CSV has all."""
    return _MOST_CELLS // len(chart.columns)


def _compared(edition: Edition) -> dict[str, list[tuple[Comparison, Listed, tuple[Other, ...]]]]:
    """By source, every claim with the records set beside it, and the nearest of other claims."""
    found = edition.comparisons
    refs = [one.recorded.records if one.recorded else () for one in found]
    limit = limit_for([len(one) for one in refs])
    many = len(found) > _MANY_CLAIMS
    months = 1 if many else MOST_MONTHS
    compared: dict[str, list[tuple[Comparison, Listed, tuple[Other, ...]]]] = {}
    for one, own in zip(found, refs, strict=True):
        row = (one, listed_of(edition.archive, own, limit, months), _others(one, many))
        compared.setdefault(one.source.id, []).append(row)
    return compared


def _others(one: Comparison, many: bool) -> tuple[Other, ...]:
    """Other claims for the same thing; of many, some that disagree or are for the same time."""
    return one.near[:_MOST_OTHERS] if many else one.others


def _cited(edition: Edition) -> dict[str, Listed]:
    """The records that name each source."""
    archive = edition.archive
    naming: dict[str, list[Ref]] = {one.id: [] for one in archive.sources}
    for ref, record in archive.records.items():
        for id in dict.fromkeys(getattr(record, "sources", ())):
            naming.setdefault(id, []).append(ref)
    refs = {one.id: tuple(sorted(naming[one.id])) for one in archive.sources}
    limit = limit_for([len(one) for one in refs.values()])
    return {id: listed_of(archive, one, limit) for id, one in refs.items()}
