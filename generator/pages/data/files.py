"""Every file of the data folder: tables, statistics with provenance, linked data, IIIF, descriptor.

Enter: an edition. Leave: addresses and bytes. Nothing here knows more than the edition's audience.
"""

from collections.abc import Iterator
from dataclasses import replace

from generator.charts.taken_away import FOLDER as CHARTS
from generator.charts.taken_away import plain_specification, plain_table
from generator.pages import linked
from generator.pages.data.formats import (
    JsonLines,
    as_csv,
    as_json,
    as_json_lines,
    csv_lines,
    joined_csv,
    joined_json,
    json_line,
)
from generator.pages.data.iiif import manifests
from generator.pages.data.package import package
from generator.pages.data.provenance import SCHEMA, plain_series, plain_statistics, without_subject
from generator.pages.data.tables import Table, tables, years_of
from generator.pages.edition import Edition
from generator.pages.page import File
from generator.pages.rendering import render
from generator.pages.view import view_of

FOLDER = "data/"
STATISTIC_COLUMNS = (
    "origin", "group", "id", "label", "by", "value", "lower", "upper", "qualifier", "unit", "rule",
    "records", "sources",
)  # fmt: skip


def files(edition: Edition) -> Iterator[File]:
    """All files below `data/`, and the IIIF manifests when the site has an address."""
    yield from files_of_records(edition)
    yield from files_of_figures(edition)


def files_of_records(edition: Edition) -> Iterator[File]:
    """The tables with their description, the records as linked data, the IIIF manifests."""
    described = []
    for table in tables(edition.archive):
        yield from _table(edition, table)
        described.append(replace(table, rows=()))
    view = view_of(edition, "data", "../")
    yield File(f"{FOLDER}archive.jsonld", as_json_lines(linked.graph(view)))
    yield File(f"{FOLDER}datapackage.json", as_json(package(edition, tuple(described))))
    for url, manifest in manifests(edition):
        yield File(url, as_json(manifest))


def files_of_figures(edition: Edition) -> Iterator[File]:
    """The statistics with their provenance, and what each chart shows."""
    yield from _statistics(edition)
    for chart in edition.charts:
        base = f"{CHARTS}{chart.id}"
        yield File(f"{base}.csv", as_csv(chart.columns, plain_table(chart)))
        yield File(f"{base}.vl.json", as_json(plain_specification(chart, edition.site_url)))


def _table(edition: Edition, table: Table) -> Iterator[File]:
    """A table, and a file for each year of a kind that is too large for most programs as one."""
    columns = tuple(table.columns)
    lines = csv_lines([row.get(name) for name in columns] for row in table.rows)
    entries = [json_line(row) for row in table.rows]
    address = f"{FOLDER}{table.name}"
    yield File(f"{address}.csv", joined_csv(columns, lines))
    yield File(f"{address}.json", joined_json(entries) if entries else as_json(()))
    years = years_of(edition.archive, table.name)
    place = {row["id"]: number for number, row in enumerate(table.rows)} if years else {}
    for year, records in years.items():
        own = [place[one.id] for one in records]
        yield File(f"{address}-{year}.json", joined_json(entries[number] for number in own))
        yield File(f"{address}-{year}.csv", joined_csv(columns, [lines[number] for number in own]))


def _statistics(edition: Edition) -> Iterator[File]:
    view = view_of(edition, "data", "../")
    content, series = plain_statistics(view), JsonLines()

    def rows() -> Iterator[dict[str, object]]:
        """Every figure; those of the series leave their JSON behind in passing."""
        yield from map(statistic_row, (*content["recorded"], *content["reported"]))
        for one in plain_series(view):
            series.append(json_line(without_subject(one)))
            yield statistic_row(one)

    table = as_csv(STATISTIC_COLUMNS, rows())
    yield File(f"{FOLDER}statistics.json", as_json_lines({"$schema": SCHEMA, **content}))
    yield File(f"{FOLDER}series.json", as_json_lines({"$schema": SCHEMA, "series": series}))
    schema = render(view, f"data/{SCHEMA}")
    yield File(f"{FOLDER}{SCHEMA}", f"{schema}\n".encode())
    yield File(f"{FOLDER}statistics.csv", table)


def statistic_row(plain: dict[str, object]) -> dict[str, object]:
    """A figure in one line: how many records it is made of, and what it is narrowed to."""
    by, records, sources = plain["by"], plain["records"], plain["sources"]
    assert isinstance(by, dict) and isinstance(records, list) and isinstance(sources, list)
    words = ", ".join(f"{name}={value}" for name, value in by.items())
    return plain | {"by": words, "records": len(records), "sources": sources}
