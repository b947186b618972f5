"""Figures in hand-written pages: within dates, by task and person; numbers that nothing supports."""

import re
from pathlib import Path

import pytest

from generator.archive.prose import Numbers
from generator.archive.statistics import statistics
from generator.pages.edition import Edition
from generator.pages.narrative.expand import Expanded, expand
from generator.pages.narrative.numbers import number_problems
from tests.archives import problems_of
from tests.daily import DAILY, copy_of_daily, daily_archive
from tests.sites import edition


@pytest.fixture(scope="module")
def seen() -> Edition:
    return edition(DAILY)


def expanded(seen: Edition, text: str) -> Expanded:
    return expand(text, "docs/index.md", "index.html", seen)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('figure("buildings", until="2020-03-04")', "161栋"),
        ('figure("buildings", since="2020-03-09")', "80栋"),
        ('figure("buildings", during="2020-03-02/2020-03-03")', "83栋"),
        ('figure("buildings", during="2020-03")', "406栋"),
        ('figure("buildings", member="zhaolei")', "40栋"),
        ('figure("buildings", task="disinfection", batch="first")', "406栋"),
        ('figure("visits", until="2020-03-04")', "100～110户"),
        ('figure("item:冬瓜", of="left")', "24吨"),
        ('figure("item:面粉", donor="enterprise")', "50公斤以上"),
        ('figure("parcels", until="2020-03-10")', "1700份"),
        ('count("activities", task="delivery", until="2020-03-05")', "5～6"),
        ('count("days", member="wangfang")', "10"),
        ('count("donations", category="protective")', "1"),
        ('count("members", batch="first")', "2"),
    ],
)
def test_a_figure_can_be_narrowed(seen: Edition, written: str, shown: str) -> None:
    found = expanded(seen, f"{{{{ {written} }}}}")
    assert found.problems == ()
    assert re.sub("<[^>]*>", "", found.text) == shown
    assert len(found.asked) == 1


def test_a_breakdown_is_a_table_of_linked_figures(seen: Edition) -> None:
    found = expanded(seen, '{{ breakdown("buildings", by="week") }}')
    assert found.problems == ()
    assert [one.by for one in found.asked] == [
        (("week", "2020-W09"),),
        (("week", "2020-W10"),),
        (("week", "2020-W11"),),
    ]
    assert found.text.count('class="figure"') == 3
    assert "2020年3月2日至8日" in found.text


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ('figure("buildings", untill="2020-03-04")', "until"),
        ('figure("buildings", until="2020年3月4日")', "2020-03-04"),
        ('figure("buildings", member="lihiu")', "lihui"),
        ('figure("buildings", task="disinfections")', "disinfection"),
        ('figure("item:冬瓜", of="lefts")', "left"),
        ('breakdown("buildings", by="wek")', "week"),
        ('breakdown("building", by="week")', "buildings"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(seen: Edition, written: str, near: str) -> None:
    (one,) = expanded(seen, f"一行\n\n这里{{{{ {written} }}}}").problems
    assert (one.code.id, one.place.line, one.place.column) == ("EXP001", 3, 3)
    assert near in one.hint("zh")


@pytest.mark.parametrize(
    "written",
    [
        'figure("item:冬瓜", member="lihui")',
        'figure("buildings", until="2020-03-01", since="2020-03-04")',
        'figure("buildings", during="2020-03", until="2020-03-04")',
        'figure("buildings", until="2020-02-01")',
    ],
)
def test_what_cannot_be_answered_is_refused(seen: Edition, written: str) -> None:
    found = expanded(seen, f"{{{{ {written} }}}}")
    assert [one.code.id for one in found.problems] == ["EXP001"]
    assert found.asked == ()


# Numbers written by hand --------------------------------------------------------------------------


def noted(text: str) -> list[tuple[str, int, int]]:
    archive = daily_archive()
    found = number_problems(text, "docs/index.md", Numbers(archive, statistics(archive)))
    return [(dict(one.values)["found"], one.place.line, one.place.column) for one in found]


def test_a_number_that_nothing_supports_is_noted_where_it_stands() -> None:
    assert noted("# 题\n\n做了406栋。\n又说450栋，\n还有两栋。\n") == [("450栋", 4, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "```\n450栋\n```\n",
        "写成 `450栋` 就好",
        '{{ figure("buildings") }}',
        "[看这里](days/450栋.html)",
        "<span data-n='450栋'>x</span>",
        "<!-- 450栋 -->",
    ],
)
def test_what_is_not_prose_is_passed_over(text: str) -> None:
    assert noted(text) == []


def test_numbers_in_the_texts_of_records_are_looked_at_too(tmp_path: Path) -> None:
    root = copy_of_daily(tmp_path)
    entry = root / "records" / "activities" / "2020-03-11-extra.yml"
    entry.write_text(
        "date: 2020-03-11\ntitle: 多做一天\ntask: disinfection\nsummary: |\n  做了406栋，\n"
        "  又做了450栋，送去1000份。\n",
        encoding="utf-8",
    )
    (one,) = [one for one in problems_of(root) if one.code.id == "CLM002"]
    assert (one.place.path, one.place.line, one.place.column) == (
        "records/activities/2020-03-11-extra.yml",
        6,
        6,
    )
    assert "消杀楼栋 406栋" in one.message("zh")


def test_the_shipped_archive_has_no_such_number() -> None:
    root = Path(__file__).parents[2]
    assert [one for one in problems_of(root) if one.code.id == "CLM002"] == []
