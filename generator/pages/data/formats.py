"""Plain values to CSV (RFC 4180, UTF-8 with byte-order mark) and JSON (RFC 8259).

Enter: rows and columns. Leave: bytes. A cell that a spreadsheet program could take for a formula
is written with a leading apostrophe (OWASP, CSV injection; full-width signs count too).
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.values.text import half_width

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_JOINER = "; "


def as_json(content: object) -> bytes:
    """UTF-8 JSON that ends in a newline: a list has an entry a line, all else is indented."""
    if isinstance(content, list | tuple) and content:
        return f"{_one_a_line(list(content))}\n".encode()
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_json_lines(content: Mapping[str, object]) -> bytes:
    """One object in UTF-8 JSON whose lists have one entry a line: for lists of many thousands."""
    fields = (f"{json.dumps(name)}: {_one_a_line(value)}" for name, value in content.items())
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode("utf-8")


def _one_a_line(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line per row; a list of texts is one cell, anything else that is nested is JSON in it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """One value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = _JOINER.join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if half_width(text).lstrip(" ").startswith(_FORMULA) else text
