"""Horizontal bars made of what they count: one row for each name, one piece for each record.

Few pieces are drawn one by one, each leading to its record; where they would be too many or too
small to touch, a row is one bar that leads to where its records are listed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from markupsafe import Markup

from generator.charts.chart import NARROW, Chart, Draw, Link, Spec
from generator.charts.drawing import drawn
from generator.charts.frame import (
    EDGE,
    Axes,
    Frame,
    Layer,
    Legend,
    Margins,
    fitted,
    hollow,
    note,
    solid,
    text_width,
)
from generator.charts.words import Words

Thing = TypeVar("Thing")

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
    """One thing counted: what it is, and its page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A name, how much is counted under it, and how much of that is well known.

    `url` lists all of it; `pieces`, asked for where they are few, has the well-known first.
    """

    name: str
    url: str
    known: int
    length: int
    pieces: Callable[[], Iterable[Piece]]

    @classmethod
    def of(
        cls,
        name: str,
        url: str,
        known: Sequence[Thing],
        unknown: Sequence[Thing],
        piece: Callable[[Thing], Piece],
    ) -> "Row":
        """A row of what is known well, and of what is known less well."""
        return cls(
            name,
            url,
            len(known),
            len(known) + len(unknown),
            lambda: map(piece, (*known, *unknown)),
        )


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart of rows shows, in which words; rows in the order of the chart."""

    name: str
    question: str
    answer: Markup
    known: str
    unknown: str
    column: str
    """What the first column of the table is called."""
    rows: tuple[Row, ...]


def chart_of(bars: Bars, words: Words, draw: Draw) -> Chart:
    """The chart of these rows, with the table of all of them."""
    columns = [
        (
            bars.column,
            [Link(row.url, row.name) for row in bars.rows],
        ),
        (bars.known, [str(row.known) for row in bars.rows]),
        (bars.unknown, [str(row.length - row.known) for row in bars.rows]),
        (words("total"), [str(row.length) for row in bars.rows]),
    ]
    rows = list(zip(*(cells for _, cells in columns), strict=True))
    names = [name for name, _ in columns]
    return drawn(
        lambda width: specification(bars, width, words),
        bars.answer,
        names,
        rows,
        words.language,
        draw,
    )


def specification(bars: Bars, width: int, words: Words) -> Spec:
    """The rows as a Vega-Lite specification for that width in px."""
    sorts = (
        (bars.known, solid(1), any(row.known for row in bars.rows)),
        (bars.unknown, hollow(1), any(row.known < row.length for row in bars.rows)),
    )
    legend = Legend(tuple((text, style) for text, style, found in sorts if found), width)
    shape = _Shape.of(bars.rows[:MOST_ROWS], width, legend.height)
    layers = [
        *shape.bars(),
        *legend.layers(shape.margins),
        *shape.labels(),
        shape.axes.links(list(shape.links(words))),
    ]
    height = shape.row * len(shape.rows)
    frame = Frame(bars.name, bars.question, bars.answer, height, shape.margins, tuple(layers))
    return frame.specification()


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where everything stands; a row is 1 high on the y axis, a piece 1 wide on the x axis."""

    rows: tuple[Row, ...]
    margins: Margins
    axes: Axes
    row: int
    bar: int
    piece: float
    """Width of a piece in px."""
    beside: bool
    """Whether labels stand beside the bars, not above them."""

    @classmethod
    def of(cls, rows: tuple[Row, ...], width: int, top: int) -> "_Shape":
        """The shape of rows in a drawing of that width."""
        beside = width > NARROW
        label = max(text_width(one.name) for one in rows) + 12 if beside else EDGE
        margins = Margins(left=min(label, _WIDEST_LABEL), right=48, top=top, bottom=6)
        plot = width - margins.left - margins.right
        most = max(one.length for one in rows)
        piece = min(_WIDEST_PIECE, plot / max(most, 1))
        x = {
            "type": "quantitative",
            "scale": {"domain": [0, plot / piece], "nice": False},
            "axis": None,
        }
        y = {
            "type": "quantitative",
            "scale": {"domain": [len(rows), 0], "nice": False},
            "axis": None,
        }
        row, bar = (_ROW, _BAR) if beside else (_TALL_ROW, _TALL_BAR)
        return cls(rows, margins, Axes(x, y), row, bar, piece, beside)

    @property
    def in_pieces(self) -> bool:
        """Whether every record is a piece of its own that a finger can touch."""
        few = sum(one.length for one in self.rows) <= _MOST_PIECES
        return few and self.piece >= _SMALLEST_TARGET

    def bars(self) -> Iterator[Layer]:
        """What is known well, filled; what is known less well, in outline."""
        known = [box for n, one in enumerate(self.rows) for box in self._boxes(n, 0, one.known)]
        unknown = [
            box for n, one in enumerate(self.rows) for box in self._boxes(n, one.known, one.length)
        ]
        if known:
            yield self.axes.boxes(known, solid(1))
        if unknown:
            yield self.axes.boxes(unknown, hollow(1))

    def _boxes(self, row: int, first: int, last: int) -> Iterator[Mapping[str, object]]:
        """Pieces from `first` to before `last`, each by itself or all in one."""
        top = row + (0.5 - self.bar / self.row / 2 if self.beside else 24 / self.row)
        edge = 1.5 / self.piece if self.in_pieces else 0.75 / self.piece
        step = 1 if self.in_pieces else max(last - first, 1)
        for start in range(first, last, step):
            yield {
                "x": start + min(edge, step / 4),
                "x2": start + step - min(edge, step / 4),
                "y": top,
                "y2": top + self.bar / self.row,
            }

    def labels(self) -> Iterator[Layer]:
        """Each row's name, and how many."""
        middle = 0.5 if self.beside else (24 + self.bar / 2) / self.row
        room = self.margins.left - 12
        for number, one in enumerate(self.rows):
            y = round((number + middle) * self.row)
            end = round(one.length * self.piece) + (6 if one.length else 0)
            yield note(str(one.length), end, y)
            if self.beside:
                yield note(fitted(one.name, room), EDGE - self.margins.left, y)
            else:
                above = fitted(one.name, NARROW - 2 * EDGE)
                yield note(above, 0, number * self.row + 13)

    def links(self, words: Words) -> Iterator[Mapping[str, object]]:
        """Where pieces lead, or rows."""
        for number, one in enumerate(self.rows):
            edges = {"y": number, "y2": number + 1}
            if self.in_pieces:
                for place, piece in enumerate(one.pieces()):
                    name = words("link", name=one.name, what=piece.name)
                    told = {"href": piece.url, "name": name}
                    yield {"x": place, "x2": place + 1, **edges, **told}
            elif one.length:
                told = {"href": one.url, "name": words("link", name=one.name, what=one.length)}
                yield {"x": 0, "x2": one.length, **edges, **told}


def most_frequent(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that no other has more pieces than."""
    most = max(one.length for one in rows)
    return tuple(one for one in rows if one.length == most)


def by_number(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with the most pieces first; those with as many stay in their order."""
    return tuple(sorted(rows, key=lambda one: -one.length))
