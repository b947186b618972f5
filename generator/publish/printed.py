"""What the last build of a site printed, so that what has not changed need not be made again.

It names each sheet's key and, for every file of it, what marks it on the disk: a file that somebody
has touched since is not taken over. What is unpickled was signed by
this machine (`reading/memory.py`) and written by this very program.
"""

import os
import pickle
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.publish.rendered import Rendered
from generator.publish.search import SearchEntry
from generator.reading.memory import Memory
from generator.reading.program import program_version

Marks = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number on the disk."""


_NOTHING = Rendered({}, ())


class DoubleAddressError(Exception):
    """Two outputs want the same address."""


class Print(NamedTuple):
    """One file of the site: address, what marks it, what the search knows of it."""

    url: str
    marks: Marks
    page: bool = False
    listed: bool = False
    search: SearchEntry | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """Keys and files by the name of a sheet, and what the engine gave back."""

    keys: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, Sequence[Print]] = field(default_factory=dict)
    rendered: Rendered = _NOTHING

    def with_engine(self, engine: "Printed") -> "Printed":
        """The same with what the engine gave back, and its files."""
        keys, prints = {**self.keys, **engine.keys}, {**self.prints, **engine.prints}
        return Printed(keys, prints, engine.rendered)


@dataclass(frozen=True, slots=True)
class Before:
    """The site as the last build left it: its folder, and what is known of it.

    `there` are the files of its sheets that lie in the new folder too, by the name of the sheet:
    of each either all or none (`taken_over.py`).
    """

    folder: Path
    printed: Printed
    there: Mapping[str, Sequence[Print]] = field(default_factory=dict)

    def kept(self, name: str, key: str | None) -> Sequence[Print] | None:
        """The files of a sheet in the new folder, if it was made from the same things."""
        same = key is not None and self.printed.keys.get(name) == key
        return self.there.get(name) if same else None

    def all_kept(self, keys: Mapping[str, str]) -> dict[str, Sequence[Print]]:
        """Every sheet of which that is so, by its name."""
        same = ((name, self.kept(name, key)) for name, key in keys.items())
        return {name: prints for name, prints in same if prints is not None}

    def marks(self, name: str) -> dict[str, Marks]:
        """What marks the files of a sheet by their addresses, whatever it was made from."""
        return {one.url: one.marks for one in self.printed.prints.get(name, ())}

    def link(self, url: str, marks: Marks, content: bytes, target: str) -> bool:
        """Have a file under another name too, if nobody has touched it and it holds these bytes."""
        old = self.folder / url
        try:
            if len(content) != marks[0] or marks_of(str(old)) != marks:
                return False
            if old.read_bytes() == content:
                os.link(old, target)
                return True
        except OSError:
            pass
        return False


def marks_of(path: str) -> Marks:
    """What marks a file: two that are equal in this are the same file, unchanged."""
    status = os.lstat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


def copied(source: str, target: str) -> Marks:
    """A copy of a file, never written into one that lies there: that may be the old site's too."""
    Path(target).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    return marks_of(target)


def files_below(folder: Path, name: str = "") -> list[Print]:
    """Every file below a folder of the site, or below the one of that name in it."""
    paths = sorted(path for path in (folder / name).rglob("*") if path.is_file())
    return [Print(path.relative_to(folder).as_posix(), marks_of(str(path))) for path in paths]


def read_printed(memory: Memory, name: str) -> Printed:
    """What is remembered; nothing of what another program printed."""
    content = memory.recall_bytes(name, program_version())
    printed: Printed = pickle.loads(content) if content is not None else Printed()
    return printed


def as_bytes(printed: Printed) -> bytes:
    """What `save_printed` writes."""
    return pickle.dumps(printed, pickle.HIGHEST_PROTOCOL)


def save_printed(memory: Memory, name: str, content: bytes) -> None:
    """Remember it for the next build."""
    memory.keep_bytes(name, program_version(), content)
