"""Findings as text for people and as JSON for programs.

Enter: sorted problems. Leave: strings. Never prints and never reads a file: the line that an
excerpt shows travels inside the problem's place.
"""

import json
from collections import Counter
from collections.abc import Sequence

from generator.problems.problem import Bilingual, Language, Place, Problem, Severity
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
            "path": one.place.path,
            "line": one.place.line,
            "column": one.place.column,
            "message": one.message(language),
            "hint": one.hint(language),
        }
        for one in problems
    ]
    report = {"problems": listed, "counts": counts(problems)}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _paragraph(one: Problem, language: Language) -> str:
    place = one.place
    word = _SEVERITY_WORDS[one.severity].to(language)
    where = f"{place.path}:{place.line}:{place.column}"
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
    shown = place.stated[cut : cut + _LONGEST_EXCERPT].replace("\t", " ")
    marked = shown[start - cut : start - cut + place.length]
    margin = " " * len(str(place.line))
    pad = " " * display_width(shown[: start - cut])
    marker = "^" + "~" * max(0, display_width(marked) - 1)
    return [f"  {place.line} | {shown}", f"  {margin} | {pad}{marker}"]
