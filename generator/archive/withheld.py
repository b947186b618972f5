"""What an audience may not read, as values that the audit looks for in a finished site. Pure.

Enter: the whole archive and what an audience sees of it. Leave: `Secret`s: names, ids, texts and
file names, each with the record it belongs to. A value that the audience may read elsewhere is no
secret; nor is one too short to be told from ordinary words (`SHORTEST`), which no search can judge.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from generator.archive.archive import Archive, ref_of
from generator.archive.audience import Seen
from generator.archive.masking import is_searchable
from generator.archive.plain import plain_ref
from generator.kinds.fields import Part, Record, Ref

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
    readable = _readable_ids(seen.archive)
    for ref in sorted((*seen.withheld, *seen.renamed)):
        told = any(ref.id in one for one in readable)
        if ref.kind not in _NO_SECRETS and len(ref.id) >= SHORTEST["id"] and not told:
            yield Secret("id", ref.id, plain_ref(Ref(ref.kind, ref.id)))


def _readable_ids(archive: Archive) -> set[str]:
    """Every id that the audience meets."""
    terms = (term.id for terms in archive.file.vocabularies().values() for term in terms)
    gone = (one.ref.id for one in archive.withdrawn)
    return {*(ref.id for ref in archive.records), *archive.photograph, *gone, *terms}


def _texts(whole: Archive, seen: Seen) -> Iterator[Secret]:
    """Sentences of what is withheld, unless they stand in something that may be read."""
    readable = "\n".join(
        text
        for record in (seen.archive.file, *seen.archive.records.values())
        for text in strings_of(record)
    )
    # A withheld record may be the only one that refers to something which all may read.
    known = {*strings_of_all(seen.archive), *_readable_ids(seen.archive)}
    for record in whole.records.values():
        for text in strings_of(record):
            if text in known or seen.mask.text(text) in readable:
                continue
            for sentence in filter(None, map(str.strip, _SENTENCES.split(text))):
                if is_telling(sentence) and seen.mask.text(sentence) not in readable:
                    yield Secret("text", sentence, plain_ref(ref_of(record)))


def is_telling(text: str) -> bool:
    """Whether a text is long enough that its occurrence cannot be chance."""
    return len(text) >= SHORTEST["han" if _HAN.search(text) else "latin"]


def strings_of_all(archive: Archive) -> Iterable[str]:
    """Every text of every record."""
    for record in archive.records.values():
        yield from strings_of(record)


def strings_of(record: Record) -> Iterator[str]:
    """Every text of a record, in the parts inside it too."""
    yield from _strings(record)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            if name not in _NO_TEXT:
                yield from _strings(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
