"""Statistics, reconciliation and coverage: three pages of one folder."""

from collections.abc import Iterator

from generator.archive.claims import reconcile
from generator.archive.coverage import coverage
from generator.archive.statistics import Statistic
from generator.charts.questions import charts
from generator.pages.calendar import entries_by_day, month_grids
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator


def pages(edition: Edition) -> Iterator[Page]:
    """Key figures with their records, claims against records, and the gaps."""
    t = translator(edition.language, "statistics")
    name = edition.archive.file.title
    yield make_page(
        edition,
        "statistics/index.html",
        "statistics/index.html",
        t("title"),
        t("description", title=name),
        groups=_groups(edition),
        charts=charts(edition.archive, edition.language),
    )
    yield make_page(
        edition,
        "statistics/reconciliation.html",
        "statistics/reconciliation.html",
        t("reconciliation"),
        t("reconciliation_description", title=name),
        comparisons=reconcile(edition.archive, edition.figures),
    )
    counts = entries_by_day(edition.archive)
    yield make_page(
        edition,
        "statistics/coverage.html",
        "statistics/coverage.html",
        t("coverage"),
        t("coverage_description", title=name),
        gaps=coverage(edition.archive),
        grids=month_grids(
            edition.archive, edition.language, lambda slug: f"../days/{slug}.html", counts
        ),
    )


def _groups(edition: Edition) -> dict[str, list[Statistic]]:
    """Figures under the heading they belong to; reported ones stay apart from recorded ones."""
    recorded = list(edition.figures.recorded.values())
    return {
        "counted": [one for one in recorded if one.rule == "count"],
        "measured": [one for one in recorded if one.rule != "count" and ":" not in one.id],
        "received": [one for one in recorded if one.id.startswith("item:")],
        "distributed": [one for one in recorded if one.id.startswith("distributed:")],
        "claimed": list(edition.figures.reported.values()),
    }
