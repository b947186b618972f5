"""Answers are believed only when this machine's key signed them, under that name and key."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from generator.reading.memory import KEY_FILE, Memory, own_secret

OURS, THEIRS = b"o" * 32, b"t" * 32


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    Memory(tmp_path, OURS).keep("check", "k", {"problems": ["标题", 3]})
    assert Memory(tmp_path, OURS).recall("check", "k") == {"problems": ["标题", 3]}


def test_another_key_is_another_question(tmp_path: Path) -> None:
    memory = Memory(tmp_path, OURS)
    memory.keep("check", "k", 1)
    assert memory.recall("check", "other") is None


def test_an_answer_under_another_name_is_not_believed(tmp_path: Path) -> None:
    memory = Memory(tmp_path, OURS)
    memory.keep("check", "k", 1)
    (tmp_path / "check").rename(tmp_path / "build")
    assert memory.recall("build", "k") is None


def test_an_answer_that_somebody_else_signed_is_not_believed(tmp_path: Path) -> None:
    Memory(tmp_path, THEIRS).keep("check", "k", 1)
    assert Memory(tmp_path, OURS).recall("check", "k") is None


@pytest.mark.parametrize("position", range(0, 80, 7))
def test_no_byte_of_an_answer_can_be_changed(tmp_path: Path, position: int) -> None:
    memory = Memory(tmp_path, OURS)
    memory.keep("check", "k", "nothing wrong")
    path = tmp_path / "check"
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(bytes(content))
    assert memory.recall("check", "k") is None


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"\n" + json.dumps(["k", 1]).encode()])
def test_an_unsigned_answer_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "check").write_bytes(content)
    assert Memory(tmp_path, OURS).recall("check", "k") is None


def test_the_key_is_made_once_in_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _users_folder(tmp_path, monkeypatch)
    first = own_secret()
    assert first is not None and len(first) == 32
    assert own_secret() == first
    (key,) = tmp_path.rglob(KEY_FILE)
    assert key.read_bytes() == first
    assert list(key.parent.iterdir()) == [key]
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_is_no_key_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _users_folder(tmp_path, monkeypatch)
    own_secret()
    (key,) = tmp_path.rglob(KEY_FILE)
    key.write_bytes(b"short")
    assert own_secret() is None
    memory = Memory(tmp_path / "memory")
    memory.keep("check", "k", 1)
    assert not (tmp_path / "memory").exists()
    assert memory.recall("check", "k") is None


def test_without_a_folder_of_the_user_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    _users_folder(tmp_path / "file", monkeypatch)
    assert own_secret() is None


def test_where_nobody_knows_of_a_home_nothing_is_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*names: str, **options: bool) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_state_path", unknown)
    assert own_secret() is None


def test_a_key_never_lies_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: Path("~/.local/state"))
    assert own_secret() is None
    assert list(tmp_path.iterdir()) == []


def test_what_nothing_has_written_for_long_is_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path, OURS)
    for name in ("old", "new"):
        memory.keep(name, "k", name)
    os.utime(tmp_path / "old", (0, 0))
    assert memory.content()[0] == 2
    assert memory.prune(60) == 1
    assert (memory.recall("old", "k"), memory.recall("new", "k")) == (None, "new")
    assert (memory.prune(0), memory.content()) == (1, (0, 0))


def _users_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(folder))
