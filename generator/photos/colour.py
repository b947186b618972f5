"""What the colours of an original are, as far as its file tells.

An opened original enters; the ICC profile of its colours leaves: its own, or one made of what the
file says in fewer words (PNG's cICP, gAMA and cHRM, HEIF's nclx, the Adobe RGB mark of cameras).
Nothing is decoded here. Where a file says nothing, its colours count as sRGB, as in browsers, and
printing colours as those of common offset printing.
"""

import math
import struct
from collections.abc import Callable
from functools import cache

from PIL import ExifTags, Image, ImageCms

from generator.photos.headers import Kind
from generator.photos.profiles import (
    D65,
    Chromaticity,
    Curve,
    grey_profile,
    printing_profile,
    rgb_profile,
)

Primaries = tuple[Chromaticity, Chromaticity, Chromaticity]

_BT709: Primaries = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_ADOBE: Primaries = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
_ADOBE_GAMMA = 563 / 256
# ITU-T H.273, table 2: the primaries that a code names, with their white.
_PRIMARIES: dict[int, tuple[Primaries, Chromaticity]] = {
    1: (_BT709, D65),
    4: (((0.67, 0.33), (0.21, 0.71), (0.14, 0.08)), (0.310, 0.316)),
    5: (((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)), D65),
    6: (((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)), D65),
    7: (((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)), D65),
    9: (((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)), D65),
    11: (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), (0.314, 0.351)),
    12: (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), D65),
}
_SRGB_TRANSFERS = {2, 13}
# BT.709 and its like describe cameras; such a picture is meant for a screen of 2.4, and so are
# those of sRGB very nearly: browsers show both alike.
_TELEVISION_TRANSFERS = {1, 6, 14, 15}
_NEARLY = 0.01
_LONGEST_WALK = 64
_EXIF_ADOBE_RGB = 2


def profile_of(opened: Image.Image, kind: Kind, original: bytes) -> bytes:
    """The ICC profile of an opened original's colours; empty where they count as sRGB.

    What is said several times counts in the order of PNG (third edition, 4.3): cICP, a profile,
    sRGB, then gAMA with cHRM.
    """
    coded = _cicp(original) if kind == "png" else None
    if coded is not None:
        return _of_codes(*coded)
    own = opened.info.get("icc_profile") or b""
    if own:
        return bytes(own)
    if opened.mode == "LAB":
        return _cielab()
    if kind == "png":
        return _of_chunks(opened)
    if kind == "heic":
        return _of_nclx(opened.info.get("nclx_profile"))
    return _adobe_rgb() if opened.mode == "RGB" and _marked_adobe(opened) else b""


def assumed_profile(mode: str) -> bytes:
    """What pixels of that mode are taken for when no usable profile says otherwise."""
    return printing_profile() if mode == "CMYK" else b""


def _cicp(png: bytes) -> tuple[int, int] | None:
    """Primaries and transfer of a PNG's cICP chunk (third edition, 11.3.2.6), before its pixels."""
    at = 8
    for _ in range(_LONGEST_WALK):
        if len(png) < at + 12:
            return None
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            return None
        if kind == b"cICP" and length == 4:
            return png[at + 8], png[at + 9]
        at += 12 + length
    return None


def _of_nclx(nclx: object) -> bytes:
    """The profile of HEIF's own colour description (ISO/IEC 23008-12, 6.5.5)."""
    if not isinstance(nclx, dict):
        return b""
    codes = nclx.get("color_primaries"), nclx.get("transfer_characteristics")
    if not all(isinstance(code, int) for code in codes):
        return b""
    return _of_codes(int(str(int(codes[0] or 0))), int(str(int(codes[1] or 0))))


@cache
def _of_codes(primaries: int, transfer: int) -> bytes:
    """The profile of two codes of ITU-T H.273; empty where they mean sRGB or are unknown."""
    known = _PRIMARIES.get(primaries, _PRIMARIES[1])
    curve = _TRANSFERS.get(transfer, _srgb_curve)
    if known == _PRIMARIES[1] and curve is _srgb_curve:
        return b""
    return rgb_profile(*known, curve)


def _of_chunks(opened: Image.Image) -> bytes:
    """The profile of a PNG's gAMA and cHRM chunks (third edition, 11.3.2.1 and 11.3.2.2)."""
    if "srgb" in opened.info:
        return b""
    gamma = opened.info.get("gamma")
    curve: Curve = _srgb_curve
    if isinstance(gamma, float) and 0.01 < gamma < 10 and abs(gamma - 1 / 2.2) >= _NEARLY:
        curve = _power(1 / gamma)
    if opened.mode in {"1", "L", "LA", "I;16", "I"}:
        return b"" if curve is _srgb_curve else grey_profile(curve)
    primaries, white = _corners(opened.info.get("chromaticity"))
    if curve is _srgb_curve and _same(primaries, white):
        return b""
    try:
        return rgb_profile(primaries, white, curve)
    except ValueError:
        return b""  # primaries that span no colours: as if the chunk were not there


def _corners(chunk: object) -> tuple[Primaries, Chromaticity]:
    if not isinstance(chunk, tuple) or len(chunk) != 8:
        return _BT709, D65
    white, red, green, blue = ((float(chunk[at]), float(chunk[at + 1])) for at in range(0, 8, 2))
    return (red, green, blue), white


def _same(primaries: Primaries, white: Chromaticity) -> bool:
    pairs = zip((*primaries, white), (*_BT709, D65), strict=True)
    return all(math.dist(one, other) < _NEARLY for one, other in pairs)


def _marked_adobe(opened: Image.Image) -> bool:
    """Whether a camera marked its picture as Adobe RGB without a profile (DCF 2.0, 3.2.2).

    That is the interoperability index R03, or the colour space 2 that some cameras write.
    """
    try:
        exif = opened.getexif()
        index = exif.get_ifd(ExifTags.IFD.Interop).get(ExifTags.Interop.InteropIndex, "")
        space = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.ColorSpace)
        return str(index).startswith("R03") or space == _EXIF_ADOBE_RGB
    except Exception:  # whatever a broken Exif block raises, it says nothing of colours then
        return False


@cache
def _adobe_rgb() -> bytes:
    return rgb_profile(_ADOBE, D65, _power(_ADOBE_GAMMA))


@cache
def _cielab() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def _power(exponent: float) -> Curve:
    return lambda value: float(value**exponent)


def _srgb_curve(value: float) -> float:
    """IEC 61966-2-1, 5.2."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _logarithmic(decades: float) -> Curve:
    return lambda value: float(10 ** ((value - 1) * decades)) if value > 0 else 0.0


def _pq(value: float) -> float:
    """ITU-R BT.2100, table 4, with diffuse white (203 cd/m²: BT.2408) as the brightest."""
    root = value ** (32 / 2523)
    light = max(0.0, root - 107 / 128) / (2413 / 128 - 2392 / 128 * root)
    return float(min(1.0, light ** (8192 / 1305) * 10000 / 203))


def _hlg(value: float) -> float:
    """ITU-R BT.2100, table 5, with diffuse white (75 %: BT.2408) as the brightest."""
    bent = (
        value**2 / 3
        if value <= 0.5
        else (math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    return float(min(1.0, bent / 0.2650) ** 1.2)


_TRANSFERS: dict[int, Callable[[float], float]] = {
    **dict.fromkeys(_SRGB_TRANSFERS | _TELEVISION_TRANSFERS, _srgb_curve),
    4: _power(2.2),
    5: _power(2.8),
    8: _power(1.0),
    9: _logarithmic(2.0),
    10: _logarithmic(2.5),
    16: _pq,
    17: _power(2.6),
    18: _hlg,
}
