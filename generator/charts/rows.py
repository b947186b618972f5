"""Horizontal bars made of what they count: one row for each name, one piece for each record.

Few pieces are drawn one by one, each leading to its record; where they would be too many or too
small to touch, a row is one bar that leads to where its records are listed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.charts.chart import NARROW, Spec
from generator.charts.frame import (
    FONT,
    LEGEND_LINE,
    Axes,
    Frame,
    Layer,
    Margins,
    fitted,
    hollow,
    legend,
    legend_lines,
    note,
    solid,
    text_width,
)
from generator.charts.words import Words

MOST_ROWS: Final = 20
"""A chart shows so many rows; the table has all."""
_MOST_PIECES = 120
_SMALLEST_TARGET = 24  # px (WCAG 2.2, success criterion 2.5.8)
_WIDEST_PIECE = 40  # px
_WIDEST_LABEL = 220  # px
_ROW, _BAR = 36, 20  # px, beside its label
_TALL_ROW, _TALL_BAR = 52, 18  # px, below its label


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing counted: what it is, its page, and whether all is known about it."""

    name: str
    url: str
    known: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A name and what is counted under it: the well-known first; `url` lists them all."""

    name: str
    url: str
    pieces: tuple[Piece, ...]

    @property
    def known(self) -> int:
        """How many are well known."""
        return sum(piece.known for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart of rows shows, in which words; rows in the order of the chart."""

    name: str
    question: str
    answer: str
    known: str
    unknown: str
    rows: tuple[Row, ...]


def specification(bars: Bars, width: int, words: Words) -> Spec:
    """The rows as a Vega-Lite specification for that width in px."""
    entries = [
        (text, style)
        for text, style, wanted in (
            (bars.known, solid(1), any(row.known for row in bars.rows)),
            (bars.unknown, hollow(1), any(row.known < len(row.pieces) for row in bars.rows)),
        )
        if wanted
    ]
    lines = legend_lines((text for text, _ in entries), width - 8)
    shape = _Shape.of(bars.rows[:MOST_ROWS], width, lines)
    layers = [
        *shape.bars(),
        *legend(entries, 4 - shape.margins.left, 4 - shape.margins.top, width - 8),
        *shape.labels(),
        shape.axes.links(list(shape.links(words))),
    ]
    height = shape.row * len(shape.rows)
    frame = Frame(bars.name, bars.question, bars.answer, height, shape.margins, tuple(layers))
    return frame.specification()
