"""The page of figures: each once, with its records; none that another page asks for is missing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.archive.claims import reconcile
from generator.archive.statistics import statistics
from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.pages.page import Page
from generator.pages.sheet import pages_of
from generator.pages.statistics.page import _others, sheets
from generator.pages.statistics.sections import (
    _MOST_LINKS,
    _MOST_PARTS,
    MOST_MONTHS,
    Listed,
    limit_for,
    listed_of,
)
from tests.archives import ARCHIVE, archive_of
from tests.daily import DAILY, copy_of_daily
from tests.sites import built, edition


@pytest.fixture(scope="module")
def seen() -> Edition:
    return edition(DAILY)


def pages(seen: Edition) -> Iterator[Page]:
    return pages_of(sheets(seen))


@pytest.fixture(scope="module")
def body(seen: Edition) -> str:
    return next(pages(seen)).body


def anchors(html: str) -> list[str]:
    return [unescape(id) for id in re.findall(r'\sid="([^"]+)"', html)]


def test_every_total_has_an_anchor_and_no_anchor_is_there_twice(seen: Edition, body: str) -> None:
    found = anchors(body)
    assert len(found) == len({*found})
    totals = (*seen.figures.recorded.values(), *seen.figures.reported.values())
    assert {one.anchor for one in totals} <= {*found}


def test_a_figure_names_the_records_it_is_made_of(body: str) -> None:
    row = body.partition('id="recorded-buildings"')[2].partition("</details>")[0]
    assert row.count("#activity-2020-03-") == 10


def test_a_part_that_prose_asks_for_is_listed_too(seen: Edition) -> None:
    asked = expand(
        '{{ figure("buildings", until="2020-03-04") }}', "docs/index.md", "index.html", seen
    )
    (link,) = re.findall('href="statistics/index.html#([^"]+)"', asked.text)
    page = next(pages(replace(seen, asked=asked.asked)))
    assert unescape(link) in anchors(page.body)
    assert "截至2020年3月4日" in page.body


def test_parts_are_folded_and_as_fine_as_can_be_read(body: str) -> None:
    assert "<summary>按日</summary>" in body
    assert "<summary>按参加的人</summary>" in body
    assert 'id="recorded-buildings@day=2020-03-04"' in body


def test_everybodys_days_are_listed(body: str) -> None:
    service = body.partition('id="service"')[2]
    assert 'href="../members/wangfang.html">10</a>' in service


def test_the_reconciliation_says_how_far_apart_and_what_others_say(seen: Edition) -> None:
    page = next(page for page in pages(seen) if page.url.endswith("reconciliation.html"))
    row = page.body.partition('id="claim-article-3"')[2].partition("</tr>")[0]
    assert "还差40户" in row
    assert row.count("#activity-") == 11
    parcels = page.body.partition('id="claim-article-6"')[2].partition("</tr>")[0]
    assert "互相矛盾" in parcels
    assert "与《一张通知》不合" in parcels


def test_of_very_many_claims_only_the_nearest_stand_beside_one(seen: Edition) -> None:
    found = reconcile(seen.archive, seen.figures)
    assert any(one.others for one in found)
    for one in found:
        assert _others(one, many=False) == one.others
        near = _others(one, many=True)
        assert len(near) <= 4
        assert all(other.excluded or other.told.claim.as_of == one.claim.as_of for other in near)
    disagreed = [one for one in found if any(other.excluded for other in one.others)]
    assert disagreed and all(_others(one, many=True) for one in disagreed)


def test_many_records_are_not_all_listed_on_one_page(seen: Edition) -> None:
    refs = seen.figures.recorded["activities"].records
    listed = listed_of(seen.archive, refs, 5)
    assert listed == Listed(refs[:5], len(refs) - 5, ("2020-03",))
    assert limit_for([10, 10]) == 200
    assert limit_for([10_000] * 80) == 10
    assert limit_for([10_000] * 10_000) == 1


def test_the_whole_site_of_daily_entries_is_sound(tmp_path: Path) -> None:
    """Every figure's link finds its anchor: the audit of the build sees to it."""
    site = built(copy_of_daily(tmp_path))
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "161栋" in home
    assert '"@type": "ArchiveOrganization"' in home
    assert '"@type": "Collection"' in home


def many_days(days: int, entries: int) -> dict[str, str]:
    """Files of an archive with so many entries on each of so many days, none like another."""
    found = {}
    for number in range(days * entries):
        day = date(2020, 1, 1) + timedelta(days=number // entries)
        found[f"activities/e{number:05d}.yml"] = (
            f"date: {day}\ntitle: 第{number}件\ntask: {'delivery' if number % 2 else 'patrol'}\n"
            f"members: [zhang, li]\nfigures: [{{measure: parcels, value: {number + 1}}}]\n"
        )
        found[f"donations/g{number:05d}.yml"] = (
            f"date: {day}\ndonor: {{name: 甲, kind: enterprise}}\noccasion: 第{number}笔\n"
            f"items: [{{item: 物{number % 9}, quantity: {number + 1}, unit: box}}]\n"
        )
    names = {"zhang": "张三", "li": "李四"}
    found |= {f"members/{id}.yml": f"name: {name}\nrole: 组员\n" for id, name in names.items()}
    return found


def page_of_many(folder: Path, days: int) -> Page:
    archive = ARCHIVE.replace("2020-03-01/2020-03-31", "2020-01-01/2021-12-31")
    seen = archive_of(folder, many_days(days, 2), archive)
    return next(
        pages(Edition(seen, statistics(seen), draw=lambda spec, width, language: Markup("")))
    )


def test_a_longer_archive_has_no_longer_page_of_figures(tmp_path: Path) -> None:
    """Twice the records: as many links and rows at most, since both are rationed."""
    some = page_of_many(tmp_path / "some", 200).body
    more = page_of_many(tmp_path / "more", 400).body
    for piece in ("<tr ", "#activity-", "donations/g"):
        assert 0 < more.count(piece) <= max(some.count(piece), _MOST_LINKS), piece
    assert more.count("../timeline/") < 40 * MOST_MONTHS
    table = more.partition("<summary>按月</summary>")[2].partition("</table>")[0]
    assert 1 < table.count("<tr ") <= _MOST_PARTS
    assert table.count("../timeline/") <= table.count("<tr ")
