"""Starting up: a command loads what it needs and no more, and is the same program by each name."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator import __version__
from generator.__main__ import _COMMANDS as SENTENCES
from generator.__main__ import main
from tests.sites import ROOT, SMALL, Files, run, start, write_archive

HEAVY = ("mkdocs", "material", "PIL", "pillow_heif", "vl_convert", "playwright")
FOR_EVERY_COMMAND = {"click", "yaml"}
FOR_RECORDS = {
    *("pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"),
    *("jinja2", "markupsafe", "platformdirs"),
}
SLOW_OF_PYTHON = {
    *("asyncio", "concurrent.futures", "html.parser", "http.client", "multiprocessing", "ssl"),
    *("unittest", "urllib.request"),
}
OWN_OF_A_CHECK = {
    *("archive", "checking", "commands", "kinds", "problems", "reading", "settings", "values"),
    *("charts", "charts.chart", "pages", "pages.edition", "pages.page", "pages.view"),
    *("pages.narrative", "pages.words", "photos", "photos.headers", "photos.inscription"),
    *("photos.plan", "publish", "publish.originals", "publish.written", "unchanged", "__main__"),
}
"""Our own modules that a check may load: of the folders that are named in full, a list."""
LISTED = ("charts", "pages", "photos", "publish")
PROBE = """\
import sys
before = set(sys.modules)
from generator.__main__ import main
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
print(*sorted({*sys.modules} - before), file=sys.stderr, sep="\\n")
"""
ONE_EXPRESSION: Files = {**SMALL, "docs/index.md": '# 首页\n\n{{ count("activities") }}\n'}


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


def libraries(modules: set[str]) -> set[str]:
    """The packages among them that are neither Python's nor ours, each by its top name."""
    tops = {name.partition(".")[0] for name in modules if name and " " not in name}
    named = tops - sys.stdlib_module_names - {"generator", "cython_runtime"}
    return {name for name in named if not name.startswith("_")}


def own(modules: set[str]) -> set[str]:
    """Our own modules among them, without `generator.`: by folder, where not all of it is light."""
    found = set()
    for name in modules:
        top, _, rest = name.partition(".")
        if top == "generator" and rest:
            folder = rest.partition(".")[0]
            found.add(rest if folder in LISTED else folder)
    return {"pages.narrative" if name.startswith("pages.narrative") else name for name in found}


def test_help_loads_hardly_anything() -> None:
    modules = loaded("--help")
    assert libraries(modules) <= FOR_EVERY_COMMAND
    assert modules.isdisjoint(SLOW_OF_PYTHON)
    assert own(modules) <= {"__main__", "commands", "problems", "reading", "settings", "values"}


@pytest.mark.parametrize("command", ["check", "build", "stats", "schema"])
def test_the_help_of_a_command_loads_no_engine_and_no_pictures(command: str) -> None:
    assert loaded(command, "--help").isdisjoint(HEAVY)


def test_a_check_loads_only_what_it_needs(tmp_path: Path) -> None:
    modules = loaded("check", "--root", write_archive(tmp_path, ONE_EXPRESSION))
    assert libraries(modules) <= FOR_EVERY_COMMAND | FOR_RECORDS
    assert modules.isdisjoint(SLOW_OF_PYTHON)
    assert own(modules) <= OWN_OF_A_CHECK
    assert "generator.pages.narrative.sandbox" in modules


def test_a_check_without_expressions_loads_no_templates(tmp_path: Path) -> None:
    files = {**SMALL, "docs/index.md": "# 首页\n"}
    assert "jinja2" not in loaded("check", "--root", write_archive(tmp_path, files))


def test_statistics_load_no_engine_and_no_pictures(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    assert loaded("stats", "--format", "json", "--root", root).isdisjoint(HEAVY)


def test_a_command_is_listed_with_the_words_of_its_own_help() -> None:
    for name, sentence in SENTENCES.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert " ".join((command.help or "").split()).startswith(sentence)


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
