"""What is to be made of a photograph, and what has been made: plain values, no pixels.

A recipe and the fixity of an original enter; sizes, keys and file names leave. This module never
opens a file and never imports Pillow, so that pages may use it freely.
"""

import hashlib
import json
import math
import re
from dataclasses import dataclass
from typing import Self

KEY_DIGITS = 20
"""Hexadecimal digits of a key that go into file names (80 bits: no two pictures share them)."""

STRIP = 2.5
"""How many times as long as wide a picture is that is read along its length (a telephone's
screen is 2.2 times as high as wide, the widest film 2.4 times as wide as high)."""

_KEY = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_LARGEST_SIDE = 1_000_000
_LONGEST_SIDE = 16_383
_LEGIBLE = 960


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the upright picture, in fractions (0 to 1) of its width and height.

    What reaches beyond the picture is cut off at its edge.

    Raises:
        ValueError: If a number is not finite, or the rectangle has no area inside the picture.
    """

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        """Refuse a rectangle that would cover nothing: someone relies on it to hide something."""
        edges = (self.x, self.y, self.width, self.height)
        if not all(math.isfinite(edge) for edge in edges):
            raise ValueError(f"a box needs four finite numbers, not {edges}")
        inside = self.x < 1 and self.y < 1 and self.x + self.width > 0 and self.y + self.height > 0
        if self.width <= 0 or self.height <= 0 or not inside:
            raise ValueError(f"a box must cover part of the picture, not {edges}")

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom edge in px, rounded outwards; right and bottom excluded."""
        return (
            max(0, math.floor(self.x * width)),
            max(0, math.floor(self.y * height)),
            min(width, math.ceil((self.x + self.width) * width)),
            min(height, math.ceil((self.y + self.height) * height)),
        )


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a record says about how its photograph is made: part of the key.

    Raises:
        ValueError: If an edge is below 1 px, or the focus lies outside the picture.
    """

    edges: tuple[int, ...] = (480, 960, 1600)
    """Longest edges of the derivatives, px."""
    quality: int = 80
    """WebP quality, 0 to 100."""
    method: int = 2
    """WebP effort, 0 (fast) to 6."""
    preview: tuple[int, int] | None = (1200, 630)
    """Width and height of the link preview, px (The Open Graph protocol, og:image)."""
    redactions: tuple[Box, ...] = ()
    """What is painted over before anything else happens."""
    focus: tuple[float, float] | None = None
    """The point that the link preview keeps in view, in fractions; absent: the middle."""
    caption: str = ""
    credit: str = ""
    rights: str = ""
    alt: str = ""
    hand_out: bool = False
    """Whether the original is published too, without its metadata; never where one is redacted."""

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be made and a focus that is nowhere."""
        if not self.edges or min(self.edges) < 1:
            raise ValueError(f"edges must be at least 1 px, not {self.edges}")
        if self.preview is not None and min(self.preview) < 1:
            raise ValueError(f"a preview must be at least 1 px wide and high, not {self.preview}")
        if self.focus is not None and not all(0 <= at <= 1 for at in self.focus):
            raise ValueError(f"a focus lies within 0 and 1, not {self.focus}")


@dataclass(frozen=True, slots=True)
class Derivative:
    """One finished size of a picture: width and height in px, and its file name."""

    width: int
    height: int
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A developed photograph as pages see it."""

    key: str
    """SHA-256 of original, recipe and versions, 64 hexadecimal digits."""
    width: int
    """Width of the upright original, px."""
    height: int
    """Height of the upright original, px."""
    derivatives: tuple[Derivative, ...]
    """At least one, ascending by width, no width twice."""
    preview: str | None
    """File name of the link preview (JPEG); absent where the original is too small to fill it."""
    colour: str
    """The average colour as `#rrggbb`, shown while the picture loads."""
    original: str | None = None
    """File name of the original without its metadata, where the archive hands it out."""

    @property
    def smallest(self) -> Derivative:
        """The narrowest derivative."""
        return self.derivatives[0]

    @property
    def largest(self) -> Derivative:
        """The widest derivative."""
        return self.derivatives[-1]

    @property
    def is_strip(self) -> bool:
        """Whether it stands so high that it is read along its height, at the width of a page."""
        return self.height > STRIP * self.width

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its files: derivatives ascending by width, preview, original."""
        others = filter(None, (self.preview, self.original))
        return (*(derivative.name for derivative in self.derivatives), *others)

    def srcset(self, prefix: str) -> str:
        """The value of an `srcset` attribute (HTML, 4.8.4.2.1), each name after `prefix`."""
        return ", ".join(f"{prefix}{each.name} {each.width}w" for each in self.derivatives)

    def to_json(self) -> dict[str, object]:
        """The picture as a JSON object, from which `from_json` makes an equal one."""
        return {
            "key": self.key,
            "width": self.width,
            "height": self.height,
            "derivatives": [[each.width, each.height] for each in self.derivatives],
            "preview": self.preview is not None,
            "colour": self.colour,
            "original": self.original and self.original.rpartition(".")[2],
        }

    @classmethod
    def from_json(cls, record: object) -> Self:
        """The picture that `to_json` wrote; names are derived from the key, never believed.

        Raises:
            ValueError: If anything is missing, left over, of a wrong type or out of order.
        """
        fields = {"key", "width", "height", "derivatives", "preview", "colour", "original"}
        if not isinstance(record, dict) or set(record) != fields:
            raise ValueError("a picture's record must have exactly its seven fields")
        key, colour, preview = record["key"], record["colour"], record["preview"]
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise ValueError(f"not a key: {key!r}")
        if not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
            raise ValueError(f"not a colour: {colour!r}")
        if not isinstance(preview, bool):
            raise ValueError(f"neither true nor false: {preview!r}")
        original = record["original"]
        if original not in (None, "jpg", "png"):
            raise ValueError(f"no kind of original: {original!r}")
        return cls(
            key,
            _side(record["width"]),
            _side(record["height"]),
            _derivatives(key, record["derivatives"]),
            preview_name(key) if preview else None,
            colour,
            original_name(key, original) if original else None,
        )


@dataclass(frozen=True, slots=True)
class Finished:
    """The bytes of one finished derivative, with its width and height in px."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Developed:
    """A developed photograph in memory: what a picture is, but for the names."""

    width: int
    height: int
    derivatives: tuple[Finished, ...]
    preview: bytes | None
    colour: str
    original: tuple[str, bytes] | None = None
    """Extension and bytes of the original to be handed out."""

    def picture(self, key: str) -> Picture:
        """The picture under its key, naming every file."""
        derivatives = tuple(
            Derivative(each.width, each.height, derivative_name(key, each.width))
            for each in self.derivatives
        )
        preview = None if self.preview is None else preview_name(key)
        original = None if self.original is None else original_name(key, self.original[0])
        return Picture(key, self.width, self.height, derivatives, preview, self.colour, original)

    def files(self, key: str) -> dict[str, bytes]:
        """Every file by its name."""
        files = {derivative_name(key, each.width): each.content for each in self.derivatives}
        if self.preview is not None:
            files[preview_name(key)] = self.preview
        if self.original is not None:
            files[original_name(key, self.original[0])] = self.original[1]
        return files


def derivative_sizes(
    width: int, height: int, edges: tuple[int, ...] = (480, 960, 1600)
) -> tuple[tuple[int, int], ...]:
    """The sizes (width, height in px) to be made of a picture, ascending by width.

    Each fits one of the longest edges; none is larger than the original, no side is below 1 px,
    and no width occurs twice (a browser chooses by width): of two, the higher stays, and of two
    that differ by less than a twentieth, the larger.

    A strip, more than 2.5 times as long as wide, is read along its length, as a long screenshot
    or a scroll is; fitted by its longest edge it would be a thread. Of a standing strip the edges
    bound the width, as a page shows it; a lying one gets a further size of up to 960 px in height,
    to be moved about in. WebP ends at 16383 px (RFC 9649, 2.6).

    Raises:
        ValueError: If a side or an edge is below 1 px.
    """
    if min(width, height, *edges) < 1:
        raise ValueError(f"sides and edges must be at least 1 px: {width} x {height}, {edges}")
    if height > STRIP * width:
        sizes = [_scaled(width, height, min(edge, width), width) for edge in edges]
    else:
        sizes = [_fitted(width, height, edge) for edge in edges]
    if width > STRIP * height:
        sizes.append(_scaled(width, height, min(_LEGIBLE, height), height))
    by_width = dict(sorted(_fitted(*size, _LONGEST_SIDE) for size in sizes))
    widths = sorted(by_width)
    kept = [one for one, next_ in zip(widths, [*widths[1:], 0], strict=True) if _apart(one, next_)]
    return tuple((one, by_width[one]) for one in kept)


def picture_key(original_sha256: str, recipe: Recipe, versions: tuple[str, ...]) -> str:
    """The key of a picture: equal exactly where original, recipe and makers are equal.

    Returns:
        The SHA-256, 64 hexadecimal digits, of a canonical JSON of the three; no path, no time.
    """
    ingredients = {
        "original": original_sha256,
        "recipe": {**_fields(recipe), "redactions": [*map(_fields, recipe.redactions)]},
        "versions": list(versions),
    }
    return hashlib.sha256(_canonical(ingredients).encode("ascii")).hexdigest()


def _fields(one: Recipe | Box) -> dict[str, object]:
    return {name: getattr(one, name) for name in type(one).__slots__}


def derivative_name(key: str, width: int) -> str:
    """The file name of the derivative of that width in px."""
    return f"{key[:KEY_DIGITS]}-{width}.webp"


def preview_name(key: str) -> str:
    """The file name of the link preview."""
    return f"{key[:KEY_DIGITS]}-preview.jpg"


def original_name(key: str, extension: str) -> str:
    """The file name of the original that is handed out."""
    return f"{key[:KEY_DIGITS]}-original.{extension}"


def _fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    longest = max(width, height)
    if longest <= edge:
        return width, height
    return _scaled(width, height, edge, longest)


def _apart(width: int, larger: int) -> bool:
    return not larger or 20 * width <= 19 * larger


def _scaled(width: int, height: int, part: int, whole: int) -> tuple[int, int]:
    # Whole numbers throughout: the same on every machine, halves rounded up.
    half = whole // 2
    return max(1, (width * part + half) // whole), max(1, (height * part + half) // whole)


def _side(value: object) -> int:
    # `True` is an int in Python, never a length.
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST_SIDE:
        raise ValueError(f"not a length in px: {value!r}")
    return value


def _derivatives(key: str, sizes: object) -> tuple[Derivative, ...]:
    if not isinstance(sizes, list) or not sizes:
        raise ValueError("a picture has at least one derivative")
    derivatives = []
    for size in sizes:
        if not isinstance(size, list) or len(size) != 2:
            raise ValueError(f"not a width and a height: {size!r}")
        width, height = _side(size[0]), _side(size[1])
        derivatives.append(Derivative(width, height, derivative_name(key, width)))
    widths = [derivative.width for derivative in derivatives]
    if widths != sorted(set(widths)):
        raise ValueError(f"widths must ascend: {widths}")
    return tuple(derivatives)
