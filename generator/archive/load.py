"""Loads an archive from its folder: reading, kinds and assembly in one go.

Enter: the folder `records/`. Leave: the Archive and every problem of every file; the Archive is
`None` only when nobody knows whose it is. A file that cannot be read hides nothing in another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import record_id, validate
from generator.problems.catalogue import IDN003, IDN004, SET002
from generator.problems.problem import Place, Problem, problem
from generator.reading.documents import Document, parse
from generator.reading.folders import files_below, shown_path
from generator.reading.text_files import read_text

ARCHIVE_FILE = "archive.yml"
_ENDINGS = (".yml", ".yaml")
_SCHEMAS = "schemas"


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive as it was found: `documents` by path lead from records back to lines."""

    archive: Archive | None
    documents: dict[str, Document]
    problems: tuple[Problem, ...]


def load(root: Path, records: Path) -> Loaded:
    """Everything below `records`; paths are shown relative to `root`."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    found: list[Record] = []
    file = _archive_file(root, records, documents, problems)
    for path, kind in _record_files(root, records, problems):
        record = _record(root, path, kind, documents, problems)
        if record is not None:
            found.append(record)
    if file is None:
        return Loaded(None, documents, tuple(problems))
    archive, more = assemble(file, found, documents)
    return Loaded(archive, documents, (*problems, *more))


def _archive_file(
    root: Path, records: Path, documents: dict[str, Document], problems: list[Problem]
) -> ArchiveFile | None:
    path = records / ARCHIVE_FILE
    if not path.is_file():
        name = shown_path(path, root)
        problems.append(problem(SET002, Place(name), path=name))
        return None
    record = _record(root, path, ARCHIVE, documents, problems)
    return record if isinstance(record, ArchiveFile) else None


def _record_files(
    root: Path, records: Path, problems: list[Problem]
) -> Iterator[tuple[Path, Kind]]:
    """Every record file with its kind; other files are named once (IDN003)."""
    folders = {kind.folder: kind for kind in KINDS}
    for path in files_below(records):
        top = path.relative_to(records).parts[0]
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


def _record(
    root: Path,
    path: Path,
    kind: Kind,
    documents: dict[str, Document],
    problems: list[Problem],
) -> Record | None:
    name = shown_path(path, root)
    id = record_id(name)
    text = read_text(path, name)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    document, found = parse(text, name)
    problems += found
    if document is None:
        return None
    documents[name] = document
    if isinstance(id, Problem):
        problems.append(id)
        return None
    record, found = validate(kind, document, id)
    problems += found
    return record
