"""The texts of the charts: a language enters, a way from key to text leaves.

A missing key is a fault of the program and raises `KeyError`; a test holds that both languages have
the same keys.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from generator.problems.problem import Language
from generator.values.counts import text_for
from generator.values.quantities import number_in_digits

_FILE = Path(__file__).with_name("words.toml")
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its `{names}` filled; whole numbers as the site shows them.

        `n` is a count (`text_for`).

        With a value that is `Markup` the text is `Markup` too, and the others are escaped.
        """
        shown = {
            name: _digits(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        text = text_for(self.texts, key, shown.get("n"))
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(text).format(**shown)
        return text.format(**shown)

    def counted(self, key: str, n: int, address: str = "") -> str:
        """The text of a key for that many; the number leads to where what it counts is listed."""
        return self(key, n=self.number(n, address) if address else n)

    def sentences(self, *parts: str) -> Markup:
        """Sentences one after another; empty ones are left out."""
        space = Markup("" if self.language == "zh" else " ")
        return space.join(part for part in parts if part)

    def link(self, address: str, name: str) -> Markup:
        """A name or number that leads somewhere."""
        return Markup(f'<a href="{escape(address)}">{escape(name)}</a>')

    def number(self, n: int, address: str) -> Markup:
        """A number that leads to where what it counts is listed."""
        return self.link(address, _digits(n))

    def cut(self, key: str, shown: int, n: int, address: str) -> str:
        """The text of a key that says that only so many are shown; nothing where that is all."""
        return self(key, shown=self.number(shown, address)) if n > shown else ""

    def when(self, date: str) -> Markup:
        """A date within an answer: its digits count nothing."""
        return Markup('<span class="when">{}</span>').format(date)

    def listed(self, names: Sequence[str], address: str) -> Markup:
        """Names one after another; of many, the first five and how many there are, at `address`."""
        first = Markup(self("comma")).join(names[:_MOST_NAMES])
        if len(names) <= _MOST_NAMES:
            return first
        n, more = (self.number(one, address) for one in (len(names), len(names) - _MOST_NAMES))
        return Markup(self("and_more", names=first, n=n, more=more))


def _digits(n: int) -> str:
    return number_in_digits(Decimal(n))


@cache
def words_of(language: Language) -> Words:
    """The charts' texts in that language."""
    with _FILE.open("rb") as stream:
        return Words(language, tomllib.load(stream)[language])
