"""An original's pixels, upright and in sRGB.

The bytes of an original enter; an opaque 8-bit sRGB image without any metadata leaves, or the
finding that says why not. Everything happens in memory: nothing here touches the disk.
"""

import io
import math
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import ExifTags, Image, ImageCms, TiffImagePlugin, UnidentifiedImageError

from generator.photos.colour import assumed_profile, profile_of
from generator.photos.headers import PREFIX_BYTES, Finding, Kind, Limits, examine_start
from generator.photos.plan import Box, derivative_sizes

PAPER = (0xFB, 0xFA, 0xF7)
"""The colour of the page, which shows where an original is transparent."""

INK = 0x1F
"""How light a redaction is, 0 to 255: as dark as the ink of the page."""

_INKS: dict[str, tuple[float, ...]] = {
    "L": (INK,),
    "LA": (INK, 255),
    "RGB": (INK, INK, INK),
    "RGBA": (INK, INK, INK, 255),
    "CMYK": (0, 0, 0, 255),
    "LAB": (29, 128, 128),
}
_FORMATS: dict[Kind, str] = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "tiff": "TIFF",
    "heic": "HEIF",
}
# Exif 3.0, tag 274 (Orientation): what brings row 0 to the top and column 0 to the left.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED = {5, 6, 7, 8}
_SPACE_OF_MODE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
_BITS_PER_SAMPLE = 258
# Pillow keeps its pixel limit and Python its warning filters for the whole process.
_one_at_a_time = threading.RLock()


@dataclass(frozen=True, slots=True)
class Need:
    """What a decoded picture must be good for without being enlarged."""

    edges: tuple[int, ...]
    """The edges of its derivatives, px."""
    cover: tuple[int, int] | None
    """Width and height that it fills, if the original does, px."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A decoded original: turned upright, 8 bits a channel, still in the colours it came in."""

    image: Image.Image
    """Mode L, LA, RGB, RGBA, CMYK or LAB; perhaps smaller than the original, never than wanted."""
    width: int
    """Width of the upright original in full, px."""
    height: int
    """Height of the upright original in full, px."""
    profile: bytes
    """The ICC profile of its colours; empty where they count as sRGB."""
    orientation: int = 1
    """The Exif orientation it had, 1 to 8."""


def decode(original: bytes, need: Need | None, limits: Limits) -> Upright | Finding:
    """Decode the first frame of an original and turn it upright.

    A JPEG file may be decoded at a half, a quarter or an eighth of its size, as long as nothing
    needed of it has to be enlarged; without a need, everything is decoded in full.
    """
    kind = examine_start(original[:PREFIX_BYTES])
    if isinstance(kind, Finding):
        return kind
    if len(original) > limits.length:
        return Finding("too_large", f"{len(original)} bytes")
    if kind == "heic":
        _accept_heic()
    try:
        with _strict(limits):
            return _decode_kind(original, kind, need, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        return Finding("too_large", str(bomb))
    except MemoryError:
        return Finding("too_large", "not enough memory")
    # A hostile file can make a decoder raise nearly anything; none of it is the program's fault.
    except Exception as damage:
        return _damage(original, kind, damage)


def burn(image: Image.Image, boxes: tuple[Box, ...]) -> None:
    """Paint over the boxes, in place: opaque, one colour, nothing of what was there remains."""
    for box in boxes:
        image.paste(_INKS[image.mode], box.pixels(*image.size))


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The image in sRGB (IEC 61966-2-1), opaque on paper, with no metadata at all.

    A profile that is damaged or made for other channels is passed over: the colours then count
    as sRGB, as they do in browsers, and printing colours as those of common offset printing.
    """
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA"} else None
    colours = image.convert(image.mode[:-1]) if alpha is not None else image
    transform = _transform(profile or assumed_profile(colours.mode), colours.mode)
    if transform is None and colours.mode == "CMYK":
        transform = _transform(assumed_profile("CMYK"), "CMYK")
    converted = transform.apply(colours) if transform else _converted(colours, "RGB")
    if alpha is not None:
        # Composed after the conversion: paper has its colour in sRGB, not in the original's space.
        opaque = Image.new("RGB", image.size, PAPER)
        opaque.paste(converted, mask=alpha)
        converted = opaque
    # Pillow's writers take comments and profiles from here when not told otherwise.
    converted.info = {}
    return converted


@contextmanager
def _strict(limits: Limits) -> Iterator[None]:
    """Refuse too many pixels as soon as a header declares them, before memory is taken.

    Other warnings speak of metadata (a bad Exif entry), which is thrown away in any case.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, limits.pixels
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = before


def _decode_kind(
    original: bytes, kind: Kind, need: Need | None, limits: Limits
) -> Upright | Finding:
    # Only the decoder that the content calls for: none of the other formats Pillow knows.
    with Image.open(io.BytesIO(original), formats=[_FORMATS[kind]]) as opened:
        stored = opened.size
        if stored[0] * stored[1] > limits.pixels:
            return Finding("too_large", f"{stored[0]}x{stored[1]}")
        profile = profile_of(opened, kind, original)
        # HEIC offers a smaller picture, too: an embedded thumbnail, which may show something else.
        if kind == "jpeg" and need is not None:
            opened.draft(None, _draft_box(stored, _orientation(opened) in _TURNED, need))
        opened.load()
        drafted = kind == "jpeg" and opened.size != stored
        orientation = _orientation(opened)
        image = _eight_bit(opened)
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    width, height = image.size
    if drafted:
        width, height = stored[::-1] if orientation in _TURNED else stored
    return Upright(image, width, height, profile, orientation if orientation in _UPRIGHT else 1)


def _draft_box(stored: tuple[int, int], turned: bool, need: Need) -> tuple[int, int]:
    """The box for `Image.draft`, which halves as long as both sides stay at least as long as it.

    The longest edge alone would give a square box, which a 4:3 picture reaches on one side only:
    then nothing is saved. This box has the proportions of the picture.
    """
    width, height = stored[::-1] if turned else stored
    largest = derivative_sizes(width, height, need.edges)[-1]
    scale = max(largest[0] / width, largest[1] / height)
    if need.cover is not None and width >= need.cover[0] and height >= need.cover[1]:
        scale = max(scale, need.cover[0] / width, need.cover[1] / height)
    scale = min(1, scale)
    return math.ceil(stored[0] * scale), math.ceil(stored[1] * scale)


def _damage(original: bytes, kind: Kind, damage: Exception) -> Finding:
    said = str(damage) or type(damage).__name__
    cut = any(words in said.lower() for words in ("truncated", "end of file"))
    if isinstance(damage, UnidentifiedImageError):
        said = f"damaged {kind} header"  # Pillow's own words name an address in memory.
    return Finding("truncated" if cut or _is_cut(original, kind) else "unreadable", said)


def _orientation(opened: Image.Image) -> int:
    # TIFF files are turned by Pillow and HEIC files by libheif: both then say 1 or nothing.
    try:
        return int(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # whatever a broken Exif block raises, the pixels are still good
        return 1


def _eight_bit(image: Image.Image) -> Image.Image:
    """The image in mode L, LA, RGB, RGBA, CMYK or LAB."""
    if image.mode.startswith("I") or image.mode == "F":
        return _grey(image)
    if image.mode in {"CMYK", "LAB"}:
        return image
    opaque, transparent = ("L", "LA") if image.mode in {"1", "L", "LA", "La"} else ("RGB", "RGBA")
    return _converted(image, transparent if image.has_transparency_data else opaque)


def _converted(image: Image.Image, mode: str) -> Image.Image:
    # Pillow copies even where there is nothing to convert.
    return image if image.mode == mode else image.convert(mode)


def _grey(image: Image.Image) -> Image.Image:
    """Greys of more than eight bits, scaled down: white stays white."""
    deep = image.convert("F")
    lowest, highest = (float(str(value)) for value in deep.getextrema())
    white = 65535.0
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        # Pillow gives samples of 12 bits as they are.
        white = float(2 ** min(16, image.tag_v2.get(_BITS_PER_SAMPLE, (16,))[0]) - 1)
    black = 0.0
    if image.mode == "F" or lowest < black or highest > white:
        # Signed and floating samples have no white of their own.
        black, white = lowest, max(highest, lowest + 1e-6)
    scale = 255 / (white - black)
    offset = 0.5 - black * scale
    return deep.point(lambda grey: grey * scale + offset).convert("L")


def _is_cut(original: bytes, kind: Kind) -> bool:
    """Whether a damaged file lacks its end.

    That is EOI (ITU-T T.81, B.1.1.3), IEND (PNG, 11.2.5), the GIF trailer, the RIFF length.
    """
    if kind == "jpeg":
        return b"\xff\xd9" not in original[-64:]
    if kind == "png":
        return b"IEND" not in original[-64:]
    if kind == "webp":
        return len(original) < int.from_bytes(original[4:8], "little") + 8
    return kind == "gif" and not original.endswith(b";")


@cache
def _accept_heic() -> None:
    # Only an archive with HEIC originals pays for loading the decoder.
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@lru_cache(maxsize=32)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """What turns colours of the profile into sRGB; None where it would change nothing."""
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _SPACE_OF_MODE[mode]:
            return None
        transform = ImageCms.ImageCmsTransform(
            source,
            _srgb(),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if mode == "RGB" and _changes_nothing(transform) else transform
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    # Most photographs carry one of the many sRGB profiles; names differ, numbers do not.
    steps = range(0, 256, 15)
    swatch = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
    image = Image.frombytes("RGB", (len(swatch) // 3, 1), swatch)
    after = transform.apply(image).tobytes()
    return all(abs(was - now) <= 1 for was, now in zip(swatch, after, strict=True))
