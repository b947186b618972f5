"""Recognises the mistakes that people make when typing YAML with a Chinese input method.

Enter: the text of a file and the 1-based line at which the parser stopped. Leave: the code, line,
column, length and words of a better sentence than the parser's own, or `None`. Pure.
"""

import re

from generator.problems.catalogue import YML006, YML007, YML008
from generator.problems.problem import Code

Diagnosis = tuple[Code, int, int, int, dict[str, str]]

_FULL_WIDTH = {"：": ": ", "，": ", ", "【": "[", "】": "]", "｛": "{", "｝": "}"}
_FULL_WIDTH_COLON = re.compile(r"^[\s\-]*[A-Za-z_][\w-]*\s*：")
_FULL_WIDTH_BRACKET = re.compile(r"^[\s\-]*[A-Za-z_][\w-]*\s*:\s*([【｛])")
_NO_SPACE = re.compile(r"^[\s\-]*([A-Za-z_][\w-]*):(?=[^\s:/])")
_TAB = re.compile(r"^ *\t")
_REACH = 2  # lines before the parser's own that may hold the mistake


def diagnose(text: str, line: int) -> Diagnosis | None:
    """The likely slip of the hand at or shortly before `line`."""
    lines = text.split("\n")
    nearby = [n for n in range(line, max(0, line - _REACH - 1), -1) if n <= len(lines)]
    nearby += [n for n in range(line + 1, line + 2) if n <= len(lines)]
    for number in nearby:
        found = _slip(lines[number - 1])
        if found is not None:
            code, column, length, words = found
            return code, number, column, length, words
    return None


def _slip(stated: str) -> tuple[Code, int, int, dict[str, str]] | None:
    if match := _TAB.match(stated):
        return YML008, match.end(), 1, {}
    if match := _FULL_WIDTH_COLON.match(stated) or _FULL_WIDTH_BRACKET.match(stated):
        column = match.end()
        found = stated[column - 1]
        words = {
            "found": found,
            "wanted": _FULL_WIDTH[found].strip(),
            "suggestion": _half_width(stated),
        }
        return YML006, column, 1, words
    if match := _NO_SPACE.match(stated):
        fixed = f"{stated[: match.end()]} {stated[match.end() :]}".strip()
        return YML007, match.end(), 1, {"found": match[1] + ":", "suggestion": fixed}
    return None


def _half_width(stated: str) -> str:
    """The line with its first full-width colon, and its brackets and commas in a list, mended."""
    head, colon, rest = stated.partition("：")
    if colon and ":" not in head:
        stated = f"{head}: {rest.lstrip()}"
    if "【" in stated or "｛" in stated:
        for wide, narrow in _FULL_WIDTH.items():
            stated = stated.replace(wide, narrow)
    return stated.strip()
