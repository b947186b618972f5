"""What is to be made of a photograph: sizes, keys, names, records."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.photos.plan import (
    Box,
    Derivative,
    Developed,
    Finished,
    Picture,
    Recipe,
    derivative_sizes,
    picture_key,
)

ORIGINAL = "ab" * 32
KEY = "0123456789abcdef" * 4
sides = st.integers(1, 40_000)


def a_picture() -> Picture:
    sizes = (Finished(480, 320, b"a"), Finished(960, 640, b"b"))
    return Developed(1200, 800, sizes, b"p", "#a0b0c0").picture(KEY)


def test_a_large_picture_gets_three_sizes_by_its_longest_edge() -> None:
    assert derivative_sizes(4000, 3000) == ((480, 360), (960, 720), (1600, 1200))
    assert derivative_sizes(3000, 4000) == ((360, 480), (720, 960), (1200, 1600))


def test_a_small_picture_gets_the_sizes_it_has() -> None:
    assert derivative_sizes(300, 200) == ((300, 200),)
    assert derivative_sizes(1200, 600) == ((480, 240), (960, 480), (1200, 600))


def test_a_thread_keeps_one_pixel_and_no_width_twice() -> None:
    assert derivative_sizes(10_000, 2) == ((480, 1), (960, 1), (1600, 1), (10_000, 2))
    assert derivative_sizes(2, 10_000) == ((2, 10_000),)


def test_a_long_screenshot_keeps_a_width_that_can_be_read() -> None:
    # WebP ends at 16383 px: hence 964 and not 1000, and no 960 beside it.
    assert derivative_sizes(1000, 17_000) == ((480, 8160), (964, 16_383))
    assert derivative_sizes(1080, 6000) == ((480, 2667), (960, 5333), (1080, 6000))


def test_a_telephones_whole_screen_is_no_long_screenshot() -> None:
    assert derivative_sizes(1080, 2400) == ((216, 480), (432, 960), (720, 1600))


def test_a_panorama_gets_a_further_size_to_be_moved_about_in() -> None:
    assert derivative_sizes(12_000, 3000) == ((480, 120), (960, 240), (1600, 400), (3840, 960))


def test_of_two_sizes_nearly_alike_the_larger_is_made() -> None:
    assert derivative_sizes(1000, 700) == ((480, 336), (1000, 700))


@given(sides, sides)
def test_sizes_ascend_stay_within_the_original_and_keep_its_shape(width: int, height: int) -> None:
    sizes = derivative_sizes(width, height)
    widths = [size[0] for size in sizes]
    assert widths == sorted(set(widths))
    for made_width, made_height in sizes:
        assert 1 <= made_width <= width and 1 <= made_height <= height
        scale = max(made_width, made_height) / max(width, height)
        assert abs(made_width - width * scale) <= 1 and abs(made_height - height * scale) <= 1


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        derivative_sizes(0, 100)


def test_a_key_changes_with_the_original_the_recipe_and_the_versions() -> None:
    recipe = Recipe(caption="开工")
    key = picture_key(ORIGINAL, recipe, ("pillow 13",))
    others = {
        picture_key("cd" * 32, recipe, ("pillow 13",)),
        picture_key(ORIGINAL, replace(recipe, caption="收工"), ("pillow 13",)),
        picture_key(ORIGINAL, replace(recipe, redactions=(Box(0, 0, 0.5, 0.5),)), ("pillow 13",)),
        picture_key(ORIGINAL, replace(recipe, focus=(0.5, 0.2)), ("pillow 13",)),
        picture_key(ORIGINAL, recipe, ("pillow 14",)),
    }
    assert len(others | {key}) == 6
    assert key == picture_key(ORIGINAL, Recipe(caption="开工"), ("pillow 13",))


def test_a_key_stays_the_same_from_release_to_release() -> None:
    key = picture_key(ORIGINAL, Recipe(), ("pillow 13",))
    assert key == "03770f87453b56ba3511aad6404418aebae805e9ca30344903858ffaf1368bdd"


def test_names_are_twenty_digits_of_the_key_and_the_width() -> None:
    picture = a_picture()
    assert picture.names == (
        "0123456789abcdef0123-480.webp",
        "0123456789abcdef0123-960.webp",
        "0123456789abcdef0123-preview.jpg",
    )


def test_a_srcset_lists_every_width() -> None:
    expected = "../p/0123456789abcdef0123-480.webp 480w, ../p/0123456789abcdef0123-960.webp 960w"
    assert a_picture().srcset("../p/") == expected


def test_the_smallest_and_the_largest_are_the_ends_of_the_row() -> None:
    assert a_picture().smallest == Derivative(480, 320, "0123456789abcdef0123-480.webp")
    assert a_picture().largest.width == 960


def test_a_picture_survives_its_record() -> None:
    for picture in (a_picture(), replace(a_picture(), preview=None)):
        assert Picture.from_json(json.loads(json.dumps(picture.to_json()))) == picture


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "0123"),
        ("key", KEY.upper()),
        ("width", 0),
        ("width", True),
        ("height", "800"),
        ("derivatives", []),
        ("derivatives", [[960, 640], [480, 320]]),
        ("derivatives", [[480, 320], [480, 320]]),
        ("derivatives", [[480]]),
        ("derivatives", {"480": 320}),
        ("preview", "x.jpg"),
        ("colour", "red"),
        ("original", "exe"),
        ("original", ["jpg"]),
        ("extra", 1),
    ],
)
def test_a_damaged_record_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError):
        Picture.from_json(a_picture().to_json() | {field: value})


@pytest.mark.parametrize("field", ["key", "width", "height", "preview", "original"])
def test_a_record_that_lacks_a_field_is_refused(field: str) -> None:
    record = a_picture().to_json()
    del record[field]
    with pytest.raises(ValueError):
        Picture.from_json(record)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_what_is_no_record_at_all_is_refused(record: object) -> None:
    with pytest.raises(ValueError):
        Picture.from_json(record)


def test_a_box_is_rounded_outwards_and_cut_at_the_edge() -> None:
    assert Box(0.101, 0.101, 0.1, 0.1).pixels(100, 100) == (10, 10, 21, 21)
    assert Box(-0.5, 0.9, 1.0, 0.5).pixels(100, 50) == (0, 45, 50, 50)


@pytest.mark.parametrize(
    "edges", [(0, 0, 0, 1), (0, 0, 1, -1), (1, 0, 1, 1), (0, -2, 1, 1), (float("nan"), 0, 1, 1)]
)
def test_a_box_that_covers_nothing_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError):
        Box(*edges)


def test_a_focus_outside_the_picture_is_refused() -> None:
    with pytest.raises(ValueError):
        Recipe(focus=(0.5, 1.2))
