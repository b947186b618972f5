"""An original made into the files that a page shows.

The bytes of an original and a recipe enter; WebP derivatives, a link preview in JPEG and an
average colour leave, in memory or by way of the cache. Every file is upright, sRGB, and carries
no metadata but the archive's own words. This module reads originals and writes nothing itself;
only the cache does. The same original, recipe and versions give the same bytes.
"""

import hashlib
import io
import struct
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from PIL import Image, features

from generator.photos.cache import Cache
from generator.photos.clean_original import clean_original
from generator.photos.headers import DEFAULT_LIMITS, PREFIX_BYTES, Finding, Kind, Limits, kind_of
from generator.photos.metadata import iptc_block, xmp_packet
from generator.photos.pixels import Need, burn, decode, to_srgb
from generator.photos.plan import Developed, Finished, Recipe, derivative_sizes, picture_key

PROCESS = 2
"""The version of this process: raised whenever it would make other bytes."""

PREVIEW_QUALITY = 82
"""JPEG quality of the link preview: it is shown small, by programs that know no WebP."""

_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fixity:
    """What tells one original from another: nothing but its bytes."""

    sha256: str
    """64 hexadecimal digits."""
    length: int
    """Bytes."""
    kind: Kind | None
    """What its first bytes announce, if it is an accepted kind."""


def fixity(path: Path) -> Fixity:
    """Read a file once and tell its fixity.

    Raises:
        OSError: If the file cannot be read.
    """
    digest = hashlib.sha256()
    length = 0
    with path.open("rb") as file:
        prefix = file.read(PREFIX_BYTES)
        block = prefix
        while block:
            digest.update(block)
            length += len(block)
            block = file.read(_BLOCK)
    return Fixity(digest.hexdigest(), length, kind_of(prefix))


@cache
def versions(kind: Kind | None) -> tuple[str, ...]:
    """The versions of all that has a part in the bytes made of such an original."""
    libraries = ("webp", "libjpeg_turbo", "jpg", "littlecms2", "zlib", "libtiff")
    names = [f"chronicle {PROCESS}", f"pillow {version('pillow')}"]
    names += [f"{name} {features.version(name)}" for name in libraries]
    # A new decoder for HEIC is no reason to make all the others again.
    names += [f"pillow-heif {version('pillow-heif')}"] if kind == "heic" else []
    return tuple(names)


def key_of(original: Fixity, recipe: Recipe) -> str:
    """The key of the picture that the recipe makes of the original, here and now."""
    return picture_key(original.sha256, recipe, versions(original.kind))


def develop(
    original: bytes, recipe: Recipe, limits: Limits = DEFAULT_LIMITS
) -> Developed | Finding:
    """Develop a photograph in memory; a finding says why it cannot be.

    Redactions are painted first of all, into the full decoded picture, so that nothing beneath
    them reaches any size. The original is decoded once, and each size made from the next larger.
    """
    # A JPEG decoded at half its size has already mixed what lies beneath a box with what does not.
    need = None if recipe.redactions or recipe.hand_out else Need(recipe.edges, recipe.preview)
    upright = decode(original, need, limits)
    if isinstance(upright, Finding):
        return upright
    burn(upright.image, recipe.redactions)
    size = upright.width, upright.height
    sizes = derivative_sizes(*size, recipe.edges)
    preview = recipe.preview if recipe.preview and _covers(size, recipe.preview) else None
    if preview is None or _covers(sizes[-1], preview):
        reduced = _reduced(upright.image, sizes[-1])
    else:
        reduced = upright.image  # a tall picture: its largest size is too narrow for the preview
    finished = _finish(to_srgb(reduced, upright.profile), size, sizes, preview, recipe)
    # What is covered stays covered: the original of a redacted photograph is handed to nobody.
    if not recipe.hand_out or recipe.redactions:
        return finished
    kind = kind_of(original[:PREFIX_BYTES])
    assert kind is not None  # it has just been decoded
    handed = clean_original(
        original,
        kind,
        upright.orientation,
        lambda: to_srgb(upright.image, upright.profile),
        recipe,
    )
    return replace(finished, original=handed)


def develop_bytes(
    original: bytes, recipe: Recipe, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[str, ...], Developed | Finding]:
    """Develop a photograph whose bytes were sent: the work of a process on another machine.

    Returns:
        The versions of all that had a part in it there, and the photograph or a finding.
    """
    return versions(kind_of(original[:PREFIX_BYTES])), develop(original, recipe, limits)


def develop_file(
    path: Path, recipe: Recipe, cache_root: Path, limits: Limits = DEFAULT_LIMITS
) -> tuple[str, Finding | None]:
    """Develop a photograph into the cache, unless it is there: the work of one worker process.

    Returns:
        The key under which the picture now is in the cache; or an empty string and the finding.

    Raises:
        OSError: If the cache cannot be written.
    """
    try:
        original = path.read_bytes()
    except OSError as refusal:
        return "", Finding("unreadable", refusal.strerror or type(refusal).__name__)
    digest = hashlib.sha256(original).hexdigest()
    key = key_of(Fixity(digest, len(original), kind_of(original[:PREFIX_BYTES])), recipe)
    store = Cache(cache_root)
    if store.get(key, verify=True) is None:
        developed = develop(original, recipe, limits)
        if isinstance(developed, Finding):
            return "", developed
        store.put(key, developed)
    return key, None


def _covers(size: tuple[int, int], other: tuple[int, int]) -> bool:
    return size[0] >= other[0] and size[1] >= other[1]


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    # Far larger pictures are first averaged in whole blocks, to three times the size.
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _finish(
    image: Image.Image,
    size: tuple[int, int],
    sizes: tuple[tuple[int, int], ...],
    preview: tuple[int, int] | None,
    recipe: Recipe,
) -> Developed:
    packet = xmp_packet(recipe)
    shown = _preview(image, preview, recipe, packet) if preview else None
    finished = []
    for width, height in reversed(sizes):
        image = _reduced(image, (width, height))
        finished.append(Finished(width, height, _webp(image, recipe, packet)))
    return Developed(*size, tuple(reversed(finished)), shown, _average(image))


def _average(image: Image.Image) -> str:
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _preview(
    image: Image.Image,
    size: tuple[int, int],
    recipe: Recipe,
    packet: bytes,
) -> bytes:
    """The largest part of that shape around the focus, reduced to the size, as JPEG."""
    scale = min(image.width / size[0], image.height / size[1])
    # Rounding must not carry the part a hair's breadth over the edge.
    width, height = min(image.width, size[0] * scale), min(image.height, size[1] * scale)
    x, y = recipe.focus or (0.5, 0.5)
    left = min(max(0.0, x * image.width - width / 2), image.width - width)
    top = min(max(0.0, y * image.height - height / 2), image.height - height)
    # Half the work of the finest filter; the programs that show it reduce it once more.
    part = image.resize(
        size,
        Image.Resampling.HAMMING,
        (left, top, left + width, top + height),
        reducing_gap=3.0,
    )
    block = iptc_block(recipe)
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block if block else b""
    buffer = io.BytesIO()
    part.save(
        buffer, "JPEG", quality=PREVIEW_QUALITY, optimize=True, xmp=packet or None, extra=segment
    )
    content = buffer.getvalue()
    return _only_ours(content, _jpeg_metadata(content), block, packet)


def _webp(image: Image.Image, recipe: Recipe, packet: bytes) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=recipe.quality, method=recipe.method, xmp=packet)
    return _only_ours(buffer.getvalue(), _webp_metadata(buffer.getvalue()), packet)


def _only_ours(content: bytes, found: list[bytes], *ours: bytes) -> bytes:
    """The content, when its metadata is what we wrote, as far as we wrote anything.

    Raises:
        RuntimeError: If an encoder let something else through: a fault of the program, and one
            that could publish where somebody lives.
    """
    if found != [one for one in ours if one]:
        raise RuntimeError("a finished picture carries metadata that is not the archive's own")
    return content


def _webp_metadata(content: bytes) -> list[bytes]:
    """Everything in a WebP file (RFC 9649, section 2) but its pixels."""
    found = []
    at = 12
    while at < len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}:
            found.append(content[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    return found


def _jpeg_metadata(content: bytes) -> list[bytes]:
    """Every application segment and comment of a JPEG file (ITU-T T.81, B.2.4) but JFIF's own."""
    found = []
    at = 2
    while content[at + 1] != 0xDA:
        marker, length = struct.unpack_from(">xBH", content, at)
        if 0xE1 <= marker <= 0xEF or marker == 0xFE:
            found.append(content[at + 4 : at + 2 + length].removeprefix(_JPEG_XMP))
        at += 2 + length
    return found
