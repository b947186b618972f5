"""A grid of time: a line for each name, a cell for each day, week or month that holds something.

Enter: lines of cells with how much each holds, and what lasted longer than one cell. Leave: a
Vega-Lite specification. Fuller cells are darker; where there is room the number stands in them. A
narrow drawing has wider cells, so that a finger can touch them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from markupsafe import Markup

from generator.charts.bins import Bins, Grain, cut_into, how_many
from generator.charts.chart import NARROW, Spec
from generator.charts.frame import (
    EDGE,
    FULL,
    TARGET,
    Axes,
    Frame,
    Layer,
    Legend,
    Margins,
    fitted,
    full,
    hollow,
    note,
    text_width,
)
from generator.charts.time_axis import DAY_IN_MS, milliseconds, time_axis
from generator.charts.words import Words

MOST_LINES: Final = 20
"""A chart shows so many lines; the table has all."""
MOST_CELLS: Final = 240
"""Cells of a drawing: each is a link, and a drawing has to stay small (DESIGN.md, 11)."""
_WIDEST_LABEL = 150  # px
_LEFT, _RIGHT, _BOTTOM = 24, 18, 50  # px; half a label of the axis has room on the left
_LINE, _BAR = 30, 24  # px, beside its label
_TALL_LINE, _TALL_BAR = 50, 26  # px, below its label
_NARROWEST = {False: 8, True: TARGET}  # px, a cell of the wide drawing and of the narrow one
_ROOM_FOR_NUMBER = 20  # px
_BAND = 10  # px, the height of what took longer: less than a cell, which stands before it


@dataclass(frozen=True, slots=True)
class Cell:
    """What one line holds in one bin: how much, from which of 1 to 3 levels on, and where it is."""

    bin: int
    count: int
    level: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Span:
    """What took longer than one cell, or happened on one of several days; its name, if asked."""

    first: date
    last: date
    name: Callable[[], str]
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A name, its cells, and what lies in no single one of them."""

    name: str
    cells: tuple[Cell, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Grid:
    """What a chart shows, in which words; `lines` gives those for any bins, and is asked once."""

    name: str
    question: str
    answer: Markup
    legend: str
    spans: str
    period: tuple[date, date]
    lines: Callable[[Bins], Sequence[Line]]
    grains: tuple[Grain, ...] = ("day", "month", "year")
    narrow_grains: tuple[Grain, ...] = ("day", "week", "month", "year")

    def bins(self, width: int) -> Bins:
        """The finest bins whose cells are large enough, and not too many, in a drawing so wide."""
        narrow = width == NARROW
        plot = width - _RIGHT - (_LEFT if narrow else _WIDEST_LABEL)
        grains = self.narrow_grains if narrow else self.grains
        for grain in grains[:-1]:
            if plot / how_many(grain, *self.period) >= _NARROWEST[narrow]:
                bins = self._bins(grain)
                if sum(len(one.cells) for one in self._shown(bins)) <= MOST_CELLS:
                    return bins
        return self._bins(grains[-1])

    def _bins(self, grain: Grain) -> Bins:
        known = self._cut
        if grain not in known:
            known[grain] = cut_into(grain, *self.period)
        return known[grain]

    def _shown(self, bins: Bins) -> Sequence[Line]:
        known = self._lines
        if bins.grain not in known:
            lines = self.lines(bins)[:MOST_LINES]
            if sum(len(one.spans) for one in lines) > MOST_CELLS:
                joined = (tuple(_in_whole_bins(one.spans, bins, self.spans)) for one in lines)
                lines = [replace(one, spans=own) for one, own in zip(lines, joined, strict=True)]
            known[bins.grain] = lines
        return known[bins.grain]

    @cached_property
    def _cut(self) -> dict[Grain, Bins]:
        return {}

    @cached_property
    def _lines(self) -> dict[Grain, Sequence[Line]]:
        return {}

    def specification(self, width: int, words: Words) -> Spec:
        """The grid as a Vega-Lite specification for that width in px."""
        bins = self.bins(width)
        lines = self._shown(bins)
        levels = {cell.level for line in lines for cell in line.cells}
        if len(levels) == 1:
            lines, levels = [_strongest(line) for line in lines], {max(FULL)}
        numbers = self._numbered(bins, width)
        keys = [(self.legend, full(3 if len(levels) == 1 else 2))] if levels else []
        spans = any(line.spans for line in lines)
        keys += [(self.spans, hollow(6))] if spans else []
        legend = Legend(tuple(keys), width)
        shape = _Shape.of(lines, bins, width, legend.height, words)
        layers = [
            *shape.boxes(),
            *(shape.numbers() if numbers else ()),
            *legend.layers(shape.margins),
            *shape.labels(),
            shape.axes.links(list(shape.links(words))),
        ]
        height = shape.line * len(lines)
        frame = Frame(self.name, self.question, self.answer, height, shape.margins, tuple(layers))
        return frame.specification()

    def _numbered(self, bins: Bins, width: int) -> bool:
        plot = width - _RIGHT - (_LEFT if width == NARROW else _WIDEST_LABEL)
        several = any(cell.count > 1 for line in self._shown(bins) for cell in line.cells)
        return several and plot / len(bins.each) >= _ROOM_FOR_NUMBER


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where everything stands; a line is 1 high on the y axis."""

    lines: Sequence[Line]
    bins: Bins
    margins: Margins
    axes: Axes
    line: int
    bar: int
    beside: bool
    edge: float
    """Half a gap between cells, in milliseconds."""

    @classmethod
    def of(cls, lines: Sequence[Line], bins: Bins, width: int, top: int, words: Words) -> "_Shape":
        """The shape of lines in a drawing of that width."""
        beside = width != NARROW
        label = max(text_width(one.name) for one in lines) + 12 if beside else _LEFT
        margins = Margins(min(label, _WIDEST_LABEL), _RIGHT, top, _BOTTOM)
        plot = width - margins.left - margins.right
        y = {
            "type": "quantitative",
            "scale": {"domain": [len(lines), 0], "nice": False},
            "axis": None,
        }
        line, bar = (_LINE, _BAR) if beside else (_TALL_LINE, _TALL_BAR)
        axes = Axes(time_axis(bins, plot, _RIGHT, words), y)
        edge = 0.6 * bins.days * DAY_IN_MS / plot
        return cls(lines, bins, margins, axes, line, bar, beside, edge)

    def boxes(self) -> Iterator[Layer]:
        """What lasted, in outline; then the cells, level by level."""
        spans = [self._span(n, one) for n, line in enumerate(self.lines) for one in line.spans]
        if spans:
            yield self.axes.boxes(spans, hollow(6))
        for level in FULL:
            cells = [
                self._cell(n, cell.bin)
                for n, line in enumerate(self.lines)
                for cell in line.cells
                if cell.level == level
            ]
            if cells:
                yield self.axes.boxes(cells, full(level))

    def numbers(self) -> Iterator[Layer]:
        """How much each cell holds, in the colour that is read on its own."""
        for level in FULL:
            texts = []
            for n, line in enumerate(self.lines):
                for cell in line.cells:
                    if cell.level == level:
                        box = self._cell(n, cell.bin)
                        middle = {"x": (box["x"] + box["x2"]) / 2, "y": (box["y"] + box["y2"]) / 2}
                        texts.append({**middle, "text": str(cell.count)})
            if texts:
                style = {"align": "center", "fill": f"var(--on-full-{level})"}
                yield self.axes.texts(texts, style)

    def labels(self) -> Iterator[Layer]:
        """The name of each line."""
        for number, one in enumerate(self.lines):
            if self.beside:
                y = number * self.line + self.line // 2
                text = fitted(one.name, self.margins.left - 12)
                yield note(text, EDGE - self.margins.left, y)
            else:
                yield note(
                    fitted(one.name, NARROW - 2 * EDGE), EDGE - _LEFT, number * self.line + 12
                )

    def links(self, words: Words) -> Iterator[Mapping[str, object]]:
        """Where spans and cells lead; cells lie above."""
        for n, line in enumerate(self.lines):
            for one in line.spans:
                told = {"href": one.url, "name": words("link", name=line.name, what=one.name())}
                yield {**self._span(n, one), "y": n, "y2": n + 1, **told}
            for cell in line.cells:
                told = {"href": cell.url, "name": words("link", name=line.name, what=cell.name)}
                yield {**self._cell(n, cell.bin), "y": n, "y2": n + 1, **told}

    def _edges(self, line: int) -> dict[str, float]:
        top = line + (0.5 - self.bar / self.line / 2 if self.beside else 22 / self.line)
        return {"y": round(top, 4), "y2": round(top + self.bar / self.line, 4)}

    def _cell(self, line: int, bin: int) -> dict[str, float]:
        one = self.bins.each[bin]
        return self._box(line, one.first, one.last)

    def _span(self, line: int, span: Span) -> dict[str, float]:
        first = max(span.first, self.bins.first)
        box = self._box(line, first, min(span.last, self.bins.last))
        inset = (self.bar - _BAND) / 2 / self.line
        return box | {"y": box["y"] + inset, "y2": box["y2"] - inset}

    def _box(self, line: int, first: date, last: date) -> dict[str, float]:
        start, end = milliseconds(first), milliseconds(last) + DAY_IN_MS
        inset = min(self.edge, (end - start) / 8)
        return {"x": start + inset, "x2": end - inset, **self._edges(line)}


def _in_whole_bins(spans: Sequence[Span], bins: Bins, name: str) -> Iterator[Span]:
    """Spans from the first to the last bin that each touches, joined where they meet."""
    joined: Span | None = None
    for one in sorted(spans, key=lambda one: (one.first, one.last)):
        first = bins.each[bins.number_of(max(one.first, bins.first))].first
        last = bins.each[bins.number_of(min(one.last, bins.last))].last
        if joined is None or (first - joined.last).days > 1:
            if joined is not None:
                yield joined
            joined = replace(one, first=first, last=last)
        else:
            joined = replace(joined, last=max(last, joined.last), name=lambda: name)
    if joined is not None:
        yield joined


def _strongest(line: Line) -> Line:
    """A line of which no cell is fuller than another."""
    return replace(line, cells=tuple(replace(cell, level=max(FULL)) for cell in line.cells))


def level_of(count: int, highest: int) -> int:
    """The level, 1 to 3, of a count beside the highest one: thirds of it."""
    return 3 if count * 3 > highest * 2 else 2 if count * 3 > highest else 1
