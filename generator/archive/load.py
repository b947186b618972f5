"""Loads an archive from its folder: reading, kinds and assembly in one go.

Enter: the folder `records/`. Leave: the Archive and every problem of every file; the Archive is
`None` only when nobody knows whose it is. A file that cannot be read hides nothing in another.
"""

import gc
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.archive.archive import Archive, Dated
from generator.archive.assemble import assemble
from generator.archive.fingerprints import digest_of_amounts
from generator.archive.kept import VOLUMES, Kept, KeptFiles, Volume, volume_of, volume_with
from generator.archive.personal import suspects
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Ref
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import record_id, validate
from generator.problems.catalogue import IDN003, IDN004, SET002
from generator.problems.problem import Place, Problem, problem
from generator.reading.documents import parse
from generator.reading.folders import shown_path
from generator.reading.inputs import Found, digest_of, found_below
from generator.reading.record_files import Documents
from generator.reading.second_process import a_copy_helps, share_out
from generator.reading.text_files import decode, read_content

ARCHIVE_FILE = "archive.yml"
_ENDINGS = (".yml", ".yaml")
_SCHEMAS = "schemas"
_WORTH_A_PROCESS = 1500  # files to be parsed, below which handing results over costs more
_UNNAMED = "unnamed"  # a file whose name gives no id is checked all the same


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive as it was found: `documents` lead from records back to lines.

    `suspects` are texts, by the path of their record, that may hold personal data; `amounts`, in
    the same way, digests of what figures are made of.
    """

    archive: Archive | None
    documents: Documents
    problems: tuple[Problem, ...]
    suspects: Mapping[str, Sequence[str]]
    amounts: Mapping[str, bytes]


def load(
    root: Path,
    records: Path,
    known: KeptFiles | None = None,
    found: Sequence[Found] | None = None,
) -> Loaded:
    """Everything below `records`; paths are shown relative to `root`.

    `known` spares the files whose bytes are as they were when they became what it says; it learns
    what is new. `found` is what lies there, and elsewhere, where somebody has just looked.
    """
    known = KeptFiles() if known is None else known
    problems: list[Problem] = []
    found = [*found_below(records)] if found is None else found
    files = [*_record_files(root, records, found, problems)]
    with _without_looking_for_garbage():
        _read(files, known)
    saving = known.save()
    volumes = [known.volume(number) for number in range(VOLUMES)]
    kept = {path: one for volume in volumes for path, one in volume.files.items()}
    problems += [each for one in kept.values() for each in one.problems]
    made = [one.record for one in kept.values() if one.record is not None]
    documents = Documents(root, {path: one.digest for path, one in kept.items()})
    archive: Archive | None = None
    file = next((one for one in made if isinstance(one, ArchiveFile)), None)
    if file is not None:
        others = (one for one in made if one is not file)
        refers = frozenset[Ref]().union(*(volume.refers for volume in volumes))
        archive, more = assemble(file, others, documents, refers)
        problems += more
    saving.result()
    suspected = {path: one.suspects for path, one in kept.items() if one.suspects}
    amounts = {path: one.amounts for path, one in kept.items() if one.amounts}
    return Loaded(archive, documents, tuple(problems), suspected, amounts)


class _File(NamedTuple):
    """A record file: where it lies, its path in problems, what it should hold, and what tells it
    from a changed one."""

    path: str
    name: str
    kind: Kind
    marks: bytes = b""


def _record_files(
    root: Path, records: Path, found: Sequence[Found], problems: list[Problem]
) -> Iterator[_File]:
    """Every record file with its kind; other files are named once (IDN003).

    Hidden files and links are passed over. Without an archive's own file nobody knows whose it is.
    """
    folders = {kind.folder: kind for kind in KINDS}
    start, above, now = f"{records}{os.sep}", shown_path(records, root), time.time_ns()
    owned = False
    for one in found:
        if not (one.path.startswith(start) and one.is_file):
            continue
        inside = one.path[len(start) :].replace(os.sep, "/")
        top = inside.partition("/")[0]
        if top == _SCHEMAS or "/." in f"/{inside}":
            continue
        name = f"{above}/{inside}"
        if inside == ARCHIVE_FILE:
            owned = True
            yield _File(one.path, name, ARCHIVE, one.marks_at_rest(now))
        elif top in folders and inside.endswith(_ENDINGS):
            yield _File(one.path, name, folders[top], one.marks_at_rest(now))
        else:
            problems.append(_unexpected(name, top in folders))
    if not owned:
        name = f"{above}/{ARCHIVE_FILE}"
        problems.append(problem(SET002, Place(name), path=name))


def _unexpected(name: str, among_records: bool) -> Problem:
    """A file that is no record: IDN004 when it was meant to be one, else IDN003."""
    last = name.rpartition("/")[2]
    stem, *endings = last.lower().split(".")
    if among_records and {"txt", "yml", "yaml"} & {*endings}:
        return problem(IDN004, Place(name), name=last, suggestion=f"{stem}.yml")
    return problem(IDN003, Place(name), path=name)


def _read(files: Sequence[_File], known: KeptFiles) -> None:
    """Bring all volumes up to date; a copy of this process helps where many files are new."""
    volumes: dict[int, list[_File]] = {number: [] for number in range(VOLUMES)}
    for file in files:
        volumes[volume_of(file.name)].append(file)
    new = [number for number, own in volumes.items() if own and not known.volume(number).files]
    if sum(len(volumes[number]) for number in new) >= _WORTH_A_PROCESS and a_copy_helps():
        for kind in {file.kind.name: file.kind for file in files}.values():
            kind.model.model_rebuild()  # once, and not in each of the two
        lost = share_out(
            len(new),
            lambda at: known.put(new[at], _made(volumes[new[at]], Volume())),
            lambda at: known.pickled(new[at], _made(volumes[new[at]], Volume())),
            lambda at, content: known.take(new[at], content),
        )
        done = {*new} - {new[at] for at in lost}
        volumes = {number: own for number, own in volumes.items() if number not in done}
    for number, own in volumes.items():
        known.put(number, _made(own, known.volume(number)))


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Records are made by the hundred thousand parts and stay: to look among them is in vain.

    Until the next loading, for then others may take their place.
    """
    looked = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looked:
            gc.enable()


def _made(files: Sequence[_File], before: Volume) -> Volume:
    """What files become; what they became before where their bytes are the same."""
    made = {file.name: _kept(file, before.files.get(file.name)) for file in files}
    return volume_with(made, before)


def _kept(file: _File, before: Kept | None) -> Kept:
    marks = file.marks
    if before is not None and marks and before.marks == marks:
        return before
    content = read_content(file.path, file.name)
    if isinstance(content, Problem):
        return Kept(b"", None, (content,))
    same = before is not None and before.digest == digest_of(content)
    made = before if before is not None and same else _became(file, content)
    return made if made.marks == marks else made._replace(marks=marks)


def _became(file: _File, content: bytes) -> Kept:
    """What the bytes of a file say: a record, or why there is none."""
    digest = digest_of(content)
    text = decode(content, file.name)
    if isinstance(text, Problem):
        return Kept(digest, None, (text,))
    document, problems = parse(text, file.name)
    id = record_id(file.name)
    if isinstance(id, Problem):
        problems += (id,)
    if document is None:
        return Kept(digest, None, problems)
    record, more = validate(file.kind, document, _UNNAMED if isinstance(id, Problem) else id)
    if record is None or isinstance(id, Problem):
        return Kept(digest, None, (*problems, *more))
    amounts = digest_of_amounts(record) if isinstance(record, Dated) else b""
    return Kept(digest, record, (*problems, *more), suspects(record, text), amounts)
