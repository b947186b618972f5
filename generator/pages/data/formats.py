"""Plain values to CSV (RFC 4180, UTF-8 with byte-order mark) and JSON (RFC 8259).

Enter: rows and columns. Leave: bytes. A cell that a spreadsheet program could take for a formula
is written with a leading apostrophe (OWASP, CSV injection; full-width signs count too).
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.pages.page import Joined
from generator.values.text import half_width

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_JOINER = "; "
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _suspicious() -> frozenset[str]:
    """What a cell begins with that may be a formula: the signs, their wide forms, and spaces."""
    signs = (*_FORMULA, " ")
    wide = (chr(code) for code in (0x3000, *range(0xFF01, 0xFF5F)))
    return frozenset((*signs, *(one for one in wide if half_width(one) in signs)))


_SUSPICIOUS = _suspicious()


def as_json(content: object) -> bytes:
    """UTF-8 JSON that ends in a newline: a list has an entry a line, all else is indented."""
    if isinstance(content, list | tuple) and content:
        return joined_json(map(json_line, content))
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_json_lines(content: Mapping[str, object]) -> bytes:
    """One object in UTF-8 JSON whose lists have one entry a line: for lists of many thousands."""
    fields = (json_line(name) + b": " + _one_a_line(value) for name, value in content.items())
    return b"{\n" + b",\n".join(fields) + b"\n}\n"


def json_line(content: object) -> bytes:
    """One entry of a list."""
    return _ENCODER.encode(content).encode("utf-8")


def joined_json(lines: Iterable[bytes]) -> bytes:
    """The list of entries that are JSON already."""
    return _list_of(lines) + b"\n"


def _one_a_line(value: object) -> bytes:
    if isinstance(value, JsonLines):
        return _list_of(value) if value else b"[]"
    if not isinstance(value, list) or not value:
        return json_line(value)
    return _list_of(map(json_line, value))


def _list_of(lines: Iterable[bytes]) -> bytes:
    return b"[\n" + b",\n".join(lines) + b"\n]"


def lists_joined(url: str, parts: Sequence[str]) -> Joined:
    """The list of all that some files of lists hold; `[]` holds nothing."""
    return Joined(url, tuple(parts), b"[\n", b",\n", b"\n]\n")


def tables_joined(url: str, parts: Sequence[str], columns: Sequence[str]) -> Joined:
    """The table of all rows of some files of tables with these columns."""
    return Joined(url, tuple(parts), as_csv(columns, ()))


class JsonLines(list[bytes]):
    """Entries of a list that are JSON already: so they take a fifth of the room."""


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line per row; a list of texts is one cell, anything else that is nested is JSON in it."""
    return joined_csv(columns, csv_lines(map(row.get, columns) for row in rows))


def joined_csv(columns: Sequence[str], lines: Iterable[str]) -> bytes:
    """The table of rows that are lines already."""
    (head,) = csv_lines([columns])
    return (head + "".join(lines)).encode("utf-8-sig")


def csv_lines(rows: Iterable[Iterable[object]]) -> Sequence[str]:
    """Each row as a line with its end."""
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(
        [None if one is None else cell(one) for one in row] for row in rows
    )
    return lines


class _Lines(list[str]):
    """A file of lines, as far as the csv module writes one."""

    write = list.append


def cell(value: object) -> str:
    """One value as it stands in a cell."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else _text(value)
    if text[:1] not in _SUSPICIOUS:  # most are not, and there are millions
        return text
    return "'" + text if half_width(text).lstrip(" ").startswith(_FORMULA) else text


def _text(value: object) -> str:
    """What is no text: a list of texts parted by semicolons, all else as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _JOINER.join(value)
    return _ENCODER.encode(value)
