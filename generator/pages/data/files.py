"""Records and statistics as CSV (UTF-8 with byte-order mark, for spreadsheet programs) and JSON.

Enter: an edition. Leave: bytes. A cell that a spreadsheet program could take for a formula is
written with a leading apostrophe.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.archive.archive import Archive
from generator.archive.plain import plain_quantity, plain_record
from generator.archive.statistics import Statistic, Statistics
from generator.kinds.fields import Record, Ref
from generator.pages.edition import Edition
from generator.pages.page import File

TABLES: dict[str, Callable[[Archive], Sequence[Record]]] = {
    "members": lambda archive: archive.members,
    "activities": lambda archive: archive.activities,
    "donations": lambda archive: archive.donations,
    "stories": lambda archive: archive.stories,
    "sources": lambda archive: archive.sources,
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def files(edition: Edition) -> Iterator[File]:
    """`data/<kind>.csv` and `.json` for every kind, and `data/statistics.json`."""
    for name, records in TABLES.items():
        rows = [plain_record(one) for one in records(edition.archive)]
        yield File(f"data/{name}.json", as_json(rows))
        yield File(f"data/{name}.csv", as_csv(rows))
    yield File("data/statistics.json", as_json(plain_statistics(edition.figures)))


def plain_statistics(figures: Statistics) -> dict[str, list[dict[str, Any]]]:
    """Every figure with rule, bounds, unit and the ids it is made of; two lists by origin."""
    return {
        "recorded": [_plain_statistic(one) for one in figures.recorded.values()],
        "reported": [_plain_statistic(one) for one in figures.reported.values()],
    }


def _plain_statistic(one: Statistic) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        **plain_quantity(one.quantity),
        "unit": one.unit,
        "rule": one.rule,
        "records": [_plain_ref(ref) for ref in one.records],
        "sources": [_plain_ref(ref) for ref in one.sources],
    }


def _plain_ref(ref: Ref) -> str:
    return f"{ref.kind}:{ref.id}"


def as_json(content: object) -> bytes:
    """Pretty-printed UTF-8 JSON that ends in a newline."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """One line per record; what is nested is JSON in its cell."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.startswith(_FORMULA) else text
