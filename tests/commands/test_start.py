"""Starting up: a command loads what it needs and no more, and is the same program by each name."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator import __version__
from generator.__main__ import main
from tests.sites import ROOT, SMALL, run, start, write_archive

HEAVY = ("mkdocs", "material", "PIL", "pillow_heif", "vl_convert", "playwright")
PROBE = """\
import sys
from generator.__main__ import main
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr, sep="\\n")
"""


def loaded(*arguments: str | Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return {*done.stderr.split("\n")}


def test_help_loads_no_engine_and_no_pictures() -> None:
    assert loaded("--help").isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["check", "build", "stats", "schema"])
def test_the_help_of_a_command_loads_no_engine_and_no_pictures(command: str) -> None:
    assert loaded(command, "--help").isdisjoint(HEAVY)


def test_a_check_loads_no_engine_and_draws_no_charts(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    assert loaded("check", "--root", root).isdisjoint({*HEAVY} - {"PIL"})


def test_statistics_load_no_engine_and_no_pictures(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    assert loaded("stats", "--format", "json", "--root", root).isdisjoint({*HEAVY} - {"PIL"})


def test_every_command_is_listed_with_a_sentence() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in main.list_commands(click.Context(main)):
        assert f"\n  {name} " in result.output
        assert run(name, "--help").exit_code == 0


def test_the_version_is_told() -> None:
    assert __version__ in run("--version").output


def test_a_command_that_does_not_exist_ends_with_2() -> None:
    assert run("biuld").exit_code == 2


def test_output_is_utf8_whatever_the_console_speaks(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    process = start("check", "--root", root, PYTHONIOENCODING="gbk", LC_ALL="C")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "个错误" in said
