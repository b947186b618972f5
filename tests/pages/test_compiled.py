"""Compiled templates are believed only for the same text and program; whatever fails costs time."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader

from generator.pages import compiled
from generator.pages.compiled import CompiledTemplates
from generator.pages.compiling import Templates

NAME = "days/day.html"


@pytest.fixture(autouse=True)
def _python_keeps_what_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def shown(folder: Path, text: str = "{{ 6 * 7 }}") -> tuple[str, bool]:
    """What a template says, and whether it had to be compiled for that."""
    compiled_now: list[object] = []

    class Counting(Templates):
        def compile(self, *given: object, **named: object) -> object:  # type: ignore[override]
            compiled_now.append(given)
            return super().compile(*given, **named)  # type: ignore[call-overload]

    environment = Counting(
        loader=DictLoader({NAME: text}), bytecode_cache=CompiledTemplates(folder)
    )
    return environment.get_template(NAME).render(), bool(compiled_now)


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert shown(tmp_path / "new") == ("42", True)
    assert shown(tmp_path / "new") == ("42", False)


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    shown(tmp_path)
    assert shown(tmp_path, "{{ 1 }}") == ("1", True)


def test_another_program_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(tmp_path)
    monkeypatch.setattr(compiled, "program_version", lambda: "another")
    assert shown(tmp_path) == ("42", True)


@pytest.mark.parametrize(
    "damage",
    [lambda content: b"", lambda content: content[:-9], lambda content: content[:-9] + b"#" * 9],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    shown(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert shown(tmp_path) == ("42", True)
    assert shown(tmp_path) == ("42", False)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert shown(tmp_path / "file" / "below") == ("42", True)


def test_where_python_keeps_nothing_neither_do_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shown(tmp_path)
    assert not [*tmp_path.iterdir()]
