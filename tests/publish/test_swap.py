"""Putting a new site in the place of the old one: all of it, or nothing."""

import os
import sys
from pathlib import Path

import pytest

from generator.publish import swap
from generator.publish.swap import fresh_folder, swap_in
from tests.sites import tree


def old_site(target: Path) -> Path:
    target.mkdir()
    (target / "index.html").write_bytes(b"old")
    (target / "only-old.html").write_bytes(b"old")
    return target


def test_a_new_folder_takes_the_name_that_nobody_has(tmp_path: Path) -> None:
    with fresh_folder(tmp_path / "deep" / "site") as folder:
        (folder / "index.html").write_bytes(b"new")
        swap_in(folder, tmp_path / "deep" / "site")
    assert tree(tmp_path) == {"deep/site/index.html": b"new"}


def test_nothing_of_the_old_site_remains(tmp_path: Path) -> None:
    target = old_site(tmp_path / "site")
    with fresh_folder(target) as folder:
        (folder / "index.html").write_bytes(b"new")
        swap_in(folder, target)
    assert tree(tmp_path) == {"site/index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such system call")
def test_this_system_exchanges_two_folders_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", old_site(tmp_path / "other")
    one.mkdir()
    assert swap._exchange(one, other)
    assert tree(tmp_path) == {"one/index.html": b"old", "one/only-old.html": b"old"}


def test_where_folders_cannot_be_exchanged_the_old_one_is_put_aside_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    target = old_site(tmp_path / "site")
    with fresh_folder(target) as folder:
        (folder / "index.html").write_bytes(b"new")
        swap_in(folder, target)
    assert tree(tmp_path) == {"site/index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folders_that_do_not_exist_are_not_exchanged(tmp_path: Path) -> None:
    assert not swap._exchange(tmp_path / "one", tmp_path / "other")


def test_the_old_site_stays_when_the_build_fails(tmp_path: Path) -> None:
    target = old_site(tmp_path / "site")
    before = tree(tmp_path)
    with pytest.raises(RuntimeError), fresh_folder(target) as folder:
        (folder / "index.html").write_bytes(b"half")
        raise RuntimeError
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_old_site_stays_when_nobody_swaps(tmp_path: Path) -> None:
    target = old_site(tmp_path / "site")
    with fresh_folder(target) as folder:
        (folder / "index.html").write_bytes(b"audited and refused")
    assert tree(tmp_path) == {"site/index.html": b"old", "site/only-old.html": b"old"}


def test_what_killed_builds_left_behind_is_cleared(tmp_path: Path) -> None:
    for left in (".site.building-abc", ".site.building-xyz-old"):
        (tmp_path / left / "days").mkdir(parents=True)
        (tmp_path / left / "days" / "half.html").write_bytes(b"half")
    with fresh_folder(tmp_path / "site") as folder:
        swap_in(folder, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_belongs_to_another_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".other.building-abc").mkdir()
    with fresh_folder(tmp_path / "site"):
        pass
    assert (tmp_path / ".other.building-abc").is_dir()


def test_the_new_site_may_be_read_by_a_web_server(tmp_path: Path) -> None:
    with fresh_folder(tmp_path / "site") as folder:
        swap_in(folder, tmp_path / "site")
    if os.name == "posix":
        assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_a_site_reached_through_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    target = old_site(tmp_path / "site")
    (tmp_path / "link").symlink_to(target, target_is_directory=True)
    resolved = (tmp_path / "link").resolve()
    with fresh_folder(resolved) as folder:
        (folder / "index.html").write_bytes(b"new")
        swap_in(folder, resolved)
    assert tree(tmp_path / "link") == {"index.html": b"new"}
