"""Charts over time: the coverage calendar, work by task, attendance, cumulative totals."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.archive.archive import Archive
from generator.charts.chart import Chart, Spec
from generator.problems.problem import Language
from generator.values.quantities import parse_quantity

from .archives import MARCH, activity, archive_of, charts_of, donation, member, month_of_work, story


def undrawn(_spec: Spec, _width: int, _language: Language) -> Markup:
    return Markup("")


def chart(archive: Archive, id: str, language: Language = "zh") -> Chart:
    return {one.id: one for one in charts_of(archive, language)}[id]


def links(svg: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', svg)


def plain(chart: Chart) -> list[tuple[str, ...]]:
    return [tuple(Markup(cell).striptags() for cell in row) for row in chart.rows]


def test_the_calendar_tells_full_days_from_covered_and_from_empty_ones() -> None:
    archive = archive_of(
        [
            activity("a", "2020-03-02"),
            activity("b", "2020-03-04/2020-03-06"),
            story("c", "2020-03-02"),
        ],
        "2020-03-01/2020-03-08",
    )
    calendar = chart(archive, "filled")
    assert calendar.answer.striptags() == (
        "起止之间 8 天，1 天有自己的记录，7 天还没有。其中 3 天只落在一段时间的记录里。"
        "最长的一段空白是 2020年3月3日至8日。"
    )
    assert plain(calendar)[1] == ("2020年3月2日", "2", "")
    assert plain(calendar)[3] == ("2020年3月4日", "0", "是")
    assert links(calendar.wide) == links(calendar.narrow)
    assert links(calendar.wide) == [("../days/2020-03-02.html", "2020年3月2日：2 条")]


def test_a_whole_period_has_no_gap() -> None:
    archive = archive_of([activity("a", "2020-03-01")], "2020-03-01")
    assert chart(archive, "filled").answer.striptags() == "起止之间 1 天，天天有记录。"


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2019-01-01/2021-12-31", "2020年3月：1 天"),
        ("1978-12-18/2021-12-31", "2020年：1 天"),
    ],
)
def test_a_long_calendar_is_of_months_and_a_longer_one_of_years(period: str, name: str) -> None:
    calendar = chart(archive_of([activity("a", "2020-03-02")], period), "filled")
    assert links(calendar.narrow) == [("../timeline/2020-03.html", name)]


def test_work_of_one_activity_leads_to_it_and_of_several_days_to_their_month() -> None:
    archive = archive_of(
        [
            activity("a", "2020-03-02"),
            activity("b", "2020-03-02", "delivery"),
            activity("c", "2020-03-03", "delivery"),
            activity("d", MARCH, "patrol", "每天巡查"),
        ]
    )
    work = chart(archive, "work")
    assert links(work.wide) == [
        ("../days/2020-03-02.html#activity-a", "消杀：1 条（2020年3月2日）"),
        ("../days/2020-03-02.html#activity-b", "物资运送：1 条（2020年3月2日）"),
        ("../days/2020-03-03.html#activity-c", "物资运送：1 条（2020年3月3日）"),
        (
            f"../days/{MARCH.replace('/', '_')}.html#activity-d",
            "巡查：每天巡查（2020年3月1日至31日）",
        ),
    ]
    assert links(work.narrow)[0][1] == "消杀：1 条（2020年3月2日至8日）", "weeks on a telephone"
    assert links(work.narrow)[1][0] == "../timeline/2020-03.html"
    assert work.answer.striptags().startswith(
        "写明了日子的有 2 项任务，日子最多的是物资运送，2 天。"
    )


def test_what_lasted_and_meets_is_one_outline_that_leads_to_all_of_it() -> None:
    archive = archive_of(
        [
            activity("a", "2020-03-01/2020-03-05"),
            activity("b", "2020-03-06/2020-03-08"),
            activity("c", "2020-03-20/2020-03-22"),
            activity("d", "2020-03-02", "delivery"),
        ]
    )
    assert links(chart(archive, "work").wide)[:2] == [
        ("#recorded-activities:disinfection", "消杀：2 条（2020年3月1日至8日）"),
        ("../days/2020-03-20_2020-03-22.html#activity-c", "消杀：消杀主街（2020年3月20日至22日）"),
    ]


TEAM = [member("lihui", "李辉"), member("wangfang", "王芳"), member("m3", None)]


def test_attendance_counts_days_and_not_activities() -> None:
    archive = archive_of(
        [
            *TEAM,
            activity("a", "2020-03-02", members="[lihui, wangfang]"),
            activity("b", "2020-03-02", members="[lihui]"),
            activity("c", "2020-03-09", members="[lihui]"),
        ]
    )
    found = chart(archive, "attendance")
    assert [row[:2] for row in plain(found)] == [("李辉", "2"), ("王芳", "1")]
    assert found.answer.striptags().startswith("2 人有写明的日子，最多的是李辉，2 天。")
    assert "另有 1 人还没有记录写到。" in found.answer.striptags()
    assert links(found.wide) == [
        ("../days/2020-03-02.html", "李辉：2020年3月2日"),
        ("../days/2020-03-09.html", "李辉：2020年3月9日"),
        ("../days/2020-03-02.html", "王芳：2020年3月2日"),
    ]


def test_attendance_over_a_long_time_is_told_by_months() -> None:
    days = ("2020-03-02", "2020-03-03", "2020-07-01")
    records = [activity(f"a{day}", day, members="[lihui]") for day in days]
    found = chart(archive_of([*TEAM, *records], "2020-01-01/2020-12-31"), "attendance")
    assert links(found.wide) == [
        ("../members/lihui.html", "李辉：2020年3月：2 天"),
        ("../days/2020-07-01.html", "李辉：2020年7月：1 天"),
    ]


def test_a_period_counts_from_its_last_day_and_may_count_from_its_first() -> None:
    archive = archive_of(
        [activity("a", "2020-03-01"), activity("b", "2020-03-02/2020-03-03")],
        "2020-03-01/2020-03-04",
    )
    found = chart(archive, "growth")
    assert [row[1] for row in plain(found)] == ["1", "1～2", "2", "2"]
    assert found.answer.striptags().startswith("到 2020年3月4日，累计活动记录 2。")


def test_totals_lead_to_the_figures_made_of_their_records() -> None:
    assert [href for href, _ in links(chart(month_of_work(), "growth").wide)] == [
        "#recorded-activities",
        "#recorded-donations",
        "#recorded-stories",
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=30))
def test_totals_never_fall_and_end_with_every_record(spans: list[tuple[int, int]]) -> None:
    first = date(2020, 1, 1)

    def day(number: int) -> str:
        return (first + timedelta(number)).isoformat()

    records = [
        activity(f"a{n}", day(min(one)) if one[0] == one[1] else f"{day(min(one))}/{day(max(one))}")
        for n, one in enumerate(spans)
    ]
    found = charts_of(archive_of(records, f"{first}/{day(40)}"), "zh", undrawn)
    growth = next((one for one in found if one.id == "growth"), None)
    assume(growth is not None)  # all on the first day: nothing grows
    assert growth is not None
    shown = [parse_quantity(row[1]) for row in growth.rows]
    lows, highs = [one.lower for one in shown], [one.upper or one.lower for one in shown]
    assert lows == sorted(lows)
    assert highs == sorted(highs)
    assert all(low <= high for low, high in zip(lows, highs, strict=True))
    assert lows[-1] == highs[-1] == len(spans)


def test_things_of_different_units_share_no_scale() -> None:
    items = (
        "[{item: 口罩, quantity: 500, unit: piece}, {item: 手套, quantity: 250, unit: piece},"
        " {item: 凝胶, quantity: 近100, unit: bottle}, {item: 面粉}]"
    )
    found = chart(archive_of([donation("d", "2020-03-02", items)]), "items")
    assert [row[0] for row in plain(found)] == ["口罩", "手套", "凝胶"]
    assert "按件计，最多的是口罩（500件）。" in found.answer.striptags()
    assert "另有 1 样没有写数量，不画。" in found.answer.striptags()
    assert "都还没有写明去向。" in found.answer.striptags()
    assert links(found.wide)[0] == ("#recorded-item:口罩", "口罩：500件")
