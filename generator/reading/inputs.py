"""What a run would read, told apart from what the last one read.

Enter: folders and files. Leave: `Inputs`, with equal digests only for equal names and contents.
Photographs, gigabytes of them, are told apart by size, times and number on the disk, everything
else by its bytes. Links are never followed: where one may lead to what a run reads, nothing
is told.
"""

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

# A file changed within the clock's grain of its reading may change once more unseen.
_GRAIN_NS = 2_000_000_000
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


class _Found(NamedTuple):
    path: str
    marks: str
    changed: int
    ordinary: bool


class Inputs(NamedTuple):
    """What was found; `marks` are names, sizes and times as one digest."""

    read: tuple[_Found, ...]
    looked_at: tuple[_Found, ...]
    marks: str
    newest: int
    """When anything of it was changed last, in nanoseconds."""
    settled: bool
    """Whether that is so long ago that the next change cannot bear the same time."""

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
        for one in self.looked_at:
            digest.update(one.marks.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def digest_of(content: bytes) -> bytes:
    """Equal only for equal contents of a file."""
    return sha256(content).digest()


def inputs(contents: Iterable[Path], originals: Iterable[Path]) -> Inputs | None:
    """All below `contents`, to be read, and all below `originals`; nothing if that fails."""
    try:
        read, looked_at = tuple(_all_below(contents)), tuple(_all_below(originals))
    except OSError:
        return None
    if not all(one.ordinary for one in read):
        return None
    newest = max((one.changed for one in (*read, *looked_at)), default=0)
    settled = time.time_ns() - newest > _GRAIN_NS
    return Inputs(read, looked_at, _marks((*read, *looked_at)), newest, settled)


def marks_of(folders: Iterable[Path]) -> str:
    """Names, sizes, times and numbers on the disk of all below some folders, as one digest."""
    return _marks(_all_below(folders))


def _marks(found: Iterable[_Found]) -> str:
    return sha256(
        "".join(one.marks for one in found).encode("utf-8", "surrogateescape")
    ).hexdigest()


def _all_below(places: Iterable[Path]) -> Iterator[_Found]:
    """Everything below the places in order; a place that is a file is itself, and none is none."""
    for place in places:
        if place.is_dir():
            yield from sorted(_below(str(place)))
        elif place.exists():
            yield _found(str(place), place.lstat())


def _below(folder: str) -> Iterator[_Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path)
            else:
                yield _found(entry.path, entry.stat(follow_symlinks=False))


def _found(path: str, status: os.stat_result) -> _Found:
    numbers = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    marks = f"{path}\0{status.st_mode} {numbers}\n"
    return _Found(path, marks, max(numbers[1:3]), stat.S_ISREG(status.st_mode))


def _content(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123 - ten thousand of them
        return stream.read()
