"""The feeds: both formats say the same, in the right order, and only where they can be followed."""

import json
from pathlib import Path
from xml.etree import ElementTree as xml

from generator.values.dates import parse_date
from tests.sites import CONFIGURATION, SMALL, Files, built, edition, write_archive

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://chronicle.example/lane/"
WITH_ADDRESS: Files = {**SMALL, "mkdocs.yml": f"site_url: {ADDRESS}\n{CONFIGURATION}"}


def test_both_feeds_name_every_record_newest_first(tmp_path: Path) -> None:
    site = built(write_archive(tmp_path, WITH_ADDRESS))
    feed = json.loads((site / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{ADDRESS}feed.json" and feed["title"] == "巷里纪事"
    moments = [item["date_published"] for item in feed["items"]]
    assert moments == sorted(moments, reverse=True) and moments[0].endswith("T00:00:00+08:00")
    archive = edition(tmp_path).archive
    assert {item["title"] for item in feed["items"]} == {one.title for one in archive.dated}
    for item in feed["items"]:
        page, _, place = item["url"].removeprefix(ADDRESS).partition("#")
        text = (site / page).read_text(encoding="utf-8")
        assert not place or f'id="{place}"' in text
    atom = xml.parse(site / "feed.xml").getroot()
    entries = [
        (one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated"))
        for one in atom.iter(f"{ATOM}entry")
    ]
    assert entries == [(item["id"], item["date_published"]) for item in feed["items"]]
    assert atom.findtext(f"{ATOM}updated") == moments[0]


def test_pages_lead_to_the_feeds(tmp_path: Path) -> None:
    site = built(write_archive(tmp_path, WITH_ADDRESS))
    page = (site / "members/index.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml"' in page and 'href="../feed.xml"' in page


def test_without_an_address_there_are_no_feeds(tmp_path: Path) -> None:
    site = built(write_archive(tmp_path, SMALL))
    assert not (site / "feed.xml").exists() and not (site / "feed.json").exists()
    assert "atom+xml" not in (site / "index.html").read_text(encoding="utf-8")


def test_a_long_archive_gives_its_latest_records_only(tmp_path: Path) -> None:
    days = {
        f"records/activities/{number:03d}.yml": f"date: 2020-03-{number % 28 + 1:02d}\ntitle: 题{number}\ntask: delivery\n"
        for number in range(60)
    }
    site = built(write_archive(tmp_path, {**WITH_ADDRESS, **days}))
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    assert len(items) == 50
    oldest = min(item["date_published"][:10] for item in items)
    newer = [
        one
        for one in edition(tmp_path).archive.dated
        if one.date.latest > parse_date(oldest).latest
    ]
    assert {one.title for one in newer} <= {item["title"] for item in items}
