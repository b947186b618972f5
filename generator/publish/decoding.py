"""Everything that a file of a site says, in every form a program could read it.

Enter: a file's bytes. Leave: texts: as they stand, with HTML, URL and JSON escapes undone, out of
gzip and zip files, the metadata of pictures, streams of PDF files, and the search index put
together again. What cannot be decoded is passed over: its bytes are looked at all the same.
"""

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.publish.search import LETTERS, SIGNS

_MOST_UNPACKED = 64 * 1024 * 1024  # bytes out of one packed file
_MOST_LAYERS = 4  # of files in files, and of escapes in escapes
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GZIP, _ZIP, _PDF = _PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"%PDF")
# What could be text among the bytes of a picture: three characters in a row, or two Chinese ones.
_READABLE = re.compile("[^\\x00-\\x1f\\x7f\ufffd]{3,}|[\u1000-\ufffc\U00010000-\U0010ffff]{2}")
_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})")
_REFERENCE = re.compile(rb"&(?:#[0-9xX]|[A-Za-z][0-9A-Za-z])")
_PERCENT_IN_BYTES = re.compile(rb"%[0-9A-Fa-f]{2}")
_QUOTES = ((b"&quot;", b'"'), (b"&#34;", b'"'), (b"&#39;", b"'"))
_TAGS = re.compile("<[^<>]*>")
_TAGS_IN_BYTES = re.compile(b"<[^<>]*>")
_AFTER_TAGS = re.compile(b">([^<]*)")
_ALL_BUT_ANGLES = bytes({*range(256)}.difference(b"<>"))
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_NUMBER = re.compile(f"[{re.escape(SIGNS)}]*[{LETTERS}]")
_PART = re.compile(r'chronicleSearch\.part\("[^"]*",(.*)\);\s*', re.DOTALL)


def is_packed(content: bytes) -> bool:
    """Whether these bytes hold more than the text that they are."""
    return content.startswith((*_PICTURES, *_UTF_16, *_PACKED))


def texts_in(content: bytes, layer: int = 0) -> Iterator[str]:
    """Every text in these bytes; the same text may come more than once."""
    if content.startswith(_PICTURES):
        yield "\n".join(_READABLE.findall(content.decode("utf-8", "replace")))
        yield from _metadata(content)
        return
    yield content.decode("utf-8", "replace")
    if content.startswith(_UTF_16):
        yield content.decode("utf-16", "replace")
    if layer < _MOST_LAYERS:
        for inner in _inner(content):
            yield from texts_in(inner, layer + 1)


def undone(text: str) -> Iterator[str]:
    """The text, and what it becomes as its escapes are undone layer by layer."""
    yield text
    for _ in range(_MOST_LAYERS):
        plain = unescape(text) if "&" in text else text
        plain = unquote(plain) if _PERCENT.search(plain) else plain
        plain = _UNICODE.sub(_character, plain) if "\\" in plain else plain
        if plain == text:
            return
        yield plain
        text = plain


def without_tags(text: str) -> str:
    """A text as it is read between tags."""
    return _TAGS.sub("", text)


def views_of(content: bytes) -> Iterator[tuple[bytes, ...]]:
    """UTF-8 as it stands and with its escapes undone, each with tags and without.

    The same views as of `undone`, for a quick look; quotation marks alone are undone quickly.
    """
    bare = _without_tags(content) if b"<" in content else content
    same = (content,) if bare is content else (content, bare)
    plain = _without_quotes(content)
    if _has_escapes(plain):
        yield same
        for text in undone(content.decode("utf-8", "replace")):
            both = (text, without_tags(text)) if "<" in text else (text,)
            yield tuple(view.encode("utf-8", "surrogatepass") for view in both)
    elif plain is content:
        yield same
    elif b"&" in bare:
        yield (*same, plain, _without_tags(plain))
    else:  # all that was undone stands within tags
        yield (*same, plain)


def views_of_new(new: bytes, page: bytes) -> Iterator[tuple[bytes, ...]]:
    """The views of a page of which only the tags and the text in `new` have to be looked at.

    What has escapes is undone together with what stands around it.
    """
    plain = _without_quotes(new)
    if _has_escapes(plain):
        return views_of(page)
    return iter([(new,) if plain is new else (new, plain)])


def _without_quotes(content: bytes) -> bytes:
    for escape, sign in _QUOTES if b"&" in content else ():
        content = content.replace(escape, sign)
    return content


def _has_escapes(content: bytes) -> bool:
    return bool(
        (b"&" in content and _REFERENCE.search(content))
        or (b"%" in content and _PERCENT_IN_BYTES.search(content))
        or (b"\\" in content and (b"\\u" in content or b"\\x" in content))
    )


def _without_tags(content: bytes) -> bytes:
    """Bytes as they are read between tags; where every tag is closed, only those are looked at."""
    if content.translate(None, _ALL_BUT_ANGLES) == b"<>" * content.count(b"<"):
        return b"".join((content[: content.find(b"<")], *_AFTER_TAGS.findall(content)))
    return _TAGS_IN_BYTES.sub(b"", content)


def _character(match: re.Match[str]) -> str:
    point = int(match[1] or match[2] or match[3], 16)
    return chr(point) if point < 0x110000 else ""


def _inner(content: bytes) -> Iterator[bytes]:
    """Files packed inside a file."""
    try:
        if content.startswith(_GZIP):
            with gzip.open(io.BytesIO(content)) as stream:
                yield stream.read(_MOST_UNPACKED)
        elif content.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    yield name.encode("utf-8")
                    with packed.open(name) as stream:
                        yield stream.read(_MOST_UNPACKED)
        elif content.startswith(_PDF):
            yield from _streams(content)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError):
        return


def _streams(content: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(content):
        try:
            inner = zlib.decompressobj().decompress(match[1], _MOST_UNPACKED)
        except zlib.error:
            continue
        yield inner
        yield from _hexadecimal(inner)
    yield from _hexadecimal(content)


def _hexadecimal(content: bytes) -> Iterator[bytes]:
    """Strings that a PDF file writes in hexadecimal, UTF-16 as a rule (ISO 32000-1, 7.9.2.2)."""
    for match in _HEX_STRING.finditer(content):
        digits = re.sub(rb"\s", b"", match[1])
        if len(digits) % 4 == 0:
            raw = bytes.fromhex(digits.decode("ascii"))
            yield raw.decode("utf-16-be", "replace").encode("utf-8")


def _metadata(content: bytes) -> Iterator[str]:
    """What a picture carries beside its pixels: Exif, XMP, IPTC, comments, text chunks."""
    from PIL import ExifTags, Image, UnidentifiedImageError  # few builds have new pictures

    try:
        with Image.open(io.BytesIO(content)) as picture:
            exif = picture.getexif()
            yield from _values([*exif.values()])
            for directory in ExifTags.IFD:
                yield from _values([*exif.get_ifd(directory).values()])
            yield from _values([*picture.info.items()])
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return


def _values(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, bytes):
        yield from texts_in(values, _MOST_LAYERS)
        for encoding in ("utf-16-le", "utf-16-be"):  # XPTitle and UserComment
            yield values.decode(encoding, "replace")
    elif isinstance(values, list | tuple):
        for one in values:
            yield from _values(one)
    elif isinstance(values, dict):
        yield from _values([*values.items()])


def index_text(volume: Path) -> str:
    """What the search index of a volume finds, put together from its pairs of characters."""
    groups = [
        (first, seconds, [*accumulate(map(_NUMBERS.__getitem__, _NUMBER.findall(distances)))])
        for path in sorted(volume.glob("pairs-*.js"))
        if (match := _PART.fullmatch(path.read_text(encoding="utf-8")))
        for first, seconds, distances in json.loads(match[1])
    ]
    end = max((positions[-1] for _, _, positions in groups if positions), default=-2) + 2
    stream = ["\n"] * end
    for first, _, positions in groups:
        for position in positions:
            stream[position] = first
    following = "".join(stream[1:]) + "\n"
    for _, seconds, positions in groups:
        # As a rule a pair's second character is the first one of the next pair, or a line's end.
        if not _said_in(following, positions, seconds):
            for position, second in zip(positions, _of_each(seconds), strict=False):
                stream[position + 1] = second
    return "".join(stream)


def _said_in(text: str, positions: Sequence[int], characters: str) -> bool:
    """Whether the characters, or the only one there is, stand at their positions in the text."""
    there = "".join(itemgetter(0, *positions)(text)[1:])
    return there == (characters * len(there) if len(characters) == 1 else characters)


def _of_each(seconds: str) -> Iterator[str]:
    """The second character of each pair of a group, which names a common one but once."""
    return repeat(seconds) if len(seconds) == 1 else iter(seconds)


class _Numbers(dict[str, int]):
    """Numbers by how the index writes them, worked out when they are first met."""

    def __missing__(self, code: str) -> int:
        number = 0
        for sign in code[:-1]:
            number = number * len(SIGNS) + SIGNS.index(sign)
        self[code] = number = number * len(LETTERS) + LETTERS.index(code[-1])
        return number


_NUMBERS = _Numbers()
