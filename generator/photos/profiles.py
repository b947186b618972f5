"""ICC profiles for colours that a file describes in another way, or not at all.

Chromaticities and a tone curve enter, or nothing; the bytes of a profile leave, for the colour
engine alone: none of them is ever written into a picture. Pure, and the same bytes every time.
"""

import struct
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

Chromaticity = tuple[float, float]
"""x and y after CIE 1931."""

Matrix = tuple[tuple[float, float, float], ...]
Curve = Callable[[float], float]
"""From a stored value to linear light, both 0 to 1."""

D65: Chromaticity = (0.3127, 0.3290)

_D50 = (0.9642, 1.0, 0.8249)
_BRADFORD: Matrix = (
    (0.8951, 0.2664, -0.1614),
    (-0.7502, 1.7135, 0.0367),
    (0.0389, -0.0685, 1.0296),
)
_CURVE_STEPS = 1024

# ISO 12647-2:2004, offset on coated paper: the colours (CIELAB, D50) of paper, black, and of the
# solids of cyan, magenta and yellow alone and over one another, by which of the three are printed.
_PAPER_LAB, _BLACK_LAB = (95.0, 0.0, -2.0), (16.0, 0.0, 0.0)
_SOLIDS: Mapping[tuple[int, int, int], tuple[float, float, float]] = {
    (0, 0, 0): _PAPER_LAB,
    (1, 0, 0): (55.0, -37.0, -50.0),
    (0, 1, 0): (48.0, 74.0, -3.0),
    (0, 0, 1): (89.0, -5.0, 93.0),
    (0, 1, 1): (47.0, 68.0, 48.0),
    (1, 0, 1): (50.0, -65.0, 27.0),
    (1, 1, 0): (24.0, 22.0, -46.0),
    (1, 1, 1): (23.0, 0.0, 0.0),
}
# The same standard, tone value increase at 50 %: how much larger a printed dot is than meant.
_DOT_GAIN, _DOT_GAIN_BLACK = 0.143, 0.16
# How much of the light that black lets through also passes the ink beneath it.
_BENEATH_BLACK = 0.55
_GRID = 9


def rgb_profile(
    primaries: tuple[Chromaticity, Chromaticity, Chromaticity], white: Chromaticity, curve: Curve
) -> bytes:
    """A matrix profile (ICC.1:2022, 8.3.3) of red, green and blue, a white and one tone curve.

    Raises:
        ValueError: If the primaries lie on one line, or a chromaticity has no y.
    """
    columns = _columns(primaries, white)
    tone = _curve(curve)
    tags = {b"wtpt": _xyz(_D50)}
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True):
        tags[name] = _xyz(column)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tone)
    return _profile(b"mntr", b"RGB ", tags)


def grey_profile(curve: Curve) -> bytes:
    """A monochrome profile (ICC.1:2022, 8.3.4) of one tone curve."""
    return _profile(b"mntr", b"GRAY", {b"wtpt": _xyz(_D50), b"kTRC": _curve(curve)})


@cache
def printing_profile() -> bytes:
    """What printing colours without a profile are taken for: offset printing on coated paper.

    The colours between the solids of ISO 12647-2 follow Neugebauer's equations with that
    standard's dot gain: a few ΔE from a measured profile, where plain arithmetic is off by forty.
    """
    paper = _from_lab(_PAPER_LAB)
    overprints = {
        inks: tuple(part / white for part, white in zip(_from_lab(lab), paper, strict=True))
        for inks, lab in _SOLIDS.items()
    }
    black = tuple(a / b for a, b in zip(_from_lab(_BLACK_LAB), paper, strict=True))
    table = _printed(overprints, black)
    # The second says that the table holds for relative colours: only then is black made black.
    return _profile(b"scnr", b"CMYK", {b"wtpt": _xyz(_D50), b"A2B0": table, b"A2B1": table})


def _printed(
    overprints: Mapping[tuple[int, int, int], tuple[float, ...]], black: tuple[float, ...]
) -> bytes:
    """A table from ink to colour (lut16Type: ICC.1:2022, 10.10), relative to the paper."""
    steps = [step / (_GRID - 1) for step in range(_GRID)]
    nodes = []
    for cyan, magenta, yellow in product(steps, repeat=3):
        mixed = [0.0, 0.0, 0.0]
        for inks, colour in overprints.items():
            share = 1.0
            for ink, area in zip(inks, (cyan, magenta, yellow), strict=True):
                share *= area if ink else 1 - area
            mixed = [whole + share * part for whole, part in zip(mixed, colour, strict=True)]
        for key in steps:
            for part, dark, white in zip(mixed, black, _D50, strict=True):
                under = dark * (1 - _BENEATH_BLACK + _BENEATH_BLACK * part)
                nodes.append(round(32768 * white * (part * (1 - key) + under * key)))
    identity = struct.pack(">9i", *(65536 if at % 4 == 0 else 0 for at in range(9)))
    gains = (_DOT_GAIN, _DOT_GAIN, _DOT_GAIN, _DOT_GAIN_BLACK)
    dots = [
        round(65535 * (area + 4 * gain * area * (1 - area)))
        for gain in gains
        for area in (step / 255 for step in range(256))
    ]
    return (
        b"mft2" + struct.pack(">4x4B", 4, 3, _GRID, 0) + identity + struct.pack(">2H", 256, 2)
    ) + struct.pack(f">{len(dots) + len(nodes) + 6}H", *dots, *nodes, *(0, 65535) * 3)


def _profile(kind: bytes, space: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    """Header, tag table and tags (ICC.1:2022, 7.2 to 7.4)."""
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">2I", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">I4xI4s4s4s12x4s", start + len(body), 0x02400000, kind, space, b"XYZ ", b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", *(round(part * 65536) for part in _D50))
    return head + bytes(128 - len(head)) + table + body


def _xyz(colour: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(part * 65536) for part in colour))


def _curve(curve: Curve) -> bytes:
    values = (
        round(65535 * min(1.0, max(0.0, curve(step / (_CURVE_STEPS - 1)))))
        for step in range(_CURVE_STEPS)
    )
    return b"curv" + struct.pack(f">4xI{_CURVE_STEPS}H", _CURVE_STEPS, *values)


def _columns(primaries: tuple[Chromaticity, ...], white: Chromaticity) -> Matrix:
    """XYZ of the three primaries at full strength, adapted to D50 (ICC.1:2022, annex E)."""
    adapt = _adaptation(_whole(white))
    unscaled = tuple(_whole(one) for one in primaries)
    amounts = _solve(_transposed(unscaled), _whole(white))
    return tuple(
        _times(adapt, (x * amount, y * amount, z * amount))
        for (x, y, z), amount in zip(unscaled, amounts, strict=True)
    )


def _adaptation(white: tuple[float, float, float]) -> Matrix:
    """What carries colours seen under that white to D50 (linear Bradford)."""
    cones = _times(_BRADFORD, white)
    wanted = _times(_BRADFORD, _D50)
    scaled = tuple(
        tuple(part * wanted[row] / cones[row] for part in _BRADFORD[row]) for row in range(3)
    )
    columns = [_solve(_BRADFORD, (one[0], one[1], one[2])) for one in zip(*scaled, strict=True)]
    return _transposed(tuple(columns))


def _whole(chromaticity: Chromaticity) -> tuple[float, float, float]:
    x, y = chromaticity
    if y <= 0:
        raise ValueError(f"a chromaticity without brightness: {chromaticity}")
    return x / y, 1.0, (1 - x - y) / y


def _from_lab(lab: tuple[float, float, float]) -> tuple[float, float, float]:
    """XYZ under D50 of a colour in CIELAB (CIE 15:2004, 8.2.1)."""
    middle = (lab[0] + 16) / 116
    x, y, z = (
        white * (root**3 if root > 6 / 29 else (root - 4 / 29) * 108 / 841)
        for root, white in zip(
            (middle + lab[1] / 500, middle, middle - lab[2] / 200), _D50, strict=True
        )
    )
    return x, y, z


def _times(matrix: Matrix, vector: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _transposed(matrix: Matrix) -> Matrix:
    return tuple((one[0], one[1], one[2]) for one in zip(*matrix, strict=True))


def _solve(matrix: Matrix, target: tuple[float, float, float]) -> tuple[float, float, float]:
    """What the matrix turns into the target (Cramer's rule)."""
    whole = _determinant(matrix)
    if abs(whole) < 1e-9:
        raise ValueError("the primaries lie on one line")
    x, y, z = (
        _determinant(
            tuple(
                (
                    target[row] if at == 0 else matrix[row][0],
                    target[row] if at == 1 else matrix[row][1],
                    target[row] if at == 2 else matrix[row][2],
                )
                for row in range(3)
            )
        )
        / whole
        for at in range(3)
    )
    return x, y, z


def _determinant(matrix: Matrix) -> float:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
