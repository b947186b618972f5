"""What several commands share: finding the archive, its settings, and printing problems."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import click

from generator.problems.problem import Language, Problem, has_errors
from generator.problems.reporters import as_text, summary
from generator.reading.configuration import read_configuration
from generator.settings import CONFIGURATION, EngineName, Settings, settings_of

FINE, FOUND_ERRORS, CANNOT_RUN = 0, 1, 2

root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help="档案所在的文件夹 The archive's folder（默认：往上找 mkdocs.yml 和 records/）",
)

engine_option = click.option(
    "--engine",
    type=click.Choice(get_args(EngineName)),
    default=None,
    help="排版的程序 what renders pages（默认：mkdocs.yml 里的 engine，再默认 mkdocs）",
)


class CannotRun(click.ClickException):
    """The command cannot run at all: exit code 2."""

    exit_code = CANNOT_RUN


def find_root(given: Path | None) -> Path:
    """The nearest folder upward with mkdocs.yml and records/."""
    start = (given or Path.cwd()).resolve()
    for folder in [start] if given else [start, *start.parents]:
        if (folder / CONFIGURATION).is_file() and (folder / "records").is_dir():
            return folder
    raise CannotRun(
        "找不到档案：这里和上层文件夹都没有 mkdocs.yml 和 records/。"
        " No archive here: mkdocs.yml and records/ are missing."
    )


def settings_for(root: Path | None, **overrides: object) -> Settings:
    """The settings of an archive; `overrides` are fields given on the command line."""
    from dataclasses import replace

    folder = find_root(root)
    configuration = read_configuration(folder / CONFIGURATION)
    if isinstance(configuration, Problem):
        raise CannotRun(as_text([configuration], "zh"))
    settings, problems = settings_of(folder, configuration)
    if settings is None:
        raise CannotRun(as_text(problems, "zh"))
    settings = replace(settings, today=today())
    return replace(settings, **{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]


def today() -> date:
    """The day that consent is held against: that of SOURCE_DATE_EPOCH where it is set, so that a
    site can be built again to the byte (reproducible-builds.org/specs/source-date-epoch)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not fixed:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(fixed), UTC).date()
    except (ValueError, OverflowError, OSError) as fault:
        raise CannotRun(f"SOURCE_DATE_EPOCH: {fixed[:40]}") from fault


def say(text: str) -> None:
    """One line for people, on standard error, so that standard output stays for results."""
    click.echo(text, err=True)


def show_problems(problems: Sequence[Problem], language: Language) -> int:
    """Print the problems and a closing line; the exit code they mean."""
    if problems:
        say(as_text(problems, language))
    say(summary(problems, language))
    return FOUND_ERRORS if has_errors(problems) else FINE


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file in one step: written beside it, then renamed over it."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def write_generated(folder: Path, files: Iterable[tuple[str, str]], only_check: bool) -> int:
    """Write the files that differ from what lies there, or only name them; the exit code."""
    stale = 0
    for name, content in files:
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        say(f"{name}: {'过时 out of date' if only_check else '已写 written'}")
        if not only_check:
            folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, content)
    return FOUND_ERRORS if only_check and stale else FINE


def speak_utf8() -> None:
    """Make output UTF-8 even where the console's own encoding is another (Windows)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and "PYTEST_CURRENT_TEST" not in os.environ:
            reconfigure(encoding="utf-8", errors="replace")
