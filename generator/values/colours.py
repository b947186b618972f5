"""Colours as people write them, `#rrggbb`, and how well one is read on another.

Contrast after WCAG 2.2, "contrast ratio" and "relative luminance": from 1 to 21.
"""

READABLE = 4.5
"""Least contrast of text and its ground (WCAG 2.2, 1.4.3, level AA)."""
BLACK, WHITE = "#000000", "#ffffff"


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with that share (0 to 1) of the other in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(ground: str, colour: str, least: float = READABLE) -> str:
    """The colour itself, or the nearest darker or lighter one that is read on the ground."""
    away = BLACK if _luminance(ground) > _MIDDLE else WHITE
    steps = (mixed(colour, away, step / 50) for step in range(51))
    return next((one for one in steps if contrast(one, ground) >= least), away)


_MIDDLE = 0.179  # where black and white are read equally well


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
