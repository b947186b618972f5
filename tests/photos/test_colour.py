"""Colours come out as they were meant, whatever way the file tells what they mean.

The reference is arithmetic of its own (`originals.py`): the same colour written in another space
must be developed into the sRGB colour it began as, within a difference that nobody sees.
"""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms

from generator.photos.develop import develop
from generator.photos.plan import Recipe

from .originals import (
    ADOBE_RGB,
    BT2020,
    DISPLAY_P3,
    PROPHOTO,
    SRGB,
    Colour,
    at,
    delta_e,
    encoded,
    icc_profile,
    in_space,
    lab_of,
    largest,
    linear_in,
    patch_png,
    srgb_of_xyz,
    xyz_of_lab,
)

BEST = Recipe(quality=100, method=0)
COLOURS: list[Colour] = [
    (200, 60, 60), (60, 170, 90), (70, 90, 200), (128, 128, 128), (236, 188, 160), (20, 24, 30),
]  # fmt: skip
SPACES = {
    "Display P3": (DISPLAY_P3, 2.2),
    "Adobe RGB": (ADOBE_RGB, 563 / 256),
    "ProPhoto": (PROPHOTO, 1.8),
}
Primaries = tuple[tuple[float, float, float], ...]


def shown(original: bytes) -> Colour:
    return at(largest(develop(original, BEST)), 0.5, 0.5)


def srgb_encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("space", SPACES)
def test_a_profile_is_followed(space: str, colour: Colour) -> None:
    primaries, gamma = SPACES[space]
    stored = Image.new("RGB", (64, 64), in_space(primaries, colour, gamma))
    profile = icc_profile(primaries, gamma)
    for form in ("PNG", "JPEG", "WEBP", "TIFF"):
        content = encoded(stored, form, icc_profile=profile, quality=100)
        # Eight bits of ProPhoto are coarse in themselves.
        assert delta_e(shown(content), colour) < 3.5


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("space", SPACES)
def test_sixteen_bits_are_converted_as_closely(space: str, colour: Colour) -> None:
    primaries, gamma = SPACES[space]
    deep = tuple(round(65535 * part ** (1 / gamma)) for part in linear_in(primaries, colour))
    profile = icc_profile(primaries, gamma)
    compressed = b"icc\0\0" + zlib.compress(profile)
    assert delta_e(shown(patch_png(deep, 16, ((b"iCCP", compressed),))), colour) < 3.5


@pytest.mark.parametrize("colour", COLOURS)
def test_a_telephones_colours_without_a_profile_are_those_of_its_nclx_box(colour: Colour) -> None:
    pillow_heif.register_heif_opener()
    p3 = tuple(round(255 * srgb_encoded(part)) for part in linear_in(DISPLAY_P3, colour))
    content = encoded(
        Image.new("RGB", (64, 64), p3), "HEIF", quality=100, chroma=444,
        color_primaries=12, transfer_characteristics=13, matrix_coefficients=6,
    )  # fmt: skip
    assert delta_e(shown(content), colour) < 4


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(("code", "primaries"), [(12, DISPLAY_P3), (9, BT2020), (1, SRGB)])
def test_a_cicp_chunk_is_followed(code: int, primaries: Primaries, colour: Colour) -> None:
    stored = tuple(round(65535 * srgb_encoded(part)) for part in linear_in(primaries, colour))
    chunk = (b"cICP", bytes((code, 13, 0, 1)))
    assert delta_e(shown(patch_png(stored, 16, (chunk,))), colour) < 2


def test_a_cicp_chunk_counts_before_a_profile() -> None:
    stored = tuple(round(65535 * srgb_encoded(one)) for one in linear_in(BT2020, (60, 170, 90)))
    wrong = b"icc\0\0" + zlib.compress(icc_profile(PROPHOTO, 1.8))
    chunks = ((b"cICP", bytes((9, 13, 0, 1))), (b"iCCP", wrong))
    assert delta_e(shown(patch_png(stored, 16, chunks)), (60, 170, 90)) < 2


@pytest.mark.parametrize(("transfer", "signal"), [(16, 0.5807), (18, 0.75)])
def test_the_white_of_a_page_stays_white_in_a_picture_of_high_range(
    transfer: int, signal: float
) -> None:
    # 203 cd/m², to which ITU-R BT.2408 puts white paper; what is brighter can only be white too.
    chunk = (b"cICP", bytes((9, transfer, 0, 1)))
    for level in (signal, 1.0):
        stored = (round(65535 * level),) * 3
        assert delta_e(shown(patch_png(stored, 16, (chunk,))), (255, 255, 255)) < 2


@pytest.mark.parametrize("gamma", [0.35, 0.45455, 0.55, 1.0])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_gama_chunk_is_followed(gamma: float, colour: Colour) -> None:
    stored = tuple(round(65535 * part**gamma) for part in linear_in(SRGB, colour))
    chunk = (b"gAMA", struct.pack(">I", round(gamma * 100_000)))
    # A gamma of 1/2.2 is what sRGB files write: it counts as sRGB, not as the bare power.
    assert delta_e(shown(patch_png(stored, 16, (chunk,))), colour) < 4


@pytest.mark.parametrize("gamma", [0.35, 1.0])
def test_a_gama_chunk_is_followed_in_grey(gamma: float) -> None:
    for grey in (24, 128, 220):
        light = linear_in(SRGB, (grey,) * 3)[1]
        chunk = (b"gAMA", struct.pack(">I", round(gamma * 100_000)))
        stored = (round(65535 * light**gamma),)
        # Dark greys of a linear file are few in the eight bits that are kept of them.
        assert delta_e(shown(patch_png(stored, 16, (chunk,))), (grey,) * 3) < 5.5


@pytest.mark.parametrize("colour", COLOURS)
def test_a_chrm_chunk_is_followed(colour: Colour) -> None:
    stored = tuple(round(65535 * part ** (1 / 1.8)) for part in linear_in(ADOBE_RGB, colour))
    corners = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
    chunks = ((b"gAMA", struct.pack(">I", 55556)), (b"cHRM", struct.pack(">8I", *corners)))
    assert delta_e(shown(patch_png(stored, 16, chunks)), colour) < 2


def test_chunks_that_span_no_colours_are_passed_over() -> None:
    for corners in ((31270, 32900) * 4, (0,) * 8):
        content = patch_png((200, 60, 60), 8, ((b"cHRM", struct.pack(">8I", *corners)),))
        assert delta_e(shown(content), (200, 60, 60)) < 1


def test_an_srgb_chunk_counts_before_a_gamma() -> None:
    chunks = ((b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 100_000)))
    assert delta_e(shown(patch_png((200, 60, 60), 8, chunks)), (200, 60, 60)) < 1


@pytest.mark.parametrize("marked", ["index", "space"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_cameras_mark_of_adobe_rgb_is_followed(colour: Colour, marked: str) -> None:
    exif = Image.Exif()
    if marked == "index":
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.IFD.Interop] = {1: "R03"}
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = 65535
    else:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = 2
    stored = Image.new("RGB", (64, 64), in_space(ADOBE_RGB, colour))
    content = encoded(stored, "JPEG", quality=100, subsampling=0, exif=exif)
    assert delta_e(shown(content), colour) < 3


@pytest.mark.parametrize("colour", COLOURS)
def test_cielab_is_shown(colour: Colour) -> None:
    lightness, a, b = lab_of(colour)
    stored = Image.new("LAB", (64, 64), (round(lightness * 2.55), round(a) + 128, round(b) + 128))
    assert delta_e(shown(encoded(stored, "TIFF")), colour) < 3


# Printing colours. The solids on their paper (95, 0, -2): ISO 12647-2:2004, table 1, in CIELAB.
PAPER_LAB = (95.0, 0.0, -2.0)
SOLIDS = {
    (0, 0, 0, 0): PAPER_LAB,
    (255, 0, 0, 0): (55.0, -37.0, -50.0),
    (0, 255, 0, 0): (48.0, 74.0, -3.0),
    (0, 0, 255, 0): (89.0, -5.0, 93.0),
    (0, 255, 255, 0): (47.0, 68.0, 48.0),
    (255, 0, 255, 0): (50.0, -65.0, 27.0),
    (255, 255, 0, 0): (24.0, 22.0, -46.0),
}


def printed(lab: tuple[float, float, float]) -> Colour:
    """How such a colour on its paper is shown where the paper is white."""
    paper = xyz_of_lab(PAPER_LAB)
    white = (0.9642, 1.0, 0.8249)
    relative = [a / b * w for a, b, w in zip(xyz_of_lab(lab), paper, white, strict=True)]
    return srgb_of_xyz(relative)


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize("inks", SOLIDS)
def test_printing_colours_without_a_profile_look_as_printed(
    inks: tuple[int, int, int, int], form: str
) -> None:
    content = encoded(Image.new("CMYK", (64, 64), inks), form, quality=100)
    # Black is made black, which darkens dark solids a little; plain arithmetic is off by 20 to 70.
    assert delta_e(shown(content), printed(SOLIDS[inks])) < 8


def test_printing_colours_grow_lighter_with_less_ink() -> None:
    greys = [
        shown(encoded(Image.new("CMYK", (64, 64), (0, 0, 0, key)), "TIFF"))[0]
        for key in range(0, 256, 17)
    ]
    assert greys == sorted(greys, reverse=True) and greys[0] == 255 and greys[-1] < 40


def test_printing_colours_follow_their_profile() -> None:
    # The engine itself, asked directly, is the reference; the profile takes yellow for cyan.
    profile = swapped_printing_profile()
    for inks in ((200, 40, 20, 0), (20, 30, 210, 30), (90, 90, 90, 90)):
        image = Image.new("CMYK", (64, 64), inks)
        direct = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        assert direct is not None
        content = encoded(image, "TIFF", icc_profile=profile)
        assert delta_e(shown(content), at(direct, 0.5, 0.5)) < 2
        assert delta_e(shown(content), shown(encoded(image, "TIFF"))) > 10


def swapped_printing_profile() -> bytes:
    """A printing profile of four inks with two steps each, in which yellow prints as cyan."""
    white = (0.9642, 1.0, 0.8249)
    cyan, yellow = (0.15, 0.2, 0.55), (0.7, 0.78, 0.08)
    nodes = [
        round(32768 * part * 0.3**m * 0.05**k * a**c * b**y)
        for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)
        for part, a, b in zip(white, yellow, cyan, strict=True)
    ]  # fmt: skip
    identity = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    table = b"mft2" + struct.pack(">4x4B", 4, 3, 2, 0) + identity + struct.pack(">2H", 2, 2)
    table += struct.pack(">8H", *(0, 65535) * 4) + struct.pack(f">{len(nodes)}H", *nodes)
    table += struct.pack(">6H", *(0, 65535) * 3)
    point = b"XYZ " + bytes(4) + struct.pack(">3i", *(round(part * 65536) for part in white))
    tags = struct.pack(">I", 2)
    tags += b"wtpt" + struct.pack(">2I", 156, len(point))
    tags += b"A2B0" + struct.pack(">2I", 156 + len(point), len(table))
    head = struct.pack(
        ">I4xI4s4s4s12x4s", 156 + len(point) + len(table), 0x02400000, b"prtr", b"CMYK", b"XYZ ",
        b"acsp",
    )  # fmt: skip
    head += bytes(28) + struct.pack(">3i", *(round(part * 65536) for part in white))
    return head + bytes(128 - len(head)) + tags + point + table


def test_transparency_is_laid_on_paper_after_its_colours_are_converted() -> None:
    half = Image.new("RGBA", (64, 64), (*in_space(ADOBE_RGB, (60, 170, 90)), 128))
    content = encoded(half, "PNG", icc_profile=icc_profile(ADOBE_RGB))
    mixed = tuple(
        round(one * 128 / 255 + paper * 127 / 255)
        for one, paper in zip((60, 170, 90), (0xFB, 0xFA, 0xF7), strict=True)
    )
    assert delta_e(shown(content), (mixed[0], mixed[1], mixed[2])) < 3


@pytest.mark.parametrize("colour", COLOURS)
def test_a_palette_keeps_its_colours_and_follows_a_profile(colour: Colour) -> None:
    palette = Image.new("RGB", (64, 64), in_space(DISPLAY_P3, colour)).quantize(4)
    content = encoded(palette, "PNG", icc_profile=icc_profile(DISPLAY_P3))
    assert delta_e(shown(content), colour) < 3.5
    assert (
        delta_e(shown(encoded(Image.new("RGB", (64, 64), colour).quantize(4), "GIF")), colour) < 2
    )
