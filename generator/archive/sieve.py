"""Tells at one quick look which values may stand in some bytes, and misses none. Pure.

Enter: values in every spelling that counts as the value, and UTF-8. Leave: the numbers of those
that may stand there, for a slower and exact look. Bytes and spellings are squeezed alike, character
by character: lower case, half width, no white space, no signs, nothing invisible; whatever an exact
look lets stand between two characters is gone, and what it takes for equal is equal.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from generator.values.text import half_width

_ALIKE = bytes(range(256)).lower()
_SIGNS = bytes(point for point in range(128) if not chr(point).isalnum())
_NOTHING = re.compile("[\\s\u00ad\u00b7\u0307\u200b-\u200f\u2060\ufeff]")
"""Beyond ASCII; the dot above is what remains of the Turkish capital I in lower case."""
_COMMON = "，：；！？（）"
"""So common in Chinese that taking them out costs more than not looking past them."""
_BREAKS = re.compile("[,:;!?()<>，：；！？（）＜＞\ufffd]+")
_WITH_CASE = (range(0x80, 0x3400), range(0xA640, 0xAC00), range(0xFB00, 0x1F000))
"""Where the characters lie that are squeezed to something else; ideographs are not."""

_IN_A_LINE = 64  # characters that are looked at together: scripts have case, or have none
_MOST_FAST = 20_000  # bytes of values; the automaton that is read fastest takes most memory
_LONGEST_CHARACTER = 4  # bytes of UTF-8
_AT_ONCE = 1 << 20  # bytes; every occurrence costs memory until the next look


class Sieve:
    """Values by number, each with its spellings; a value without letters is always held."""

    def __init__(self, values: Sequence[Iterable[str]]) -> None:
        self._numbers: dict[bytes, list[int]] = {}
        self._always: set[int] = set()
        for number, spellings in enumerate(values):
            for needle in map(_needle, spellings):
                if needle:
                    self._numbers.setdefault(needle, []).append(number)
                else:
                    self._always.add(number)
        self._needles = list(self._numbers)
        self._longest = max(map(len, self._needles), default=0)
        self._automaton = _automaton(self._needles)

    def may_hold(self, *views: bytes) -> set[int]:
        """The numbers of all values that stand in one of the views, and perhaps of others."""
        met = (_met(self._automaton, squeezed(one), self._longest) for one in views)
        needles = set[int]().union(*met)
        return self._always.union(*(self._numbers[self._needles[one]] for one in needles))


def squeezed(content: bytes) -> bytes:
    """The letters and digits of some UTF-8 as they are compared; common Chinese signs stay."""
    content = content.translate(_ALIKE, _SIGNS)
    if content.isascii():
        return content
    search, specials = _specials()
    for number in _met(search, content, _LONGEST_CHARACTER):
        content = content.replace(*specials[number])
    return content


def _met(automaton: Any, content: bytes, longest: int) -> set[int]:
    """The numbers of what occurs in the content, of at most `longest` bytes each."""
    parts = (content[at : at + _AT_ONCE + longest] for at in range(0, len(content), _AT_ONCE))
    return {
        number
        for part in parts
        for number, _, _ in automaton.find_matches_as_indexes(part, overlapping=True)
    }


def _needle(spelling: str) -> bytes:
    """The longest part of a value that is squeezed to one piece wherever the value stands."""
    pieces = (part.encode("utf-8") for part in _BREAKS.split(spelling))
    return max(map(squeezed, pieces), key=len)


@cache
def _specials() -> tuple[Any, list[tuple[bytes, bytes]]]:
    """What finds the characters beyond ASCII that squeeze to something else, and to what."""
    found = [
        (one.encode("utf-8"), folded(one).encode("utf-8").translate(_ALIKE, _SIGNS))
        for one in filter(_is_special, chain.from_iterable(_lines()))
    ]
    return _automaton([one for one, _ in found]), found


def _lines() -> Iterator[str]:
    """The characters with case, but for those of which no neighbour has any: most of them."""
    for points in _WITH_CASE:
        for at in range(points.start, points.stop, _IN_A_LINE):
            line = "".join(map(chr, range(at, min(at + _IN_A_LINE, points.stop))))
            plain = line == line.lower() == line.upper() == half_width(line)
            if not plain or _NOTHING.search(line):
                yield line


def _is_special(one: str) -> bool:
    if one in _COMMON:
        return False
    other = half_width(one) != one or one.lower().upper().lower() != one
    return other or _NOTHING.search(one) is not None


def folded(character: str) -> str:
    """What one character beyond ASCII is squeezed to, up to signs in ASCII."""
    plain = half_width(character).lower().upper().lower()  # ſ is s, and ς is σ
    return _NOTHING.sub("", plain)


def _automaton(needles: Sequence[bytes]) -> Any:
    from ahocorasick_rs import BytesAhoCorasick, Implementation  # a check may hide nobody

    fast = sum(map(len, needles)) < _MOST_FAST
    return BytesAhoCorasick(needles, implementation=Implementation.DFA if fast else None)
