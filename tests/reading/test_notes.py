"""Notes of files are found again only while the files are the same, and only when they are ours."""

import os
from pathlib import Path

import pytest

from generator.reading import notes as module
from generator.reading.memory import Memory
from generator.reading.notes import Notes, look

OURS = b"a key of thirty-two bytes, ours."


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of which something is noted, as soon as it is written."""
    monkeypatch.setattr(module, "_GRAIN_NS", 0)
    path = tmp_path / "file"
    path.write_bytes(b"one")
    notes = notes_in(tmp_path)
    notes.note("file", look(path), ["said"])
    notes.keep()
    return path


def notes_in(folder: Path, key: str = "key", secret: bytes = OURS) -> Notes:
    return Notes(Memory(folder, secret), "notes", key)


def test_what_was_noted_is_found_again(file: Path) -> None:
    assert notes_in(file.parent).known("file", look(file)) == ["said"]
    assert notes_in(file.parent).said("file") == ["said"]


@pytest.mark.parametrize("change", ["length", "bytes", "time", "place", "gone"])
def test_a_file_that_changed_is_not_known(file: Path, change: str) -> None:
    status = file.stat()
    if change == "length":
        file.write_bytes(b"three")
    elif change == "bytes":  # with its old time, as a careful tool would write it
        file.write_bytes(b"two")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif change == "time":
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    elif change == "place":
        other = file.with_name("other")
        other.write_bytes(b"one")
        os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
        other.replace(file)
    else:
        file.unlink()
    assert notes_in(file.parent).known("file", look(file)) is None


def test_notes_of_others_and_under_another_key_are_none(file: Path) -> None:
    assert notes_in(file.parent, key="another").known("file", look(file)) is None
    theirs = notes_in(file.parent, secret=b"a key of thirty-two bytes, mine.")
    assert theirs.known("file", look(file)) is None
    assert Notes(None, "notes", "key").said("file") is None


def test_a_file_that_changed_just_now_is_not_noted(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_GRAIN_NS", 2_000_000_000)
    file.write_bytes(b"two")
    notes = notes_in(file.parent)
    notes.note("file", look(file), ["said"])
    assert notes.known("file", look(file)) is None


def test_what_nobody_asked_for_is_forgotten(file: Path) -> None:
    notes = notes_in(file.parent)
    notes.note("other", look(file), ["also"])
    notes.keep()
    assert notes_in(file.parent).said("file") is None
    assert notes_in(file.parent).said("other") == ["also"]
