"""`chronicle schema`: JSON Schemas of the record kinds, so that editors complete and check."""

from pathlib import Path

import click

from generator.commands.common import root_option, settings_for, write_generated


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
@click.option("--check", "only_check", is_flag=True, help="只核对，不写 compare, write nothing")
@root_option
def schema(output: Path | None, only_check: bool, root: Path | None) -> None:
    """写出各类记录的 JSON Schema。Write the JSON Schemas of the record kinds."""
    from generator.kinds.schemas import schema_files

    settings = settings_for(root)
    folder = output or settings.records / "schemas"
    raise SystemExit(write_generated(folder, schema_files(), only_check))
