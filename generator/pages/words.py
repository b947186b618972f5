"""The interface's texts: shared ones from `words/`, and each page kind's own beside its template.

Enter: a language and a page kind. Leave: a function from key to text. A missing key is a fault of
the program and raises `KeyError`; a test holds that both languages have the same keys.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from markupsafe import Markup

from generator.problems.problem import Language
from generator.values.counts import text_for

_PAGES = Path(__file__).parent
_SHARED = _PAGES.parent / "words"
Translate = Callable[..., str]


@cache
def words(language: Language, kind: str = "") -> dict[str, str]:
    """Texts by key: the shared ones, overlaid by those of the page kind."""
    with (_SHARED / f"{language}.toml").open("rb") as stream:
        texts: dict[str, str] = tomllib.load(stream)
    own = _PAGES / kind / "words.toml"
    if kind and own.is_file():
        with own.open("rb") as stream:
            texts |= tomllib.load(stream)[language]
    return texts


def translator(language: Language, kind: str = "") -> Translate:
    """`t(key, **values)` for the templates of one page kind; `n` is a count (`text_for`).

    With a value that is `Markup`, a link say, the text is `Markup` too and the others are escaped.
    """
    texts = words(language, kind)

    def translate(key: str, **values: object) -> str:
        if not values:
            return texts[key]
        text = text_for(texts, key, values.get("n"))
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(text).format(**values)
        return text.format(**values)

    return translate
