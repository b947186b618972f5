"""An original becomes upright sRGB pictures that carry nothing but the archive's own words."""

import io
from dataclasses import replace
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms, IptcImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

from generator.photos.cache import Cache
from generator.photos.develop import develop, develop_file
from generator.photos.headers import Finding, Limits
from generator.photos.metadata import xmp_packet
from generator.photos.pixels import PAPER
from generator.photos.plan import Box, Developed, Recipe
from generator.photos.run import executor

from .originals import (
    ADOBE_RGB,
    BLUE,
    DISPLAY_P3,
    GREEN,
    RED,
    SRGB,
    WHITE,
    Colour,
    apart,
    at,
    corners,
    encoded,
    four_corners,
    huge_png,
    icc_profile,
    in_space,
    largest,
    opened,
    written,
)

Transpose = Image.Transpose
# How a camera stores an upright picture under each Exif orientation: the way back from it.
STORED = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
WORDS = Recipe(caption="李辉在门前 <&>", credit="王芳", rights="© 2020", alt="一个人")


def oriented(image: Image.Image, orientation: int, form: str) -> bytes:
    """The file of a camera that was held so: pixels as the sensor saw them, and a note."""
    method = STORED[orientation]
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored = image.transpose(method) if method is not None else image
    if form == "HEIF":
        # Then the encoder writes `irot` and `imir` too, as a phone does.
        stored.info["exif"] = exif.tobytes()
        return encoded(stored, form)
    return encoded(stored, form, exif=exif)


def files(developed: Developed | Finding) -> list[bytes]:
    assert isinstance(developed, Developed), developed
    return list(developed.files("0" * 64).values())


def sizes(developed: Developed | Finding) -> list[tuple[int, int]]:
    assert isinstance(developed, Developed), developed
    for each in developed.derivatives:
        assert opened(each.content).size == (each.width, each.height)
    return [(each.width, each.height) for each in developed.derivatives]


def close(seen: list[Colour], within: int) -> bool:
    """Whether the four corners have the colours that `four_corners` gave them."""
    pairs = zip(seen, (RED, GREEN, BLUE, WHITE), strict=True)
    return all(apart(one, other) < within for one, other in pairs)


# Upright.


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", STORED)
def test_every_orientation_comes_out_upright(orientation: int, form: str) -> None:
    developed = develop(oriented(four_corners(96, 64), orientation, form), Recipe())
    assert isinstance(developed, Developed)
    assert (developed.width, developed.height) == (96, 64)
    seen = corners(largest(developed))
    assert close(seen, 12)


@pytest.mark.parametrize("orientation", STORED)
def test_a_turned_original_that_is_decoded_small_is_measured_in_full(orientation: int) -> None:
    developed = develop(oriented(four_corners(4000, 3000), orientation, "JPEG"), Recipe())
    assert isinstance(developed, Developed)
    assert (developed.width, developed.height) == (4000, 3000)
    assert sizes(developed) == [(480, 360), (960, 720), (1600, 1200)]
    seen = corners(largest(developed))
    assert close(seen, 12)


@pytest.mark.parametrize("orientation", STORED)
def test_an_apple_photograph_is_turned_once_not_twice(orientation: int) -> None:
    pillow_heif.register_heif_opener()
    developed = develop(oriented(four_corners(128, 64), orientation, "HEIF"), Recipe())
    assert sizes(developed) == [(128, 64)]
    seen = corners(largest(developed))
    assert close(seen, 20)


def test_a_broken_exif_block_does_not_spoil_the_picture() -> None:
    content = encoded(four_corners(96, 64), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff\x00")
    assert sizes(develop(content, Recipe())) == [(96, 64)]


def test_an_apple_photograph_is_turned_by_its_container_alone() -> None:
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    # HEIF (ISO/IEC 23008-12): `irot` and `imir` turn a picture, a note in Exif does not.
    content = encoded(four_corners(128, 64), "HEIF", exif=exif)
    assert close(corners(largest(develop(content, Recipe()))), 20)


# Sizes.


def test_a_picture_is_never_enlarged() -> None:
    assert sizes(develop(encoded(four_corners(300, 200), "JPEG"), Recipe())) == [(300, 200)]


def test_a_picture_of_one_pixel_is_a_picture() -> None:
    assert sizes(develop(encoded(Image.new("RGB", (1, 1), RED)), Recipe())) == [(1, 1)]


def test_fine_detail_survives_decoding_at_half_size() -> None:
    stripes = Image.new("L", (3200, 2400), 255)
    for x in range(0, 3200, 16):
        stripes.paste(0, (x, 0, x + 8, 2400))
    image = largest(develop(encoded(stripes, "JPEG", quality=95), Recipe(edges=(1600,))))
    low, high = image.convert("L").getextrema()
    assert isinstance(low, int) and isinstance(high, int)
    assert low < 30 and high > 225


def test_the_link_preview_is_a_jpeg_of_the_size_that_others_expect() -> None:
    developed = develop(encoded(four_corners(2000, 1500), "JPEG"), Recipe())
    assert isinstance(developed, Developed) and developed.preview is not None
    preview = opened(developed.preview)
    assert (preview.format, preview.size) == ("JPEG", (1200, 630))


@pytest.mark.parametrize("size", [(1199, 900), (1500, 629), (300, 200)])
def test_an_original_too_small_for_the_preview_has_none(size: tuple[int, int]) -> None:
    developed = develop(encoded(four_corners(*size), "JPEG"), Recipe())
    assert isinstance(developed, Developed) and developed.preview is None


@pytest.mark.parametrize(
    "size", [(1200, 630), (1200, 4000), (1333, 2000), (7001, 700), (1999, 633)]
)
def test_a_preview_of_any_shape_is_filled(size: tuple[int, int]) -> None:
    developed = develop(encoded(Image.new("RGB", size, GREEN), "JPEG"), Recipe(edges=(300, 1600)))
    assert isinstance(developed, Developed) and developed.preview is not None
    preview = opened(developed.preview)
    assert preview.size == (1200, 630)
    assert (
        apart(at(preview, 0.001, 0.001), GREEN) < 8 and apart(at(preview, 0.999, 0.999), GREEN) < 8
    )


def test_the_preview_keeps_the_focus_in_view() -> None:
    tall = Image.new("RGB", (1200, 3000), BLUE)
    tall.paste(RED, (0, 0, 1200, 700))
    for focus, colour in (((0.5, 0.0), RED), ((0.5, 1.0), BLUE), (None, BLUE)):
        developed = develop(encoded(tall, "JPEG"), Recipe(focus=focus))
        assert isinstance(developed, Developed) and developed.preview is not None
        assert apart(at(opened(developed.preview), 0.5, 0.5), colour) < 12


def test_the_placeholder_is_the_average_colour() -> None:
    developed = develop(encoded(Image.new("RGB", (64, 64), (18, 52, 86))), Recipe())
    assert isinstance(developed, Developed) and developed.colour == "#123456"


# Colours.


@pytest.mark.parametrize("primaries", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
@pytest.mark.parametrize("colour", [(200, 60, 60), (60, 170, 90), (70, 90, 200), (128, 128, 128)])
def test_wide_colours_look_the_same_in_srgb(
    primaries: tuple[tuple[float, float, float], ...], colour: Colour
) -> None:
    stored = Image.new("RGB", (64, 64), in_space(primaries, colour))
    profile = icc_profile(primaries)
    for form in ("PNG", "JPEG", "WEBP"):
        content = encoded(stored, form, icc_profile=profile, quality=95)
        assert apart(at(largest(develop(content, Recipe(quality=95))), 0.5, 0.5), colour) <= 5


def test_without_its_profile_the_same_picture_would_look_otherwise() -> None:
    stored = Image.new("RGB", (64, 64), in_space(ADOBE_RGB, (60, 170, 90)))
    assert apart(at(largest(develop(encoded(stored), Recipe())), 0.5, 0.5), (60, 170, 90)) > 20


def test_an_srgb_profile_changes_nothing() -> None:
    image = four_corners(96, 64)
    plain = develop(encoded(image), Recipe())
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profiled = develop(encoded(image, icc_profile=profile), Recipe())
    assert files(plain) == files(profiled)


@pytest.mark.parametrize("profile", [b"nonsense", icc_profile(DISPLAY_P3)[:200], bytes(500)])
def test_a_damaged_profile_is_passed_over(profile: bytes) -> None:
    content = encoded(four_corners(96, 64), "JPEG", icc_profile=profile)
    assert apart(corners(largest(develop(content, Recipe())))[0], RED) < 12


def test_a_profile_for_other_channels_is_passed_over() -> None:
    content = encoded(Image.new("L", (64, 64), 100), "JPEG", icc_profile=icc_profile(DISPLAY_P3))
    assert apart(at(largest(develop(content, Recipe())), 0.5, 0.5), (100, 100, 100)) <= 3


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
@pytest.mark.parametrize(("deep", "grey"), [(0, 0), (0x8080, 128), (0x1000, 16), (0xFFFF, 255)])
def test_sixteen_bits_of_grey_keep_their_lightness(form: str, deep: int, grey: int) -> None:
    content = encoded(Image.new("I;16", (64, 64), deep), form)
    assert apart(at(largest(develop(content, Recipe())), 0.5, 0.5), (grey,) * 3) <= 2


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_shows_the_paper(mode: str) -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((90, 90, 90, 255), (32, 0, 64, 64))
    content = encoded(image.convert(mode))
    shown = largest(develop(content, Recipe()))
    assert shown.mode == "RGB"
    assert apart(at(shown, 0.2, 0.5), PAPER) <= 3 and apart(at(shown, 0.8, 0.5), (90, 90, 90)) <= 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "YCbCr", "F"])
def test_other_modes_are_pictures_too(mode: str) -> None:
    form = "JPEG" if mode == "YCbCr" else "TIFF" if mode == "F" else "PNG"
    image = Image.linear_gradient("L").convert("RGB" if mode == "YCbCr" else "L").convert(mode)
    shown = largest(develop(encoded(image, form), Recipe()))
    assert (
        apart(at(shown, 0.5, 0.02), (0,) * 3) < 40 and apart(at(shown, 0.5, 0.98), (255,) * 3) < 40
    )


@pytest.mark.parametrize("form", ["GIF", "MPO", "TIFF", "WEBP", "PNG"])
def test_of_several_frames_the_first_is_shown(form: str) -> None:
    first, second = Image.new("RGB", (64, 64), RED), Image.new("RGB", (64, 64), BLUE)
    content = encoded(first, form, save_all=True, append_images=[second])
    assert apart(at(largest(develop(content, Recipe())), 0.5, 0.5), RED) < 12


# Redaction.


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_redaction_covers_its_place_in_every_file(form: str, orientation: int) -> None:
    image = Image.new("RGB", (2400, 1800), (120, 160, 120))
    image.paste((255, 0, 255), (600, 450, 1200, 900))
    recipe = Recipe(redactions=(Box(0.25, 0.25, 0.25, 0.25),))
    made = files(develop(oriented(image, orientation, form), recipe))
    assert len(made) == 4
    for content in made:
        colours = opened(content).convert("RGB").getcolors(1 << 24) or []
        # Nothing of the magenta is left, not even mixed into its neighbours.
        assert not [c for _, c in colours if isinstance(c, tuple) and c[0] - c[1] > 60]
    shown = opened(made[2])
    assert apart(at(shown, 0.375, 0.375), (31, 31, 31)) < 6
    assert apart(at(shown, 0.27, 0.48), (31, 31, 31)) < 6
    assert apart(at(shown, 0.7, 0.7), (120, 160, 120)) < 6


def test_a_redaction_is_in_the_placeholder_too() -> None:
    image = Image.new("RGB", (64, 64), (255, 0, 255))
    developed = develop(encoded(image), Recipe(redactions=(Box(0, 0, 1, 1),)))
    assert isinstance(developed, Developed) and developed.colour == "#1f1f1f"


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "I;16"])
def test_a_redaction_is_opaque_in_every_mode(mode: str) -> None:
    image = Image.new("I;16", (64, 64), 0xFFFF) if mode == "I;16" else None
    image = image or Image.new("RGBA", (64, 64), (255, 255, 255, 0)).convert(
        "RGB" if mode == "CMYK" else mode
    ).convert(mode)
    content = encoded(image, "TIFF" if mode == "CMYK" else "PNG")
    shown = largest(develop(content, Recipe(redactions=(Box(0, 0, 0.5, 1),))))
    assert max(at(shown, 0.25, 0.5)) < 50 and min(at(shown, 0.75, 0.5)) > 200


# Metadata.


def revealing(form: str) -> bytes:
    """A photograph that tells who took it, where, with what, and what it looked like before."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETCAMERA"
    exif[ExifTags.Base.Artist] = "SECRETARTIST"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "SECRETPLACE"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"SECRETNOTE"
    options: dict[str, object] = {"exif": exif, "icc_profile": icc_profile(SRGB)}
    if form != "PNG":
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETXMP</x:xmpmeta>"
    if form == "JPEG":
        options["comment"] = b"SECRETCOMMENT"
    return encoded(four_corners(1400, 1000), form, **options)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
@pytest.mark.parametrize("recipe", [Recipe(), WORDS], ids=["silent", "with words"])
def test_nothing_the_original_told_is_in_any_byte(form: str, recipe: Recipe) -> None:
    pillow_heif.register_heif_opener()
    original = revealing(form)
    assert b"SECRET" in original
    made = files(develop(original, recipe))
    assert len(made) == 4
    for content in made:
        for betrayal in (b"SECRET", b"Exif", b"EXIF", b"ICCP", b"ICC_PROFILE"):
            assert betrayal not in content
        shown = opened(content)
        assert (
            not shown.getexif() and "icc_profile" not in shown.info and "comment" not in shown.info
        )


def test_the_archives_words_are_in_every_file_and_nothing_else() -> None:
    for content in files(develop(revealing("JPEG"), WORDS)):
        assert opened(content).info["xmp"] == xmp_packet(WORDS)


def test_without_words_there_is_no_packet() -> None:
    for content in files(develop(revealing("JPEG"), Recipe())):
        assert "xmp" not in opened(content).info
        assert b"xpacket" not in content and b"8BIM" not in content


def test_the_link_preview_carries_iptc_beside_xmp() -> None:
    developed = develop(revealing("JPEG"), WORDS)
    assert isinstance(developed, Developed) and developed.preview is not None
    shown = opened(developed.preview)
    assert isinstance(shown, JpegImageFile)
    fields = IptcImagePlugin.getiptcinfo(shown)
    assert fields == {
        (1, 90): b"\x1b%G",
        (2, 0): b"\0\4",
        (2, 80): "王芳".encode(),
        (2, 110): "王芳".encode(),
        (2, 116): "© 2020".encode(),
        (2, 120): "李辉在门前 <&>".encode(),
    }


# Refusals.


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_file_cut_short_is_refused(form: str, share: float) -> None:
    pillow_heif.register_heif_opener()
    noise = Image.effect_noise((400, 300), 60).convert("L" if form == "GIF" else "RGB")
    content = encoded(noise, form)
    finding = develop(content[: int(len(content) * share)], Recipe())
    assert isinstance(finding, Finding)
    # A TIFF keeps its directory at the end: then nothing can say what is missing.
    assert finding.reason in ({"truncated", "unreadable"} if form == "TIFF" else {"truncated"})


def test_a_bomb_is_refused() -> None:
    finding = develop(huge_png(), Recipe())
    assert isinstance(finding, Finding) and finding.reason == "too_large"


def test_limits_are_the_callers_and_leave_the_process_as_it_was() -> None:
    before = Image.MAX_IMAGE_PIXELS
    content = encoded(four_corners(100, 100), "JPEG")
    finding = develop(content, Recipe(), Limits(pixels=9_999))
    assert isinstance(finding, Finding) and finding.reason == "too_large"
    assert isinstance(develop(content, Recipe(), Limits(pixels=10_000)), Developed)
    finding = develop(content, Recipe(), Limits(length=100))
    assert isinstance(finding, Finding) and finding.reason == "too_large"
    assert before == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"version https://git-lfs.github.com/spec/v1\n", "lfs_pointer"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100) + b"IEND" + bytes(4), "unreadable"),
        (b"\xff\xd8\xff\xd9", "unreadable"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, reason: str) -> None:
    finding = develop(content, Recipe())
    assert isinstance(finding, Finding) and finding.reason == reason


def test_a_refusal_says_the_same_every_time() -> None:
    content = encoded(four_corners(90, 90), "PNG")
    damaged = content[:20] + b"\xff" + content[21:]
    assert develop(damaged, Recipe()) == develop(damaged, Recipe())


def test_no_damaged_byte_raises() -> None:
    pillow_heif.register_heif_opener()
    for form in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF"):
        content = encoded(four_corners(32, 32), form)
        for place in range(0, len(content), max(1, len(content) // 60)):
            damaged = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
            limits = Limits(pixels=1_000_000)
            assert isinstance(develop(damaged, Recipe(), limits), Developed | Finding)


# The same again.


def test_the_same_original_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    content = revealing("JPEG")
    once, twice = develop(content, WORDS), develop(content, WORDS)
    assert once == twice and isinstance(once, Developed)
    path = written(tmp_path / "a.jpg", content)
    with executor(1) as pool:
        key, finding = pool.submit(develop_file, path, WORDS, tmp_path / "cache").result()
    assert finding is None
    for name, expected in once.files(key).items():
        assert Cache(tmp_path / "cache").path(name).read_bytes() == expected


def test_a_recipe_without_preview_makes_none() -> None:
    developed = develop(revealing("JPEG"), replace(WORDS, preview=None))
    assert isinstance(developed, Developed) and developed.preview is None
    assert len(developed.files("0" * 64)) == 3


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    key, finding = develop_file(tmp_path / "gone.jpg", Recipe(), tmp_path / "cache")
    assert key == "" and finding is not None and finding.reason == "unreadable"


def test_a_finished_file_is_an_ordinary_webp() -> None:
    content = files(develop(revealing("JPEG"), WORDS))[0]
    assert Image.open(io.BytesIO(content)).format == "WEBP"
