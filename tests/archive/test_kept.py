"""What files became is believed when this machine kept it, and is then what they would become."""

import os
import pickle
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import kept, load
from generator.archive.kept import KeptFiles, volume_of
from generator.archive.load import Loaded
from generator.problems.problem import Problem, in_order
from generator.reading import inputs
from generator.reading.memory import Memory
from generator.reading.program import program_version
from generator.reading.text_files import read_content
from tests.archives import copy_of_base, written

OURS, THEIRS = b"o" * 32, b"t" * 32
WALK = "date: 2020-03-04\ntitle: 巡查\ntask: patrol\nmembers: all\n"
PATROL = "records/activities/2020/2020-03-05-patrol.yml"


class Archive:
    """An archive on disk with a memory beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = copy_of_base(folder / "archive")
        self.folder = folder / "memory"

    def load(self, secret: bytes | None = OURS) -> Loaded:
        memory = None if secret is None else Memory(self.folder, secret)
        return load.load(self.root, self.root / "records", KeptFiles(memory))

    def kept(self, path: str) -> list[kept.Kept]:
        """What is remembered of the volume of a file."""
        memory = KeptFiles(Memory(self.folder, OURS))
        return list(memory.volume(volume_of(path)).files.values())

    def volume(self, path: str) -> Path:
        return self.folder / f"records-{volume_of(path):02}"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are made records of, in this process."""
    names: list[str] = []
    became = load._became

    def noted(file: load._File, content: bytes) -> kept.Kept:
        names.append(file.name)
        return became(file, content)

    monkeypatch.setattr(load, "_became", noted)
    return names


def plain(found: Loaded) -> tuple[object, ...]:
    return found.archive, in_order(found.problems), found.suspects, found.documents.digests


def test_unchanged_files_are_not_made_again(archive: Archive, made: list[str]) -> None:
    first = archive.load()
    assert len(made) == len(first.documents) > 5
    made.clear()
    assert plain(archive.load()) == plain(first)
    assert made == []


def test_an_edit_makes_one_file_and_writes_one_volume(archive: Archive, made: list[str]) -> None:
    archive.load()
    before = {path: path.stat().st_mtime_ns for path in archive.folder.iterdir()}
    made.clear()
    (archive.root / PATROL).write_text(WALK, encoding="utf-8")
    archive.load()
    assert made == [PATROL]
    changed = [path for path in archive.folder.iterdir() if path.stat().st_mtime_ns != before[path]]
    assert changed == [archive.volume(PATROL)]


@pytest.mark.skipif(sys.platform == "win32", reason="files are always read there")
def test_files_at_rest_are_not_even_opened(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_GRAIN_NS", 0)
    first = archive.load()
    opened: list[str] = []

    def read(path: str, name: str) -> bytes | Problem:
        opened.append(name)
        return read_content(path, name)

    monkeypatch.setattr(load, "read_content", read)
    assert plain(archive.load()) == plain(first)
    assert opened == []
    (archive.root / PATROL).write_text(WALK, encoding="utf-8")
    archive.load()
    assert opened == [PATROL]


def test_a_file_that_has_just_changed_is_read_again(archive: Archive) -> None:
    archive.load()
    assert {one.marks for one in archive.kept(PATROL)} == {b""}


def test_a_file_put_in_the_place_of_another_of_the_same_length_and_time_is_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_GRAIN_NS", 0)
    archive.load()
    path = archive.root / PATROL
    status, content = path.stat(), path.read_text(encoding="utf-8")
    other = path.with_name("other")
    other.write_text(content.replace("title: ", "title: 改", 1)[: len(content)], encoding="utf-8")
    os.truncate(other, status.st_size)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    assert plain(archive.load()) == plain(archive.load(None))


EDITS: list[Callable[[Path, int], object]] = [
    lambda path, number: path.write_bytes(path.read_bytes() + b"\n# more\n"),
    lambda path, number: path.write_bytes(path.read_bytes() + b"\nnew: 1\n"),
    lambda path, number: path.write_bytes(b"\xff\xfe"),
    lambda path, number: path.write_text(WALK, encoding="utf-8"),
    lambda path, number: path.rename(path.with_name(f"n{number}.yml")),
    lambda path, number: path.with_name(f"m{number}.yml").write_text(WALK, encoding="utf-8"),
    lambda path, number: path.unlink(),
]


def test_after_any_edits_it_is_as_if_everything_were_read(archive: Archive) -> None:
    chance = random.Random(3)
    for number in range(25):
        path = chance.choice(sorted((archive.root / "records").rglob("*.yml")))
        if path.name != "archive.yml":
            chance.choice(EDITS)(path, number)
        assert plain(archive.load()) == plain(archive.load(None))
    (archive.root / "records" / "archive.yml").write_text("title: x\n", encoding="utf-8")
    assert plain(archive.load()) == plain(archive.load(None))


class Runs:
    """A pickle of it makes a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


def unsigned(archive: Archive, content: bytes) -> None:
    archive.volume(PATROL).write_bytes(content)


def signature_of_another(archive: Archive, content: bytes) -> None:
    signature = archive.volume(PATROL).read_bytes().partition(b"\n")[0]
    archive.volume(PATROL).write_bytes(signature + b"\n" + content)


def signed_by_another(archive: Archive, content: bytes) -> None:
    memory = Memory(archive.folder, THEIRS)
    memory.keep_bytes(archive.volume(PATROL).name, program_version(), content)


def of_another_version(archive: Archive, content: bytes) -> None:
    Memory(archive.folder, OURS).keep_bytes(archive.volume(PATROL).name, "older", content)


def moved_from_another_volume(archive: Archive, content: bytes) -> None:
    memory = Memory(archive.folder, OURS)
    memory.keep_bytes("records-99", program_version(), content)
    (archive.folder / "records-99").replace(archive.volume(PATROL))


FORGERIES = [
    unsigned,
    signature_of_another,
    signed_by_another,
    of_another_version,
    moved_from_another_volume,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_what_is_not_ours_is_never_unpickled(
    archive: Archive, tmp_path: Path, made: list[str], forge: Callable[[Archive, bytes], None]
) -> None:
    first = archive.load()
    ran = tmp_path / "ran"
    forge(archive, pickle.dumps(Runs(ran)))
    made.clear()
    assert plain(archive.load()) == plain(first)
    assert not ran.exists()
    assert PATROL in made


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def turned(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(bytes(content))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, turned, emptied, Path.unlink])
def test_a_damaged_volume_is_as_if_it_were_none(
    archive: Archive, made: list[str], damage: Callable[[Path], None]
) -> None:
    first = archive.load()
    content = archive.volume(PATROL).read_bytes()
    damage(archive.volume(PATROL))
    made.clear()
    assert plain(archive.load()) == plain(first)
    assert PATROL in made and len(made) < len(first.documents)
    assert archive.volume(PATROL).read_bytes() == content


def test_another_program_reads_everything_anew(
    archive: Archive, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive.load()
    made.clear()
    monkeypatch.setattr(kept, "program_version", lambda: "newer")
    assert plain(archive.load()) == plain(first)
    assert len(made) == len(first.documents)


def test_without_a_key_nothing_is_written(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.reading.memory.own_secret", lambda: None)
    known = KeptFiles(Memory(archive.folder))
    load.load(archive.root, archive.root / "records", known)
    assert not archive.folder.exists()


def test_what_was_deleted_is_forgotten(archive: Archive) -> None:
    path = archive.root / PATROL
    path.write_text(f"{WALK}summary: 只在这里说过的话\n", encoding="utf-8")
    archive.load()
    path.unlink()
    archive.load()
    told = [one for one in archive.folder.iterdir() if "说过".encode() in one.read_bytes()]
    assert told == []


@pytest.mark.usefixtures("copies")
def test_two_processes_find_and_keep_the_same(
    archive: Archive, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {f"activities/{number}.yml": f"{WALK}new: {number}\n" for number in range(40)}
    written(archive.root, {**wrong, "archive.yml": _archive_file(archive)})
    alone = archive.load(None)
    monkeypatch.setattr(load, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(kept, "_WORTH_A_PROCESS", 1)
    assert plain(archive.load()) == plain(alone)
    made.clear()
    assert plain(archive.load()) == plain(alone)
    assert made == []


def _archive_file(archive: Archive) -> str:
    return (archive.root / "records" / "archive.yml").read_text(encoding="utf-8")


def test_a_file_that_was_changed_since_leads_to_no_line(archive: Archive) -> None:
    found = archive.load()
    (archive.root / PATROL).write_text("title: [\n", encoding="utf-8")
    assert found.documents.get(PATROL) is None


def test_a_record_that_was_kept_can_be_changed_like_any_other(archive: Archive) -> None:
    archive.load()
    first, again = archive.load(None).archive, archive.load().archive
    assert first is not None and again is not None
    for one, other in zip(first.records.values(), again.records.values(), strict=True):
        assert repr(one) == repr(other)
        assert one.model_copy(update={"id": "x"}) == other.model_copy(update={"id": "x"}, deep=True)
        assert one.model_dump() == other.model_dump()
