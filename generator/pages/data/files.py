"""Every file of the data folder: tables, statistics with provenance, linked data, IIIF, descriptor.

Enter: an edition. Leave: addresses and bytes. Nothing here knows more than the edition's audience.
"""

from collections.abc import Iterator

from generator.archive.plain import plain_record
from generator.charts.taken_away import FOLDER as CHARTS
from generator.charts.taken_away import plain_specification, plain_table
from generator.pages import linked
from generator.pages.data.formats import as_csv, as_json, as_json_lines
from generator.pages.data.iiif import manifests
from generator.pages.data.package import package
from generator.pages.data.provenance import SCHEMA, plain_series, plain_statistics, without_subject
from generator.pages.data.tables import Table, detail_tables, record_tables, years_of
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
    kinds, details = record_tables(edition.archive), detail_tables(edition.archive)
    for table in (*kinds, *details):
        yield File(f"{FOLDER}{table.name}.csv", as_csv(tuple(table.columns), table.rows))
        yield File(f"{FOLDER}{table.name}.json", as_json(table.rows))
        yield from _by_year(edition, table)
    yield from _statistics(edition)
    view = view_of(edition, "data", "../")
    yield File(f"{FOLDER}archive.jsonld", as_json_lines(linked.graph(view)))
    yield File(f"{FOLDER}datapackage.json", as_json(package(edition, (*kinds, *details))))
    for chart in edition.charts:
        base = f"{CHARTS}{chart.id}"
        yield File(f"{base}.csv", as_csv(chart.columns, plain_table(chart)))
        yield File(f"{base}.vl.json", as_json(plain_specification(chart, edition.site_url)))
    for url, manifest in manifests(edition):
        yield File(url, as_json(manifest))


def _by_year(edition: Edition, table: Table) -> Iterator[File]:
    """A file for each year of a kind that is too large for most programs as one."""
    for year, records in years_of(edition.archive, table.name).items():
        rows = [plain_record(one) for one in records]
        yield File(f"{FOLDER}{table.name}-{year}.json", as_json(rows))
        yield File(f"{FOLDER}{table.name}-{year}.csv", as_csv(tuple(table.columns), rows))


def _statistics(edition: Edition) -> Iterator[File]:
    view = view_of(edition, "data", "../")
    content, series = plain_statistics(view), plain_series(view)
    parts = [without_subject(one) for one in series]
    yield File(f"{FOLDER}statistics.json", as_json_lines({"$schema": SCHEMA, **content}))
    yield File(f"{FOLDER}series.json", as_json_lines({"$schema": SCHEMA, "series": parts}))
    schema = render(view, f"data/{SCHEMA}")
    yield File(f"{FOLDER}{SCHEMA}", f"{schema}\n".encode())
    rows = (statistic_row(one) for one in (*content["recorded"], *content["reported"], *series))
    yield File(f"{FOLDER}statistics.csv", as_csv(STATISTIC_COLUMNS, rows))


def statistic_row(plain: dict[str, object]) -> dict[str, object]:
    """A figure in one line: how many records it is made of, and what it is narrowed to."""
    by, records, sources = plain["by"], plain["records"], plain["sources"]
    assert isinstance(by, dict) and isinstance(records, list) and isinstance(sources, list)
    words = ", ".join(f"{name}={value}" for name, value in by.items())
    return plain | {"by": words, "records": len(records), "sources": sources}
