"""`chronicle stats`: the same figures as a table, as JSON and as CSV, all or one group."""

import csv
import io
import json

from click.testing import CliRunner

from generator.__main__ import main
from tests.daily import DAILY


def stats(*options: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["stats", "--root", str(DAILY), *options])
    assert result.exit_code == code, result.output
    return result.output


def rows(*options: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stats(*options, "--format", "csv").lstrip("\ufeff"))))


def test_the_table_names_figure_amount_rule_and_number_of_records() -> None:
    table = stats("--group", "measured")
    assert "406 栋" in table
    assert "260 户" in table
    assert "据报道" not in table


def test_json_is_what_the_site_publishes() -> None:
    found = json.loads(stats("--format", "json"))
    buildings = next(one for one in found["recorded"] if one["id"] == "buildings")
    assert (buildings["value"], buildings["unit"], len(buildings["records"])) == ("406", "栋", 10)
    assert {"reported", "members", "reconciliation"} <= {*found}


def test_csv_has_one_line_a_figure() -> None:
    found = {(row["origin"], row["id"]): row for row in rows()}
    assert found["recorded", "visits"]["value"] == "260"
    assert found["reported", "visits"]["sources"] == "source:article"
    ids = found["recorded", "buildings"]["record_ids"].split("; ")
    assert len(ids) == 10
    assert all(id.startswith("activity:") for id in ids)


def test_a_group_can_be_chosen() -> None:
    assert {row["group"] for row in rows("--group", "received")} == {"received"}


def test_parts_can_be_asked_for() -> None:
    by_week = [row for row in rows("--by", "week") if row["id"].startswith("buildings@")]
    assert [(row["by"], row["value"]) for row in by_week] == [
        ("week=2020-W09", "40"),
        ("week=2020-W10", "286"),
        ("week=2020-W11", "80"),
    ]


def test_the_claims_can_be_listed_beside_the_records() -> None:
    verdicts = [row["verdict"] for row in rows("--group", "reconciliation")]
    assert {"agrees", "short", "exceeds", "contradicts", "not_comparable"} <= {*verdicts}


def test_everybodys_days_can_be_listed() -> None:
    assert [row["days"] for row in rows("--group", "members")] == ["10", "10", "1"]


def test_a_misspelt_group_is_refused_with_what_was_meant() -> None:
    assert "measured" in stats("--group", "mesured", code=2)
    assert "month" in stats("--by", "mont", code=2)
