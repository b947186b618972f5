"""An original as it may be handed out: its own pixels, and nothing it says of place or maker.

The bytes of an original enter; a file with the same picture and the archive's words leaves. JPEG
and PNG keep every byte of their pixels, colours and orientation, and lose all other segments and
chunks. Of the other kinds a picture in full size is made anew, for their metadata is woven in.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import ExifTags, Image

from generator.photos.headers import Kind
from generator.photos.metadata import iptc_block, xmp_packet
from generator.photos.plan import Recipe

FULL_QUALITY = 95
"""JPEG quality of a full-size picture made anew."""

_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_PIXEL_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT"}
_COLOUR_CHUNKS = {b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP"}


def clean_original(
    original: bytes, kind: Kind, orientation: int, full: Callable[[], Image.Image], recipe: Recipe
) -> tuple[str, bytes]:
    """The extension and bytes of the file that is handed out instead of the original.

    Args:
        full: Gives the whole picture, upright and in sRGB, for those kinds that are made anew.
        orientation: Exif orientation of the original, 1 to 8.
    """
    try:
        if kind == "jpeg":
            return "jpg", b"".join(_jpeg(original, orientation, recipe))
        if kind == "png":
            return "png", b"".join(_png(original, orientation, recipe))
    except (struct.error, IndexError, ValueError):
        pass  # a file that decoders forgive but that cannot be taken apart: made anew, too
    buffer = io.BytesIO()
    full().save(
        buffer,
        "JPEG",
        quality=FULL_QUALITY,
        subsampling=0,
        xmp=xmp_packet(recipe) or None,
        extra=b"".join(_iptc_segment(recipe)),
    )
    return "jpg", buffer.getvalue()


def _jpeg(original: bytes, orientation: int, recipe: Recipe) -> Iterator[bytes]:
    """Tables, frames, scans and colour profile (ITU-T T.81, B.1.1), up to the first EOI."""
    yield original[:2]
    if orientation != 1:
        yield _segment(0xE1, _orientation(orientation))
    yield from _words(recipe)
    at = 2
    while True:
        while original[at : at + 2] == b"\xff\xff":
            at += 1
        fill, marker = original[at], original[at + 1]
        if fill != 0xFF:
            raise ValueError("junk between segments")
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        length = 2 + struct.unpack_from(">H", original, at + 2)[0]
        segment = original[at : at + length]
        if _belongs_to_pixels(marker, segment):
            yield segment
        at += length
        if marker == 0xDA:
            end = _scan_end(original, at)
            yield original[at:end]
            at = end


def _belongs_to_pixels(marker: int, segment: bytes) -> bool:
    if marker == 0xE2:
        return segment[4:].startswith(b"ICC_PROFILE\0")
    # APP14 says how the colours are stored (ITU-T T.872, 6.5.3).
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _scan_end(original: bytes, at: int) -> int:
    """Where the entropy-coded bytes end: at a marker that is no restart and no stuffed zero."""
    while True:
        at = original.index(b"\xff", at)
        if original[at + 1] != 0 and not 0xD0 <= original[at + 1] <= 0xD7:
            return at
        at += 2


def _words(recipe: Recipe) -> Iterator[bytes]:
    packet = xmp_packet(recipe)
    if packet:
        yield _segment(0xE1, _JPEG_XMP + packet)
    yield from _iptc_segment(recipe)


def _iptc_segment(recipe: Recipe) -> Iterator[bytes]:
    block = iptc_block(recipe)
    if block:
        yield _segment(0xED, block)


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">2BH", 0xFF, marker, len(content) + 2) + content


def _orientation(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif.tobytes()


def _png(original: bytes, orientation: int, recipe: Recipe) -> Iterator[bytes]:
    """The chunks of pixels and colours (PNG, third edition, 11.2 and 11.3)."""
    yield original[:8]
    at = 8
    while True:
        length, kind = struct.unpack_from(">I4s", original, at)
        if kind == b"IDAT" and at > 0:
            yield from _before_pixels(orientation, recipe)
            orientation, recipe = 1, Recipe()  # once
        if kind in _PIXEL_CHUNKS | _COLOUR_CHUNKS:
            yield original[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _before_pixels(orientation: int, recipe: Recipe) -> Iterator[bytes]:
    if orientation != 1:
        yield _chunk(b"eXIf", _orientation(orientation).removeprefix(b"Exif\0\0"))
    packet = xmp_packet(recipe)
    if packet:
        yield _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
