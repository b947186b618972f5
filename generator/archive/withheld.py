"""What an audience may not read, as values that the audit looks for in a finished site. Pure.

Enter: the whole archive and what an audience sees of it. Leave: `Secret`s: names, ids, texts and
file names, each with the record it belongs to. A value that the audience may read elsewhere is no
secret; nor is one too short to be told from ordinary words (`SHORTEST`), which no search can judge.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Literal

from generator.archive.archive import Archive, ref_of
from generator.archive.audience import Seen
from generator.archive.masking import is_searchable
from generator.archive.plain import plain_ref
from generator.kinds.fields import Part, Record

Kind = Literal["name", "id", "text", "file"]

SHORTEST = {"han": 6, "latin": 8, "id": 4}
"""Characters: of a text with Chinese characters, of one without, of an id."""
_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCES = re.compile(r"[。！？；;\n]+|(?<=[.!?])\s+")
_NO_TEXT = {"id", "path", "file", "allow", "visibility", "name_visibility", "url"}
_NO_SECRETS = ("day",)


@dataclass(frozen=True, slots=True, order=True)
class Secret:
    """One withheld value; `of` says whose it is without telling it."""

    kind: Kind
    value: str
    of: str


def secrets(whole: Archive, seen: Seen) -> tuple[Secret, ...]:
    """Everything that `seen` keeps back, sorted; nothing where it keeps nothing back."""
    if not seen.mask.names and not seen.withheld:
        return ()
    judged = {one.text for one in whole.file.allow}
    found = {
        (one.kind, one.value): one
        for one in reversed([*_all(whole, seen)])
        if one.value not in judged
    }
    return tuple(sorted(found.values()))


def _all(whole: Archive, seen: Seen) -> Iterator[Secret]:
    for name in seen.mask.names:
        if is_searchable(name) and name not in seen.mask.allowed:
            yield Secret("name", name, _owner(whole, name))
    yield from _ids(whole, seen)
    yield from _texts(whole, seen)
    shown = {one.photo.file for one in seen.archive.photographs}
    for one in whole.photographs:
        if one.photo.file is not None and one.photo.file not in shown:
            name = PurePosixPath(one.photo.file).name
            yield Secret("file", name, plain_ref(ref_of(one.owner)))


def _owner(whole: Archive, name: str) -> str:
    """Whose name it is: a member's record, or just somebody's."""
    for member in whole.members:
        if name in (member.id, member.name, *member.aliases):
            return plain_ref(ref_of(member))
    return "consent"


def _ids(whole: Archive, seen: Seen) -> Iterator[Secret]:
    telling = [
        ref
        for ref in sorted((*seen.withheld, *seen.renamed))
        if ref.kind not in _NO_SECRETS and len(ref.id) >= SHORTEST["id"]
    ]
    readable = _occurring({ref.id for ref in telling}, "\n".join(_readable_ids(seen.archive)))
    for ref in telling:
        if ref.id not in readable:
            yield Secret("id", ref.id, plain_ref(ref))


def _readable_ids(archive: Archive) -> set[str]:
    """Every id that the audience meets."""
    terms = (term.id for terms in archive.file.vocabularies().values() for term in terms)
    gone = (one.ref.id for one in archive.withdrawn)
    return {*(ref.id for ref in archive.records), *archive.photograph, *gone, *terms}


def _texts(whole: Archive, seen: Seen) -> Iterator[Secret]:
    """Sentences of what is withheld, unless they stand in something that may be read."""
    told = [*strings_of(seen.archive.file), *strings_of_all(seen.archive)]
    # A withheld record may be the only one that refers to something which all may read.
    known = {*told, *_readable_ids(seen.archive)}
    shown = {id(record) for record in seen.archive.records.values()}
    kept = [
        (text, sentences, record)
        for record in whole.records.values()
        if id(record) not in shown
        for text in strings_of(record)
        if text not in known and (sentences := [*_telling_sentences(text)])
    ]
    masked = {one: seen.mask.text(one) for text, sentences, _ in kept for one in (text, *sentences)}
    readable = _occurring({*masked.values()}, "\n".join(told))
    for text, sentences, record in kept:
        for sentence in sentences if masked[text] not in readable else ():
            if masked[sentence] not in readable:
                yield Secret("text", sentence, plain_ref(ref_of(record)))


def _telling_sentences(text: str) -> Iterator[str]:
    return filter(is_telling, map(str.strip, _SENTENCES.split(text)))


def _occurring(texts: Set[str], text: str) -> set[str]:
    """Those of the texts that stand somewhere in `text`, by one look at it."""
    from ahocorasick_rs import BytesAhoCorasick  # a check has nothing to look for

    wanted = sorted(texts - {""})
    search = BytesAhoCorasick([one.encode("utf-8") for one in wanted])
    met = search.find_matches_as_indexes(text.encode("utf-8"), overlapping=True)
    return {"", *(wanted[number] for number in {number for number, _, _ in met})}


def is_telling(text: str) -> bool:
    """Whether a text is long enough that its occurrence cannot be chance."""
    return len(text) >= SHORTEST["han" if _HAN.search(text) else "latin"]


def strings_of_all(archive: Archive) -> Iterable[str]:
    """Every text of every record."""
    for record in archive.records.values():
        yield from strings_of(record)


def strings_of(record: Record) -> list[str]:
    """Every text of a record, in the parts inside it too."""
    found: list[str] = []
    _gather((record,), found)
    return found


def _gather(values: Iterable[Any], found: list[str]) -> None:
    for value in values:
        kind: Any = type(value)
        if kind is str:
            found.append(value)
        elif kind is tuple:
            _gather(value, found)
        elif fields := _fields(kind):
            _gather(map(value.__dict__.__getitem__, fields), found)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of record or part that may say something; none of any other value."""
    fields = kind.model_fields if issubclass(kind, Part) else ()
    return tuple(name for name in fields if name not in _NO_TEXT)
