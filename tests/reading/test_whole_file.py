"""A file is there whole or not at all, and nothing is left beside it."""

import os
from pathlib import Path

import pytest

from generator.reading.whole_file import put_whole


def test_a_file_takes_the_place_of_another_in_folders_that_need_not_be_there(
    tmp_path: Path,
) -> None:
    place = tmp_path / "ab" / "file"
    for content in (b"first", b"second"):
        put_whole(place, content)
        assert place.read_bytes() == content
    assert [*place.parent.iterdir()] == [place]


@pytest.mark.parametrize("there", [b"same", b"other", None])
def test_a_place_that_cannot_be_taken_is_no_fault_while_it_holds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes | None
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("another process reads it")

    place = tmp_path / "file"
    if there is not None:
        place.write_bytes(there)
    monkeypatch.setattr(os, "replace", refuse)
    if there == b"same":
        put_whole(place, b"same")
    else:
        with pytest.raises(PermissionError):
            put_whole(place, b"same")
    assert [*tmp_path.iterdir()] == ([place] if there is not None else [])
    assert there is None or place.read_bytes() == there
