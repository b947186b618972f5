"""`chronicle schema`: JSON Schemas of the record kinds, so that editors complete and check."""

from pathlib import Path

import click

from generator.commands.common import FINE, FOUND_ERRORS, root_option, say, settings_for


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
@click.option("--check", "only_check", is_flag=True, help="只核对，不写 compare, write nothing")
@root_option
def schema(output: Path | None, only_check: bool, root: Path | None) -> None:
    """写出各类记录的 JSON Schema。Write the JSON Schemas of the record kinds."""
    from generator.kinds.schemas import schema_files

    settings = settings_for(root)
    folder = output or settings.records / "schemas"
    stale = []
    for name, content in schema_files():
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not only_check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    for name in stale:
        say(f"{name}: {'过时 out of date' if only_check else '已写 written'}")
    raise SystemExit(FOUND_ERRORS if only_check and stale else FINE)
