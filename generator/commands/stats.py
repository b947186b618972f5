"""`chronicle stats`: every figure with the records it is made of, recorded and reported apart."""

from pathlib import Path
from typing import Literal

import click

from generator.commands.common import FINE, root_option, settings_for, show_problems
from generator.problems.problem import has_errors


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@root_option
def stats(form: Literal["table", "json", "csv"], root: Path | None) -> None:
    """列出每个数字和它的来处。List every figure and where it comes from."""
    from generator.archive.load import load
    from generator.archive.statistics import statistics
    from generator.pages.data.files import as_csv, as_json, plain_statistics

    settings = settings_for(root)
    loaded = load(settings.root, settings.records)
    if loaded.archive is None or has_errors(loaded.problems):
        raise SystemExit(show_problems(loaded.problems, settings.language))
    plain = plain_statistics(statistics(loaded.archive))
    rows = [{"origin": origin} | one for origin, figures in plain.items() for one in figures]
    if form == "json":
        click.echo(as_json(plain).decode("utf-8"), nl=False)
    elif form == "csv":
        click.echo(as_csv(rows).decode("utf-8"), nl=False)
    else:
        _print_table(rows)
    raise SystemExit(FINE)


def _print_table(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("来处 origin", "数字 figure", "数量 quantity", "规则 rule", "记录 records")
    for row in rows:
        bounds = (
            f"{row['lower']}"
            if row["upper"] == row["lower"]
            else f"{row['lower']}–{row['upper'] or ''}"
        )
        behind = [*row["records"], *row["sources"]]  # type: ignore[misc]
        table.add_row(
            str(row["origin"]),
            f"{row['label']} ({row['id']})",
            f"{bounds} {row['unit']} {row['qualifier']}",
            str(row["rule"]),
            str(len(behind)),
        )
    Console().print(table)
