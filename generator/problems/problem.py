"""What a finding is: a code, a place in a file and the words that fill its sentence.

Enter: the findings of every other floor. Leave: values that sort, compare and speak Chinese and
English. Never raises for bad input and never prints.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from generator.values.personal import without_personal_data

Language = Literal["zh", "en"]

# Control characters, separators of lines, and marks of direction (Unicode TR 36, section 2.10).
_NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Severity(StrEnum):
    """How bad a finding is; only an error keeps a site from being built."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Bilingual(NamedTuple):
    """One sentence in the two languages of the project."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Code:
    """The declaration of one kind of finding: stable id, severity, and all its words.

    `id` is three letters and three digits and is never reused. `message` and `hint` are format
    strings filled from `Problem.values`; `title`, `why` and `remedy` explain the code in the docs.
    """

    id: str
    severity: Severity
    title: Bilingual
    message: Bilingual
    hint: Bilingual
    why: Bilingual


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where: a path relative to the archive's root, 1-based line and column, length in characters.

    `stated` is the whole line the place points into, for the excerpt; empty when there is none.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one place; `values` are the named words of its sentence, as pairs."""

    code: Code
    place: Place
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity that the code declares."""
        return self.code.severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, tuple[tuple[str, str], ...]]:
        """Path, line, column, code: the order of every report."""
        return (self.place.path, self.place.line, self.place.column, self.code.id, self.values)

    def message(self, language: Language) -> str:
        """What is wrong, in one sentence."""
        return self.code.message.to(language).format(**dict(self.values))

    def hint(self, language: Language) -> str:
        """What to write instead; empty when the sentence already says it."""
        return self.code.hint.to(language).format(**dict(self.values))


def problem(code: Code, place: Place, **values: object) -> Problem:
    """A finding with its words given as keywords, in a fixed order; personal data is starred."""
    words = ((name, without_personal_data(printable(str(word)))) for name, word in values.items())
    return Problem(code, place, tuple(sorted(words)))


def printable(text: str) -> str:
    """The text without what could steer a terminal or reorder a line: files are untrusted.

    And without what is no character: names of files may be any bytes (PEP 383).
    """
    return _NOT_PRINTED.sub("\ufffd", text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The findings sorted by path, line and column, each once."""
    return tuple(sorted(set(problems), key=lambda one: one.sort_key))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any finding keeps the site from being built."""
    return any(one.severity is Severity.ERROR for one in problems)


def in_both(name: str, words: Bilingual) -> dict[str, str]:
    """The words `<name>_zh` and `<name>_en` of a sentence."""
    return {f"{name}_zh": words.zh, f"{name}_en": words.en}


def near_words(suggestion: str | None) -> dict[str, str]:
    """The words `near_zh` and `near_en` of a sentence: a did-you-mean, or nothing."""
    if not suggestion:
        return {"near_zh": "", "near_en": ""}
    return {"near_zh": f"是不是 “{suggestion}”？", "near_en": f"Did you mean “{suggestion}”?"}
