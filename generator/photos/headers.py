"""Whether a file can be a photograph at all, told from its first bytes.

The path of an original enters; a finding leaves, or nothing. Only the file's name, length and
headers are looked at: nothing is decoded and nothing is written, so that a check of many
thousands of photographs takes seconds. Damage deeper in a file is found when it is developed.
"""

import os
import re
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from generator.reading.folders import names_below

Reason = Literal[
    "outside",
    "missing",
    "empty",
    "lfs_pointer",
    "not_a_picture",
    "mislabelled",
    "too_large",
    "unreadable",
    "truncated",
    "crashed",
    "timed_out",
]
"""Why an original cannot be used.

- `outside`: the name leads out of the folder of photographs; the detail is the name.
- `missing`: there is no such file; the detail is its name.
- `empty`: the file has no bytes; no detail.
- `lfs_pointer`: Git LFS has not fetched the file; the detail is its real size in bytes, if told.
- `not_a_picture`: none of the accepted kinds; the detail is what it is instead, if known (`pdf`).
- `mislabelled`: the extension tells another kind; the detail is the kind that it really is.
- `too_large`: more pixels or bytes than allowed; the detail is `20000x20000` or `123456789 bytes`.
- `unreadable`: damaged, or refused by the system; the detail is what was said.
- `truncated`: the file ends too early; the detail is what was said.
- `crashed`: developing it ended the worker process; the detail is the file's name.
- `timed_out`: developing it took too long and was stopped; the detail is the limit in seconds.
"""

Kind = Literal["jpeg", "png", "webp", "gif", "tiff", "heic"]
"""A kind of picture that is accepted as an original."""

EXTENSIONS: dict[str, Kind] = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
    ".jfif": "jpeg",
    ".png": "png",
    ".webp": "webp",
    ".gif": "gif",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".heic": "heic",
    ".heif": "heic",
    ".hif": "heic",
}
"""The kind that each extension promises, in lower case."""

PREFIX_BYTES = 64
"""As much of a file's beginning as `kind_of` and `foreign_kind_of` need."""

# The same answer on every system: ":" is a drive or a stream on Windows, "\\" a separator.
_WRITTEN_BADLY = re.compile(r"[\\:\x00-\x1f]")
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_LFS_SIZE = re.compile(rb"^size (\d{1,15})$", re.MULTILINE)
# ISO/IEC 23008-12, Annex B: the brands of HEVC-coded images and image sequences.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_ANY_IMAGE_BRANDS = {b"mif1", b"msf1", b"mif2"}
_FOREIGN = (
    (b"BM", "bmp"),
    (b"%PDF-", "pdf"),
    (b"8BPS", "psd"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (b"<svg", "svg"),
    (b"<!DOCTYPE", "html"),
    (b"<!doctype", "html"),
    (b"<html", "html"),
    (b"<?xml", "xml"),
)
# ITU-T T.81, table B.1: every start of frame; C4, C8 and CC are something else.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_LONGEST_BOX = 4_000_000
# A hostile file of a hundred million tiny segments must not hold up a check.
_MOST_STEPS = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest originals that are developed."""

    pixels: int = 150_000_000
    """Width times height, px."""
    length: int = 100_000_000
    """Length of the file, bytes."""
    seconds: float = 120.0
    """How long one photograph may take, in worker processes of our own."""


DEFAULT_LIMITS = Limits()
"""150 megapixels and 100 MB: more than any camera that takes part in such a work. The largest of
these takes some ten seconds; what takes two minutes will never end."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a photograph cannot be used; the caller knows which record names it."""

    reason: Reason
    detail: str = ""
    """A fact, not a sentence: see `Reason`."""


class Originals:
    """The folder `photos/` under a root, looked through once for all the names in records."""

    def __init__(self, root: Path) -> None:
        self.folder = Path(os.path.realpath(root / "photos"))
        self.held = dict.fromkeys(names_below(self.folder))
        """The paths of all its files, in order; none is reached by a symbolic link."""

    def path(self, name: str) -> Path | Finding:
        """The path of an original that a record names relative to the folder.

        A name that would lead anywhere else (`..`, an absolute path, a drive, a backslash, a
        symbolic link out of the folder) is the finding `outside`; whether the file exists is not
        asked.
        """
        parts = name.split("/")
        if _WRITTEN_BADLY.search(name) or not {"", ".", ".."}.isdisjoint(parts):
            return Finding("outside", name)
        # Joined to the resolved folder: only links below it, where a pull request can put them,
        # count.
        path = os.path.join(self.folder, *parts)  # noqa: PTH118 - far faster
        if path not in self.held and not self._is_inside(path):
            return Finding("outside", name)
        return Path(path)

    def _is_inside(self, path: str) -> bool:
        return os.path.realpath(path).startswith(os.path.join(self.folder, ""))  # noqa: PTH118


def examine(path: Path, limits: Limits = DEFAULT_LIMITS) -> Finding | None:
    """What keeps the file from being a photograph, as far as its headers tell."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Finding("missing", path.name)
        if status.st_size == 0:
            return Finding("empty")
        with path.open("rb") as file:
            return _examine_open(file, path.suffix.lower(), status.st_size, limits)
    except (FileNotFoundError, NotADirectoryError):
        return Finding("missing", path.name)
    except OSError as refusal:
        return Finding("unreadable", refusal.strerror or type(refusal).__name__)


def examine_start(prefix: bytes) -> Kind | Finding:
    """The kind of a file that begins so, or why it is none (empty, pointer, not a picture)."""
    if not prefix:
        return Finding("empty")
    if prefix.startswith(_LFS_POINTER):
        return Finding("lfs_pointer")
    return kind_of(prefix) or Finding("not_a_picture", foreign_kind_of(prefix))


def kind_of(prefix: bytes) -> Kind | None:
    """The accepted kind that a file's first 64 bytes announce."""
    if prefix.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if prefix.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if prefix[:4] == b"RIFF" and prefix[8:12] == b"WEBP":
        return "webp"
    if prefix.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if prefix.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "tiff"
    return "heic" if _is_heic(prefix) else None


def foreign_kind_of(prefix: bytes) -> str:
    """What a file that is no accepted picture seems to be (`pdf`, `bmp`), or an empty string."""
    if prefix[4:8] == b"ftyp":
        return "avif" if prefix[8:12] in {b"avif", b"avis"} else "video"
    text = prefix.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((kind for start, kind in _FOREIGN if text.startswith(start)), "")


def _is_heic(prefix: bytes) -> bool:
    if prefix[4:8] != b"ftyp":
        return False
    major, compatible = prefix[8:12], prefix[16 : int.from_bytes(prefix[:4], "big")]
    brands = {compatible[at : at + 4] for at in range(0, len(compatible), 4)}
    # `mif1` says only that it is an image; what codes it, the other brands say.
    return major in _HEIC_BRANDS or (major in _ANY_IMAGE_BRANDS and bool(brands & _HEIC_BRANDS))


def _examine_open(file: BinaryIO, extension: str, length: int, limits: Limits) -> Finding | None:
    prefix = file.read(PREFIX_BYTES)
    kind = examine_start(prefix)
    if isinstance(kind, Finding):
        return _sized_pointer(prefix + file.read(200)) if kind.reason == "lfs_pointer" else kind
    if EXTENSIONS.get(extension) != kind:
        return Finding("mislabelled", kind)
    if length > limits.length:
        return Finding("too_large", f"{length} bytes")
    if kind == "webp" and length < int.from_bytes(prefix[4:8], "little") + 8:
        return Finding("truncated", "shorter than its header says")
    return _examine_size(file, kind, prefix, limits)


def _sized_pointer(pointer: bytes) -> Finding:
    size = _LFS_SIZE.search(pointer)
    return Finding("lfs_pointer", size[1].decode("ascii") if size else "")


def _examine_size(file: BinaryIO, kind: Kind, prefix: bytes, limits: Limits) -> Finding | None:
    try:
        size = _declared_size(file, kind, prefix)
    except (struct.error, IndexError):
        return Finding("truncated", "ends within its header")
    except ValueError as damage:
        return Finding("unreadable", str(damage))
    if size is None:
        return None
    width, height = size
    if width < 1 or height < 1:
        return Finding("unreadable", f"{width}x{height}")
    if width * height > limits.pixels:
        return Finding("too_large", f"{width}x{height}")
    return None


def _declared_size(file: BinaryIO, kind: Kind, prefix: bytes) -> tuple[int, int] | None:
    """Width and height as the file declares them; None where only a decoder could tell."""
    if kind == "jpeg":
        return _jpeg_size(file)
    if kind == "png":
        if prefix[12:16] != b"IHDR":
            raise ValueError("no IHDR chunk")
        return _pair(">16x2I", prefix)
    if kind == "gif":
        return _pair("<6x2H", prefix)
    if kind == "webp":
        return _webp_size(prefix)
    return _tiff_size(file) if kind == "tiff" else _heic_size(file)


def _pair(layout: str, header: bytes, offset: int = 0) -> tuple[int, int]:
    width, height = struct.unpack_from(layout, header, offset)
    return int(width), int(height)


def _webp_size(prefix: bytes) -> tuple[int, int] | None:
    """The canvas of a WebP file (RFC 9649, sections 2.5 to 2.7)."""
    chunk = prefix[12:16]
    if chunk == b"VP8X":
        return (
            int.from_bytes(prefix[24:27], "little") + 1,
            int.from_bytes(prefix[27:30], "little") + 1,
        )
    if chunk == b"VP8 ":
        width, height = _pair("<2H", prefix, 26)
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L":
        bits = struct.unpack_from("<I", prefix, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _jpeg_size(file: BinaryIO) -> tuple[int, int] | None:
    """The size in the first frame header (ITU-T T.81, B.2.2), hopping over all other segments."""
    file.seek(2)
    for _ in range(_MOST_STEPS):
        fill, marker = struct.unpack("2B", file.read(2))
        if fill != 0xFF:
            return None  # Junk between segments: decoders differ in what they forgive.
        if marker == 0xFF:
            file.seek(-1, os.SEEK_CUR)
        elif marker in {0xD9, 0xDA}:
            raise ValueError("no frame header")
        elif marker not in _WITHOUT_LENGTH:
            length = struct.unpack(">H", file.read(2))[0]
            if marker in _FRAMES:
                height, width = _pair(">x2H", file.read(5))
                # A height of 0 is told later, by a DNL segment (B.2.5): left to the decoder.
                return (width, height) if height else None
            file.seek(max(0, length - 2), os.SEEK_CUR)
    return None


def _tiff_size(file: BinaryIO) -> tuple[int, int] | None:
    """ImageWidth and ImageLength of the first directory (TIFF 6.0, sections 2 and 8)."""
    file.seek(0)
    head = file.read(8)
    order = "<" if head[:2] == b"II" else ">"
    if head[2:4] not in (b"*\0", b"\0*"):
        return None  # BigTIFF: so rare that the decoder may tell.
    file.seek(struct.unpack_from(order + "I", head, 4)[0])
    entries = struct.unpack(order + "H", file.read(2))[0]
    directory = file.read(12 * entries)
    sides: dict[int, int] = {}
    for at in range(0, len(directory) - 11, 12):
        tag, form = struct.unpack_from(order + "2H", directory, at)
        if tag in {256, 257}:
            sides[tag] = struct.unpack_from(order + ("H" if form == 3 else "I"), directory, at + 8)[
                0
            ]
    return (sides[256], sides[257]) if len(sides) == 2 else None


def _heic_size(file: BinaryIO) -> tuple[int, int] | None:
    """The largest extent declared anywhere in the `meta` box (ISO/IEC 23008-12, 6.5.3)."""
    for kind, length in _boxes(file):
        if kind == b"meta":
            meta = file.read(min(length, _LONGEST_BOX))
            extents = [_pair(">8x2I", meta, at.start()) for at in re.finditer(b"ispe", meta[:-15])]
            return max(extents, key=lambda size: (size[0] * size[1], size), default=None)
    return None


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Kind and content length of each box (ISO/IEC 14496-12, 4.2), the file placed at it."""
    at = 0
    for _ in range(_MOST_STEPS):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        length, kind = struct.unpack_from(">I4s", head)
        skipped = 8
        if length == 1:
            length, skipped = struct.unpack_from(">8xQ", head)[0], 16
        if length < skipped and length != 0:
            return
        file.seek(at + skipped)
        yield kind, length - skipped if length else _LONGEST_BOX
        if length == 0:
            return
        at += length
