"""Findings as text for people, and as JSON, SARIF and annotations for programs.

Enter: sorted problems. Leave: strings. Never prints and never reads a file: the line that an
excerpt shows travels inside the problem's place.
"""

import json
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from generator.problems.problem import (
    Bilingual,
    Code,
    Language,
    Place,
    Problem,
    Severity,
    printable,
)
from generator.values.personal import without_personal_data
from generator.values.text import display_width

_SEVERITY_WORDS = {
    Severity.ERROR: Bilingual("错误", "error"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.NOTE: Bilingual("提示", "note"),
}
_LONGEST_EXCERPT = 100


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """How many findings of each severity, all three always named."""
    seen = Counter(one.severity for one in problems)
    return {str(severity): seen[severity] for severity in Severity}


def as_text(problems: Sequence[Problem], language: Language) -> str:
    """A paragraph per finding: place, severity, code, sentence, excerpt with marker, hint."""
    return "\n".join(_paragraph(one, language) for one in problems)


def summary(problems: Sequence[Problem], language: Language) -> str:
    """One closing line with the counts."""
    number = counts(problems)
    if language == "zh":
        return f"{number['error']} 个错误，{number['warning']} 个警告，{number['note']} 条提示"
    return f"{number['error']} errors, {number['warning']} warnings, {number['note']} notes"


def as_json(problems: Sequence[Problem], language: Language) -> str:
    """The object `{"problems": [...], "counts": {...}}`, pretty-printed UTF-8."""
    listed = [
        {
            "code": one.code.id,
            "severity": str(one.severity),
            "path": _characters(one.place.path),
            "line": one.place.line,
            "column": one.place.column,
            "message": one.message(language),
            "hint": one.hint(language),
        }
        for one in problems
    ]
    report = {"problems": listed, "counts": counts(problems)}
    return json.dumps(report, ensure_ascii=False, indent=2)


_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_annotations(problems: Sequence[Problem], language: Language) -> str:
    """One workflow command a finding, which GitHub shows beside the line of a change."""
    return "\n".join(_annotation(one, language) for one in problems)


def _annotation(one: Problem, language: Language) -> str:
    place = one.place
    text = " → ".join(filter(None, (one.message(language), one.hint(language))))
    properties = {
        "file": _characters(place.path),
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.length,
        "title": f"{one.code.id} {one.code.title.to(language)}",
    }
    written = ",".join(f"{name}={_escaped(str(v), ':,')}" for name, v in properties.items())
    return f"::{_ANNOTATIONS[one.severity]} {written}::{_escaped(text)}"


def _characters(path: str) -> str:
    """A path, exactly, but for what is no character: names of files may be any bytes (PEP 383)."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _escaped(text: str, more: str = "") -> str:
    """Percent-escaped as workflow commands want it."""
    return "".join(
        f"%{ord(character):02X}" if character in f"%\r\n{more}" else character for character in text
    )


_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(problems: Sequence[Problem], language: Language, version: str) -> str:
    """A SARIF 2.1.0 log (OASIS) of one run, with a rule for every code that occurs."""
    codes = sorted({one.code for one in problems}, key=lambda code: code.id)
    numbers = {code.id: number for number, code in enumerate(codes)}
    tool = {
        "name": "chronicle",
        "version": version,
        "rules": [_sarif_rule(code, language) for code in codes],
    }
    run = {
        "tool": {"driver": tool},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, numbers[one.code.id], language) for one in problems],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_rule(code: Code, language: Language) -> dict[str, object]:
    return {
        "id": code.id,
        "shortDescription": {"text": code.title.to(language)},
        "fullDescription": {"text": code.why.to(language)},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _sarif_result(one: Problem, rule: int, language: Language) -> dict[str, object]:
    place = one.place
    text = "\n".join(filter(None, (one.message(language), one.hint(language))))
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.length,
    }
    location = {
        "artifactLocation": {"uri": quote(place.path, errors="surrogateescape")},
        "region": region,
    }
    return {
        "ruleId": one.code.id,
        "ruleIndex": rule,
        "level": str(one.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def _paragraph(one: Problem, language: Language) -> str:
    place = one.place
    word = _SEVERITY_WORDS[one.severity].to(language)
    where = f"{printable(place.path)}:{place.line}:{place.column}"
    lines = [f"{where}: {word} {one.code.id} {one.message(language)}", *_excerpt(place)]
    if hint := one.hint(language):
        lines.append(f"    → {hint}")
    return "\n".join(lines)


def _excerpt(place: Place) -> list[str]:
    """The line in question and a marker under the characters meant; full-width ones count two."""
    if not place.stated:
        return []
    start = place.column - 1
    cut = max(0, start - _LONGEST_EXCERPT // 2)
    stated = without_personal_data(place.stated)
    shown = printable(stated[cut : cut + _LONGEST_EXCERPT].replace("\t", " "))
    marked = shown[start - cut : start - cut + place.length]
    margin = " " * len(str(place.line))
    pad = " " * display_width(shown[: start - cut])
    marker = "^" + "~" * max(0, display_width(marked) - 1)
    return [f"  {place.line} | {shown}", f"  {margin} | {pad}{marker}"]
