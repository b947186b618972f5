"""Looks for withheld values in every byte of a finished site.

Enter: the secrets of an edition, and its files. Leave: problems AUD005 (an error) by file, and
AUD006 (a warning) for a value that nobody could judge by searching, because it is a word of the
program's own pages. Values are never echoed. How chance is told from a leak:
docs/contributing/audit.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from copy import copy
from itertools import chain, starmap
from pathlib import Path

from generator.archive.masking import StandIn, is_searchable, patterns_of, spellings_of
from generator.archive.sieve import Sieve
from generator.archive.withheld import Secret
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.publish.decoding import (
    index_text,
    is_packed,
    texts_in,
    undone,
    views_of,
    views_of_new,
    without_tags,
)
from generator.values.text import half_width

AUD005 = Code(
    "AUD005",
    Severity.ERROR,
    Bilingual("不该公开的内容出现了", "Something withheld is in the site"),
    Bilingual(
        "这里出现了 {of} 不给这一版读者看的{what_zh}。",
        "here stands {what_en} of {of} that this audience may not see.",
    ),
    Bilingual(
        "从写出它的地方去掉；确实只是巧合，就在 archive.yml 的 allow 里写上这几个字和理由。",
        "remove it where it is written; if it is chance, add it to `allow` in archive.yml.",
    ),
    Bilingual(
        "隐去的内容不能从别处漏出来，哪一个字节都不行。",
        "What is withheld must not leak from anywhere, not from a single byte.",
    ),
)
AUD006 = Code(
    "AUD006",
    Severity.WARNING,
    Bilingual("审核判断不了的词", "A word that the audit cannot judge"),
    Bilingual(
        "{of} 隐去的{what_zh}也是网页自己用的词，审核不查它。",
        "a withheld {what_en} of {of} is also a word of every page; it is not looked for.",
    ),
    Bilingual("发布前自己看一眼。", "look at the site yourself before publishing."),
    Bilingual(
        "每一页都有的词，出现了也说明不了什么。",
        "A word that is on every page proves nothing by occurring.",
    ),
)
CODES = (AUD005, AUD006)

_WHAT = {
    "name": ("姓名", "a name"),
    "id": ("编号", "an id"),
    "text": ("文字", "a text"),
    "file": ("文件名", "a file name"),
}
_OWN = Path(__file__).parents[1]
_OWN_TEXTS = ("pages/**/*.html", "pages/**/*.toml", "words/*.toml", "charts/*.toml",
              "publish/theme/**/*.html", "assets/*.js", "assets/*.css")  # fmt: skip
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_THEME = "assets/"


class Leaks:
    """What is looked for in a site: all secrets but those that nobody could judge."""

    def __init__(self, secrets: Sequence[Secret] = ()) -> None:
        search = Search(secrets)
        common = search.standing_in(_own_text()) if secrets else set[Secret]()
        self._search = search.without(common)
        self._secrets = secrets
        self._cleared: Set[str] = frozenset()
        self.unjudged = [problem(AUD006, Place("."), **_words(one)) for one in sorted(common)]

    def outside(self, cleared: Set[str]) -> "Leaks":
        """The same, but for files and folders that had the same bytes when it was looked for."""
        other = copy(self)
        other._cleared = cleared
        return other

    def concern(self, name: str) -> bool:
        """Whether anything has to be looked for in a file or folder."""
        if not self._secrets:
            return False
        return name not in self._cleared and name.rpartition("/")[0] not in self._cleared

    def in_file(self, name: str, content: bytes, new: bytes | None = None) -> Iterator[Problem]:
        """AUD005 for each secret in a file; `new` is what a page has that no page before it had."""
        if self.concern(name) and not _is_of_the_theme(name, content):
            for one in self._search.found_in(name, content, new):
                yield problem(AUD005, Place(name), **_words(one))

    def in_volume(self, name: str, volume: Path) -> Iterator[Problem]:
        """AUD005 for each secret that a volume of the search index finds."""
        if self.concern(name):
            for one in self._search.found_in_text(index_text(volume)):
                yield problem(AUD005, Place(name), **_words(one))


def _words(one: Secret) -> dict[str, str]:
    zh, en = _WHAT[one.kind]
    return {"of": one.of, "what_zh": zh, "what_en": en}


class Search:
    """All secrets, prepared so that a file is read once however many there are.

    A quick look tells which secrets a file may hold; only for those it is read exactly.
    """

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self._secrets = secrets
        self._sieve = Sieve([_spellings(one) for one in secrets])
        self._ignored: Set[int] = frozenset()

    def without(self, secrets: Set[Secret]) -> "Search":
        """The same without some of the secrets."""
        other = copy(self)
        other._ignored = {n for n, one in enumerate(self._secrets) if one in secrets}
        return other

    def found_in(self, name: str, content: bytes, new: bytes | None = None) -> list[Secret]:
        """The secrets in a file's name or bytes, of which all but `new` were looked at before."""
        if new is not None and not is_packed(content):
            views: Iterable[tuple[bytes, ...]] = views_of_new(new, content)
        else:
            contents = map(_utf8, texts_in(content)) if is_packed(content) else [content]
            views = chain.from_iterable(map(views_of, contents))
        suspects = self._suspects(chain(views_of(_utf8(name)), views))
        return Exact(suspects).found_in((name, *texts_in(content))) if suspects else []

    def found_in_text(self, text: str) -> list[Secret]:
        """The secrets in a text, whatever they are escaped or parted by."""
        suspects = self._suspects(views_of(_utf8(text)))
        return Exact(suspects).found_in([text]) if suspects else []

    def standing_in(self, text: str) -> set[Secret]:
        """The secrets in a text as it stands, escapes and tags being what they are."""
        return {*Exact(self._suspects(views_of(_utf8(text)))).standing_in(text)}

    def _suspects(self, views: Iterable[tuple[bytes, ...]]) -> list[Secret]:
        numbers = set[int]().union(*starmap(self._sieve.may_hold, views))
        return [self._secrets[number] for number in sorted(numbers - self._ignored)]


class Exact:
    """Some secrets, looked for in every form of a text, as names and whole words."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        names = [one for one in secrets if one.kind == "name" and is_searchable(one.value)]
        self._names = [(re.compile(_name_pattern(one.value), re.IGNORECASE), one) for one in names]
        self._values = [(compared(one.value), one) for one in secrets if one.kind != "name"]

    def found_in(self, texts: Iterable[str]) -> list[Secret]:
        """The secrets in any of these texts, whatever they are escaped or parted by."""
        found: dict[Secret, None] = {}
        for text in {form for one in texts for form in undone(one)}:
            for view in (text, without_tags(text)) if "<" in text else (text,):
                found |= dict.fromkeys(self.standing_in(view))
        return sorted(found)

    def standing_in(self, text: str) -> Iterator[Secret]:
        """The secrets in a text as it stands."""
        plain = half_width(text)
        for pattern, one in self._names:
            if pattern.search(plain):
                yield one
        if self._values:
            joined, spaced = _INVISIBLE.sub("", plain).lower(), " ".join(plain.lower().split())
            for value, one in self._values:
                if occurs(value, joined) or occurs(value, spaced):
                    yield one


def _utf8(text: str) -> bytes:
    """A text that may hold halves of characters: names of files, escapes."""
    return text.encode("utf-8", "surrogatepass")


def _spellings(one: Secret) -> Iterable[str]:
    return spellings_of(one.value) if one.kind == "name" else (one.value,)


def compared(text: str) -> str:
    """A value as it is compared: half width, lower case; Chinese without spaces, Latin with."""
    plain = half_width(text).lower()
    return " ".join(plain.split()) if plain.isascii() else _INVISIBLE.sub("", plain)


def occurs(value: str, text: str) -> bool:
    """Whether a compared value stands in a text, and not merely inside a longer Latin word."""
    if value not in text or not value.isascii():
        return value in text
    return re.search(f"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])", text) is not None


def _name_pattern(name: str) -> str:
    return "|".join(pattern for pattern, _ in patterns_of(name, StandIn("", "")))


def _own_text() -> str:
    paths = (path for pattern in _OWN_TEXTS for path in sorted(_OWN.glob(pattern)))
    return half_width("\n".join(path.read_text(encoding="utf-8") for path in paths))


def _is_of_the_theme(name: str, content: bytes) -> bool:
    """Whether a file is, to the byte, one that the program or the theme brings along."""
    if not name.startswith(_THEME):
        return False
    own = _OWN / name.replace("assets/chronicle/", "assets/", 1)
    brought = (own, *_theme_files(name))
    return any(one.is_file() and one.read_bytes() == content for one in brought)


def _theme_files(name: str) -> Iterator[Path]:
    from importlib.util import find_spec

    found = find_spec("material")
    for place in (found.submodule_search_locations or ()) if found else ():
        yield Path(place) / "templates" / name
