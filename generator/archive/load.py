"""Loads an archive from its folder: reading, kinds and assembly in one go.

Enter: the folder `records/`. Leave: the Archive and every problem of every file; the Archive is
`None` only when nobody knows whose it is. A file that cannot be read hides nothing in another.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import record_id, validate
from generator.problems.catalogue import IDN003, IDN004, SET002
from generator.problems.problem import Place, Problem, problem
from generator.reading.document_cache import DocumentCache, written
from generator.reading.documents import Document, parse
from generator.reading.folders import names_below, shown_path
from generator.reading.second_process import MOST_SHARES, Aside, a_copy_helps, in_two_processes
from generator.reading.text_files import read_text

ARCHIVE_FILE = "archive.yml"
_ENDINGS = (".yml", ".yaml")
_SCHEMAS = "schemas"
_WORTH_A_PROCESS = 1500  # files to be parsed, below which handing results over costs more
_SHARE = 100  # files handed over at once
_UNNAMED = "unnamed"  # a file whose name gives no id is checked all the same


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive as it was found: `documents` by path lead from records back to lines."""

    archive: Archive | None
    documents: dict[str, Document]
    problems: tuple[Problem, ...]


class Kept(NamedTuple):
    """What a file became when it was last read: nothing of it depends on other files."""

    document: Document
    record: Record | None
    problems: tuple[Problem, ...]


def load(
    root: Path,
    records: Path,
    cache: DocumentCache | None = None,
    kept: dict[str, Kept] | None = None,
) -> Loaded:
    """Everything below `records`; paths are shown relative to `root`.

    `kept` spares whoever loads again and again the files with an unchanged text; it is added to.
    """
    loading = _Loading(root, cache, kept)
    file = _archive_file(loading, records)
    files = list(_record_files(root, records, loading.problems))
    many = len(files) - (0 if cache is None else len(cache)) >= _WORTH_A_PROCESS
    if many and a_copy_helps():
        loading.in_two_processes(files)
    else:
        loading.all(files)
    saving = None if cache is None else Aside(cache.save, worth=many)
    archive: Archive | None = None
    more: tuple[Problem, ...] = ()
    if file is not None:
        archive, more = assemble(file, loading.records, loading.documents)
    if saving is not None:
        saving.result()
    return Loaded(archive, loading.documents, (*loading.problems, *more))


class _File(NamedTuple):
    """A record file: where it lies, its path in problems, and what it should hold."""

    path: str
    name: str
    kind: Kind


def _archive_file(loading: "_Loading", records: Path) -> ArchiveFile | None:
    path = records / ARCHIVE_FILE
    name = shown_path(path, loading.root)
    if not path.is_file() or path.is_symlink():
        loading.problems.append(problem(SET002, Place(name), path=name))
        return None
    record = loading.record(_File(str(path), name, ARCHIVE))
    return record if isinstance(record, ArchiveFile) else None


def _record_files(root: Path, records: Path, problems: list[Problem]) -> Iterator[_File]:
    """Every record file with its kind; other files are named once (IDN003)."""
    folders = {kind.folder: kind for kind in KINDS}
    for path in names_below(records):
        inside, name = shown_path(path, records), shown_path(path, root)
        top = inside.partition("/")[0]
        if top == _SCHEMAS or inside == ARCHIVE_FILE:
            continue
        if top in folders and path.endswith(_ENDINGS):
            yield _File(path, name, folders[top])
        else:
            problems.append(_unexpected(name, top in folders))


def _unexpected(name: str, among_records: bool) -> Problem:
    """A file that is no record: IDN004 when it was meant to be one, else IDN003."""
    last = name.rpartition("/")[2]
    stem, *endings = last.lower().split(".")
    if among_records and {"txt", "yml", "yaml"} & {*endings}:
        return problem(IDN004, Place(name), name=last, suggestion=f"{stem}.yml")
    return problem(IDN003, Place(name), path=name)


_Sent = tuple[str, str, bool]
"""Text of a document, its values in JSON, and whether the text may hold personal data."""
_Share = tuple[list[_Sent | None], list[Problem]]
"""What was read of some files, in their order, and what kept others from being read."""


class _Loading:
    """One run over the files: records, documents and problems as they come in."""

    def __init__(
        self, root: Path, cache: DocumentCache | None, kept: dict[str, Kept] | None
    ) -> None:
        self.root = root
        self.cache = cache
        self.kept = {} if kept is None else kept
        self.records: list[Record] = []
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []

    def all(self, files: Iterable[_File]) -> None:
        """Load these files one after another."""
        for file in files:
            record = self.record(file)
            if record is not None:
                self.records.append(record)

    def in_two_processes(self, files: Sequence[_File]) -> None:
        """Load files here while a copy of this process reads others; their records are made here,
        which takes no longer than to receive them.
        """
        size = max(_SHARE, len(files) // MOST_SHARES + 1)
        shares = [files[at : at + size] for at in range(0, len(files), size)]
        in_two_processes(
            len(shares),
            lambda number: self.all(shares[number]),
            lambda number: self._read(shares[number]),
            lambda number, share: self._take(shares[number], share),
        )
        self.documents = dict(sorted(self.documents.items()))

    def _read(self, files: Sequence[_File]) -> _Share:
        """What the other process does of the work: files to values."""
        self.problems = []
        documents = [self._document(file, read_text(file.path, file.name)) for file in files]
        return [
            None if one is None else (one.text, written(one.values), one.personal)
            for one in documents
        ], self.problems

    def _take(self, files: Sequence[_File], share: _Share) -> None:
        """Add what the other process made of its share."""
        sent, problems = share
        self.problems += problems
        faulty = {one.place.path for one in problems}
        for file, one in zip(files, sent, strict=True):
            document = None
            if one is not None:
                text, values, personal = one
                document = Document(file.name, text, json.loads(values), personal)
                if self.cache is not None and file.name not in faulty:
                    self.cache.put(document, values)
            record = self._validated(file, document)
            if record is not None:
                self.records.append(record)

    def record(self, file: _File) -> Record | None:
        """The record in a file, or `None` with the reasons among the problems."""
        text = read_text(file.path, file.name)
        kept = self.kept.get(file.name)
        if kept is None or kept.document.text != text:
            return self._anew(file, text)
        self.documents[file.name] = kept.document
        self.problems += kept.problems
        return kept.record

    def _anew(self, file: _File, text: str | Problem) -> Record | None:
        known = len(self.problems)
        record = self._validated(file, self._document(file, text))
        if document := self.documents.get(file.name):
            self.kept[file.name] = Kept(document, record, tuple(self.problems[known:]))
        return record

    def _validated(self, file: _File, document: Document | None) -> Record | None:
        id = record_id(file.name)
        if isinstance(id, Problem):
            self.problems.append(id)
        if document is None:
            return None
        self.documents[file.name] = document
        record, found = validate(file.kind, document, _UNNAMED if isinstance(id, Problem) else id)
        self.problems += found
        return None if isinstance(id, Problem) else record

    def _document(self, file: _File, text: str | Problem) -> Document | None:
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        known = self.cache.get(text, file.name) if self.cache is not None else None
        if known is not None:
            return known
        document, found = parse(text, file.name)
        self.problems += found
        if self.cache is not None and document is not None and not found:
            self.cache.put(document)
        return document
