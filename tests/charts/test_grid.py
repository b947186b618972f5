"""A grid of time: what lasted is drawn in whole bins where there is too much of it."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.charts.bins import cut_into
from generator.charts.grid import Span, _in_whole_bins

FIRST, LAST = date(2020, 1, 1), date(2024, 12, 31)
DAYS = st.dates(FIRST, LAST)
SPANS = st.lists(
    st.builds(
        lambda first, length: Span(
            first, min(first + timedelta(length), LAST), lambda: "一段", "#x"
        ),
        DAYS,
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=40,
)


@given(SPANS)
def test_joined_spans_cover_all_of_them_and_do_not_meet(spans: list[Span]) -> None:
    bins = cut_into("month", FIRST, LAST)
    joined = list(_in_whole_bins(spans, bins, "多段"))
    assert len(joined) <= len(bins.each) // 2 + 1
    for one in spans:
        assert any(j.first <= one.first and one.last <= j.last for j in joined)
    for before, after in itertools.pairwise(joined):
        assert (after.first - before.last).days > 1
    edges = {one.first for one in bins.each}, {one.last for one in bins.each}
    assert all(one.first in edges[0] and one.last in edges[1] for one in joined)
    alone = [one for one in joined if one.name() == "一段"]
    assert len(alone) >= 2 * len(joined) - len(spans)
