"""`chronicle demo`: a fictional archive of any size, to look at and to measure with."""

import sys
from pathlib import Path

import click

from generator.commands.common import CannotRun, say

_STEP = 1000  # files between two lines of progress


class _Size(click.ParamType[tuple[int, int]]):
    """`1600x1200`: two numbers of px."""

    name = "WxH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Width and height."""
        width, _, height = str(value).lower().partition("x")
        if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
            self.fail(f"{value}（例如 e.g. 1600x1200）", param, ctx)
        return int(width), int(height)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--days", type=click.IntRange(min=1), default=30, show_default=True, help="天数 days")
@click.option(
    "--members", type=click.IntRange(min=1), default=15, show_default=True, help="人数 members"
)
@click.option(
    "--photos-per-day",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="每天的照片 photographs a day",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="种子 the same seed, the same files"
)
@click.option(
    "--photo-size", type=_Size(), default="1600x1200", show_default=True, help="照片大小 in px"
)
def demo(
    folder: Path,
    days: int,
    members: int,
    photos_per_day: int,
    seed: int,
    photo_size: tuple[int, int],
) -> None:
    """写出一份虚构的档案。Write a fictional archive, marked as such on every page."""
    from generator.demo.archive import demo_files
    from generator.demo.records import Plan

    if folder.exists() and any(folder.iterdir()):
        raise CannotRun(
            f"{folder} 不是空的，换一个文件夹。 That folder is not empty; name another."
        )
    plan = Plan(days, members, photos_per_day, seed, photo_size)
    count = 0
    for count, (name, content) in enumerate(demo_files(plan), start=1):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if count % _STEP == 0 and sys.stderr.isatty():
            say(f"{count} 个文件 files")
    say(f"{count} 个文件 files。接着 next: chronicle build --root {folder}")
    click.echo(str(folder))
