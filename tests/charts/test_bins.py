from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.charts.bins import Grain, cut, cut_into, how_many, step_of_counts, ticks

FIRST = date(2020, 2, 26)
DAYS = st.dates(date(1000, 1, 1), date(2900, 12, 31))


@pytest.mark.parametrize(
    ("days", "grain"),
    [(1, "day"), (62, "day"), (63, "week"), (400, "week"), (401, "month"), (3700, "month")],
)
def test_the_longer_the_period_the_wider_the_bins(days: int, grain: str) -> None:
    assert cut(FIRST, FIRST + timedelta(days - 1)).grain == grain


def test_beyond_ten_years_a_bin_is_a_year() -> None:
    bins = cut(date(1978, 12, 18), date(2020, 3, 31))
    assert (bins.grain, bins.first, bins.last) == ("year", date(1978, 1, 1), date(2020, 12, 31))


def test_weeks_begin_on_monday() -> None:
    bins = cut(date(2020, 2, 26), date(2020, 6, 30))
    assert {one.first.weekday() for one in bins.each} == {0}
    assert bins.first == date(2020, 2, 24)


def test_months_are_whole() -> None:
    bins = cut(date(2019, 12, 15), date(2021, 2, 3))
    assert (bins.first, bins.last) == (date(2019, 12, 1), date(2021, 2, 28))


@given(DAYS, st.integers(0, 5_000), st.sampled_from(get_args(Grain)))
def test_how_many_bins_there_are_is_known_without_making_them(
    first: date, days: int, grain: Grain
) -> None:
    last = min(first + timedelta(days), date(2900, 12, 31))
    assert how_many(grain, first, last) == len(cut_into(grain, first, last).each)


@given(DAYS, st.integers(0, 30_000))
def test_every_day_of_the_period_falls_in_one_bin(first: date, days: int) -> None:
    last = min(first + timedelta(days), date(2900, 12, 31))
    bins = cut(first, last)
    ends = [(one.first, one.last) for one in bins.each]
    assert ends == sorted(ends)
    assert all(b[0] - a[1] == timedelta(1) for a, b in pairwise(ends))
    for day in (first, last, first + (last - first) // 2):
        one = bins.each[bins.number_of(day)]
        assert one.first <= day <= one.last


@given(DAYS, st.integers(0, 30_000), st.integers(3, 12))
def test_no_more_days_are_labelled_than_there_is_room_for(
    first: date, days: int, most: int
) -> None:
    bins = cut(first, min(first + timedelta(days), date(2900, 12, 31)))
    labelled = ticks(bins, most)
    assert 1 <= len(labelled) <= most
    assert all(bins.first <= day <= bins.last for day in labelled)


@given(st.integers(1, 10**7))
def test_counts_rise_in_round_steps(highest: int) -> None:
    step = step_of_counts(highest)
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert highest <= step * 4
    assert step == 1 or highest > step  # not so coarse that one step is enough
