"""Units: conversion within a dimension, totals that keep dimensions apart."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values.quantities import ZERO, Quantity, parse_quantity, quantity_in_words
from generator.values.units import Total, Unit, UnitError, add_up, convert

KILOGRAM = Unit("kg", "公斤")
JIN = Unit("jin", "斤", "kg", Decimal("0.5"))
TON = Unit("ton", "吨", "kg", Decimal(1000))
LITRE = Unit("litre", "升")
PIECE = Unit("piece", "件")
MU = Unit("mu", "亩", "m2", Decimal("666.67"))
SQUARE_METRE = Unit("m2", "平方米")

UNITS = [KILOGRAM, JIN, TON, LITRE, PIECE]
amounts = st.integers(0, 10**6).map(lambda number: Quantity(Decimal(number), Decimal(number)))
open_amounts = st.integers(0, 10**6).map(lambda number: Quantity(Decimal(number), None))
items = st.lists(st.tuples(amounts | open_amounts, st.sampled_from(UNITS)), max_size=8)


def test_jin_convert_into_kilograms() -> None:
    assert convert(parse_quantity("8000多"), JIN, KILOGRAM) == parse_quantity("4000多")


def test_a_range_converts_at_both_ends() -> None:
    assert convert(parse_quantity("1-2"), TON, JIN) == parse_quantity("2000-4000")


def test_a_unit_converts_into_itself_unchanged() -> None:
    assert convert(parse_quantity("约0.3"), MU, MU) == parse_quantity("约0.3")


def test_units_of_different_dimensions_do_not_convert() -> None:
    with pytest.raises(UnitError, match="litre does not convert into kg"):
        convert(parse_quantity("20"), LITRE, KILOGRAM)


def test_a_conversion_that_has_to_be_rounded_is_approximate() -> None:
    converted = convert(parse_quantity("1000"), SQUARE_METRE, MU)
    assert quantity_in_words(converted, "zh") == "约1.499993"


@given(amounts | open_amounts, st.sampled_from([KILOGRAM, JIN, TON]))
def test_a_conversion_that_is_exact_comes_back(amount: Quantity, unit: Unit) -> None:
    assert convert(convert(amount, unit, KILOGRAM), KILOGRAM, unit) == amount


@pytest.mark.parametrize("factor", ["0", "-1", "NaN", "Infinity"])
def test_a_factor_is_above_zero(factor: str) -> None:
    with pytest.raises(UnitError):
        Unit("jin", "斤", "kg", Decimal(factor))


def test_a_base_unit_is_one_of_itself() -> None:
    with pytest.raises(UnitError):
        Unit("kg", "公斤", None, Decimal(2))


def test_amounts_in_one_unit_stay_in_it() -> None:
    totals = add_up([(parse_quantity("34"), TON), (parse_quantity("10"), TON)])
    assert totals == (Total(parse_quantity("44"), TON),)


def test_amounts_in_several_units_of_a_dimension_are_summed_in_the_base_unit() -> None:
    totals = add_up([(parse_quantity("8000多"), JIN), (parse_quantity("1"), KILOGRAM)])
    assert totals == (Total(parse_quantity("4001以上"), KILOGRAM),)


def test_the_base_unit_may_come_from_the_vocabulary() -> None:
    parts = [(parse_quantity("2"), JIN), (parse_quantity("1"), TON)]
    assert add_up(parts, known=UNITS) == (Total(parse_quantity("1001"), KILOGRAM),)
    assert add_up(parts)[0].unit == Unit("kg", "kg")


def test_different_dimensions_are_listed_apart() -> None:
    totals = add_up([(parse_quantity("200"), KILOGRAM), (parse_quantity("20"), LITRE)])
    assert totals == (Total(parse_quantity("200"), KILOGRAM), Total(parse_quantity("20"), LITRE))


def test_nothing_adds_up_to_no_totals() -> None:
    assert add_up([]) == ()


@given(items, st.randoms())
def test_totals_do_not_depend_on_the_order_of_their_parts(
    parts: list[tuple[Quantity, Unit]],
    random: Random,
) -> None:
    shuffled = sorted(parts, key=lambda _: random.random())
    assert add_up(shuffled, UNITS) == add_up(parts, UNITS)


@given(items)
def test_every_part_is_in_the_total_of_its_dimension_and_in_no_other(
    parts: list[tuple[Quantity, Unit]],
) -> None:
    for sum_of_all in add_up(parts, UNITS):
        expected = ZERO
        for quantity, unit in parts:
            if unit.dimension == sum_of_all.unit.dimension:
                expected += convert(quantity, unit, sum_of_all.unit)
        assert sum_of_all.quantity == expected
