"""The open data: tables that spreadsheet programs read rightly, figures with their provenance."""

import csv
import io
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.plain import plain_ref
from generator.pages.data.formats import as_csv, as_json
from generator.pages.data.provenance import ranges_of
from generator.pages.edition import Edition
from tests.sites import SMALL, data_files, edition, write_archive

KINDS = ("members", "activities", "donations", "stories", "sources")
BOM = b"\xef\xbb\xbf"
FORMULAS = ("＝1+1", " =1", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(write_archive(tmp_path_factory.mktemp("archive"), SMALL))


@pytest.fixture(scope="module")
def published(seen: Edition) -> dict[str, bytes]:
    return {file.url: file.content for file in data_files(seen)}


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(BOM)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_kind_is_there_as_csv_and_as_json(published: dict[str, bytes]) -> None:
    assert {f"data/{kind}.{ending}" for kind in KINDS for ending in ("csv", "json")} < {*published}


@pytest.mark.parametrize("kind", KINDS)
def test_both_forms_list_the_same_records(
    published: dict[str, bytes], seen: Edition, kind: str
) -> None:
    ids = [one.id for one in getattr(seen.archive, kind)]
    assert [row["id"] for row in rows_of(published[f"data/{kind}.csv"])] == ids
    assert [row["id"] for row in json.loads(published[f"data/{kind}.json"])] == ids
    assert ids


def test_what_was_written_comes_back(published: dict[str, bytes]) -> None:
    activities = {one["id"]: one for one in json.loads(published["data/activities.json"])}
    parcels = activities["parcels"]
    assert parcels["date"] == "2020-03-04"
    assert parcels["title"] == "分发物资"
    assert parcels["figures"] == [
        {"measure": "weight", "value": {"lower": "8000", "upper": None, "qualifier": "at_least"}}
    ]
    assert "path" not in parcels


def test_a_cell_with_more_than_a_text_holds_json(published: dict[str, bytes]) -> None:
    (row,) = rows_of(published["data/donations.csv"])
    assert json.loads(row["items"])[0]["item"] == "冬瓜"


def test_lines_of_a_table_end_as_the_standard_says(published: dict[str, bytes]) -> None:
    content = published["data/members.csv"]
    assert content.count(b"\r\n") == content.count(b"\n") == 3


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_is_never_a_formula(formula: str) -> None:
    (row,) = rows_of(as_csv(("id", "title"), [{"id": "a", "title": formula}]))
    assert row["title"] == f"'{formula}"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_text_survives_a_table_but_for_the_sign_that_disarms_it(text: str) -> None:
    (row,) = rows_of(as_csv(("id", "title"), [{"id": "a", "title": text}]))
    assert row["title"] in (text, f"'{text}")
    assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_commas_quotes_and_line_ends_stay_within_their_cell() -> None:
    (row,) = rows_of(as_csv(("id", "title"), [{"id": "a", "title": '一,二"三\n四'}]))
    assert row["title"] == '一,二"三\n四'


def test_records_with_different_fields_share_one_heading() -> None:
    rows = [{"id": "a", "x": "1"}, {"id": "b", "y": "2"}]
    first, second = rows_of(as_csv(("id", "x", "y"), rows))
    assert (first["x"], first["y"], second["x"], second["y"]) == ("1", "", "", "2")


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists))
def test_json_comes_back_as_it_was(content: object) -> None:
    written = as_json(content)
    assert json.loads(written) == content
    assert written.endswith(b"\n")


def test_chinese_stands_in_json_as_it_is(published: dict[str, bytes]) -> None:
    assert "分发物资".encode() in published["data/activities.json"]


# Figures and their provenance


def figures_of(published: dict[str, bytes]) -> list[dict[str, Any]]:
    document = json.loads(published["data/statistics.json"])
    assert set(document) >= {"recorded", "reported"}
    return [*document["recorded"], *document["reported"]]


def test_every_figure_says_rule_bounds_unit_and_what_it_is_made_of(
    published: dict[str, bytes],
) -> None:
    for one in figures_of(published):
        assert one.keys() >= {"id", "label", "lower", "upper", "qualifier", "unit", "rule"}
        assert one["rule"]
        assert one["upper"] is None or Decimal(one["lower"]) <= Decimal(one["upper"])
        # Of days without a record there is no record to name.
        if Decimal(one["lower"]) and one["id"] != "missing:empty_days":
            assert one["records"] or one["sources"], one["id"]


def test_every_id_of_a_figure_is_one_of_the_archive(
    published: dict[str, bytes], seen: Edition
) -> None:
    archive = seen.archive
    known = {f"{kind}:{id}" for kind, id in archive.records}
    known |= {f"day:{slug}" for slug in archive.days}
    known |= {f"photo:{id}" for id in archive.photograph}
    for one in figures_of(published):
        assert {*one["records"], *one["sources"]} <= known, one["id"]


def test_recorded_figures_cite_records_and_reported_ones_sources(
    published: dict[str, bytes],
) -> None:
    document = json.loads(published["data/statistics.json"])
    buildings = next(one for one in document["recorded"] if one["id"] == "buildings")
    assert buildings["records"] == ["activity:first-day"]
    assert (buildings["lower"], buildings["unit"], buildings["rule"]) == ("406", "栋", "sum")
    melons = next(one for one in document["reported"] if one["id"] == "item:冬瓜")
    assert melons["sources"] == ["source:article"]
    assert (melons["lower"], melons["upper"], melons["qualifier"]) == ("900", None, "at_least")


def test_a_part_of_a_total_names_its_records_by_their_places(tmp_path: Path) -> None:
    source = (
        "title: 通报\nkind: notice\nclaims:\n"
        "- {measure: buildings, value: 406, as_of: 2020-03-02}\n"
        "- {measure: weight, value: 1, as_of: 2020-03-04/2020-03-05}\n"
        "- {measure: weight, value: 1, as_of: 2020-03-01}\n"
    )
    seen = edition(write_archive(tmp_path, {**SMALL, "records/sources/notice.yml": source}))
    document = json.loads(
        {one.url: one.content for one in data_files(seen)}["data/statistics.json"]
    )
    totals = {one["id"]: one["records"] for one in document["recorded"]}
    for plain, one in zip(document["reconciliation"], seen.comparisons, strict=True):
        part = plain["recorded"]
        assert (part is None) == (one.recorded is None)
        if part is not None and one.recorded is not None:
            ranges = [range(first, last + 1) for first, last in part["ranges"]]
            named = [totals[part["total"]][place] for places in ranges for place in places]
            assert sorted(named) == sorted(map(plain_ref, one.recorded.records))
    assert any(one["recorded"] and one["recorded"]["ranges"] for one in document["reconciliation"])


@given(st.sets(st.integers(0, 40)))
def test_ranges_hold_what_they_were_made_of(places: set[int]) -> None:
    ranges = ranges_of(places)
    assert {place for first, last in ranges for place in range(first, last + 1)} == places
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(ranges))


def test_no_two_figures_of_one_origin_share_an_id(published: dict[str, bytes]) -> None:
    document = json.loads(published["data/statistics.json"])
    for origin in ("recorded", "reported"):
        ids = [one["id"] for one in document[origin]]
        assert len({*ids}) == len(ids)


def test_a_folder_of_data_holds_nothing_else(published: dict[str, bytes]) -> None:
    assert {Path(url).suffix for url in published} <= {".csv", ".json", ".jsonld"}
    assert all(url.startswith("data/") for url in published)
