"""Replaces names that may not be written, wherever they stand in running text. Pure.

Enter: names with their stand-ins, and text. Leave: the same text with the stand-ins. A name is
found however it is spaced, in full or half width, and in pinyin (`lihui`, `li-hui`, `Li Hui`),
because ids and file names are made of pinyin. What is too short to be told from ordinary words (one
Chinese character, two Latin letters) is replaced only where a field holds nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple, TypeVar

from generator.archive.sieve import Sieve
from generator.kinds.fields import Part, Record
from generator.values.text import half_width

AnyPart = TypeVar("AnyPart", bound=Part)

_HAN = re.compile("[\u3400-\u9fff]")
_GAP = "[\\s\u00ad\u200b-\u200f\u2060\ufeff·*_~`]{0,3}"
"""What may stand between the characters of a name without a reader's noticing."""
_SHORTEST_HAN, _SHORTEST_LATIN, _SHORTEST_PINYIN = 2, 3, 5
_MOST_READ = 4  # characters of a name whose readings are combined: there may be four of each
_AS_THEY_ARE = {"path", "file", "allow", "visibility", "name_visibility", "aggregate", "kind"}


class StandIn(NamedTuple):
    """What is written instead of a name: in text, and in ids and addresses."""

    name: str
    id: str


@dataclass(frozen=True)
class Mask:
    """Names that may not be written. `shown` are names that may, even around a hidden one."""

    names: Mapping[str, StandIn] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    """Texts that somebody has judged not to be a name where they stand."""

    def text(self, text: str) -> str:
        """A running text without the names."""
        if not self.names or not self._sieve.may_hold(text.encode("utf-8", "surrogatepass")):
            return text
        if self._pattern is None:
            return text
        plain, parts, end = half_width(text), [], 0
        for match in self._pattern.finditer(plain):
            number = int((match.lastgroup or "n0")[1:])
            stand_in = self._stand_ins[number]
            if stand_in is not None:
                parts += [text[end : match.start()], stand_in]
                end = match.end()
        return "".join((*parts, text[end:])) if parts else text

    def person(self, written: str) -> str:
        """Somebody named in a field of their own, where even the shortest name is replaced."""
        found = self.names.get(written)
        return self.text(written) if found is None else found.name

    def holds(self, text: str) -> bool:
        """Whether a text names somebody who may not be named."""
        return self.text(text) != text

    def allowing(self, texts: Iterable[str]) -> "Mask":
        """The same mask, but for these texts."""
        more = self.allowed.union(texts)
        return self if more == self.allowed else replace(self, allowed=more)

    @cached_property
    def _alternatives(self) -> tuple[tuple[str, str | None], ...]:
        """Patterns, the longest first, with what replaces a match; nothing where it stays."""
        found: dict[str, tuple[int, str | None]] = {}
        for name in (*self.shown, *self.allowed):
            if name not in self.names or name in self.allowed:
                found.setdefault(_spaced(name), (len(name), None))
        for name, stand_in in self.names.items():
            if name not in self.allowed:
                for pattern, instead in patterns_of(name, stand_in):
                    found.setdefault(pattern, (len(name), instead))
        longest = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))
        return tuple((pattern, instead) for pattern, (_, instead) in longest)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        alternatives = (
            f"(?P<n{number}>{pattern})" for number, (pattern, _) in enumerate(self._alternatives)
        )
        return re.compile("|".join(alternatives), re.IGNORECASE) if self._alternatives else None

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve([spellings_of(name) for name in self.names if name not in self.allowed])

    @cached_property
    def _stand_ins(self) -> tuple[str | None, ...]:
        return tuple(instead for _, instead in self._alternatives)


def patterns_of(name: str, stand_in: StandIn) -> Iterable[tuple[str, str]]:
    """Regular expressions that find a name in text, each with what replaces it."""
    if is_searchable(name):
        yield _spaced(name), stand_in.name if _HAN.search(name) else stand_in.id
    pinyin = pinyin_of(name)
    if pinyin:
        yield pinyin, stand_in.id


def is_searchable(name: str) -> bool:
    """Whether a name is long enough to be told from ordinary words."""
    return len(name) >= (_SHORTEST_HAN if _HAN.search(name) else _SHORTEST_LATIN)


def pinyin_of(name: str) -> str:
    """A regular expression for a Chinese name in pinyin; empty for any other and for short ones."""
    if not re.fullmatch(f"{_HAN.pattern}{{2,}}", name):
        return ""
    from pypinyin import Style, pinyin  # loaded only where a name is hidden

    syllables = pinyin(name, style=Style.NORMAL, heteronym=True)
    hyphenated = "[-_ ]".join(f"(?:{'|'.join(one)})" for one in syllables)
    joined = "[-_ ]?".join(f"(?:{'|'.join(one)})" for one in syllables)
    long_enough = min(len("".join(one[0] for one in syllables)), 99) >= _SHORTEST_PINYIN
    return _whole_word(joined if long_enough else hyphenated)


def spellings_of(name: str) -> Iterator[str]:
    """What stands, apart from gaps and case, wherever the patterns of a name match."""
    if is_searchable(name):
        yield name
    if pinyin_of(name):
        from pypinyin import Style, pinyin

        syllables = pinyin(name[:_MOST_READ], style=Style.NORMAL, heteronym=True)
        yield from map("".join, product(*syllables))


def _spaced(name: str) -> str:
    plain = half_width(name)
    if not _HAN.search(plain):
        return _whole_word(re.escape(plain))
    return _GAP.join(re.escape(character) for character in plain if not character.isspace())


def _whole_word(pattern: str) -> str:
    return f"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def masked(part: AnyPart, mask: Mask) -> AnyPart:
    """A record or a part of one with every text masked, its id too; the same one where none is."""
    if not mask.names:
        return part
    if isinstance(part, Record):
        mask = mask.allowing(one.text for one in part.allow)
    changes = {}
    for name in type(part).model_fields:
        if name not in _AS_THEY_ARE:
            value = getattr(part, name)
            other = _masked_value(value, mask)
            if other is not value:
                changes[name] = other
    return part.model_copy(update=changes) if changes else part


def _masked_value(value: Any, mask: Mask) -> Any:
    if isinstance(value, str):
        text = mask.text(value)
        return value if text == value else text
    if isinstance(value, Part):
        return masked(value, mask)
    if isinstance(value, tuple) and value:
        others = tuple(_masked_value(one, mask) for one in value)
        same = all(one is other for one, other in zip(value, others, strict=True))
        return value if same else others
    return value
