"""Contrast, and the nearest shade that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values.colours import BLACK, READABLE, WHITE, contrast, mixed, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


# From the Understanding document of WCAG 2.2, 1.4.3: #777777 on white is just too pale.
@pytest.mark.parametrize(
    ("colour", "ratio"), [(BLACK, 21), (WHITE, 1), ("#777777", 4.48), ("#767676", 4.54)]
)
def test_the_contrast_on_white(colour: str, ratio: float) -> None:
    assert contrast(colour, WHITE) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(colour: str, other: str) -> None:
    assert 1 <= contrast(colour, other) == contrast(other, colour) <= 21.001


@given(COLOURS, COLOURS)
def test_a_readable_shade_is_readable_and_a_readable_colour_stays(ground: str, colour: str) -> None:
    found = readable_on(ground, colour)
    assert contrast(found, ground) >= READABLE
    assert found == colour or contrast(colour, ground) < READABLE


@given(COLOURS, COLOURS)
def test_a_mixture_of_nothing_and_of_all(colour: str, other: str) -> None:
    assert (mixed(colour, other, 0), mixed(colour, other, 1)) == (colour, other)
