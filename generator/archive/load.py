"""Loads an archive from its folder: reading, kinds and assembly in one go.

Enter: the folder `records/`. Leave: the Archive and every problem of every file; the Archive is
`None` only when nobody knows whose it is. A file that cannot be read hides nothing in another.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import record_id, validate
from generator.problems.catalogue import IDN003, IDN004, SET002
from generator.problems.problem import Place, Problem, problem
from generator.reading.document_cache import DocumentCache
from generator.reading.documents import Document, parse
from generator.reading.folders import files_below, shown_path
from generator.reading.text_files import read_text

ARCHIVE_FILE = "archive.yml"
_ENDINGS = (".yml", ".yaml")
_SCHEMAS = "schemas"
_WORTH_A_PROCESS = 1500  # files to be parsed, below which handing results over costs more
_SHARE, _SHARES_AHEAD = 250, 2  # files handed over at once; shares that wait for the other process
_UNNAMED = "unnamed"  # a file whose name gives no id is checked all the same


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive as it was found: `documents` by path lead from records back to lines."""

    archive: Archive | None
    documents: dict[str, Document]
    problems: tuple[Problem, ...]


def load(root: Path, records: Path, cache: DocumentCache | None = None) -> Loaded:
    """Everything below `records`; paths are shown relative to `root`."""
    loading = _Loading(root, cache)
    file = _archive_file(loading, records)
    files = list(_record_files(root, records, loading.problems))
    new = len(files) - (0 if cache is None else len(cache))
    if new >= _WORTH_A_PROCESS and _may_fork():
        loading.in_two_processes(files)
    else:
        loading.all(files)
    if cache is not None:
        cache.save()
    if file is None:
        return Loaded(None, loading.documents, tuple(loading.problems))
    archive, more = assemble(file, loading.records, loading.documents)
    return Loaded(archive, loading.documents, (*loading.problems, *more))


def _may_fork() -> bool:
    """Whether a copy of this process can help: a second core, and no other thread to be cut off."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return sys.platform == "linux" and cores > 1 and threading.active_count() == 1


def _archive_file(loading: "_Loading", records: Path) -> ArchiveFile | None:
    path = records / ARCHIVE_FILE
    if not path.is_file() or path.is_symlink():
        name = shown_path(path, loading.root)
        loading.problems.append(problem(SET002, Place(name), path=name))
        return None
    record = loading.record(path, ARCHIVE)
    return record if isinstance(record, ArchiveFile) else None


def _record_files(
    root: Path, records: Path, problems: list[Problem]
) -> Iterator[tuple[Path, Kind]]:
    """Every record file with its kind; other files are named once (IDN003)."""
    folders = {kind.folder: kind for kind in KINDS}
    for path in files_below(records):
        top = shown_path(path, records).partition("/")[0]
        if top == _SCHEMAS or path == records / ARCHIVE_FILE:
            continue
        if top in folders and path.suffix in _ENDINGS:
            yield path, folders[top]
        else:
            problems.append(_unexpected(path, shown_path(path, root), top in folders))


def _unexpected(path: Path, name: str, among_records: bool) -> Problem:
    """A file that is no record: IDN004 when it was meant to be one, else IDN003."""
    stem, *endings = path.name.lower().split(".")
    if among_records and {"txt", "yml", "yaml"} & {*endings}:
        return problem(IDN004, Place(name), name=path.name, suggestion=f"{stem}.yml")
    return problem(IDN003, Place(name), path=name)


_Share = tuple[list[Record], dict[str, Document], list[Problem]]


class _Loading:
    """One run over the files: records, documents and problems as they come in."""

    def __init__(self, root: Path, cache: DocumentCache | None) -> None:
        self.root = root
        self.cache = cache
        self.records: list[Record] = []
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []

    def all(self, files: Sequence[tuple[Path, Kind]]) -> Self:
        """Load these files one after another."""
        for path, kind in files:
            record = self.record(path, kind)
            if record is not None:
                self.records.append(record)
        return self

    def in_two_processes(self, files: Sequence[tuple[Path, Kind]]) -> None:
        """Load files from the front here and, share by share, from the back in a copy of this."""
        shares = deque(files[at : at + _SHARE] for at in range(0, len(files), _SHARE))
        import multiprocessing  # only large archives need them
        from concurrent.futures import Future, ProcessPoolExecutor

        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as copy:
            elsewhere: deque[Future[_Share]] = deque()
            while shares:
                while shares and len(elsewhere) < _SHARES_AHEAD:
                    elsewhere.append(copy.submit(_load_elsewhere, self.root, shares.pop()))
                if shares:
                    self.all(shares.popleft())
                while elsewhere and elsewhere[0].done():
                    self._take(elsewhere.popleft().result())
            for future in elsewhere:
                self._take(future.result())
        self.documents = dict(sorted(self.documents.items()))

    def _take(self, share: _Share) -> None:
        """Add what the other process made of its share."""
        records, documents, problems = share
        self.records += records
        self.documents |= documents
        self.problems += problems
        faulty = {one.place.path for one in problems}
        for name, document in documents.items():
            if self.cache is not None and name not in faulty:
                self.cache.put(document)

    def record(self, path: Path, kind: Kind) -> Record | None:
        """The record in a file, or `None` with the reasons among the problems."""
        name = shown_path(path, self.root)
        document = self._document(path, name)
        id = record_id(name)
        if isinstance(id, Problem):
            self.problems.append(id)
        if document is None:
            return None
        self.documents[name] = document
        record, found = validate(kind, document, _UNNAMED if isinstance(id, Problem) else id)
        self.problems += found
        return None if isinstance(id, Problem) else record

    def _document(self, path: Path, name: str) -> Document | None:
        text = read_text(path, name)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        known = self.cache.get(text, name) if self.cache is not None else None
        if known is not None:
            return known
        document, found = parse(text, name)
        self.problems += found
        if self.cache is not None and document is not None and not found:
            self.cache.put(document)
        return document


def _load_elsewhere(root: Path, files: Sequence[tuple[Path, Kind]]) -> _Share:
    """What another process hands back of its share of the files."""
    share = _Loading(root, None).all(files)
    return share.records, share.documents, share.problems
