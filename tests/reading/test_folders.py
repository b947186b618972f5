"""Finding the files of an archive: all of them, in one order, and nothing from elsewhere."""

import os
from pathlib import Path

from generator.reading.folders import files_below, shown_path


def test_files_are_sorted_by_path_and_folders_mean_nothing(tmp_path: Path) -> None:
    for name in ("b.yml", "a/z.yml", "a/b/c.yml", "A.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [shown_path(path, tmp_path) for path in files_below(tmp_path)]
    assert found == ["A.yml", "a/b/c.yml", "a/z.yml", "b.yml"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.yml").touch()
    (tmp_path / ".a.yml.swp").touch()
    assert files_below(tmp_path) == []


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").touch()
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file.yml").symlink_to(outside / "secret.yml")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    assert files_below(inside) == []


def test_only_ordinary_files_count(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    assert files_below(tmp_path) == []


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert files_below(tmp_path / "gone") == []
