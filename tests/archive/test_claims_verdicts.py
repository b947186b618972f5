"""Claims that agree with the records of every day, fall short of them, exceed or contradict them."""

import pytest

from generator.archive.claims import Comparison, difference, reconcile
from generator.archive.statistics import statistics
from generator.values.quantities import parse_quantity, quantity_in_words
from tests.daily import daily_archive


@pytest.fixture(scope="module")
def compared() -> dict[str, Comparison]:
    archive = daily_archive()
    return {one.anchor: one for one in reconcile(archive, statistics(archive))}


@pytest.mark.parametrize(
    ("claim", "verdict", "apart"),
    [
        ("claim-article-1", "agrees", None),  # 406 buildings, recorded day by day
        ("claim-article-2", "agrees", None),  # 900余 and 932
        ("claim-article-3", "short", "40"),  # 300 visits, 260 recorded
        ("claim-article-4", "exceeds", "100"),  # 4000 公斤, 8200 斤 recorded
        ("claim-article-5", "contradicts", "1"),  # a state: 3 places, 4 on record
        ("claim-article-6", "contradicts", "622"),  # another source says otherwise
        ("claim-article-7", "not_recorded", None),
        ("claim-article-8", "not_comparable", None),  # 3 车, 34 吨 recorded
        ("claim-notice-1", "contradicts", "700"),
        ("claim-notice-2", "contradicts", "19"),  # 60 on a day that has its own record of 41
        ("claim-notice-3", "agrees", None),  # 161 until the fourth day
        ("claim-notice-4", "agrees", None),
    ],
)
def test_every_verdict_has_its_reason(
    compared: dict[str, Comparison], claim: str, verdict: str, apart: str | None
) -> None:
    one = compared[claim]
    assert one.verdict == verdict
    found = None if one.difference is None else quantity_in_words(one.difference, "zh")
    assert found == apart


def test_a_claim_until_a_day_is_compared_with_the_records_until_then(
    compared: dict[str, Comparison],
) -> None:
    recorded = compared["claim-notice-3"].recorded
    assert recorded is not None
    assert recorded.by == (("until", "2020-03-04"),)
    assert len(recorded.records) == 4


def test_a_claim_about_a_period_is_compared_with_the_records_of_it(
    compared: dict[str, Comparison],
) -> None:
    recorded = compared["claim-notice-2"].recorded
    assert recorded is not None
    assert [ref.id for ref in recorded.records] == ["2020-03-02-disinfection"]


def test_every_other_claim_about_the_same_thing_is_named(compared: dict[str, Comparison]) -> None:
    parcels = compared["claim-article-6"].others
    assert [(one.told.source.id, one.excluded) for one in parcels] == [("notice", True)]
    checks = compared["claim-article-2"].others
    assert [(one.told.source.id, one.excluded) for one in checks] == [("notice", False)]


def test_an_earlier_and_smaller_claim_does_not_contradict_a_later_one(
    compared: dict[str, Comparison],
) -> None:
    assert not any(one.excluded for one in compared["claim-article-1"].others)


@pytest.mark.parametrize(
    ("recorded", "claimed", "apart"),
    [
        ("932", "900余", None),
        ("800", "900余", "100以上"),
        ("300", "400-500", "100～200"),
        ("600", "400-500", "100～200"),
        ("500", "约700", "约200"),
        ("1200以上", "1000", "200以上"),
    ],
)
def test_a_difference_keeps_the_bounds_of_both(
    recorded: str, claimed: str, apart: str | None
) -> None:
    found = difference(parse_quantity(recorded), parse_quantity(claimed))
    assert (None if found is None else quantity_in_words(found, "zh")) == apart
