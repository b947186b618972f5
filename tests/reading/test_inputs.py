"""Equal digests only for equal names and contents, whatever the times say."""

import os
import sys
from pathlib import Path

import pytest

from generator.reading import inputs as module
from generator.reading.folders import names_below
from generator.reading.inputs import Inputs, inputs, marks_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"records/a.yml": "a: 1", "records/deep/b.yml": "b: 2"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"picture")
    return tmp_path


def look(folder: Path) -> Inputs:
    found = inputs([folder / "records"], [folder / "photos"])
    assert found is not None
    return found


def test_the_same_files_have_the_same_digest(folder: Path) -> None:
    assert look(folder).digest() == look(folder).digest()


def test_other_bytes_of_the_same_length_and_time_are_other_inputs(folder: Path) -> None:
    path = folder / "records" / "a.yml"
    before, status = look(folder).digest(), path.stat()
    path.write_text("a: 9", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert look(folder).digest() != before


def test_another_time_alone_is_nothing_to_records(folder: Path) -> None:
    before = look(folder)
    digest = before.digest()
    os.utime(folder / "records" / "a.yml", ns=(1, 1))
    after = look(folder)
    assert after.digest() == digest
    assert after.marks != before.marks


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "records" / "a.yml").rename(folder / "records" / "c.yml"),
        lambda folder: (folder / "records" / "a.yml").unlink(),
        lambda folder: (folder / "records" / ".hidden").write_bytes(b""),
        lambda folder: (folder / "photos" / "one.jpg").write_bytes(b"another"),
        lambda folder: (folder / "photos" / "one.jpg").rename(folder / "photos" / "two.jpg"),
        lambda folder: (folder / "records" / "a.yml").write_text("a: 1b: 2", encoding="utf-8"),
    ],
)
def test_what_a_run_would_read_differently_has_another_digest(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    before = look(folder).digest()
    change(folder)
    assert look(folder).digest() != before


def test_what_is_gone_before_it_is_read_has_no_digest(folder: Path) -> None:
    before = look(folder)
    (folder / "records" / "a.yml").unlink()
    assert before.digest() is None


def test_what_is_another_file_when_it_is_read_has_no_digest(folder: Path) -> None:
    before, path = look(folder), folder / "records" / "a.yml"
    known = {"records/a.yml": b"32 bytes"}
    path.write_text("changed", encoding="utf-8")
    assert before.digest() is None
    assert before.digest(known, folder) is not None  # what somebody else read of it counts


def test_what_came_or_went_or_was_changed_below_some_places_is_seen(folder: Path) -> None:
    records, deep = folder / "records", folder / "records" / "deep"
    before, more = look(folder), records / "more.yml"
    assert before.still_below([records, deep, records / "a.yml"])
    more.write_text("c: 3", encoding="utf-8")
    assert before.still_below([deep]) and not before.still_below([records, deep])
    more.unlink()
    assert before.still_below([records])
    (records / "a.yml").write_text("changed", encoding="utf-8")
    assert before.still_below([deep]) and not before.still_below([records])


def test_what_was_just_written_is_not_settled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not look(folder).settled
    monkeypatch.setattr(module, "_GRAIN_NS", 0)
    assert look(folder).settled


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_with_a_link_among_what_is_read_nothing_is_told(folder: Path) -> None:
    (folder / "records" / "link").symlink_to(folder / "photos")
    assert inputs([folder / "records"], [folder / "photos"]) is None


def test_a_folder_that_is_not_there_is_empty(folder: Path) -> None:
    assert inputs([folder / "nothing"], []) == inputs([], [])


def test_marks_follow_size_and_time(folder: Path) -> None:
    before = marks_of([folder])
    assert marks_of([folder]) == before
    (folder / "photos" / "one.jpg").write_bytes(b"picture")
    assert marks_of([folder]) != before


def test_files_that_are_hidden_or_just_gone_are_not_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the files that editors make and remove beside what they save."""
    records = folder / "records"
    there = [one.path for one in module.found_below(records)]
    (records / ".x.yml.swp").write_bytes(b"")
    (records / ".hidden").mkdir()
    (records / ".hidden" / "x.yml").write_bytes(b"")
    gone = str(records / "gone.yml")
    monkeypatch.setattr(module, "names_below", lambda folder: sorted([*names_below(folder), gone]))
    assert [one.path for one in module.found_below(records)] == there != []
