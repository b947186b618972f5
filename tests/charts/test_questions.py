import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.archive.archive import Archive
from generator.archive.statistics import statistics
from generator.charts.chart import Chart, Spec
from generator.problems.problem import Language

from .archives import MARCH, activity, archive_of, charts_of, donation, month_of_work, story


def chart(archive: Archive, id: str, language: Language = "zh") -> Chart:
    """The chart of that id."""
    return {one.id: one for one in charts_of(archive, language)}[id]


def undrawn(_spec: Spec, _width: int, _language: Language) -> Markup:
    """For what concerns answers and tables only."""
    return Markup("")


def links(svg: str) -> list[tuple[str, str]]:
    """Address and name of each link, in order."""
    return re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', svg)


def test_an_archive_without_records_has_no_charts() -> None:
    assert charts_of(archive_of([]), "zh") == ()


def test_a_question_that_no_record_answers_is_left_out() -> None:
    only_a_story = archive_of([story("keepsake", "2020-03-05")])
    assert [one.id for one in charts_of(only_a_story, "zh")] == ["fullness", "filled", "growth"]


def test_the_fullest_day_is_named() -> None:
    answer = chart(month_of_work(), "fullness").answer.striptags()
    assert answer.startswith("写明了日子的记录有 5 条，落在 3 天里。")
    assert "最多的一天有 2 条，这样的有 2 天，最早是 2020年3月2日。" in answer


def test_records_without_a_single_day_are_counted_but_not_drawn() -> None:
    assert (
        "另有 2 条写的是一段时间，或日子不能确定"
        in chart(month_of_work(), "fullness").answer.striptags()
    )


def test_records_outside_the_period_are_counted_but_not_drawn() -> None:
    archive = archive_of([activity("in", "2020-03-02"), activity("out", "2021-03-02")])
    full = chart(archive, "fullness")
    assert "还有 1 条在起止时间之外" in full.answer.striptags()
    assert len(full.rows) == 1


def test_where_no_record_has_a_day_there_is_no_chart_of_days() -> None:
    archive = archive_of([activity("all-month", MARCH)])
    assert [one.id for one in charts_of(archive, "zh")] == ["filled", "tasks", "growth"]


def test_each_column_leads_to_its_day() -> None:
    full = chart(month_of_work(), "fullness")
    assert links(full.wide) == [
        ("../days/2020-03-02.html", "2020年3月2日：活动 2"),
        ("../days/2020-03-04.html", "2020年3月4日：活动 1、捐赠 1"),
        ("../days/2020-03-05.html", "2020年3月5日：口述 1"),
    ]


def test_columns_that_a_finger_could_not_touch_lead_to_the_table_with_their_links() -> None:
    month = chart(month_of_work(), "fullness")
    assert links(month.narrow) == [("#table-fullness", "逐项见背后的表格")]
    week = chart(
        archive_of([activity("street", "2020-03-02")], "2020-03-01/2020-03-07"), "fullness"
    )
    assert links(week.narrow) == [("../days/2020-03-02.html", "2020年3月2日：活动 1")]


def test_the_table_has_the_figures_of_the_columns_with_the_same_links() -> None:
    full = chart(month_of_work(), "fullness")
    assert full.columns == ("日子", "活动", "捐赠", "口述", "合计")
    assert full.rows[1] == ("2020年3月4日", "1", "1", "0", "2")
    assert escape(full.rows[1][0]) == '<a href="../days/2020-03-04.html">2020年3月4日</a>'


def test_kinds_that_do_not_occur_have_no_column_in_the_table() -> None:
    full = chart(archive_of([activity("street", "2020-03-02")]), "fullness")
    assert full.columns == ("日子", "活动", "合计")


def test_a_week_of_several_days_leads_to_its_month_and_one_of_a_single_day_to_the_day() -> None:
    records = [activity(f"on-{day}", f"2020-03-{day}") for day in ("02", "03", "12")]
    full = chart(archive_of(records, "2020-01-01/2020-06-30"), "fullness")
    assert full.question == "每周记下了多少？"
    assert links(full.wide) == [
        ("../timeline/2020-03.html", "2020年3月2日至8日：活动 2"),
        ("../days/2020-03-12.html", "2020年3月9日至15日：活动 1"),
    ]


@pytest.mark.parametrize(
    ("period", "question", "name"),
    [
        ("2019-01-01/2021-12-31", "每月记下了多少？", "2020年3月"),
        ("1978-12-18/2021-12-31", "每年记下了多少？", "2020年"),
    ],
)
def test_a_longer_period_is_told_by_months_or_years(period: str, question: str, name: str) -> None:
    full = chart(archive_of([activity("street", "2020-03-02")], period), "fullness")
    assert full.question == question
    assert links(full.wide) == [("../days/2020-03-02.html", f"{name}：活动 1")]


@given(st.lists(st.integers(0, 900), max_size=40), st.integers(0, 900))
def test_the_table_adds_up_to_the_records_of_the_period(days: list[int], length: int) -> None:
    first = date(2019, 11, 3)
    last = first + timedelta(length)
    records = [
        activity(f"a{n}", (first + timedelta(day)).isoformat()) for n, day in enumerate(days)
    ]
    inside = sum(day <= length for day in days)
    found = charts_of(archive_of(records, f"{first}/{last}"), "zh", undrawn)
    full = [one for one in found if one.id == "fullness"]
    assert sum(int(row[-1]) for one in full for row in one.rows) == inside


def test_tasks_are_counted_with_those_of_a_known_day_apart() -> None:
    tasks = chart(month_of_work(), "tasks")
    numbers = [(Markup(row[0]).striptags(), *row[1:]) for row in tasks.rows]
    assert numbers == [
        ("消杀", "2", "0", "2"),
        ("物资运送", "1", "1", "2"),
        ("巡查", "0", "0", "0"),
    ]


def test_tasks_without_an_activity_are_named() -> None:
    answer = chart(month_of_work(), "tasks").answer.striptags()
    assert "最多的是消杀、物资运送，各 2 条。" in answer
    assert "还没有活动记录的任务：巡查。" in answer


def test_each_piece_of_a_task_leads_to_its_activity() -> None:
    assert links(chart(month_of_work(), "tasks").narrow)[:2] == [
        ("../days/2020-03-02.html#activity-street", "消杀：消杀主街（2020年3月2日）"),
        ("../days/2020-03-02.html#activity-towers", "消杀：消杀高层（2020年3月2日）"),
    ]


def test_many_activities_are_one_bar_that_leads_to_the_figure_made_of_them() -> None:
    records = [activity(f"a{n}", f"2020-03-{n % 28 + 1:02d}") for n in range(200)]
    archive = archive_of(records)
    anchor = statistics(archive).recorded["activities:disinfection"].anchor
    assert links(chart(archive, "tasks").wide) == [(f"#{anchor}", "消杀：200")]


def test_long_lists_of_tasks_are_cut_in_the_chart_and_whole_in_the_table() -> None:
    tasks = "tasks: [" + ", ".join(f"{{id: t{n}}}" for n in range(30)) + "]"
    archive = archive_of([activity("a", "2020-03-02", "t7")], vocabularies=tasks)
    found = chart(archive, "tasks")
    assert len(found.rows) == 30
    assert "图中是最多的 20 项" in found.answer.striptags()
    assert "t0、t1、t2、t3、t4等 29 项" in found.answer.striptags()


def test_things_given_are_counted_and_their_amounts_never_added() -> None:
    gifts = chart(month_of_work(), "gifts")
    assert gifts.answer.striptags().startswith("2 笔捐赠写下了 3 样物品，")
    numbers = [(Markup(row[0]).striptags(), *row[1:]) for row in gifts.rows]
    assert numbers == [
        ("防护用品", "1", "0", "1"),
        ("食品", "0", "1", "1"),
        ("未分类", "1", "0", "1"),
    ]


def test_each_thing_given_leads_to_its_donation() -> None:
    assert links(chart(month_of_work(), "gifts").wide)[0] == (
        "../donations/masks.html",
        "防护用品：口罩（2020年3月4日）",
    )


def test_many_gifts_are_one_bar_that_leads_to_the_ledger() -> None:
    records = [donation(f"d{n}", "2020-03-02") for n in range(130)]
    gifts = chart(archive_of(records), "gifts")
    assert links(gifts.wide) == [("../donations/index.html", "防护用品：130")]


def test_english_counts_one_and_many() -> None:
    archive = archive_of([activity("street", "2020-03-02")])
    full, _filled, tasks, _growth = charts_of(archive, "en", undrawn)
    assert full.answer.striptags().startswith("1 record names its day; it falls in 1 day.")
    assert tasks.answer.striptags().startswith(
        "There is 1 activity on record; most are of 消杀 (1 record)."
    )


def test_drawings_can_be_remembered_by_their_key() -> None:
    asked: list[tuple[str, int]] = []

    def remembered(spec: Spec, width: int, _language: Language) -> Markup:
        asked.append((spec["name"], width))
        return Markup("<svg></svg>")

    found = charts_of(month_of_work(), "zh", remembered)
    assert asked == [(one.id, width) for one in found for width in (720, 350)]
    assert found[0].wide == "<svg></svg>"
