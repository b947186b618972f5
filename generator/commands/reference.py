"""`chronicle reference`: the contributor docs' pages on fields and problems, written anew."""

from pathlib import Path

import click

from generator.commands.common import root_option, settings_for, write_generated
from generator.problems.problem import Code


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
@click.option("--check", "only_check", is_flag=True, help="只核对，不写 compare, write nothing")
@root_option
def reference(output: Path | None, only_check: bool, root: Path | None) -> None:
    """写出字段和问题编号的说明。Write the reference of fields and problem codes."""
    from generator.kinds.reference import reference_files

    folder = output or settings_for(root).docs / "contributing"
    raise SystemExit(write_generated(folder, reference_files(every_code()), only_check))


def every_code() -> tuple[Code, ...]:
    """The codes of every floor, sorted: a module that declares its own adds its tuple here."""
    from generator.archive.assemble import CODES as OF_THE_WHOLE
    from generator.archive.consent import CODES as OF_CONSENT
    from generator.archive.personal import CODES as OF_PERSONS
    from generator.archive.prose import CODES as OF_PROSE
    from generator.archive.stated_units import CODES as OF_UNITS
    from generator.kinds.registry import ALL_CODES
    from generator.publish.audit import CODES as OF_A_SITE
    from generator.publish.originals import CODES as OF_ORIGINALS

    codes = (
        *ALL_CODES,
        *OF_THE_WHOLE,
        *OF_UNITS,
        *OF_PROSE,
        *OF_CONSENT,
        *OF_PERSONS,
        *OF_ORIGINALS,
        *OF_A_SITE,
    )
    return tuple(sorted(codes, key=lambda code: code.id))
