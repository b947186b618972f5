"""A unit written behind a number: taken where it is the declared one, refused where it is not."""

from pathlib import Path

import pytest

from generator.values.quantities import quantity_in_words
from tests.archives import archive_of, codes, loaded


def gift(quantity: str, unit: str) -> str:
    items = f"items: [{{item: 冬瓜, quantity: {quantity}, unit: {unit}}}]\n"
    return f"date: 2020-03-04\ndonor: {{name: 某厂, kind: enterprise}}\n{items}"


def walk(value: str) -> str:
    figures = f"figures: [{{measure: parcels, value: {value}}}]\n"
    return f"date: 2020-03-04\ntitle: 送货\ntask: delivery\nmembers: all\n{figures}"


@pytest.mark.parametrize(
    ("written", "unit", "shown"),
    [
        ("34吨", "t", "34"),
        ("34 吨", "t", "34"),
        ("３４吨", "t", "34"),
        ("34t", "t", "34"),
        ("约700公斤", "kg", "约700"),
        ("8000多斤", "jin", "8000以上"),
        ("500KG", "kg", "500"),
        ("半吨", "t", "0.5"),
    ],
)
def test_the_declared_unit_may_follow_its_number(
    tmp_path: Path, written: str, unit: str, shown: str
) -> None:
    archive = archive_of(tmp_path, {"donations/a.yml": gift(written, unit)})
    (item,) = archive.donations[0].items
    assert item.quantity is not None
    assert quantity_in_words(item.quantity, "zh") == shown


def test_the_unit_of_a_measure_may_follow_its_number(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"activities/a.yml": walk("900余份")})
    assert quantity_in_words(archive.activities[0].figures[0].value, "zh") == "900以上"


@pytest.mark.parametrize(("written", "unit"), [("34吨", "kg"), ("34车", "t"), ("500件冬瓜", "t")])
def test_another_unit_is_named_and_not_converted(tmp_path: Path, written: str, unit: str) -> None:
    found = loaded(tmp_path, {"donations/a.yml": gift(written, unit)})
    assert "QTY002" in codes(found.problems)


def test_the_problem_stands_at_the_quantity(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"activities/a.yml": walk("900余人次")})
    (one,) = [one for one in found.problems if one.code.id == "QTY002"]
    assert (one.place.line, one.place.column) == (5, 37)
    assert "人次" in one.message("zh")
    assert "份" in one.message("zh")
