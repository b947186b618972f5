"""Fixities of originals that have not changed since they were last read.

A path enters; the fixity of the file leaves, read anew unless the file is noted (reading/notes.py).
This only spares reading gigabytes again: keys are made of contents, never of paths or times. The
notes lie beside the cache.
"""

from pathlib import Path

from generator.photos.develop import Fixity, fixity
from generator.photos.headers import Finding, Limits, examine
from generator.reading.memory import Memory
from generator.reading.notes import Notes, look

NOTES = "originals.json"


class KnownOriginals:
    """The notes under one cache's root; may be asked by several threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._limits = limits
        self._notes = Notes(
            Memory(root), NOTES, f"{limits.pixels} {limits.length} {Fixity.__slots__}"
        )

    def known(self, path: Path) -> Fixity | None:
        """What tells the file from others, if that was found before; else nothing."""
        note = self._notes.known(str(path), look(path))
        return note and Fixity(*note)

    def fixity(self, path: Path) -> Fixity | Finding:
        """What tells the file from others, or why it is no photograph."""
        known = self.known(path)
        if known is not None:
            return known
        finding = examine(path, self._limits)
        if finding is not None:
            return finding
        before = look(path)
        try:
            found = fixity(path)
        except OSError as refusal:
            return Finding("unreadable", refusal.strerror or type(refusal).__name__)
        self._notes.note(str(path), before, [found.sha256, found.length, found.kind])
        return found

    def keep(self) -> None:
        """Note what was asked for; what was not is forgotten. A full disk only costs the notes."""
        self._notes.keep()
