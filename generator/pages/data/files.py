"""Every file of the data folder: tables, statistics with provenance, linked data, IIIF, descriptor.

Enter: an edition. Leave: addresses and bytes. Nothing here knows more than the edition's audience.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from generator.archive.archive import Archive, Dated
from generator.archive.statistic import Statistic
from generator.charts.taken_away import FOLDER as CHART_FOLDER
from generator.charts.taken_away import plain_specification, plain_table
from generator.pages import linked
from generator.pages.data.formats import (
    JsonLines,
    as_csv,
    as_json,
    as_json_lines,
    csv_lines,
    joined_json,
    json_line,
    lists_joined,
    tables_joined,
)
from generator.pages.data.iiif import manifests
from generator.pages.data.package import package
from generator.pages.data.provenance import (
    SCHEMA,
    plain_statistic,
    plain_statistics,
    without_subject,
)
from generator.pages.data.tables import TABLES, Table, dated_by_year, is_large
from generator.pages.edition import Edition
from generator.pages.page import File, Joined
from generator.pages.rendering import render
from generator.pages.sheet import CHARTS, FIGURES, RECORDS, Sheet
from generator.pages.view import View, view_of

FOLDER = "data/"
_AT_ONCE = 1000  # records whose rows are there as values at the same time
STATISTIC_COLUMNS = (
    "origin", "group", "id", "label", "by", "value", "lower", "upper", "qualifier", "unit", "rule",
    "records", "sources",
)  # fmt: skip


def figure_sheets(edition: Edition) -> Iterator[Sheet]:
    """Charts and figures; a sheet for each year of what is large."""
    yield Sheet("charts", partial(_charts, edition), CHARTS)
    yield Sheet("figures", partial(_figures, edition), FIGURES)
    for year in years_of_figures(edition):
        yield Sheet(f"{FOLDER}series-{year}", partial(_figures_of, edition, year), FIGURES)


def sheets(edition: Edition) -> Iterator[Sheet]:
    """Each table, and what describes them; a sheet for each year of what is large."""
    for table in TABLES:
        yield from _table(edition.archive, table)
    yield from _graph(edition)
    yield Sheet(f"{FOLDER}datapackage", partial(_package, edition), RECORDS)
    yield Sheet("iiif", partial(_manifests, edition), RECORDS)


def _table(archive: Archive, table: Table) -> Iterator[Sheet]:
    """A table as a whole, joined of its years where it has such."""
    address = f"{FOLDER}{table.name}"
    years = table.years(archive)
    for year, records in years.items():
        name = f"{address}-{year}"
        yield Sheet(name, partial(_rows, archive, table, name, records), RECORDS)
    whole = partial(_rows, archive, table, address, table.records(archive))
    joined = partial(_joined, table, address, tuple(years))
    yield Sheet(address, joined if years else whole, RECORDS)


def _rows(archive: Archive, table: Table, address: str, records: Sequence[Any]) -> Iterator[File]:
    """The rows of some records in both forms; of many, never all as values at once."""
    columns, lines, cells = tuple(table.columns), JsonLines(), []
    for at in range(0, len(records), _AT_ONCE):
        rows = [row for one in records[at : at + _AT_ONCE] for row in table.rows(archive, one)]
        lines += map(json_line, rows)
        cells.append("".join(csv_lines(map(row.get, columns) for row in rows)).encode())
    yield File(f"{address}.csv", as_csv(columns, ()) + b"".join(cells))
    cells.clear()
    yield File(f"{address}.json", joined_json(lines) if lines else as_json([]))


def _joined(table: Table, address: str, years: Sequence[str]) -> Iterator[Joined]:
    """All rows in both forms, from the files of the years."""
    tables, lists = ([f"{address}-{year}.{form}" for year in years] for form in ("csv", "json"))
    yield tables_joined(f"{address}.csv", tables, tuple(table.columns))
    yield lists_joined(f"{address}.json", lists)


def _graph(edition: Edition) -> Iterator[Sheet]:
    """All records as linked data; the files of years, too, begin with the archive and its team."""
    years = dated_by_year(edition.archive)
    names = [f"{FOLDER}archive-{year}" for year in years]
    for name, records in zip(names, years.values(), strict=True):
        yield Sheet(name, partial(_linked, edition, name, records), RECORDS)
    address = f"{FOLDER}archive"
    if years:
        yield Sheet("graph", partial(_joined_graph, edition, names), RECORDS)
    else:
        yield Sheet("graph", partial(_linked, edition, address, edition.archive.dated), RECORDS)


def _linked(edition: Edition, address: str, records: Sequence[Dated]) -> Iterator[File]:
    view = view_of(edition, "data", "../")
    nodes = chain(linked.people(view), linked.records(view, records))
    graph = {"@context": linked.CONTEXT, "@graph": list(nodes)}
    yield File(f"{address}.jsonld", as_json_lines(graph))


def _joined_graph(edition: Edition, names: Sequence[str]) -> Iterator[Joined]:
    """What the files of the years hold, the archive and its team once."""
    view, tail = view_of(edition, "data", "../"), b"\n]\n}\n"
    people = as_json_lines({"@context": linked.CONTEXT, "@graph": list(linked.people(view))})
    head = people.removesuffix(tail) + b",\n"
    parts = tuple(f"{name}.jsonld" for name in names)
    yield Joined(f"{FOLDER}archive.jsonld", parts, head, b",\n", tail)


def _package(edition: Edition) -> Iterator[File]:
    yield File(f"{FOLDER}datapackage.json", as_json(package(edition)))


def _manifests(edition: Edition) -> Iterator[File]:
    for url, manifest in manifests(edition):
        yield File(url, as_json(manifest))


def _figures(edition: Edition) -> Iterator[File]:
    """The statistics with their provenance."""
    view = view_of(edition, "data", "../")
    content = plain_statistics(view)
    yield File(f"{FOLDER}statistics.json", as_json_lines({"$schema": SCHEMA, **content}))
    schema = render(view, f"data/{SCHEMA}")
    yield File(f"{FOLDER}{SCHEMA}", f"{schema}\n".encode())
    figures = edition.figures
    parts = figures.series_of_no_year() if years_of_figures(edition) else figures.series
    told = [statistic_row(one) for one in (*content["recorded"], *content["reported"])]
    yield from _series(view, "series", "statistics", parts, told)


def _charts(edition: Edition) -> Iterator[File]:
    """What each chart shows."""
    for chart in edition.charts:
        base = f"{CHART_FOLDER}{chart.id}"
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
