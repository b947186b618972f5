"""What was worked out of single files, found again while these have not changed.

Enter: files, and what was found in them, as JSON can write it. Leave: that again, while the size,
the times and the number on the disk of each file are those it had then. Signed (memory.py): a
checkout cannot bring along notes of its own. Notes are only ever a shortcut and may be deleted.
"""

import json
import os
import time
from typing import Any, NamedTuple

from generator.reading.memory import Memory

# A file changed within the clock's grain of its reading may change once more unseen.
_GRAIN_NS = 2_000_000_000
_FORM = 2
"""Of what is kept; notes of another form are none."""
_END = "\t"


class Look(NamedTuple):
    """How some files looked: what tells them from changed ones, and their last change in ns."""

    marks: str
    changed: int


def look(*paths: str | os.PathLike[str]) -> Look | None:
    """How files look now; nothing if one is not there."""
    try:
        found = [os.stat(path) for path in paths]  # noqa: PTH116 - tens of thousands, as text
    except OSError:
        return None
    marks = (f"{one.st_size} {one.st_mtime_ns} {one.st_ctime_ns} {one.st_ino}" for one in found)
    return Look("\n".join(marks), max(max(one.st_mtime_ns, one.st_ctime_ns) for one in found))


class Notes:
    """The notes of one name and key, none without a memory; may be asked by several threads.

    Each is held as one short text, for there may be as many as photographs: how the files looked,
    then what was found, as JSON.
    """

    def __init__(self, memory: Memory | None, name: str, key: str) -> None:
        self._memory, self._name, self._key = memory, name, f"{_FORM} {key}"
        self._notes: dict[str, str] = (memory and memory.recall(name, self._key)) or {}
        self._asked: dict[str, str] = {}

    def said(self, thing: str) -> Any:
        """What was noted of a thing, whether or not it is so still; `None` if nothing was."""
        note = self._notes.get(thing)
        return None if note is None else json.loads(note.partition(_END)[2])

    def same(self, thing: str, now: Look | None) -> bool:
        """Whether something was noted of a thing whose files looked like this."""
        note = self._notes.get(thing)
        if note is None or now is None or not note.startswith(now.marks + _END):
            return False
        self._asked[thing] = note
        return True

    def known(self, thing: str, now: Look | None) -> Any:
        """What was noted of a thing whose files look like this; `None` if nothing was."""
        return self.said(thing) if self.same(thing, now) else None

    def note(self, thing: str, then: Look | None, value: Any) -> None:
        """Note what was then found in files that looked like this, if they were at rest."""
        if then is not None and time.time_ns() - then.changed >= _GRAIN_NS:
            found = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            self._asked[thing] = then.marks + _END + found

    def keep(self) -> None:
        """Keep what was asked for or noted; the rest is forgotten."""
        if self._memory is not None and self._asked != self._notes:
            self._memory.keep(self._name, self._key, self._asked)
