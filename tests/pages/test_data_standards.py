"""The open data after its standards: Data Package, JSON Schema, JSON-LD, IIIF Presentation 3."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.archive.subjects import Entry, Subject
from generator.archive.totals import SPANS, by_years, grouped, grouped_in
from generator.kinds.fields import Ref
from generator.pages import linked
from generator.pages.data import iiif
from generator.pages.edition import Edition
from generator.pages.view import view_of
from generator.photos.plan import Derivative, Picture
from generator.values.dates import parse_date
from generator.values.quantities import Quantity
from generator.values.units import Unit
from tests.daily import DAILY
from tests.sites import SMALL, data_files, edition, write_archive

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "generator" / "pages" / "data" / "statistics.schema.json"
MANIFEST = Path(__file__).parent / "iiif-presentation-3.schema.json"


def published(seen: Edition) -> dict[str, bytes]:
    return {file.url.removeprefix("data/"): file.content for file in data_files(seen)}


def editions(tmp_path: Path) -> list[Edition]:
    shipped = edition(ROOT)
    return [edition(DAILY), edition(write_archive(tmp_path, SMALL)), shipped]


# Data Package -------------------------------------------------------------------------------------


def test_the_data_package_describes_every_table_rightly(tmp_path: Path) -> None:
    for number, seen in enumerate(editions(tmp_path / "small")):
        folder = tmp_path / str(number)
        for name, content in published(seen).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        report = Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["title", "message"])
        listed = {task.name for task in report.tasks}
        assert {"members", "activities", "donations", "items", "figures", "claims"} <= listed


# JSON Schema --------------------------------------------------------------------------------------


def test_the_schema_of_the_statistics_is_itself_in_order() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_bytes()))


def test_the_statistics_are_as_their_schema_says(tmp_path: Path) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    for seen in editions(tmp_path):
        found = published(seen)
        validator.validate(json.loads(found["statistics.json"]))
        validator.validate(json.loads(found["series.json"]))


def test_the_schema_is_published_beside_them() -> None:
    assert published(edition(DAILY))["statistics.schema.json"] == SCHEMA.read_bytes()


def test_every_part_of_a_series_belongs_to_a_recorded_total() -> None:
    found = published(edition(DAILY))
    totals = {one["id"] for one in json.loads(found["statistics.json"])["recorded"]}
    assert {one["subject"] for one in json.loads(found["series.json"])["series"]} <= totals


# Years --------------------------------------------------------------------------------------------


def test_a_large_kind_is_there_by_year_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "activities-2020.json" not in published(edition(DAILY))
    monkeypatch.setattr("generator.pages.data.tables.MOST_IN_ONE", 20)
    found = published(edition(DAILY))
    assert len(json.loads(found["activities-2020.json"])) == 21
    assert found["activities-2020.csv"].startswith(b"\xef\xbb\xbf")
    assert "donations-2020.json" not in found


def test_a_table_joined_of_its_years_is_the_table_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = "date: 1999-12-31\ntitle: 早先\ntask: delivery\n"
    seen = edition(write_archive(tmp_path, {**SMALL, "records/activities/early.yml": early}))
    at_once = published(seen)
    monkeypatch.setattr("generator.pages.data.tables.MOST_IN_ONE", 0)
    joined = published(seen)
    assert joined["figures-1999.json"] == b"[]\n"
    tables = [name for name in at_once if not name.startswith(("statistics", "series"))]
    assert {name: joined[name] for name in tables} == {name: at_once[name] for name in tables}


def test_the_figures_of_the_years_are_those_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = edition(DAILY)
    monkeypatch.setattr("generator.pages.data.tables.MOST_IN_ONE", 20)
    found = published(seen)
    years = [name for name in found if name.startswith("series-") and name.endswith(".json")]
    parts = [one for name in ("series.json", *years) for one in json.loads(found[name])["series"]]
    monkeypatch.undo()
    everything = json.loads(published(seen)["series.json"])["series"]
    assert sorted(map(str, parts)) == sorted(map(str, everything))
    assert len(years) == 1
    rows = sum(found[name].count(b"\r\n") - 1 for name in ("statistics.csv", "series-2020.csv"))
    assert rows == published(seen)["statistics.csv"].count(b"\r\n") - 1


@given(st.lists(st.dates(date(2019, 12, 20), date(2021, 1, 10)), max_size=6))
def test_every_day_week_and_month_stands_in_one_year(days: list[date]) -> None:
    dates = [parse_date(day.isoformat()) for day in days]
    dates += [parse_date(text) for text in ("2019-12-30/2020-01-02", "2020-12-31/2021-01-01")]
    one = Quantity(Decimal(1), Decimal(1))
    entries = [Entry(Ref("activity", str(n)), when, one, {}) for n, when in enumerate(dates)]
    subject = Subject("m", "m", Unit("", ""), "sum", "measured", tuple(entries))
    years = by_years(entries)
    for span in SPANS:
        divided = [one for year in years for one in grouped_in(year, years[year], subject, span)]
        assert sorted(one.id for one in divided) == sorted(one.id for one in grouped(subject, span))
        assert {*divided} == {*grouped(subject, span)}


# Linked data --------------------------------------------------------------------------------------


def test_the_graph_has_a_node_of_the_right_type_for_every_record() -> None:
    seen = edition(DAILY)
    graph = json.loads(published(seen)["archive.jsonld"])
    assert graph["@context"] == "https://schema.org"
    types = [node["@type"] for node in graph["@graph"]]
    assert types[:2] == ["ArchiveOrganization", "Collection"]
    archive = seen.archive
    counted = {
        "Person": len(archive.members),
        "Event": len(archive.activities),
        "DonateAction": len(archive.donations),
        "Photograph": len(archive.photographs),
    }
    assert {name: types.count(name) for name in counted} == counted


def test_nodes_are_named_by_the_addresses_of_their_pages() -> None:
    graph = json.loads(published(edition(DAILY))["archive.jsonld"])["@graph"]
    ids = [node["@id"] for node in graph]
    assert len(ids) == len({*ids})
    assert "https://archive.example/daily/members/lihui.html" in ids
    named = {node["@id"] for node in graph}
    performers = [one["@id"] for node in graph for one in node.get("performer", ())]
    assert {*performers} <= named


def test_a_donor_who_is_not_to_be_named_is_not(tmp_path: Path) -> None:
    gift = "date: 2020-03-04\ndonor: {name: 张某某, kind: individual, anonymous: true}\n"
    given = {"records/donations/melons.yml": f"{gift}items: [{{item: 冬瓜}}]\n"}
    seen = edition(write_archive(tmp_path, {**SMALL, **given}))
    assert not any("张某某".encode() in content for content in published(seen).values())


def test_no_name_of_a_file_is_in_the_data(tmp_path: Path) -> None:
    found = published(edition(ROOT))
    for name, content in found.items():
        assert b"illustration-oil.jpg" not in content, name


# IIIF ---------------------------------------------------------------------------------------------


def pictured(seen: Edition) -> Edition:
    """The edition as if every photograph were held and developed."""
    sizes = tuple(Derivative(width, width * 2 // 3, f"{width}.webp") for width in (480, 960))
    picture = Picture("0" * 64, 960, 640, sizes, None, "#808080")
    pictures = {one.id: picture for one in seen.archive.photographs}
    return replace(seen, pictures=pictures, site_url="https://archive.example/")


def manifest_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(MANIFEST.read_bytes())
    return schema


def test_the_manifest_is_as_the_presentation_api_says() -> None:
    found = dict(iiif.manifests(pictured(edition(ROOT))))
    manifest = found[iiif.GALLERY]
    Draft202012Validator(manifest_schema()).validate(manifest)
    assert len(manifest["items"]) == len(edition(ROOT).archive.photographs)


def test_a_canvas_is_painted_by_its_own_picture() -> None:
    (manifest,) = dict(iiif.manifests(pictured(edition(ROOT)))).values()
    for canvas in manifest["items"]:
        (annotation,) = canvas["items"][0]["items"]
        assert annotation["target"] == canvas["id"]
        assert (annotation["body"]["width"], annotation["body"]["height"]) == (960, 640)


def test_there_is_no_manifest_without_an_address_or_a_picture() -> None:
    seen = edition(ROOT)
    assert dict(iiif.manifests(replace(pictured(seen), site_url=""))) == {}
    assert dict(iiif.manifests(replace(seen, site_url="https://archive.example/"))) == {}


def test_a_large_gallery_is_a_collection_of_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iiif, "_MOST_CANVASES", 2)
    found = dict(iiif.manifests(pictured(edition(ROOT))))
    collection = found.pop(iiif.GALLERY)
    validator = Draft202012Validator(manifest_schema())
    validator.validate(collection)
    assert collection["type"] == "Collection"
    assert {one["id"].rpartition("/")[2] for one in collection["items"]} == {
        url.rpartition("/")[2] for url in found
    }
    for manifest in found.values():
        validator.validate(manifest)


# Pages --------------------------------------------------------------------------------------------


def test_linked_data_leaves_out_what_is_not_known() -> None:
    view = view_of(edition(ROOT), "data", "../")
    unnamed = next(one for one in view.archive.members if one.name is None)
    assert "name" not in linked.person(view, unnamed)
