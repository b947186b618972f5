"""`chronicle check`: everything that is wrong with the records, for people or for programs."""

from functools import partial
from pathlib import Path

import click

from generator.commands.common import FINE, FOUND_ERRORS, root_option, settings_for, show_problems
from generator.problems.problem import Language, Problem, Severity, has_errors
from generator.settings import Settings
from generator.unchanged import Answer, Look, check_again

FORMATS = ("text", "json", "github", "sarif")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="消息的语言 language")
@click.option("--strict", is_flag=True, help="警告也算错误 warnings count as errors")
@root_option
def check(
    paths: tuple[Path, ...],
    form: str,
    lang: Language | None,
    strict: bool,
    root: Path | None,
) -> None:
    """检查全部记录。Check every record; with PATHS, report only those files."""
    settings = settings_for(root)
    problems = check_again(settings, partial(_checked, settings)).problems
    problems = _only(problems, paths, settings.root)
    language = lang or settings.language
    if form == "text":
        code = show_problems(problems, language)
    else:
        click.echo(_report(problems, form, language))
        code = FOUND_ERRORS if has_errors(problems) else FINE
    if strict and any(one.severity is Severity.WARNING for one in problems):
        code = FOUND_ERRORS
    raise SystemExit(code)


def _checked(settings: Settings, look: Look) -> Answer:
    from generator.checking import check as check_archive

    checked = check_archive(settings, found=look.found)
    return Answer(checked.problems, read=checked.documents.digests)


def _report(problems: tuple[Problem, ...], form: str, language: Language) -> str:
    from generator import __version__
    from generator.problems.reporters import as_annotations, as_json, as_sarif

    if form == "json":
        return as_json(problems, language)
    if form == "github":
        return as_annotations(problems, language)
    return as_sarif(problems, language, __version__)


def _only(
    problems: tuple[Problem, ...], paths: tuple[Path, ...], root: Path
) -> tuple[Problem, ...]:
    """The problems of those files and folders; all of them when none is named."""
    if not paths:
        return problems
    wanted = [path.resolve() for path in paths]
    return tuple(
        one
        for one in problems
        if any((root / one.place.path).resolve().is_relative_to(path) for path in wanted)
    )
