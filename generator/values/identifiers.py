"""Identifiers: the stems of record files, and the nearest known one to a misspelt one.

Text enters; a verdict, a neighbour or an identifier leaves. Nothing here knows which identifiers
exist, nor of what kind they are.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

LONGEST = 100

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)
_ALIKE = 0.6


def is_identifier(text: str) -> bool:
    """Tell whether the text is an identifier: `[a-z0-9][a-z0-9-]*`, at most 100 characters.

    Windows cannot hold a file named after a device (`con`, `lpt1`), so those are none.
    Source: Naming Files, Paths, and Namespaces (Microsoft Learn).
    """
    return len(text) <= LONGEST and _IDENTIFIER.fullmatch(text) is not None and text not in _DEVICES


def slugify(text: str) -> str:
    """Return an identifier made of the text's Latin letters and digits, or `""` if it has none.

    Accents are dropped (`café` gives `cafe`), everything else becomes a hyphen.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", _in_ascii(text).lower()).strip("-")[:LONGEST].rstrip("-")
    return f"{slug}-1" if slug in _DEVICES else slug


def _in_ascii(text: str) -> str:
    # Characters that ASCII lacks (汉字) part words just as spaces do.
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        character if character.isascii() else " "
        for character in decomposed
        if not unicodedata.combining(character)
    )


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like the word, or None if none is like it.

    Case does not count. A word of two or three characters (a Chinese name, a short id) may differ
    in one character; a longer one by the ratio of `difflib`. Between equals the one with the same
    letters comes first, then the first in code point order, whatever the order of the candidates.
    """
    folded = word.strip().casefold()
    best: tuple[float, float, str] | None = None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    for candidate in candidates:
        other = candidate.casefold()
        matcher.set_seq1(other)
        # What can be no better than the best so far is not compared in full: ids are many.
        least = 0.5 if best is None else -best[0]
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue
        ratio = matcher.ratio()
        if ratio < _ALIKE and not _one_off(folded, other):
            continue
        rank = (-ratio, -matcher.quick_ratio(), candidate)
        if best is None or rank < best:
            best = rank
    return best[2] if best is not None else None


def _one_off(word: str, other: str) -> bool:
    """Tell whether two short words of one length differ in a single place."""
    if len(word) != len(other) or len(word) not in (2, 3):
        return False
    return sum(a != b for a, b in zip(word, other, strict=True)) == 1
