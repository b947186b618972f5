"""The version of the program is that of its files, whatever Python makes of them beside them."""

from pathlib import Path

import pytest

from generator.reading import program


def test_what_python_compiles_is_no_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_PROGRAM", tmp_path)
    version = program.program_version.__wrapped__
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.py").write_text("a = 1\n", encoding="utf-8")
    first = version()
    (tmp_path / "pages" / "__pycache__").mkdir()
    (tmp_path / "pages" / "__pycache__" / "page.cpython-311.pyc").write_bytes(b"compiled")
    assert version() == first
    (tmp_path / "pages" / "page.py").write_text("a = 2\n", encoding="utf-8")
    assert version() != first
