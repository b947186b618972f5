"""What record files became when they were last read, kept from run to run.

Enter: a path and what became of its file. Leave: the same again; whoever asks compares the digest
of the file's bytes. Files are gathered in volumes by a checksum of their paths, so that one edit
writes one volume anew. What is unpickled was signed by this machine (reading/memory.py) and written
by this very program; nothing of it depends on other files, settings or the day.
"""

import copyreg
import pickle
from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple
from zlib import crc32

from generator.kinds.fields import QuantityWithUnit, Record, Ref
from generator.problems.problem import Place, Problem
from generator.reading.memory import Memory
from generator.reading.program import program_version
from generator.reading.second_process import Aside
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity

VOLUMES = 64
_ALIKE = len("2020-03")
_WORTH_A_PROCESS = 1500  # files


class Kept(NamedTuple):
    """What a file became: `digest` is that of its bytes, empty where it could not be read.

    `suspects` are the texts of the record that hold personal data, or would beside a name;
    `amounts` a digest of what figures are made of, empty for a record that none is; `marks` what
    told the file from a changed one, empty where it might have been changing just then.
    """

    digest: bytes
    record: Record | None
    problems: tuple[Problem, ...]
    suspects: tuple[str, ...] = ()
    amounts: bytes = b""
    marks: bytes = b""


class Volume(NamedTuple):
    """Files by the path that problems show, and all that their records refer to."""

    files: Mapping[str, Kept] = MappingProxyType({})
    refers: frozenset[Ref] = frozenset()


def volume_with(files: Mapping[str, Kept], before: Volume) -> Volume:
    """A volume of these files: the one before, where they are the same."""
    if len(files) == len(before.files) and all(
        one is before.files.get(path) for path, one in files.items()
    ):
        return before
    records = (one.record for one in files.values() if one.record is not None)
    refers = (Ref(kind, id) for one in records for kind, ids, *_ in one.references() for id in ids)
    return Volume(files, frozenset(refers))


def _as_call(kind: type[Any]) -> None:
    """Pickle a dataclass as a call with its fields: what Python does takes three times as long."""
    fields = attrgetter(*kind.__match_args__)
    copyreg.pickle(kind, lambda one: (kind, fields(one)))


for _kind in (EdtfDate, Quantity, QuantityWithUnit, Place, Problem):
    _as_call(_kind)


def volume_of(path: str) -> int:
    """The number of the volume that a file belongs to.

    Files of one folder whose names begin alike, as those of a month do, share one: what pages show
    together then lies together in memory.
    """
    folder, _, name = path.rpartition("/")
    return crc32(f"{folder}/{name[:_ALIKE]}".encode("utf-8", "surrogateescape")) % VOLUMES


class KeptFiles:
    """All volumes; with a memory they outlive the program, without one only the next loading."""

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory if memory is not None and memory.can_keep else None
        self._volumes: dict[int, Volume] = {}
        self._new: set[int] = set()

    def volume(self, number: int) -> Volume:
        """What became of the files of a volume; nothing where nothing is known."""
        if number not in self._volumes:
            self._volumes[number] = self._recalled(number)
        return self._volumes[number]

    def put(self, number: int, volume: Volume) -> None:
        """From now on the files of a volume are these."""
        if volume is not self.volume(number):
            self._volumes[number] = volume
            self._new.add(number)

    def pickled(self, number: int, volume: Volume) -> bytes:
        """A volume as bytes, written down too."""
        content = pickle.dumps((dict(volume.files), volume.refers), pickle.HIGHEST_PROTOCOL)
        if self._memory is not None:
            self._memory.keep_bytes(_name(number), program_version(), content)
        return content

    def take(self, number: int, content: bytes) -> None:
        """The same for a volume that a copy of this process has made and written down."""
        self._volumes[number] = Volume(*pickle.loads(content))

    def save(self) -> Aside[None]:
        """Write down, aside where they are many, all volumes in which something is new."""
        new = {number: self._volumes[number] for number in sorted(self._new)}
        self._new.clear()

        def write() -> None:
            for number, volume in new.items() if self._memory is not None else ():
                self.pickled(number, volume)

        return Aside(write, worth=sum(len(one.files) for one in new.values()) >= _WORTH_A_PROCESS)

    def _recalled(self, number: int) -> Volume:
        if self._memory is None:
            return Volume()
        content = self._memory.recall_bytes(_name(number), program_version())
        return Volume() if content is None else Volume(*pickle.loads(content))


def _name(number: int) -> str:
    return f"records-{number:02}"
