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
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

# A file changed within the clock's grain of its reading may change once more unseen.
_GRAIN_NS = 2_000_000_000
_MARKS = struct.Struct("<QqqQ")
_NOTHING: Mapping[str, bytes] = MappingProxyType({})

MARKS_TELL = os.name != "nt"
"""Whether size, times and number on the disk tell a file from one put in its place; Windows knows
no time of such a change."""


class _Found(NamedTuple):
    path: str
    mode: int
    size: int
    modified: int
    changed: int
    number: int


class Inputs(NamedTuple):
    """What was found; `marks` are names, sizes and times as one digest."""

    read: tuple[_Found, ...]
    looked_at: tuple[_Found, ...]
    marks: str
    settled: bool
    """Whether that is so long ago that the next change cannot bear the same time."""

    def changed_since(self, time_ns: int) -> int:
        """How many files were changed after a time."""
        found = (*self.read, *self.looked_at)
        return sum(max(one.modified, one.changed) > time_ns for one in found)

    def digest(self, known: Mapping[str, bytes] = _NOTHING) -> str | None:
        """Names and contents as one digest: of the files as they are now; nothing if that fails.

        `known` are digests by path of contents that somebody has just read.
        """
        digest = sha256()
        try:
            for one in self.read:
                digest.update(f"{len(one.path)} {one.path}\n".encode("utf-8", "surrogateescape"))
                digest.update(known.get(one.path) or digest_of(_content(one.path)))
        except OSError:
            return None
        digest.update(_marks(self.looked_at).encode())
        return digest.hexdigest()


def marks_at_rest(path: str) -> bytes:
    """What tells a file from a changed one: size, times and number on the disk.

    Nothing where it changed so recently that it may change once more and look the same, or where
    marks tell nothing.
    """
    if not MARKS_TELL:
        return b""
    try:
        status = os.stat(path)  # noqa: PTH116 - ten thousand of them
    except OSError:
        return b""
    if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _GRAIN_NS:
        return b""
    return _MARKS.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def digest_of(content: bytes) -> bytes:
    """Equal only for equal contents of a file."""
    return sha256(content).digest()


def inputs(contents: Iterable[Path], originals: Iterable[Path]) -> Inputs | None:
    """All below `contents`, to be read, and all below `originals`; nothing if that fails."""
    try:
        read, looked_at = tuple(_all_below(contents)), tuple(_all_below(originals))
    except OSError:
        return None
    if not all(stat.S_ISREG(one.mode) for one in read):
        return None
    newest = max((max(one.modified, one.changed) for one in (*read, *looked_at)), default=0)
    settled = time.time_ns() - newest > _GRAIN_NS
    return Inputs(read, looked_at, _marks((*read, *looked_at)), settled)


def marks_of(folders: Iterable[Path]) -> str:
    """Names, sizes, times and numbers on the disk of all below some folders, as one digest."""
    return _marks(_all_below(folders))


def _marks(found: Iterable[_Found]) -> str:
    """As `marshal` writes them in its version 2, where the same values are the same bytes."""
    return sha256(marshal.dumps([*map(tuple, found)], 2)).hexdigest()


def _all_below(places: Iterable[Path]) -> Iterator[_Found]:
    """Everything below the places in order; a place that is a file is itself, and none is none."""
    for place in places:
        if place.is_dir():
            found: list[_Found] = []
            _gather(str(place), found)
            yield from sorted(found)
        elif place.exists():
            yield _found(str(place), place.lstat())


def _gather(folder: str, found: list[_Found]) -> None:
    """Everything below a folder, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _gather(entry.path, found)
            else:
                found.append(_found(entry.path, entry.stat(follow_symlinks=False)))


def _found(path: str, status: os.stat_result) -> _Found:
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return _Found(path, status.st_mode, status.st_size, *times, status.st_ino)


def _content(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123 - ten thousand of them
        return stream.read()
