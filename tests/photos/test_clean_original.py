"""An original that is handed out keeps its pixels and loses what it says of place and maker."""

import io

import pillow_heif
import pytest
from PIL import ExifTags, Image

from generator.photos.develop import develop
from generator.photos.plan import Box, Developed, Recipe

from .originals import (
    SRGB,
    apart,
    at,
    corners,
    encoded,
    four_corners,
    icc_profile,
    opened,
)

HANDED_OUT = Recipe(hand_out=True, caption="交接", credit="王芳")


def revealing(form: str, orientation: int = 1) -> bytes:
    """A photograph that tells where it was taken, in every way its kind knows."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETCAMERA"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "SECRETPLACE"
    options: dict[str, object] = {"exif": exif, "icc_profile": icc_profile(SRGB)}
    if form == "JPEG":
        options |= {"comment": b"SECRETCOMMENT", "progressive": True, "xmp": b"SECRETXMP"}
    return encoded(four_corners(320, 200), form, **options)


def handed_out(original: bytes, recipe: Recipe = HANDED_OUT) -> bytes:
    developed = develop(original, recipe)
    assert isinstance(developed, Developed) and developed.original is not None
    return developed.original[1]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "GIF"])
def test_nothing_of_place_or_maker_is_left(form: str) -> None:
    pillow_heif.register_heif_opener()
    original = revealing(form) if form != "GIF" else encoded(four_corners(320, 200), form)
    content = handed_out(original)
    assert b"SECRET" not in content and b"GPS" not in content
    assert close_to_the_corners(opened(content))


def close_to_the_corners(image: Image.Image) -> bool:
    expected = corners(four_corners(320, 200))
    pairs = zip(corners(image), expected, strict=True)
    return image.size == (320, 200) and all(apart(one, other) < 16 for one, other in pairs)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_the_pixels_are_the_very_bytes_of_the_original(form: str) -> None:
    original = revealing(form)
    before, after = opened(original), opened(handed_out(original))
    assert before.tobytes() == after.tobytes()
    assert before.info["icc_profile"] == after.info["icc_profile"]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_it_stays_the_right_way_up(form: str) -> None:
    content = handed_out(revealing(form, 6))
    assert opened(content).getexif()[ExifTags.Base.Orientation] == 6
    assert len(opened(content).getexif()) == 1


def test_the_archives_words_travel_with_it() -> None:
    for form in ("JPEG", "PNG"):
        assert "王芳".encode() in handed_out(revealing(form))


def test_pictures_after_the_first_are_not_handed_out() -> None:
    first, second = four_corners(320, 200), Image.new("RGB", (320, 200), "red")
    buffer = io.BytesIO()
    first.save(buffer, "MPO", save_all=True, append_images=[second])
    content = handed_out(buffer.getvalue())
    assert content.endswith(b"\xff\xd9") and content.count(b"\xff\xd8\xff") == 1


def test_the_original_of_a_redacted_photograph_is_handed_to_nobody() -> None:
    recipe = Recipe(hand_out=True, redactions=(Box(0, 0, 0.5, 0.5),))
    developed = develop(revealing("JPEG"), recipe)
    assert isinstance(developed, Developed) and developed.original is None
    for content in developed.files("0" * 64).values():
        assert max(at(opened(content), 0.25, 0.25)) < 60


def test_without_being_asked_nothing_is_handed_out() -> None:
    developed = develop(revealing("JPEG"), Recipe())
    assert isinstance(developed, Developed) and developed.original is None
