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

from markupsafe import Markup

from generator.problems.problem import Language
from generator.values.quantities import number_in_digits

_FILE = Path(__file__).with_name("words.toml")
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its `{names}` filled; whole numbers as the site shows them."""
        shown = {
            name: number_in_digits(Decimal(value)) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return self.texts[key].format(**shown)

    def counted(self, key: str, n: int) -> str:
        """The text of a key for that many: `<key>_one` for 1, otherwise `<key>_many`."""
        return self(f"{key}_{'one' if n == 1 else 'many'}", n=n)

    def sentences(self, *parts: str) -> str:
        """Sentences one after another; empty ones are left out."""
        return ("" if self.language == "zh" else " ").join(part for part in parts if part)

    def link(self, address: str, name: str) -> Markup:
        """A cell of a table that leads somewhere."""
        return Markup('<a href="{}">{}</a>').format(address, name)

    def listed(self, names: Sequence[str]) -> str:
        """Names one after another; of many, the first five and how many there are."""
        if len(names) <= _MOST_NAMES:
            return self("comma").join(names)
        first = self("comma").join(names[:_MOST_NAMES])
        return self("and_more", names=first, n=len(names), more=len(names) - _MOST_NAMES)


@cache
def words_of(language: Language) -> Words:
    """The charts' texts in that language."""
    with _FILE.open("rb") as stream:
        return Words(language, tomllib.load(stream)[language])
