"""`chronicle stats` and `chronicle schema`: figures with their origin, schemas kept up to date."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.sites import ROOT, SMALL, built, run, write_archive


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"), SMALL)


def test_json_is_what_the_site_publishes(root: Path, tmp_path: Path) -> None:
    result = run("stats", "--format", "json", "--root", root)
    assert result.exit_code == 0
    path = built(root, tmp_path / "site") / "data" / "statistics.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    told = json.loads(result.stdout)
    assert told["recorded"] == published["recorded"]
    assert told["reported"] == published["reported"]


def test_csv_has_a_line_for_every_figure(root: Path) -> None:
    document = json.loads(run("stats", "--format", "json", "--root", root).stdout)
    result = run("stats", "--format", "csv", "--root", root)
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    listed = {(row["origin"], row["id"]) for row in rows}
    origins = ("recorded", "reported")
    wanted = {(origin, one["id"]) for origin in origins for one in document[origin]}
    assert wanted <= listed


def test_a_table_shows_recorded_and_reported_figures_apart(root: Path) -> None:
    result = run("stats", "--root", root)
    assert result.exit_code == 0
    for words in ("recorded", "reported", "消杀", "406", "900"):
        assert words in result.stdout


def test_an_archive_with_errors_has_no_figures(tmp_path: Path) -> None:
    text = SMALL["records/activities/first-day.yml"].replace("406", "许多")
    root = write_archive(tmp_path, {**SMALL, "records/activities/first-day.yml": text})
    result = run("stats", "--root", root)
    assert result.exit_code == 1
    assert "QTY001" in result.stderr
    assert result.stdout == ""


# Schemas


def test_the_committed_schemas_are_up_to_date() -> None:
    result = run("schema", "--check", "--root", ROOT)
    assert result.exit_code == 0, result.output


def test_schemas_are_written_once_and_then_found_up_to_date(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    missing = run("schema", "--check", "--output", folder, "--root", root)
    assert missing.exit_code == 1
    assert not folder.exists()
    assert run("schema", "--output", folder, "--root", root).exit_code == 0
    assert (folder / "activity.schema.json").is_file()
    assert run("schema", "--check", "--output", folder, "--root", root).exit_code == 0


def test_a_schema_that_is_out_of_date_is_named(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    run("schema", "--output", folder, "--root", root)
    (folder / "story.schema.json").write_text("{}", encoding="utf-8")
    result = run("schema", "--check", "--output", folder, "--root", root)
    assert result.exit_code == 1
    assert "story.schema.json" in result.stderr
    assert "member.schema.json" not in result.stderr
    assert (folder / "story.schema.json").read_text(encoding="utf-8") == "{}"


def test_schemas_beside_the_records_are_no_records(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    assert run("schema", "--root", root).exit_code == 0
    assert (root / "records" / "schemas" / "activity.schema.json").is_file()
    assert run("check", "--root", root, "--strict").exit_code == 0
