"""What an original says about itself: caption, credit and rights in its own metadata.

The path of an original enters; three texts leave, often empty. They are for the members who write
the records, never for a page: only what a record says is published. Headers are walked over in
plain Python; no pixel is decoded and no decoder is loaded, so that a check stays quick and safe.
"""

import mmap
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from generator.photos.headers import PREFIX_BYTES, Kind, kind_of

_LONGEST_BLOCK = 1 << 18
_LONGEST_TEXT = 500
_MOST_STEPS = 500
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC = 0x0404
# Exif 3.0, tables 3 and 4; the XP tags are those of Windows Explorer, in UTF-16.
_DESCRIPTION, _ARTIST, _COPYRIGHT = 270, 315, 33432
_XP_TITLE, _XP_COMMENT, _XP_AUTHOR = 40091, 40092, 40093
_TIFF_XMP, _TIFF_IPTC = 700, 33723
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_XMP_FIELDS = {
    "caption": ("dc:description", "photoshop:Headline", "dc:title"),
    "credit": ("dc:creator", "photoshop:Credit"),
    "rights": ("dc:rights",),
}
_IPTC_FIELDS = {"caption": (120, 105, 5), "credit": (80, 110), "rights": (116,)}
# What cameras and telephones write when nobody has written anything: their maker, their mode.
_OF_THE_CAMERA = re.compile(
    r"(?:[\w.+-]+ )?digital (?:still )?camera|sony dsc|samsung|dcim\w*|default|unknown|untitled"
    r"|screenshot|picasa|(?:r?hdr|cof|edf|mde|fbt|sdr|dav|nor|oznor|rptnor|ptr|mtl|burst)+\w{0,3}"
    r"|\d+|file written by .*|created with gimp|optimized by jpegmini.*|ascii",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Inscription:
    """The texts in an original's metadata; each empty where there is none worth reading."""

    caption: str = ""
    credit: str = ""
    rights: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.caption or self.credit or self.rights)


def inscription(path: Path) -> Inscription:
    """What the metadata of an original says; nothing where it cannot be read.

    XMP counts before IPTC and that before Exif, each text by itself: of the three it holds most,
    and keeps the letters of every language.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            kind = kind_of(view[:PREFIX_BYTES])
            found = [_read(*block) for block in _blocks(view, kind)] if kind else []
    # A file may be anything: what cannot be read says nothing, and developing it tells why.
    except (OSError, ValueError, struct.error, IndexError):
        return Inscription()
    found.sort(key=lambda one: one[0])
    texts = {}
    for name in ("caption", "credit", "rights"):
        said = (_worth(fields.get(name, "")) for _, fields in found)
        texts[name] = next(filter(None, said), "")
    return Inscription(**texts)


def _worth(text: str) -> str:
    """The text in one line, unless a camera wrote it or it has no letters."""
    line = " ".join(text.replace("\0", " ").split())[:_LONGEST_TEXT]
    return line if _LETTER.search(line) and not _OF_THE_CAMERA.fullmatch(line) else ""


def _blocks(view: mmap.mmap, kind: Kind) -> Iterator[tuple[str, bytes]]:
    """Every block of metadata: `xmp`, `iptc` or `exif`, and its bytes."""
    if kind == "jpeg":
        return _jpeg_blocks(view)
    if kind == "png":
        return _png_blocks(view)
    if kind == "webp":
        return _webp_blocks(view)
    if kind == "tiff":
        return iter([("exif", _EXIF + view[: 4 * _LONGEST_BLOCK])])
    return _heic_blocks(view) if kind == "heic" else iter(())


def _jpeg_blocks(view: mmap.mmap) -> Iterator[tuple[str, bytes]]:
    """Application segments before the first scan (ITU-T T.81, B.2.4)."""
    at = 2
    for _ in range(_MOST_STEPS):
        marker, length = struct.unpack_from(">HH", view, at)
        if marker == 0xFFDA or marker >> 8 != 0xFF:
            return
        content = view[at + 4 : at + 2 + length]
        if marker == 0xFFE1 and content.startswith(_EXIF):
            yield "exif", content
        elif marker == 0xFFE1 and content.startswith(_XMP):
            yield "xmp", content[len(_XMP) :]
        elif marker == 0xFFED and content.startswith(_PHOTOSHOP):
            yield from _resources(content[len(_PHOTOSHOP) :])
        at += 2 + length


def _resources(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The IPTC record among Photoshop's image resource blocks."""
    at = 0
    while content[at : at + 4] == b"8BIM":
        number = struct.unpack_from(">H", content, at + 4)[0]
        name = content[at + 6] + 1
        at += 6 + name + name % 2
        length = struct.unpack_from(">I", content, at)[0]
        if number == _IPTC:
            yield "iptc", content[at + 4 : at + 4 + length]
        at += 4 + length + length % 2


def _png_blocks(view: mmap.mmap) -> Iterator[tuple[str, bytes]]:
    """Chunks eXIf and iTXt of XMP (PNG, third edition, 11.3.3 and 11.3.4)."""
    at = 8
    for _ in range(_MOST_STEPS):
        if at + 12 > len(view):
            return
        length, kind = struct.unpack_from(">I4s", view, at)
        content = view[at + 8 : at + 8 + min(length, _LONGEST_BLOCK)]
        if kind == b"eXIf":
            yield "exif", _EXIF + content
        elif kind == b"iTXt" and content.startswith(b"XML:com.adobe.xmp\0"):
            yield "xmp", content[content.find(b"<") :]
        at += 12 + length


def _webp_blocks(view: mmap.mmap) -> Iterator[tuple[str, bytes]]:
    """Chunks EXIF and XMP (RFC 9649, 2.7.1.5)."""
    at = 12
    for _ in range(_MOST_STEPS):
        if at + 8 > len(view):
            return
        kind, length = struct.unpack_from("<4sI", view, at)
        content = view[at + 8 : at + 8 + min(length, _LONGEST_BLOCK)]
        if kind == b"EXIF":
            yield "exif", _EXIF + content.removeprefix(_EXIF)
        elif kind == b"XMP ":
            yield "xmp", content
        at += 8 + length + length % 2


def _heic_blocks(view: mmap.mmap) -> Iterator[tuple[str, bytes]]:
    """Exif and XMP wherever they lie: both are items that begin in a way of their own."""
    for order in (b"MM\0*", b"II*\0"):
        at = view.find(_EXIF + order)
        if at >= 0:
            yield "exif", view[at : at + _LONGEST_BLOCK]
            break
    at = view.find(b"<x:xmpmeta")
    if at >= 0:
        end = view.find(b"</x:xmpmeta>", at, at + _LONGEST_BLOCK)
        yield "xmp", view[at : max(at, end + 12)]


def _read(kind: str, block: bytes) -> tuple[int, dict[str, str]]:
    """The texts of one block, and after how many other kinds it counts."""
    if kind == "xmp":
        return 0, _of_xmp(block)
    return (1, _of_iptc(block)) if kind == "iptc" else (2, _of_exif(block))


def _of_exif(block: bytes) -> dict[str, str]:
    from PIL import Image  # only where an original has such a block

    exif = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif.load(block)
            tags = dict(exif.items())
    except Exception:  # whatever a broken block raises, it says nothing
        return {}
    own = {
        "caption": _decoded(tags.get(_DESCRIPTION)) or _wide(tags.get(_XP_TITLE)),
        "credit": _decoded(tags.get(_ARTIST)) or _wide(tags.get(_XP_AUTHOR)),
        "rights": _decoded(tags.get(_COPYRIGHT)),
    }
    own["caption"] = own["caption"] or _wide(tags.get(_XP_COMMENT))
    inner = [("xmp", tags.get(_TIFF_XMP)), ("iptc", tags.get(_TIFF_IPTC))]
    for kind, content in inner:  # a TIFF file keeps the other two kinds in tags
        if isinstance(content, bytes):
            for name, text in _read(kind, content)[1].items():
                own[name] = text or own.get(name, "")
    return own


def _decoded(value: object) -> str:
    """A text of Exif: ASCII by the book, UTF-8 or GBK in life; Pillow reads it as Latin-1."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return ""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.rstrip(b"\0").decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _wide(value: object) -> str:
    octets = bytes(value) if isinstance(value, bytes | tuple) else b""
    return octets.decode("utf-16-le", "ignore")


def _of_iptc(block: bytes) -> dict[str, str]:
    """Datasets of IPTC-IIM 4.2: UTF-8 where dataset 1:90 says so or it fits, else GBK."""
    values: dict[int, list[bytes]] = {}
    at = 0
    while block[at : at + 1] == b"\x1c" and len(block) >= at + 5:
        record, number, length = struct.unpack_from(">xBBH", block, at)
        if record == 2 and length < 1 << 15:
            values.setdefault(number, []).append(block[at + 5 : at + 5 + length])
        at += 5 + length
    return {
        name: next((_decoded(values[number][0]) for number in numbers if number in values), "")
        for name, numbers in _IPTC_FIELDS.items()
    }


def _of_xmp(block: bytes) -> dict[str, str]:
    """Properties of an XMP packet (ISO 16684-1); a packet that declares entities is not read."""
    if b"<!" in block or len(block) > _LONGEST_BLOCK:
        return {}
    start, end = block.find(b"<x:xmpmeta"), block.rfind(b"</x:xmpmeta>")
    packet = block[start : end + 12] if 0 <= start < end else block
    try:
        root = ElementTree.fromstring(packet)
    except (ElementTree.ParseError, ValueError):
        return {}
    return {
        name: next(filter(None, (_property(root, one) for one in names)), "")
        for name, names in _XMP_FIELDS.items()
    }


def _property(root: ElementTree.Element, name: str) -> str:
    """A property's first text, written as an element, a list or an attribute."""
    prefix, _, local = name.partition(":")
    full = f"{{{_NAMESPACES[prefix]}}}{local}"
    for element in root.iter(full):
        items = [one.text or "" for one in element.iter(f"{{{_NAMESPACES['rdf']}}}li")]
        text = "、".join(filter(None, items)) if local == "creator" else "".join(items[:1])
        return text or (element.text or "")
    return next((one.attrib[full] for one in root.iter() if full in one.attrib), "")
