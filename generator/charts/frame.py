"""What the specifications of all charts share: the frame, a legend, texts, and places to click.

Enter: figures in the units of their axes. Leave: parts of a Vega-Lite specification. Places are
computed here rather than left to the renderer, which would measure with whatever fonts it finds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from markupsafe import Markup

from generator.charts.chart import Spec
from generator.values.text import display_width

INK: Final = "var(--ink)"
RULE: Final = "var(--rule)"
FONT: Final = 13  # px, of all texts
EDGE: Final = 4  # px, left free at the edges of a drawing
TARGET: Final = 24  # px, the smallest that a finger can touch (WCAG 2.2, 2.5.8)
_KEY = 12  # px, the side of a legend's square
_LINE = 22  # px, the height of a legend's line
_GAP = 14  # px, between the entries of a legend
_LETTER = 0.56  # of the font's size: what a Latin letter takes on average, a Chinese one taking 1

Layer = dict[str, Any]
Style = Mapping[str, object]
"""Mark properties of Vega-Lite that say how a series looks."""


def solid(number: int) -> Style:
    """The full colour of that number, 1 to 6."""
    return {"fill": f"var(--chart-{number})"}


def hollow(number: int) -> Style:
    """An outline and a tint of that colour: for what is known less well."""
    colour = f"var(--chart-{number})"
    return {"fill": colour, "fillOpacity": 0.12, "stroke": colour, "strokeWidth": 1.5}


FULL: Final = (1, 2, 3)
"""The levels of fullness, as calendars have them: lighter, darker, darkest."""


def full(level: int) -> Style:
    """The colour of a level of fullness."""
    return {"fill": f"var(--full-{level})"}


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the plot, in px."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Axes:
    """The position channels that all layers of one chart share."""

    x: Mapping[str, object]
    y: Mapping[str, object]

    def boxes(self, values: Sequence[Mapping[str, object]], style: Style) -> Layer:
        """Rectangles from (x, y) to (x2, y2)."""
        return {
            "data": {"values": list(values)},
            "mark": {"type": "rect", **style},
            "encoding": self._corners(),
        }

    def links(self, values: Sequence[Mapping[str, object]]) -> Layer:
        """Unseen rectangles that lead to `href` and are named by `name`."""
        told = {"href": {"field": "href"}, "description": {"field": "name"}}
        return {
            "data": {"values": list(values)},
            "mark": {"type": "rect", "fill": "transparent"},
            "encoding": self._corners() | told,
        }

    def texts(self, values: Sequence[Mapping[str, object]], style: Style) -> Layer:
        """The texts `text` at (x, y)."""
        return {
            "data": {"values": list(values)},
            "mark": {"type": "text", "baseline": "middle", "limit": 0, **style},
            "encoding": {
                "x": {"field": "x", **self.x},
                "y": {"field": "y", **self.y},
                "text": {"field": "text", "type": "nominal"},
            },
        }

    def area(self, values: Sequence[Mapping[str, object]], style: Style) -> Layer:
        """One area of steps, each from its x to the next, between y and y2."""
        return {
            "data": {"values": list(values)},
            "mark": {"type": "area", "interpolate": "step-after", **style},
            "encoding": {
                "x": {"field": "x", **self.x},
                "y": {"field": "y", **self.y},
                "y2": {"field": "y2"},
            },
        }

    def _corners(self) -> dict[str, object]:
        return {
            "x": {"field": "x", **self.x},
            "x2": {"field": "x2"},
            "y": {"field": "y", **self.y},
            "y2": {"field": "y2"},
        }


@dataclass(frozen=True, slots=True)
class Frame:
    """All of a specification but its layers; `height` is that of the plot, in px."""

    name: str
    question: str
    answer: Markup
    height: int
    margins: Margins
    layers: tuple[Layer, ...] = field(default=())

    def specification(self) -> Spec:
        """The Vega-Lite specification; its width is added when it is drawn."""
        margins = self.margins
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "name": self.name,
            "description": str(self.answer.striptags()),
            "usermeta": {"title": self.question},
            "autosize": {"type": "none"},
            "height": self.height,
            "padding": {
                "left": margins.left,
                "right": margins.right,
                "top": margins.top,
                "bottom": margins.bottom,
            },
            "layer": list(self.layers),
            "config": _CONFIG,
        }


_CONFIG: Final[Mapping[str, object]] = {
    "background": None,
    "view": {"stroke": None},
    "text": {"fontSize": FONT, "fill": INK, "font": "inherit"},
    "axis": {
        "labelFontSize": FONT,
        "labelFont": "inherit",
        "labelColor": INK,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
        "gridColor": RULE,
        "domainColor": RULE,
        "tickColor": RULE,
        "title": None,
    },
}


@dataclass(frozen=True, slots=True)
class Legend:
    """What each series looks like, in lines above the plot; an entry without a style is a heading.

    `width` is that of the drawing, in px.
    """

    entries: tuple[tuple[str, Style | None], ...]
    width: int

    @property
    def height(self) -> int:
        """The room it needs above the plot, in px."""
        lines = {y for _, y, _, _ in self._places()}
        return EDGE + len(lines) * _LINE + 8

    def layers(self, margins: Margins) -> Iterator[Layer]:
        """Its squares and texts; `margins.top` is at least `height`."""
        for x, y, text, style in self._places():
            left, middle = x - margins.left, y + _KEY // 2 - margins.top
            if style is not None:
                key = {
                    "x": left,
                    "x2": left + _KEY,
                    "y": middle - _KEY // 2,
                    "y2": middle + _KEY // 2,
                }
                yield _alone({"type": "rect", **key, **style})
                left += _KEY + 6
            yield note(text, left, middle)

    def _places(self) -> Iterator[tuple[int, int, str, Style | None]]:
        """Each entry with the px from the drawing's left and upper edge."""
        x, y = EDGE, EDGE
        for text, style in self.entries:
            taken = text_width(text) + (0 if style is None else _KEY + 6)
            if x > EDGE and x + taken > self.width - EDGE:
                x, y = EDGE, y + _LINE
            yield x, y, text, style
            x += taken + (8 if style is None else _GAP)


def note(text: str, x: int, y: int) -> Layer:
    """A small text whose middle left is at (x, y) px of the plot."""
    return _alone(
        {"type": "text", "text": text, "x": x, "y": y, "align": "left", "baseline": "middle"}
        | {"limit": 0}
    )


def _alone(mark: Mapping[str, object]) -> Layer:
    """A single mark that belongs to no figure."""
    return {"data": {"values": [{}]}, "mark": mark}


def text_width(text: str) -> int:
    """The px that a text takes, more or less, by its characters alone."""
    full = max(display_width(text) - len(text), 0)
    return ceil((full + (len(text) - full) * _LETTER) * FONT)


def fitted(text: str, room: int) -> str:
    """The text, cut with an ellipsis where it would take more than `room` px."""
    if text_width(text) <= room:
        return text
    while text and text_width(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"
