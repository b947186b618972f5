"""`chronicle cache`: how large what is kept between builds is, and what of it nobody needs."""

from pathlib import Path
from typing import get_args

import click

from generator.commands.common import FOUND_ERRORS, root_option, say, settings_for, show_problems
from generator.problems.problem import has_errors
from generator.reading.memory import FOLDER, GRACE_SECONDS, Memory
from generator.settings import Audience

_UNIT = 1_000_000


@click.group()
def cache() -> None:
    """照片、图表的缓存和记忆：大小、清理。What is kept of photographs, charts and builds."""


@cache.command()
@root_option
def size(root: Path | None) -> None:
    """缓存有多大。Pictures, drawings, files and bytes in the caches."""
    from generator.photos.cache import Cache
    from generator.pipeline import drawings
    from generator.publish.spare import FOLDER as SPARE

    settings = settings_for(root)
    store = Cache(settings.cache / "photos")
    content = store.content()
    click.echo(
        f"{content.pictures} 张照片 pictures · {content.files} 个文件 files"
        f" · {content.length / _UNIT:.1f} MB"
    )
    say(str(store.root))
    drawn = drawings(settings)
    files, length = drawn.content()
    click.echo(f"{files} 幅图表 drawings · {length / _UNIT:.1f} MB")
    say(str(drawn.root))
    memory = Memory(settings.cache / FOLDER)
    files, length = memory.content()
    click.echo(f"{files} 份记忆 memories · {length / _UNIT:.1f} MB")
    spare = int((settings.cache / SPARE).is_dir())
    click.echo(f"{spare} 个备用文件夹，文件与网站共用 spare folder, sharing files with the site")


@cache.command()
@click.option(
    "--all", "everything", is_flag=True, help="连用得着的也删 also what the records still need"
)
@root_option
def prune(everything: bool, root: Path | None) -> None:
    """删掉没有记录再用到的照片和图表。Remove pictures and drawings that no record asks for.

    一小时内写入的文件会留下，以免碰到正在运行的另一次生成。一个月没再写过的记忆也删去，备用文件夹
    也删，下次生成会重建。
    Files written within the last hour stay: another build may be about to use them. Memories that
    nothing has written for a month go too, and the spare folder: the next build makes it anew.
    """
    from generator.archive.audience import for_audience
    from generator.archive.load import load
    from generator.photos.cache import Cache
    from generator.pipeline import drawings
    from generator.publish.drawings import keys_in_use as drawings_in_use
    from generator.publish.photographs import Darkroom, keys_in_use
    from generator.publish.spare import FOLDER as SPARE
    from generator.publish.spare import remove

    settings = settings_for(root)
    store = Cache(settings.cache / "photos")
    keys: set[str] = set()
    drawn: set[str] = set()
    if not everything:
        loaded = load(settings.root, settings.records)
        # With a record that cannot be read, its photographs would seem unused.
        if loaded.archive is None or has_errors(loaded.problems):
            errors = [one for one in loaded.problems if one.severity == "error"]
            say("记录有错，先不清理。 The records have errors; nothing was removed.")
            show_problems(errors, settings.language)
            raise SystemExit(FOUND_ERRORS)
        keys = keys_in_use(loaded.archive, settings.root, store, Darkroom.of(settings))
        for audience in get_args(Audience):
            drawn |= drawings_in_use(for_audience(loaded.archive, audience), settings.language)
    before = store.content()
    removed = store.prune(keys)
    freed = before.length - store.content().length
    click.echo(f"删去 removed: {removed} 个文件 files, {freed / _UNIT:.1f} MB")
    charts = drawings(settings)
    length = charts.content()[1]
    removed = charts.prune(drawn)
    freed_of_charts = length - charts.content()[1]
    click.echo(f"删去 removed: {removed} 幅图表 drawings, {freed_of_charts / _UNIT:.1f} MB")
    removed = Memory(settings.cache / FOLDER).prune(0 if everything else GRACE_SECONDS)
    click.echo(f"删去 removed: {removed} 份记忆 memories")
    removed = remove(settings.cache / SPARE)
    click.echo(f"删去 removed: {removed} 个备用文件夹 spare folder")
