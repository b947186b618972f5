"""What the last build of a site printed, so that what has not changed need not be made again.

It names each sheet's key and, for every file of it, what marks it on the disk: a file that somebody
has touched since is not taken over. What is unpickled was signed by
this machine (`reading/memory.py`) and written by this very program.
"""

import os
import pickle
import shutil
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from filecmp import clear_cache, cmp
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, Self
from zlib import crc32

from generator.kinds.fields import Ref
from generator.publish.rendered import Rendered
from generator.publish.search import SearchEntry
from generator.reading.memory import Memory
from generator.reading.program import program_version

Marks = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number on the disk."""


_NOTHING = Rendered({}, ())
_VOLUMES = 64
_LENGTH = struct.Struct("<Q")


class DoubleAddressError(Exception):
    """Two outputs want the same address."""


class Print(NamedTuple):
    """One file of the site: address, what marks it, what the search knows of it."""

    url: str
    marks: Marks
    page: bool = False
    listed: bool = False
    search: SearchEntry | None = None


class Files(Sequence[Print]):
    """Files that are no pages, held as one text: of photographs there may be five for each."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def of(cls, prints: Iterable[Print]) -> Self:
        """Of some addresses, in which there is no white space, and their marks."""
        return cls("\n".join(" ".join((one.url, *map(str, one.marks))) for one in prints))

    def __len__(self) -> int:
        return len(self._text.splitlines())

    def __getitem__(self, number: Any) -> Any:
        return [*self][number]

    def __iter__(self) -> Iterator[Print]:
        for line in self._text.splitlines():
            url, *marks = line.split(" ")
            size, changed, number = map(int, marks)
            yield Print(url, (size, changed, number))

    def __eq__(self, other: object) -> bool:
        return [*self] == [*other] if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        return Files, (self._text,)


@dataclass(frozen=True, slots=True)
class Printed:
    """Keys and files by the name of a sheet, and what the engine gave back."""

    keys: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, Sequence[Print]] = field(default_factory=dict)
    rendered: Rendered = _NOTHING
    named: frozenset[Ref] = frozenset()
    """Records whose titles stand beside figures."""
    sizes: Sequence[tuple[int, int]] = field(default=(), compare=False)
    """How many keys and sheets there are in each volume of the memory it is from."""

    def with_engine(self, engine: "Printed") -> "Printed":
        """The same with what the engine gave back, and its files."""
        keys, prints = {**self.keys, **engine.keys}, {**self.prints, **engine.prints}
        return Printed(keys, prints, engine.rendered, self.named)


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
        known, there = self.printed.keys.get, self.there
        same = (name for name, key in keys.items() if known(name) == key and name in there)
        return {name: there[name] for name in same}

    def marks(self, name: str) -> dict[str, Marks]:
        """What marks the files of a sheet by their addresses, whatever it was made from."""
        return {one.url: one.marks for one in self.printed.prints.get(name, ())}

    def has_the_same(self, url: str, marks: Marks, made: str) -> bool:
        """Whether a file was made to the bytes that it had, if nobody has touched that one since.

        It is then the same file, under another name.
        """
        old = f"{self.folder}/{url}"
        try:
            if Path(made).stat().st_size != marks[0] or marks_of(old) != marks:
                return False
            if not cmp(old, made, shallow=False):
                return False
            os.link(old, f"{made}.same")
            Path(f"{made}.same").replace(made)
        except OSError:
            return False
        finally:
            clear_cache()  # of what was compared: there may be thousands
        return True


def marks_of(path: str) -> Marks:
    """What marks a file: two that are equal in this are the same file, unchanged."""
    return marks_in(os.lstat(path))


def marks_in(status: os.stat_result) -> Marks:
    """The same of what the system says of a file."""
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


def read_printed(memory: Memory, name: str, site: Path) -> Printed:
    """What is remembered; nothing of what another program printed, or of a site that is gone."""
    if not site.is_dir():
        return Printed()
    first, *volumes = _volumes(memory, name) or [memoryview(b"")]
    if not first:
        return Printed()
    keys, prints, sizes = dict[str, str](), dict[str, Sequence[Print]](), []
    for volume in volumes:
        of_keys, of_prints = pickle.loads(volume)
        keys.update(of_keys)
        prints.update(of_prints)
        sizes.append((len(of_keys), len(of_prints)))
    rendered, named = pickle.loads(first)
    return Printed(keys, prints, rendered, named, sizes)


def save_printed(memory: Memory, name: str, printed: Printed, before: Printed = Printed()) -> None:
    """Remember it for the next build.

    A volume of `before`, which is what has been remembered, is not made into bytes again where
    nothing in it has changed.
    """
    keys: list[dict[str, str]] = [{} for _ in range(_VOLUMES)]
    prints: list[dict[str, Sequence[Print]]] = [{} for _ in range(_VOLUMES)]
    for one, key in printed.keys.items():
        keys[_volume_of(one)][one] = key
    for one, own in printed.prints.items():
        prints[_volume_of(one)][one] = own
    same = [
        before.sizes[number] == (len(keys[number]), len(prints[number]))
        and all(before.keys.get(one) == key for one, key in keys[number].items())
        and all(before.prints.get(one) is own for one, own in prints[number].items())
        for number in range(len(before.sizes))
    ]
    _, *old = (_volumes(memory, name) if any(same) else []) or [memoryview(b"")]
    contents: list[bytes | memoryview] = [
        pickle.dumps((printed.rendered, printed.named), pickle.HIGHEST_PROTOCOL)
    ]
    for number in range(_VOLUMES):
        content = old[number] if old and same[number] else None
        both = (keys[number], prints[number])
        contents.append(content or pickle.dumps(both, pickle.HIGHEST_PROTOCOL))
    lengths = b"".join(_LENGTH.pack(len(one)) for one in contents)
    memory.keep_bytes(name, program_version(), lengths, *contents)


def _volume_of(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogateescape")) % _VOLUMES


def _volumes(memory: Memory, name: str) -> list[memoryview]:
    """What is remembered: what the engine gave back, then each volume; nothing where nothing is."""
    content = memory.recall_bytes(name, program_version())
    if content is None:
        return []
    start = _LENGTH.size * (_VOLUMES + 1)
    lengths = [one for (one,) in _LENGTH.iter_unpack(content[:start])]
    starts = accumulate(lengths, initial=start)
    return [content[at : at + length] for at, length in zip(starts, lengths, strict=False)]
