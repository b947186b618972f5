"""Parts of figures: by day, week, month, task and person, and within dates; whole and parts agree."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.running import running
from generator.archive.service import services
from generator.archive.statistic import Rule, Statistic
from generator.archive.statistics import Statistics, statistics
from generator.archive.subjects import Entry, Subject
from generator.archive.totals import (
    NO_SPAN,
    SPANS,
    Grouping,
    Selection,
    days_of_week,
    grouped,
    narrowed,
    week_of,
    whole,
)
from generator.kinds.archive_file import COUNTED
from generator.kinds.fields import Ref
from generator.values.dates import parse_date
from generator.values.quantities import ZERO, parse_quantity, quantity_in_words, total
from generator.values.units import Unit
from tests.daily import daily_archive


@pytest.fixture(scope="module")
def figures() -> Statistics:
    return statistics(daily_archive())


def words(one: Statistic | None) -> str:
    assert one is not None
    return quantity_in_words(one.quantity, "zh")


def test_a_figure_of_one_day_of_several_counts_in_the_total_and_on_no_day(
    figures: Statistics,
) -> None:
    assert words(figures.total("visits")) == "260"
    days = {dict(one.by)["day"]: words(one) for one in figures.grouped("visits", "day")}
    assert days.pop(NO_SPAN) == "10"
    assert set(days.values()) == {"25"}
    assert len(days) == 10


def test_it_counts_in_a_range_that_holds_all_the_days_it_may_be(figures: Statistics) -> None:
    assert words(figures.total("visits", Selection(until=date(2020, 3, 10)))) == "260"


def test_in_a_range_that_holds_some_of_them_it_may_count_or_not(figures: Statistics) -> None:
    until_the_fourth = figures.total("visits", Selection(until=date(2020, 3, 4)))
    assert words(until_the_fourth) == "100～110"
    assert until_the_fourth is not None
    assert Ref("activity", "one-day-of-ten") in until_the_fourth.records


def test_a_figure_is_narrowed_by_date_task_and_person(figures: Statistics) -> None:
    until = Selection(until=date(2020, 3, 4))
    assert words(figures.total("buildings", until)) == "161"
    with_wang = Selection(date(2020, 3, 2), date(2020, 3, 3), (("member", "wangfang"),))
    assert words(figures.total("buildings", with_wang)) == "42"
    assert words(figures.total("activities", Selection(keys=(("task", "delivery"),)))) == "11"
    assert figures.total("buildings", Selection(keys=(("task", "delivery"),))) is None


def test_the_same_part_always_has_the_same_id(figures: Statistics) -> None:
    part = Selection(date(2020, 3, 2), date(2020, 3, 3), (("member", "lihui"),))
    one = figures.total("buildings", part)
    assert one is not None
    assert one.id == "buildings@member=lihui,since=2020-03-02,until=2020-03-03"


def test_parts_with_names_of_their_own_keep_them(figures: Statistics) -> None:
    first = figures.total("members", Selection(keys=(("batch", "first"),)))
    assert first is figures.recorded["members:first"]


def test_the_last_of_a_range_is_the_last_in_it(figures: Statistics) -> None:
    assert words(figures.total("points")) == "4"
    assert words(figures.total("points", Selection(until=date(2020, 3, 8)))) == "3"


def test_all_members_are_those_who_had_come_by_then(figures: Statistics) -> None:
    served = {one.member.id: one for one in services(daily_archive(), figures)}
    zhao = served["zhaolei"]
    assert (zhao.first, zhao.last, words(zhao.days)) == (date(2020, 3, 10), date(2020, 3, 10), "1")


def test_a_members_service_counts_single_days_and_all_activities(figures: Statistics) -> None:
    served = {one.member.id: one for one in services(daily_archive(), figures)}
    wang = served["wangfang"]
    assert (words(wang.days), words(wang.activities)) == ("10", "16")
    assert wang.tasks == (("delivery", 10), ("disinfection", 6))


def test_things_given_are_totalled_by_item_category_donor_and_value(figures: Statistics) -> None:
    recorded = figures.recorded
    assert words(recorded["item:面粉"]) == "约250以上"  # 约200 公斤 and 100余 斤
    assert words(recorded["distributed:冬瓜"]) == "10"
    assert words(recorded["left:冬瓜"]) == "24"
    assert words(recorded["category:protective"]) == "4000"
    assert words(recorded["donations@donor=enterprise"]) == "1"
    assert (words(recorded["value"]), recorded["value"].unit) == ("8000.5", "元")
    assert words(recorded["value@category=food"]) == "6800"


def test_what_is_left_is_not_what_nobody_handed_on(figures: Statistics) -> None:
    assert "left:口罩" not in figures.recorded


def test_a_week_begins_on_monday_and_belongs_to_the_year_of_its_thursday() -> None:
    assert week_of(date(2020, 3, 1)) == "2020-W09"
    assert week_of(date(2021, 1, 3)) == "2020-W53"
    assert days_of_week("2020-W53") == (date(2020, 12, 28), date(2021, 1, 3))


def test_a_claim_about_an_earlier_day_is_a_lower_bound(figures: Statistics) -> None:
    claimed = figures.claimed("parcels", Selection(until=date(2020, 3, 12)))
    assert claimed is not None
    assert words(claimed) == "1700以上"
    assert words(figures.claimed("parcels", Selection(until=date(2020, 3, 10)))) == "1700"
    assert figures.claimed("parcels", Selection(until=date(2020, 3, 9))) is None
    assert figures.claimed("parcels", Selection(keys=(("member", "lihui"),))) is None


# At random ----------------------------------------------------------------------------------------

DATES = st.sampled_from(
    [
        "2020-03-01",
        "2020-03-02",
        "2020-03-31",
        "2020-04-01",
        "2020-03",
        "2020-03-XX",
        "2020-02-29/2020-03-31",
        "[2020-03-01..2020-03-04]",
        "2020-03-04~",
    ]
)
QUANTITIES = st.sampled_from(["0", "7", "406", "约700", "900余", "近100", "400-500", "半"])
TASKS = st.sampled_from(["a", "b"])


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    rows = draw(st.lists(st.tuples(DATES, QUANTITIES, TASKS), min_size=1, max_size=12))
    entries = [
        Entry(Ref("activity", str(n)), parse_date(when), parse_quantity(value), {"task": (task,)})
        for n, (when, value, task) in enumerate(rows)
    ]
    entries.sort(key=lambda one: one.when.sort_key if one.when else (date.min, date.min))
    return Subject("m", "m", Unit("", ""), "sum", "measured", tuple(entries))


@given(subjects(), st.sampled_from([*SPANS, "task"]))
def test_the_parts_of_a_grouping_add_up_to_the_whole(subject: Subject, grouping: Grouping) -> None:
    parts = grouped(subject, grouping)
    assert total(one.quantity for one in parts) == whole(subject).quantity
    assert {ref for one in parts for ref in one.records} == {*whole(subject).records}


@given(subjects(), st.dates(date(2020, 2, 20), date(2020, 4, 10)))
def test_a_range_and_the_rest_are_never_less_certain_than_the_whole(
    subject: Subject, day: date
) -> None:
    before = narrowed(subject, Selection(until=day))
    after = narrowed(subject, Selection(since=date.fromordinal(day.toordinal() + 1)))
    parts = total(one.quantity if one else ZERO for one in (before, after))
    everything = whole(subject).quantity
    assert parts.lower <= everything.lower
    if everything.upper is not None:
        assert parts.upper is not None
        assert parts.upper >= everything.upper


@given(subjects())
def test_what_a_total_says_reads_back_as_the_total(subject: Subject) -> None:
    quantity = whole(subject).quantity
    assert parse_quantity(quantity_in_words(quantity, "zh")) == quantity
    assert parse_quantity(quantity_in_words(quantity, "en")) == quantity


@given(subjects(), st.sampled_from(["sum", "max", "last", "count"]))
def test_bounds_never_cross_by_any_rule(subject: Subject, rule: str) -> None:
    ruled = Subject("m", "m", subject.unit, rule, "measured", subject.entries)  # type: ignore[arg-type]
    for selection in (Selection(), Selection(until=date(2020, 3, 2))):
        one = narrowed(ruled, selection)
        if one is not None and one.quantity.upper is not None:
            assert Decimal(0) <= one.quantity.lower <= one.quantity.upper


@given(
    subjects(),
    st.booleans(),
    st.sampled_from(["sum", "count"]),
    st.dates(date(2020, 2, 20), date(2020, 4, 10)),
)
def test_what_is_looked_up_by_day_is_what_adding_up_gives(
    subject: Subject, also: bool, rule: Rule, day: date
) -> None:
    undated = Entry(Ref("activity", "undated"), None, parse_quantity("7"), {})
    entries = (*subject.entries, *[undated] * also)
    if rule == "count":  # of records, one by one
        entries = tuple(entry._replace(quantity=parse_quantity("1")) for entry in entries)
    ruled = replace(subject, rule=rule, entries=entries)
    found = running(ruled)
    assert found is not None
    added, looked_up = narrowed(ruled, Selection(until=day)), found.statistic(day)
    assert (added is None) == (looked_up is None)
    if added is None or looked_up is None:
        return
    assert {*looked_up.records} == {*added.records}
    assert replace(looked_up, records=()) == replace(added, records=())


def test_the_ids_that_no_measure_may_have_are_those_of_the_built_in_figures() -> None:
    found = {
        one.id
        for one in statistics(daily_archive()).subjects.values()
        if one.group in ("counted", "valued")
    }
    assert found | {"value"} == set(COUNTED)
