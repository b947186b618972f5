"""Fixities of originals that have not changed since they were last read.

A path enters; the fixity of the file leaves, read anew unless its size, its times and its number
on the disk are those of the last reading. This only spares reading gigabytes again: keys are made
of contents, never of paths or times. The notes lie beside the cache and may be deleted at any
time; a note that is damaged is none.
"""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from generator.photos.develop import Fixity, fixity
from generator.photos.headers import EXTENSIONS, Kind

NOTES = "originals.json"
_FORM = 1
# A file changed within the clock's grain of its reading may change once more unseen.
_GRAIN_NS = 2_000_000_000
_Note = tuple[int, int, int, int, str, Kind | None]


@dataclass(slots=True)
class KnownOriginals:
    """The notes under one cache's root; may be asked by several threads."""

    root: Path
    _notes: dict[str, _Note] = field(default_factory=dict)
    _asked: dict[str, _Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the notes, if there are any that can be believed."""
        try:
            with (self.root / NOTES).open(encoding="utf-8") as file:
                written = json.load(file)
            if written["form"] == _FORM:
                self._notes = {path: _note(one) for path, one in written["originals"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._notes = {}

    def fixity(self, path: Path) -> Fixity:
        """What tells the file from others.

        Raises:
            OSError: If the file cannot be read.
        """
        before = _marks(path)
        note = self._notes.get(str(path))
        if note is None or note[:4] != before:
            found = fixity(path)
            note = (*before, found.sha256, found.kind)
            if _marks(path) != before or time.time_ns() - max(before[1:3]) < _GRAIN_NS:
                return found
        self._asked[str(path)] = note
        return Fixity(note[4], note[0], note[5])

    def keep(self) -> None:
        """Note what was asked for; what was not is forgotten. A full disk only costs the notes."""
        if self._asked == self._notes:
            return
        beside = self.root / f".{NOTES}.{uuid4().hex}"
        text = json.dumps({"form": _FORM, "originals": self._asked}, sort_keys=True)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, self.root / NOTES)  # noqa: PTH105 - the promise is named after it
        except OSError:
            beside.unlink(missing_ok=True)


def _marks(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _note(written: object) -> _Note:
    if not isinstance(written, list) or len(written) != 6:
        raise ValueError("not a note")
    length, modified, changed, number, digest, kind = written
    if len(digest) != 64:
        raise ValueError("not a digest")
    kinds: dict[str, Kind] = {one: one for one in EXTENSIONS.values()}
    return int(length), int(modified), int(changed), int(number), str(digest), kinds.get(str(kind))
