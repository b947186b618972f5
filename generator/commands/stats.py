"""`chronicle stats`: every figure with the records it is made of, recorded and reported apart."""

from pathlib import Path
from typing import Any, Literal

import click

from generator.commands.common import CannotRun, root_option, settings_for, show_problems
from generator.problems.problem import has_errors

CLAIMS = "reconciliation"
MEMBERS = "members"


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@click.option(
    "--group",
    help="只列一组：counted、measured、received、distributed、left、categories、donors、valued、"
    "missing、claimed；members 每人的日子，reconciliation 对账。Only one group.",
)
@click.option(
    "--by",
    help="分开列：day、week、month、task、member、batch、category、donor。Parts instead of totals.",
)
@root_option
def stats(
    form: Literal["table", "json", "csv"], group: str | None, by: str | None, root: Path | None
) -> None:
    """列出每个数字和它的来处。List every figure and where it comes from."""
    from generator.archive.load import load
    from generator.archive.statistics import statistics
    from generator.pages.data.formats import as_csv, as_json
    from generator.pages.data.provenance import plain_series, plain_statistics
    from generator.pages.edition import Edition
    from generator.pages.view import view_of

    settings = settings_for(root)
    loaded = load(settings.root, settings.records)
    if loaded.archive is None or has_errors(loaded.problems):
        raise SystemExit(show_problems(loaded.problems, settings.language))
    edition = Edition(loaded.archive, statistics(loaded.archive), language=settings.language)
    view = view_of(edition, "", "")
    everything = plain_statistics(view)
    if form == "json" and not group and not by:
        click.echo(as_json(everything).decode("utf-8"), nl=False)
        return
    series = list(plain_series(view)) if by else []
    rows = _chosen(everything, series, group, by)
    if form == "json":
        click.echo(as_json(rows).decode("utf-8"), nl=False)
        return
    if form == "csv":
        lines = [_with_ids(one) for one in rows]
        columns = list(dict.fromkeys(name for line in lines for name in line))
        click.echo(as_csv(columns, lines).decode("utf-8"), nl=False)
    else:
        _print_table([_line(one) for one in rows])


def _chosen(
    everything: dict[str, Any], series: list[dict[str, Any]], group: str | None, by: str | None
) -> list[dict[str, Any]]:
    """The figures of a group, totals or their parts; raises CannotRun for names that are none."""
    from generator.archive.statistic import GROUPS
    from generator.archive.totals import GROUPINGS

    if group in (MEMBERS, CLAIMS) and not by:
        return list(everything[group])
    if group is not None and group not in GROUPS:
        raise CannotRun(_unknown(group, (*GROUPS, MEMBERS, CLAIMS)))
    if by is not None and by not in GROUPINGS:
        raise CannotRun(_unknown(by, GROUPINGS))
    rows = series if by else [*everything["recorded"], *everything["reported"]]
    return [
        one
        for one in rows
        if group in (None, one["group"]) and (by is None or set(one["by"]) == {by})
    ]


def _unknown(name: str, known: tuple[str, ...]) -> str:
    from generator.values.identifiers import closest

    near = closest(name, sorted(known))
    meant = f"是不是 “{near}”？ Did you mean “{near}”? " if near else ""
    return f"没有 “{name}”。{meant}（{'、'.join(known)}）"


def _line(one: dict[str, Any]) -> dict[str, Any]:
    """A figure, a member's service or a claim beside the records, in one line."""
    from generator.pages.data.files import STATISTIC_COLUMNS, statistic_row

    if "verdict" in one:
        recorded, difference = one["recorded"], one["difference"]
        return {
            "label": one["label"],
            "as_of": one["as_of"],
            "reported": one["reported"]["value"],
            "recorded": recorded["value"] if recorded else None,
            "unit": one["unit"],
            "verdict": one["verdict"],
            "difference": difference["value"] if difference else None,
            "excluded": len(one["excluded"]),
            "source": one["source"],
        }
    if "group" in one:
        row = statistic_row(one)
        return {name: row[name] for name in STATISTIC_COLUMNS}
    return one


def _with_ids(one: dict[str, Any]) -> dict[str, Any]:
    """A figure in one line, the ids of the records behind it last."""
    ids = {"record_ids": one["records"]} if "group" in one else {}
    return _line(one) | ids


def _print_table(lines: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from generator.pages.data.formats import cell

    if lines and "origin" in lines[0]:
        lines = [_for_people(line) for line in lines]
    names = list(lines[0]) if lines else []
    table = Table(*names)
    for line in lines:
        table.add_row(*(cell(line[name]) for name in names))
    Console().print(table)


def _for_people(line: dict[str, Any]) -> dict[str, Any]:
    """The columns of a figure that fit on a screen."""
    named = {"来处 origin": line["origin"], "数字 figure": f"{line['label']} ({line['id']})"}
    amount = {"数量 quantity": f"{line['value']} {line['unit']}".strip()}
    behind = line["records"] or len(line["sources"])
    return named | amount | {"规则 rule": line["rule"], "记录 records": behind}
