"""Every file of the data folder: tables, statistics with provenance, linked data, IIIF, descriptor.

Enter: an edition. Leave: addresses and bytes. Nothing here knows more than the edition's audience.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from generator.archive.statistic import Statistic
from generator.charts.taken_away import FOLDER as CHARTS
from generator.charts.taken_away import plain_specification, plain_table
from generator.pages import linked
from generator.pages.data.formats import (
    JsonLines,
    Rows,
    as_csv,
    as_json,
    as_json_lines,
    json_line,
)
from generator.pages.data.iiif import manifests
from generator.pages.data.package import package
from generator.pages.data.provenance import (
    SCHEMA,
    plain_statistic,
    plain_statistics,
    without_subject,
)
from generator.pages.data.tables import TABLES, is_large
from generator.pages.edition import Edition
from generator.pages.page import File
from generator.pages.rendering import render
from generator.pages.sheet import FIGURES, Sheet
from generator.pages.view import View, view_of

FOLDER = "data/"
_RECORDS: Final = "records"
"""What is made of the same rows, or of the same records."""
STATISTIC_COLUMNS = (
    "origin", "group", "id", "label", "by", "value", "lower", "upper", "qualifier", "unit", "rule",
    "records", "sources",
)  # fmt: skip


def files(edition: Edition) -> Iterator[File]:
    """All files below `data/`, and the IIIF manifests when the site has an address."""
    for sheet in sheets(edition):
        yield from (made for made in sheet.make() if isinstance(made, File))


def sheets(edition: Edition) -> Iterator[Sheet]:
    """Figures, each table, and what describes them; a sheet for each year of what is large."""
    yield Sheet("figures", partial(_figures, edition), FIGURES)
    for year in years_of_figures(edition):
        yield Sheet(f"{FOLDER}series-{year}", partial(_figures_of, edition, year), FIGURES)
    for table in TABLES:
        rows = Rows(tuple(table.columns), partial(table.rows, edition.archive))
        address = f"{FOLDER}{table.name}"
        yield _table(address, rows, table.records(edition.archive))
        for year, records in table.years(edition.archive).items():
            yield _table(f"{address}-{year}", rows, records)
    yield Sheet("graph", partial(_graph, edition), _RECORDS)
    yield Sheet(f"{FOLDER}datapackage", partial(_package, edition))
    yield Sheet("iiif", partial(_manifests, edition))


def _table(address: str, rows: Rows, records: Sequence[Any]) -> Sheet:
    """A table of some records in both forms."""

    def make() -> Iterator[File]:
        yield File(f"{address}.csv", rows.csv(records))
        yield File(f"{address}.json", rows.json(records))

    return Sheet(address, make, _RECORDS)


def _graph(edition: Edition) -> Iterator[File]:
    graph = linked.graph(view_of(edition, "data", "../"))
    yield File(f"{FOLDER}archive.jsonld", as_json_lines(graph))


def _package(edition: Edition) -> Iterator[File]:
    yield File(f"{FOLDER}datapackage.json", as_json(package(edition)))


def _manifests(edition: Edition) -> Iterator[File]:
    for url, manifest in manifests(edition):
        yield File(url, as_json(manifest))


def _figures(edition: Edition) -> Iterator[File]:
    """The statistics with their provenance, and what each chart shows."""
    view = view_of(edition, "data", "../")
    content = plain_statistics(view)
    yield File(f"{FOLDER}statistics.json", as_json_lines({"$schema": SCHEMA, **content}))
    schema = render(view, f"data/{SCHEMA}")
    yield File(f"{FOLDER}{SCHEMA}", f"{schema}\n".encode())
    figures = edition.figures
    parts = figures.series_of_no_year() if years_of_figures(edition) else figures.series
    told = [statistic_row(one) for one in (*content["recorded"], *content["reported"])]
    yield from _series(view, "series", "statistics", parts, told)
    for chart in edition.charts:
        base = f"{CHARTS}{chart.id}"
        yield File(f"{base}.csv", as_csv(chart.columns, plain_table(chart)))
        yield File(f"{base}.vl.json", as_json(plain_specification(chart, edition.site_url)))


def _figures_of(edition: Edition, year: str) -> Iterator[File]:
    """The parts of all totals that are days, weeks and months of a year."""
    view, name = view_of(edition, "data", "../"), f"series-{year}"
    yield from _series(view, name, name, edition.figures.series_of(year))


def years_of_figures(edition: Edition) -> tuple[str, ...]:
    """The years whose figures have files of their own; none where one file holds them all."""
    return edition.figures.years if is_large(edition.archive.dated) else ()


def _series(
    view: View,
    series: str,
    table: str,
    parts: Iterable[Statistic],
    told: Sequence[Mapping[str, Any]] = (),
) -> Iterator[File]:
    """Parts of totals as JSON, and in a table below what has been told already."""
    rows, lines = list(told), JsonLines()
    for one in parts:
        plain = plain_statistic(view, one)
        lines.append(json_line(without_subject(plain)))
        rows.append(statistic_row(plain))
    content = {"$schema": SCHEMA, "series": lines}
    yield File(f"{FOLDER}{series}.json", as_json_lines(content))
    yield File(f"{FOLDER}{table}.csv", as_csv(STATISTIC_COLUMNS, rows))


def statistic_row(plain: dict[str, object]) -> dict[str, object]:
    """A figure in one line: how many records it is made of, and what it is narrowed to."""
    by, records, sources = plain["by"], plain["records"], plain["sources"]
    assert isinstance(by, dict) and isinstance(records, list) and isinstance(sources, list)
    words = ", ".join(f"{name}={value}" for name, value in by.items())
    return plain | {"by": words, "records": len(records), "sources": sources}
