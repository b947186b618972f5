"""Small originals made for the tests: every kind of picture, and every kind of damage."""

import io
import math
import struct
import zlib
from pathlib import Path

from PIL import Image

from generator.photos.plan import Developed

Colour = tuple[int, int, int]

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 40), (30, 40, 200), (240, 240, 240)

# Columns of the matrix from linear colours to XYZ, adapted to D50, as ICC profiles give them.
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
PROPHOTO = ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03135, 0.00009, 0.82491))
BT2020 = ((0.67348, 0.27904, -0.00193), (0.16566, 0.67534, 0.02998), (0.12505, 0.04562, 0.79686))
GAMMA = 0x0233 / 256


def four_corners(width: int, height: int) -> Image.Image:
    """Red, green, blue and white quarters: top left, top right, bottom left, bottom right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    return image


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The image as the bytes of a file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def written(path: Path, content: bytes) -> Path:
    """The path, after the content has been written there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def opened(content: bytes) -> Image.Image:
    """A finished file as any program would open it."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def largest(developed: object) -> Image.Image:
    """The largest derivative of a developed photograph."""
    assert isinstance(developed, Developed), developed
    return opened(developed.derivatives[-1].content)


def corners(image: Image.Image) -> list[Colour]:
    """The colours well inside the four quarters: top left, top right, bottom left, bottom right."""
    places = [(x, y) for y in (1, 3) for x in (1, 3)]
    return [at(image, x / 4, y / 4) for x, y in places]


def at(image: Image.Image, x: float, y: float) -> Colour:
    """The colour at a point given in fractions."""
    pixel = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(pixel, tuple)
    return int(pixel[0]), int(pixel[1]), int(pixel[2])


def apart(one: Colour, other: Colour) -> int:
    """The largest difference in any channel, 0 to 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def icc_profile(primaries: tuple[tuple[float, float, float], ...], gamma: float = GAMMA) -> bytes:
    """A matrix profile (ICC.1:2001-04) of those primaries with a plain gamma curve."""
    description = b"test\0"
    texts = b"desc" + struct.pack(">4xI", len(description)) + description + bytes(78)
    tags = {
        b"desc": texts,
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(0.9642, 1, 0.8249),
    }
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        tags[name] = _xyz(*column)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = b"curv" + struct.pack(">4xIH", 1, round(gamma * 256))
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">2I", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">I4xI4s4s4s12x4s", start + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head + bytes(128 - len(head)) + table + body


def in_space(
    primaries: tuple[tuple[float, float, float], ...], colour: Colour, gamma: float = GAMMA
) -> Colour:
    """The numbers by which that space writes an sRGB colour."""
    red, green, blue = (round(255 * part ** (1 / gamma)) for part in linear_in(primaries, colour))
    return red, green, blue


def linear_in(
    primaries: tuple[tuple[float, float, float], ...], colour: Colour
) -> tuple[float, float, float]:
    """An sRGB colour as amounts of light of other primaries, 0 to 1."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in _solved(primaries, _to_xyz(colour)))
    return red, green, blue


def delta_e(one: Colour, other: Colour) -> float:
    """How differently two sRGB colours are seen: ΔE after CIE 1976; about 2 is the least seen."""
    return math.dist(_lab(_to_xyz(one)), _lab(_to_xyz(other)))


def lab_of(colour: Colour) -> tuple[float, ...]:
    """An sRGB colour in CIELAB under D50."""
    return _lab(_to_xyz(colour))


def xyz_of_lab(lab: tuple[float, float, float]) -> list[float]:
    """XYZ under D50 of a colour in CIELAB."""
    middle = (lab[0] + 16) / 116
    roots = (middle + lab[1] / 500, middle, middle - lab[2] / 200)
    return [
        white * (root**3 if root > 6 / 29 else (root - 4 / 29) * 108 / 841)
        for root, white in zip(roots, (0.9642, 1.0, 0.8249), strict=True)
    ]


def srgb_of_xyz(xyz: list[float]) -> Colour:
    """The nearest sRGB colour: what lies outside is cut off."""
    red, green, blue = (
        round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))
        for part in (min(1.0, max(0.0, one)) for one in _solved(SRGB, xyz))
    )
    return red, green, blue


def _to_xyz(colour: Colour) -> list[float]:
    linear = [_linear(value / 255) for value in colour]
    return [sum(SRGB[i][row] * linear[i] for i in range(3)) for row in range(3)]


def _lab(xyz: list[float]) -> tuple[float, ...]:
    parts = (part / white for part, white in zip(xyz, (0.9642, 1.0, 0.8249), strict=True))
    x, y, z = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part * 841 / 108 + 4 / 29 for part in parts
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def patch_png(
    samples: tuple[int, ...], depth: int = 8, chunks: tuple[tuple[bytes, bytes], ...] = ()
) -> bytes:
    """A PNG of one colour, 32 x 32 px, of 1 (grey) or 3 samples, with further chunks."""
    side = 32
    layout = ">" + ("H" if depth == 16 else "B") * len(samples)
    row = b"\0" + struct.pack(layout, *samples) * side
    header = struct.pack(">2I5B", side, side, depth, {1: 0, 3: 2}[len(samples)], 0, 0, 0)
    parts = ((b"IHDR", header), *chunks, (b"IDAT", zlib.compress(row * side)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*part) for part in parts)


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def huge_png() -> bytes:
    """A PNG of a few bytes that declares 60000 x 60000 px."""
    header = struct.pack(">2I5B", 60000, 60000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*chunk) for chunk in chunks)


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _solved(columns: tuple[tuple[float, float, float], ...], target: list[float]) -> list[float]:
    def determinant(a: list[tuple[float, ...]]) -> float:
        (p, q, r), (s, t, u), (v, w, x) = a
        return p * (t * x - u * w) - s * (q * x - r * w) + v * (q * u - r * t)

    whole = determinant(list(columns))
    swapped = ([*columns[:i], tuple(target), *columns[i + 1 :]] for i in range(3))
    return [determinant(list(each)) / whole for each in swapped]
