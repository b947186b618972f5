"""Puts the derivatives of photographs into a site: from the site before, or new from the cache.

Enter: their names, the cache, the new folder, and what was signed of the old one. Leave: files,
what tells them from files that somebody changes later, and which of them were taken over. One is
taken over, as a hard link where the disk can do that, while its size, time and number on the disk
are those of the file in which the same withheld values were looked for; nothing of it is read. The
time of its last change of any kind is left out: that is also when a link to it comes or goes.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.pages.edition import PHOTO_FOLDER
from generator.photos.cache import Cache

Marks = Mapping[str, str]
"""By the name of a derivative: size in bytes, time in ns, number on the disk."""


class Derivatives(NamedTuple):
    """What stands in the site now, and the addresses of what stood in the one before."""

    marks: Marks
    kept: frozenset[str]


def put_derivatives(
    names: Iterable[str],
    cache: Cache,
    folder: Path,
    before: Path | None = None,
    known: Marks = MappingProxyType({}),
) -> Derivatives:
    """Have every derivative in a site's folder; those that `known` names are taken over.

    Raises:
        OSError: If one is neither in the site before nor in the cache, or the disk is full.
    """
    old, new = f"{before}/{PHOTO_FOLDER}", f"{folder}/{PHOTO_FOLDER}"
    Path(new).mkdir(parents=True, exist_ok=True)
    marks: dict[str, str] = {}
    kept = []
    for name in names:
        if name in known and _take_over(old + name, new + name, known[name]):
            kept.append(PHOTO_FOLDER + name)
        else:
            shutil.copyfile(cache.path(name), new + name)
        marks[name] = _marks(new + name)
    return Derivatives(marks, frozenset(kept))


def _take_over(old: str, new: str, known: str) -> bool:
    try:
        if _marks(old) != known:
            return False
        try:
            os.link(old, new)
        except OSError:  # a disk without links
            shutil.copyfile(old, new)
    except OSError:
        return False
    return True


def _marks(path: str) -> str:
    status = os.lstat(path)
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
