"""Reconciliation: every claim beside the records, with one word for how they stand."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from generator.archive.claims import Comparison, _exclude, reconcile
from generator.archive.statistics import statistics
from tests.archives import archive_of

GIVER = "donor: {name: 某厂, kind: enterprise}\n"


def compared(folder: Path, claims: str, files: dict[str, str]) -> tuple[Comparison, ...]:
    source = f"title: 通报\nkind: notice\ndate: 2020-04-02\nclaims: {claims}\n"
    archive = archive_of(folder, {"sources/notice.yml": source, **files})
    return reconcile(archive, statistics(archive))


def visited(value: str) -> dict[str, str]:
    figures = f"[{{measure: parcels, value: {value}}}]"
    walk = f"date: 2020-03-04\ntitle: x\ntask: patrol\nmembers: all\nfigures: {figures}\n"
    return {"activities/a.yml": walk}


def given(quantity: str, unit: str, id: str = "a") -> dict[str, str]:
    items = f"items: [{{item: 冬瓜, quantity: {quantity}, unit: {unit}}}]\n"
    return {f"donations/{id}.yml": f"date: 2020-03-04\n{GIVER}{items}"}


@pytest.mark.parametrize(
    ("recorded", "claimed", "verdict"),
    [
        ("150", "150", "agrees"),
        ("30", "150", "short"),
        ("200", "150", "exceeds"),
        ("160", "约150", "agrees"),
        ("8500", "8000多", "agrees"),
        ("7000", "8000多", "short"),
        ("450", "400-500", "agrees"),
    ],
)
def test_a_claim_and_the_records(tmp_path: Path, recorded: str, claimed: str, verdict: str) -> None:
    (one,) = compared(tmp_path, f"[{{measure: parcels, value: {claimed}}}]", visited(recorded))
    assert one.verdict == verdict
    assert one.label == "分发物资"
    assert one.unit == "份"


def test_a_claim_about_what_nobody_recorded(tmp_path: Path) -> None:
    (one,) = compared(tmp_path, "[{measure: parcels, value: 150}]", {})
    assert (one.verdict, one.recorded) == ("not_recorded", None)


@pytest.mark.parametrize(
    ("quantity", "unit", "verdict"),
    [
        ("400", "jin", "agrees"),
        ("0.2", "t", "agrees"),
        ("100", "jin", "short"),
        ("3", "t", "exceeds"),
    ],
)
def test_units_that_convert_are_compared(
    tmp_path: Path, quantity: str, unit: str, verdict: str
) -> None:
    (one,) = compared(tmp_path, "[{item: 冬瓜, value: 200, unit: kg}]", given(quantity, unit))
    assert one.verdict == verdict


def test_units_that_do_not_convert_are_not_compared(tmp_path: Path) -> None:
    (one,) = compared(tmp_path, "[{item: 冬瓜, value: 200, unit: kg}]", given("3", "box"))
    assert one.verdict == "not_comparable"


def test_of_totals_in_several_dimensions_the_one_that_fits_is_compared(tmp_path: Path) -> None:
    files = given("3", "box", "a") | given("400", "jin", "b")
    (one,) = compared(tmp_path, "[{item: 冬瓜, value: 200, unit: kg}]", files)
    assert one.verdict == "agrees"


def test_every_claim_of_every_source_is_listed_in_order(tmp_path: Path) -> None:
    claims = "[{measure: longest_walk, value: 3}, {measure: parcels, value: 1}]"
    assert [one.claim.subject for one in compared(tmp_path, claims, {})] == [
        "longest_walk", "parcels"
    ]  # fmt: skip


TIMES = ("2020-02-01", "2020-03-01", "2020-03-XX", "2020-03-01/2020-03-31", "")
AMOUNTS = ("100", "约100", "90余", "200", "50-120", "近100")
TOLD = st.tuples(*map(st.sampled_from, (TIMES, AMOUNTS, ("jin", "kg", "box"))))


@given_any(st.lists(TOLD, min_size=2, max_size=8))
@settings(max_examples=60)
def test_of_any_claims_those_are_named_that_cannot_both_be_true(
    told: list[tuple[str, str, str]],
) -> None:
    stated = (
        f"{{item: 冬瓜, value: {value}, unit: {unit}{f', as_of: {when}' * bool(when)}}}"
        for when, value, unit in told
    )
    with TemporaryDirectory() as folder:
        found = compared(Path(folder), f"[{', '.join(stated)}]", {})
    claims = {one.anchor: one for one in found[0].told}
    for one in found:
        assert [other.told.anchor for other in one.others] == [
            id for id in claims if id != one.anchor
        ]
        for other in one.others:
            assert other.excluded == _exclude(claims[one.anchor], other.told)
