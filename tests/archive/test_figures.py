"""Figures: each by its rule, from the records it names, and never counted twice."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.archive.coverage import coverage
from generator.archive.statistics import Statistics, statistics
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record, Ref
from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, Kind
from generator.kinds.validation import validate
from generator.reading.documents import parse
from generator.values.quantities import Quantity
from tests.archives import ARCHIVE as ARCHIVE_TEXT
from tests.archives import archive_of

GIVER = "donor: {name: 某厂, kind: enterprise}\n"


def figures_of(folder: Path, files: dict[str, str]) -> Statistics:
    return statistics(archive_of(folder, dict(files)))


def visit(day: str, figures: str, members: str = "all") -> str:
    return f"date: {day}\ntitle: x\ntask: patrol\nmembers: {members}\nfigures: {figures}\n"


def amount(quantity: Quantity) -> tuple[str, Decimal, Decimal | None]:
    return quantity.qualifier, quantity.lower, quantity.upper


def exactly(number: int) -> tuple[str, Decimal, Decimal]:
    return "exact", Decimal(number), Decimal(number)


def measured(folder: Path, measure: str, *values: str) -> Quantity:
    """The total of a measure's values, one a day."""
    files = {
        f"activities/a{n}.yml": visit(f"2020-03-0{n}", f"[{{measure: {measure}, value: {value}}}]")
        for n, value in enumerate(values, 1)
    }
    return figures_of(folder, files).recorded[measure].quantity


# Measures -----------------------------------------------------------------------------------------


def test_a_sum_adds_up(tmp_path: Path) -> None:
    assert amount(measured(tmp_path, "parcels", "120", "30", "3")) == exactly(153)


@pytest.mark.parametrize(
    ("values", "qualifier", "lower", "upper"),
    [
        (("100", "约20"), "about", 120, 120),
        (("100", "20多"), "at_least", 120, None),
        (("约100", "20多"), "at_least", 120, None),
        (("100", "20-30"), "range", 120, 130),
    ],
)
def test_a_sum_is_no_surer_than_its_parts(
    tmp_path: Path, values: tuple[str, ...], qualifier: str, lower: int, upper: int | None
) -> None:
    total = measured(tmp_path, "parcels", *values)
    bounds = Decimal(lower), None if upper is None else Decimal(upper)
    assert amount(total) == (qualifier, *bounds)


def test_a_maximum_is_the_largest(tmp_path: Path) -> None:
    assert amount(measured(tmp_path, "longest_walk", "3", "12", "5")) == exactly(12)


def test_the_last_counts_where_the_last_is_meant(tmp_path: Path) -> None:
    assert amount(measured(tmp_path, "members_present", "3", "12", "5")) == exactly(5)


def test_several_figures_of_one_activity_all_count_once(tmp_path: Path) -> None:
    figures = "[{measure: parcels, value: 3}, {measure: parcels, value: 4}]"
    one = figures_of(tmp_path, {"activities/a.yml": visit("2020-03-04", figures)}).recorded[
        "parcels"
    ]
    assert amount(one.quantity) == exactly(7)
    assert one.records == (Ref("activity", "a"),)


def test_a_figure_names_its_rule_its_unit_and_its_records(tmp_path: Path) -> None:
    figures = "[{measure: parcels, value: 3}]"
    files = {f"activities/{id}.yml": visit("2020-03-04", figures) for id in "ba"}
    files["activities/c.yml"] = visit("2020-03-04", "[{measure: longest_walk, value: 2}]")
    one = figures_of(tmp_path, files).recorded["parcels"]
    assert (one.origin, one.rule, one.unit, one.label) == ("recorded", "sum", "份", "分发物资")
    assert one.records == (Ref("activity", "a"), Ref("activity", "b"))


def test_a_measure_that_nobody_recorded_has_no_figure(tmp_path: Path) -> None:
    assert "parcels" not in figures_of(tmp_path, {}).recorded


# Counts -------------------------------------------------------------------------------------------


def test_members_are_counted_also_by_batch(tmp_path: Path) -> None:
    files = {
        "members/a.yml": "role: x\nbatch: first\n",
        "members/b.yml": "role: x\nbatch: first\n",
        "members/c.yml": "role: x\n",
    }
    recorded = figures_of(tmp_path, files).recorded
    assert amount(recorded["members"].quantity) == exactly(3)
    assert amount(recorded["members:first"].quantity) == exactly(2)
    assert amount(recorded["members:second"].quantity) == exactly(0)
    assert recorded["members:first"].records == (Ref("member", "a"), Ref("member", "b"))


def test_days_are_days_and_not_periods(tmp_path: Path) -> None:
    files = {
        "activities/a.yml": visit("2020-03-04", "[]"),
        "activities/b.yml": visit("2020-03-04", "[]"),
        "activities/c.yml": visit("2020-03-05~", "[]"),
        "activities/d.yml": visit("2020-03-06/2020-03-09", "[]"),
        "activities/e.yml": visit("2020-03-XX", "[]"),
    }
    recorded = figures_of(tmp_path, files).recorded
    assert amount(recorded["days"].quantity) == exactly(2)
    assert amount(recorded["activities"].quantity) == exactly(5)


def test_an_empty_archive_counts_nothing(tmp_path: Path) -> None:
    recorded = figures_of(tmp_path, {}).recorded
    for id in ("members", "activities", "days", "donations", "stories", "photographs"):
        assert amount(recorded[id].quantity) == exactly(0)


# Gifts --------------------------------------------------------------------------------------------


def gift(items: str, more: str = "") -> str:
    return f"date: 2020-03-04\n{GIVER}items: {items}\n{more}"


def test_gifts_in_one_unit_are_added_in_it(tmp_path: Path) -> None:
    files = {f"donations/{id}.yml": gift("[{item: 冬瓜, quantity: 200, unit: jin}]") for id in "ab"}
    one = figures_of(tmp_path, files).recorded["item:冬瓜"]
    assert (amount(one.quantity), one.unit) == (exactly(400), "斤")
    assert one.records == (Ref("donation", "a"), Ref("donation", "b"))


def test_gifts_in_units_of_one_dimension_are_added_in_the_base_unit(tmp_path: Path) -> None:
    files = {
        "donations/a.yml": gift("[{item: 冬瓜, quantity: 3, unit: t}]"),
        "donations/b.yml": gift("[{item: 冬瓜, quantity: 100, unit: jin}]"),
    }
    one = figures_of(tmp_path, files).recorded["item:冬瓜"]
    assert (amount(one.quantity), one.unit) == (exactly(3050), "公斤")


def test_units_of_different_dimensions_are_listed_apart(tmp_path: Path) -> None:
    files = {
        "donations/a.yml": gift("[{item: 口罩, quantity: 3, unit: box}]"),
        "donations/b.yml": gift("[{item: 口罩, quantity: 100, unit: parcel}]"),
    }
    found = figures_of(tmp_path, files).recorded
    apart = {
        one.unit: (amount(one.quantity), one.records)
        for one in found.values()
        if one.label == "口罩"
    }
    assert apart == {
        "箱": (exactly(3), (Ref("donation", "a"),)),
        "份": (exactly(100), (Ref("donation", "b"),)),
    }


def test_what_was_handed_on_is_not_received_again(tmp_path: Path) -> None:
    handed_on = "distributions: [{to: 一号楼, item: 冬瓜, quantity: 30}]\n"
    files = {"donations/a.yml": gift("[{item: 冬瓜, quantity: 50, unit: kg}]", handed_on)}
    recorded = figures_of(tmp_path, files).recorded
    assert amount(recorded["item:冬瓜"].quantity) == exactly(50)
    assert amount(recorded["distributed:冬瓜"].quantity) == exactly(30)


def test_an_unknown_quantity_adds_nothing_and_is_listed_as_a_gap(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "donations/a.yml": gift("[{item: 鲜花}, {item: 冬瓜, quantity: 5, unit: kg}]")
    }
    archive = archive_of(tmp_path, files)
    assert "item:鲜花" not in statistics(archive).recorded
    assert [item.item for _, item in coverage(archive).unquantified] == ["鲜花"]


# Reported -----------------------------------------------------------------------------------------


def source(claims: str, date: str = "2020-04-02") -> str:
    return f"title: 通报\nkind: notice\ndate: {date}\nclaims: {claims}\n"


def test_a_claim_is_cited_and_never_added(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        {
            "sources/a.yml": source("[{measure: parcels, value: 150}]"),
            "activities/a.yml": visit("2020-03-04", "[{measure: parcels, value: 30}]"),
        },
    )
    assert amount(figures.recorded["parcels"].quantity) == exactly(30)
    assert amount(figures.reported["parcels"].quantity) == exactly(150)
    assert figures.reported["parcels"].sources == (Ref("source", "a"),)


@pytest.mark.parametrize(("early", "late"), [("a", "b"), ("b", "a")])
def test_of_several_claims_the_latest_counts(tmp_path: Path, early: str, late: str) -> None:
    figures = figures_of(
        tmp_path,
        {
            f"sources/{early}.yml": source("[{measure: parcels, value: 90, as_of: 2020-03-10}]"),
            f"sources/{late}.yml": source("[{measure: parcels, value: 150, as_of: 2020-03-31}]"),
        },
    )
    assert amount(figures.reported["parcels"].quantity) == exactly(150)
    assert Ref("source", late) in figures.reported["parcels"].sources


@pytest.mark.parametrize(
    ("recorded", "reported", "shown"),
    [("30", "150", "reported"), ("150", "150", "recorded"), ("200", "150", "recorded")],
)
def test_the_best_figure_is_the_record_unless_it_falls_short(
    tmp_path: Path, recorded: str, reported: str, shown: str
) -> None:
    figures = figures_of(
        tmp_path,
        {
            "sources/a.yml": source(f"[{{measure: parcels, value: {reported}}}]"),
            "activities/a.yml": visit("2020-03-04", f"[{{measure: parcels, value: {recorded}}}]"),
        },
    )
    best = figures.best("parcels")
    assert best is not None
    assert best.origin == shown


def test_where_there_is_one_figure_it_is_the_best(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, {"sources/a.yml": source("[{measure: parcels, value: 150}]")})
    assert figures.best("parcels") is figures.reported["parcels"]
    assert figures.best("members") is figures.recorded["members"]
    assert figures.best("nothing") is None


def test_figures_have_ids_and_anchors_of_their_own(tmp_path: Path) -> None:
    files = {
        "donations/a.yml": gift(
            "[{item: 口罩, quantity: 3, unit: box}, {item: 口 罩, quantity: 3, unit: box}]"
        ),
        "donations/b.yml": gift("[{item: 口罩, quantity: 100, unit: parcel}]"),
        "sources/a.yml": source(
            "[{item: 口罩, value: 3, unit: box}, {measure: parcels, value: 1}]"
        ),
        "activities/a.yml": visit("2020-03-04", "[{measure: parcels, value: 1}]"),
    }
    figures = figures_of(tmp_path, files)
    every = [*figures.recorded.values(), *figures.reported.values()]
    assert len({one.anchor for one in every}) == len(every)
    assert all(id == one.id for id, one in figures.recorded.items())


# At random ----------------------------------------------------------------------------------------


def made(kind: Kind, id: str, text: str) -> Record:
    document, problems = parse(text, f"records/{kind.folder}/{id}.yml")
    assert document is not None, problems
    record, problems = validate(kind, document, id)
    assert record is not None, problems
    return record


FILE = made(ARCHIVE, "archive", ARCHIVE_TEXT)
FACTOR = {"kg": Decimal(1), "jin": Decimal("0.5"), "t": Decimal(1000)}
amounts = st.integers(0, 10_000)


def assembled(records: list[Record]) -> Archive:
    assert isinstance(FILE, ArchiveFile)
    return assemble(FILE, records, {})[0]


@given(st.lists(amounts, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_sum_does_not_depend_on_the_order_of_records(values: list[int], chance: object) -> None:
    records = [
        made(ACTIVITY, f"a{n}", visit("2020-03-04", f"[{{measure: parcels, value: {value}}}]"))
        for n, value in enumerate(values)
    ]
    total = statistics(assembled(records)).recorded["parcels"].quantity
    assert amount(total) == exactly(sum(values))
    assert statistics(assembled(records[::-1])).recorded["parcels"].quantity == total


@given(st.lists(st.tuples(amounts, st.sampled_from(list(FACTOR))), min_size=1, max_size=6))
def test_a_weight_is_the_same_in_whatever_units_it_came(gifts: list[tuple[int, str]]) -> None:
    records = [
        made(DONATION, f"d{n}", gift(f"[{{item: 米, quantity: {value}, unit: {unit}}}]"))
        for n, (value, unit) in enumerate(gifts)
    ]
    total = statistics(assembled(records)).recorded["item:米"]
    shared = {unit for _, unit in gifts}
    in_kg = sum(value * FACTOR[unit] for value, unit in gifts)
    own = FACTOR[shared.pop()] if len(shared) == 1 else Decimal(1)
    assert total.quantity.lower * own == in_kg
