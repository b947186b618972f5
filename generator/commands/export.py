"""`chronicle export DIR`: the archive as plain Markdown and pictures, without any engine."""

from pathlib import Path

import click

from generator.commands.common import CannotRun, root_option, say, settings_for, show_problems
from generator.settings import Audience


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--audience", type=click.Choice(["internal", "public"]), default=None)
@root_option
def export(folder: Path, audience: Audience | None, root: Path | None) -> None:
    """写成纯 Markdown。Write the archive as plain Markdown and pictures."""
    from generator.commands.build import photo_progress
    from generator.pages.edition import Edition
    from generator.pipeline import photo_cache, prepare
    from generator.publish.export import NameTakenError
    from generator.publish.export import export as write

    settings = settings_for(root, audience=audience)
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRun(f"{folder} 里已经有东西，换一个空文件夹。 Name an empty folder.")
    with photo_progress() as progress:
        edition = prepare(settings, progress)
    if not isinstance(edition, Edition):
        raise SystemExit(show_problems(edition, settings.language))
    try:
        count = write(edition, settings.docs, settings.excluded, photo_cache(settings), folder)
    except NameTakenError as fault:
        raise CannotRun(
            f"docs/{fault} 和记录的文件同名。 A record's file has that name."
        ) from fault
    say(f"{count} 个 Markdown 文件 files")
    click.echo(str(folder / "README.md"))
