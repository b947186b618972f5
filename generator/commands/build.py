"""`chronicle build`: the whole site in one command, swapped in when it is finished and sound."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from generator.commands.common import (
    CannotRun,
    engine_option,
    root_option,
    say,
    settings_for,
    show_problems,
)
from generator.problems.problem import Severity
from generator.settings import ASSETS, Audience, EngineName, Settings
from generator.unchanged import Answer, Look, build_again

_STEPS = {
    "check": "检查记录，冲洗照片 … checking records, developing photographs",
    "render": "排版 … rendering pages",
    "stamp": "印制记录页，审核 … stamping record pages, audit",
    "publish": "换上新站 … publishing",
}

_STEPS_OF_BAR = 200


@click.command()
@click.option("--audience", type=click.Choice(["internal", "public"]), default=None)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
@engine_option
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="并行的进程数 processes")
@click.option(
    "--clean", is_flag=True, help="不用任何缓存，照片也重做 make everything anew, photographs too"
)
@root_option
def build(
    audience: Audience | None,
    output: Path | None,
    engine: EngineName | None,
    jobs: int | None,
    clean: bool,
    root: Path | None,
) -> None:
    """生成网站。Build the site."""
    import shutil

    settings = settings_for(root, audience=audience, engine=engine, jobs=jobs)
    folder = (output or settings.site).resolve()
    _forbid_loss(folder, settings)
    if clean:
        shutil.rmtree(settings.cache, ignore_errors=True)
    answer = build_again(settings, folder, partial(_built, settings, folder))
    say(f"{answer.pages} 个记录页 record pages")
    click.echo((folder / "index.html").as_uri())


def _built(settings: Settings, folder: Path, look: Look) -> Answer:
    """Build, or end the program with what kept it from that."""
    from generator.publish.drawer import drawer

    with drawer(likely=look.others and settings.jobs != 1) as ready:
        from generator.pipeline import build as build_site  # while the other gets ready
        from generator.publish.engine import EngineError
        from generator.publish.lock import BusyError
        from generator.publish.printed import DoubleAddressError

        def step(name: str) -> None:
            say(_STEPS[name])

        try:
            with photo_progress() as progress:
                outcome = build_site(settings, folder, step, progress, look.found, ready)
        except BusyError as fault:
            raise CannotRun(
                f"另一个程序正在生成 {folder}，等它做完。 Another build is at work there."
            ) from fault
        except OSError as fault:
            raise CannotRun(
                f"写不下去：{fault.strerror}。旧站原样未动。 Cannot write; the old site stands."
            ) from fault
        except DoubleAddressError as fault:
            raise CannotRun(
                f"主题或手写的文件和网站自己的内容都要用地址 {fault}，请给它改名。旧站原样未动。"
                " A file of the theme or a hand-written one has that address; rename it."
            ) from fault
        except EngineError as fault:
            raise CannotRun(str(fault)) from fault
    errors = [one for one in outcome.problems if one.severity is Severity.ERROR]
    if not outcome.succeeded:
        say("没有生成新网站，原来的原样未动。 Nothing was published; the old site is untouched.")
        raise SystemExit(show_problems(errors, settings.language))
    return Answer(outcome.problems, outcome.pages, outcome.read, outcome.left)


def _forbid_loss(folder: Path, settings: Settings) -> None:
    """Refuse a folder that holds anything but a site: what was there before is deleted."""
    sources = (settings.records, settings.docs, settings.photos)
    inside = any(folder.is_relative_to(one) for one in sources)
    if inside or any(one.is_relative_to(folder) for one in (settings.root, *sources)):
        raise CannotRun(f"不能写到 {folder}：档案本身在那里。 The archive itself lies there.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ASSETS).is_dir():
        raise CannotRun(
            f"{folder} 里有别的东西，不是本程序生成的网站。换个文件夹，或先把它挪开。"
            " That folder holds something else than a site; name another, or move it away."
        )


@contextmanager
def photo_progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; in a log, a line when photographs are finished."""
    if not sys.stderr.isatty():

        def plain(done: int, total: int) -> None:
            if total and done == total:
                say(f"照片 photographs: {total}")

        yield plain
        return
    from rich.console import Console
    from rich.progress import Progress

    # Drawn by hand: with a thread of the bar's own no work could be shared with a copy (fork).
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("照片 photographs", total=None)

        def drawn(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            if done % (total // _STEPS_OF_BAR + 1) == 0 or done == total:
                bar.refresh()

        yield drawn
