"""What a run would read, told apart from what the last one read.

Enter: folders and files. Leave: `Inputs`, with equal digests only for equal names and contents.
Photographs, gigabytes of them, are told apart by size, times and number on the disk, everything
else by its bytes. Links are never followed: where one may lead to what a run reads, nothing
is told.
"""

import marshal
import os
import stat
import struct
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.reading.folders import names_below

# A file changed within the clock's grain of its reading may change once more unseen.
_GRAIN_NS = 2_000_000_000
_MARKS = struct.Struct("<QqqQ")
_NOTHING: Mapping[str, bytes] = MappingProxyType({})

MARKS_TELL = os.name != "nt"
"""Whether size, times and number on the disk tell a file from one put in its place; Windows knows
no time of such a change."""


class Found(NamedTuple):
    """A file as the system tells of it, without following links; times in nanoseconds."""

    path: str
    mode: int
    size: int
    modified: int
    changed: int
    number: int

    @property
    def time(self) -> int:
        """When it was changed last, itself or what is said of it."""
        return max(self.modified, self.changed)

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file: a pipe would keep whoever opens it waiting."""
        return stat.S_ISREG(self.mode)

    def marks_at_rest(self, now: int) -> bytes:
        """What tells the file from a changed one: size, times and number on the disk.

        Nothing where it changed so shortly before `now`, in nanoseconds, that it may change once
        more and look the same, or where marks tell nothing.
        """
        if not MARKS_TELL or now - self.time < _GRAIN_NS:
            return b""
        return _MARKS.pack(self.size, self.modified, self.changed, self.number)


class Inputs(NamedTuple):
    """What was found; `marks` are names, sizes and times as one digest."""

    read: tuple[Found, ...]
    looked_at: str
    """The same digest of files that are only looked at: there may be tens of thousands."""
    times: Sequence[int]
    """When each of those was changed, in nanoseconds."""
    marks: str
    settled: bool
    """Whether that is so long ago that the next change cannot bear the same time."""

    def changed_since(self, time_ns: int) -> int:
        """How many files were changed after a time."""
        times = chain((one.time for one in self.read), self.times)
        return sum(time > time_ns for time in times)

    def digest(self, known: Mapping[str, bytes] = _NOTHING, root: Path = Path()) -> str | None:
        """Names and contents as one digest; nothing if a file cannot be read, or is another now.

        `known` are digests of contents that somebody has just read, by their paths below `root`.
        """
        digest, above = sha256(), f"{root}{os.sep}"
        try:
            for one in self.read:
                digest.update(f"{len(one.path)} {one.path}\n".encode("utf-8", "surrogateescape"))
                read = known.get(one.path.removeprefix(above).replace(os.sep, "/"))
                digest.update(read or digest_of(_content(one.path)))
                if read is None and _found(one.path, os.lstat(one.path)) != one:
                    return None
        except OSError:
            return None
        digest.update(self.looked_at.encode())
        return digest.hexdigest()

    def still_below(self, places: Iterable[Path]) -> bool:
        """Whether exactly what was found below some of the places that are read lies there now."""
        below = [*map(str, places)]
        folders = tuple(f"{one}{os.sep}" for one in below)
        then = {one for one in self.read if one.path in below or one.path.startswith(folders)}
        try:
            return then == {*_all_below(map(Path, below))}  # one may lie below two places
        except OSError:
            return False


def digest_of(content: bytes) -> bytes:
    """Equal only for equal contents of a file."""
    return sha256(content).digest()


def inputs(contents: Iterable[Path], originals: Iterable[Path]) -> Inputs | None:
    """All below `contents`, to be read, and all below `originals`; nothing if that fails."""
    try:
        read, looked_at = tuple(_all_below(contents)), [*_all_below(originals)]
    except OSError:
        return None
    if not all(one.is_file for one in read):
        return None
    times, marks = [one.time for one in looked_at], _marks(looked_at)
    newest = max(chain((one.time for one in read), times), default=0)
    settled = time.time_ns() - newest > _GRAIN_NS
    return Inputs(read, marks, times, f"{_marks(read)} {marks}", settled)


def found_below(folder: Path) -> Iterator[Found]:
    """Every file below a folder that is not hidden, nor a link, in order; not those just gone."""
    for name in names_below(folder):
        with suppress(FileNotFoundError):
            yield _found(name, os.lstat(name))


def marks_of(folders: Iterable[Path]) -> str:
    """Names, sizes, times and numbers on the disk of all below some folders, as one digest."""
    return _marks(_all_below(folders))


def _marks(found: Iterable[Found]) -> str:
    """As `marshal` writes them in its version 2, where the same values are the same bytes."""
    return sha256(marshal.dumps([*map(tuple, found)], 2)).hexdigest()


def _all_below(places: Iterable[Path]) -> Iterator[Found]:
    """Everything below the places in order; a place that is a file is itself, and none is none."""
    for place in places:
        if place.is_dir():
            found: list[Found] = []
            _gather(str(place), found)
            yield from sorted(found)
        elif place.exists():
            yield _found(str(place), place.lstat())


def _gather(folder: str, found: list[Found]) -> None:
    """Everything below a folder, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _gather(entry.path, found)
            else:
                found.append(_found(entry.path, entry.stat(follow_symlinks=False)))


def _found(path: str, status: os.stat_result) -> Found:
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return Found(path, status.st_mode, status.st_size, *times, status.st_ino)


def _content(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123 - ten thousand of them
        return stream.read()
