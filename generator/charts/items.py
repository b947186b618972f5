"""Things given, item by item: how much came in, beside what is known to have gone out.

Bars share an axis within one unit only; amounts of different units stand in groups of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from generator.archive.statistic import Statistic, total_anchor
from generator.archive.statistics import Statistics, handed_on_of, unquantified
from generator.charts.chart import NARROW, Chart, Draw, Link, Spec, table_of
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
from generator.values.quantities import Quantity, amount_in_words

MOST_ITEMS: Final = 24
"""A chart shows so many items; the table has all."""
_WIDEST_LABEL = 190  # px
_ROW, _BAR = 32, 12  # px, beside its label
_TALL_ROW, _TALL_BAR = 50, 12  # px, below its label
_GONE = 5  # px, the height of what has gone on, just below the bar


@dataclass(frozen=True, slots=True)
class _Item:
    """What came in of one item, what went out again, and what is left."""

    received: Statistic
    gone: Statistic | None
    left: Statistic | None

    @property
    def high(self) -> Decimal:
        """The largest amount that is named."""
        quantity = self.received.quantity
        return quantity.lower if quantity.upper is None else quantity.upper


def items(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Amounts by item, grouped by unit; nothing where no donation states an amount."""
    recorded = figures.recorded
    found = [
        _Item(
            one,
            recorded[gone.id] if (gone := handed_on_of(figures.subjects, one.id)) else None,
            recorded.get(one.id.replace("item:", "left:", 1)),
        )
        for one in recorded.values()
        if one.group == "received"
    ]
    if not found:
        return None
    groups = _by_unit(found)
    answer = _answer(figures, groups, words)
    rows = [_row(one, words) for group in groups.values() for one in group]
    columns = tuple(
        words(f"items_{name}") for name in ("column", "received", "gone", "left", "gifts")
    )

    def specification(width: int) -> Spec:
        shown = [one for group in groups.values() for one in group][:MOST_ITEMS]
        return _specification(shown, width, answer, words)

    return drawn(specification, answer, columns, rows, words.language, draw)


def _by_unit(found: Sequence[_Item]) -> Mapping[str, Sequence[_Item]]:
    """Items by unit, the largest first; units with the most items first."""
    groups: dict[str, list[_Item]] = {}
    for one in found:
        groups.setdefault(one.received.unit, []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {
        unit: sorted(them, key=lambda one: (-one.high, one.received.id)) for unit, them in ordered
    }


def _row(one: _Item, words: Words) -> tuple[str, ...]:
    anchor = f"#{one.received.anchor}"
    amounts = (_amount(figure, words) for figure in (one.gone, one.left))
    return (
        Link(anchor, one.received.label),
        _amount(one.received, words),
        *amounts,
        str(len(one.received.records)),
    )


def _linked(figure: Statistic, words: Words) -> Markup:
    return words.link(f"#{figure.anchor}", _amount(figure, words))


def _amount(figure: Statistic | None, words: Words) -> str:
    if figure is None:
        return ""
    return amount_in_words(figure.quantity, figure.unit, words.language)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where everything stands; a row is 1 high, and the longest bar of each unit 1 wide."""

    items: Sequence[_Item]
    margins: Margins
    axes: Axes
    plot: int
    row: int
    bar: int
    beside: bool

    @classmethod
    def of(cls, items: Sequence[_Item], width: int, top: int, words: Words) -> "_Shape":
        beside = width > NARROW
        label = max(text_width(one.received.label) for one in items) + 12 if beside else EDGE
        right = max(text_width(_amount(one.received, words)) for one in items) + 12
        margins = Margins(min(label, _WIDEST_LABEL), min(right, width // 3), top, 6)
        x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
        y = x | {"scale": {"domain": [len(items), 0], "nice": False}}
        row, bar = (_ROW, _BAR) if beside else (_TALL_ROW, _TALL_BAR)
        plot = width - margins.left - margins.right
        return cls(items, margins, Axes(x, y), plot, row, bar, beside)

    def layers(self, words: Words) -> Iterator[Layer]:
        """Bars, their amounts and names, and the way to their records."""
        longest: dict[str, Decimal] = {}
        for one in self.items:
            unit = one.received.unit
            longest[unit] = max(longest.get(unit, Decimal(0)), one.high) or Decimal(1)
        ends = [float(one.high / longest[one.received.unit]) for one in self.items]
        known, unsure, gone = [], [], []
        for n, one in enumerate(self.items):
            scale = longest[one.received.unit]
            low = float(one.received.quantity.lower / scale)
            known.append(self._box(n, 0, low))
            if ends[n] > low:
                unsure.append(self._box(n, low, ends[n]))
            if one.gone is not None:
                part = min(float(one.gone.quantity.lower / scale), 1)
                gone.append(self._below(self._box(n, 0, part)))
        yield self.axes.boxes(known, solid(3))
        if unsure:
            yield self.axes.boxes(unsure, hollow(3))
        if gone:
            yield self.axes.boxes(gone, solid(2))
        yield from self._labels(ends, words)
        yield self.axes.links([self._link(n, one, words) for n, one in enumerate(self.items)])

    def _box(self, row: int, first: float, last: float) -> dict[str, float]:
        middle = row + (0.5 if self.beside else (24 + self.bar / 2) / self.row)
        half = self.bar / self.row / 2
        return {"x": first, "x2": last, "y": middle - half, "y2": middle + half}

    def _below(self, box: dict[str, float]) -> Mapping[str, float]:
        """A strip below a bar: not on it, so that both are seen in any colours."""
        top = box["y2"] + 1 / self.row
        return {**box, "y": top, "y2": top + _GONE / self.row}

    def _labels(self, ends: Sequence[float], words: Words) -> Iterator[Layer]:
        middle = self.row // 2 if self.beside else 24 + self.bar // 2
        for n, one in enumerate(self.items):
            y = n * self.row + middle
            yield note(_amount(one.received, words), round(ends[n] * self.plot) + 6, y)
            if self.beside:
                name = fitted(one.received.label, self.margins.left - 12)
                yield note(name, EDGE - self.margins.left, y)
            else:
                yield note(fitted(one.received.label, NARROW - 2 * EDGE), 0, n * self.row + 13)

    def _link(self, row: int, one: _Item, words: Words) -> Mapping[str, object]:
        told = words("link", name=one.received.label, what=_amount(one.received, words))
        edges = {"x": 0, "x2": 1, "y": row, "y2": row + 1}
        return {**edges, "href": f"#{one.received.anchor}", "name": told}


def _specification(shown: Sequence[_Item], width: int, answer: Markup, words: Words) -> Spec:
    keys = [(words("items_key"), solid(3))]
    if any(_unsure(one.received.quantity) for one in shown):
        keys.append((words("items_unsure"), hollow(3)))
    if any(one.gone is not None for one in shown):
        keys.append((words("items_gone"), solid(2)))
    legend = Legend(tuple(keys), width)
    shape = _Shape.of(shown, width, legend.height, words)
    layers = (*shape.layers(words), *legend.layers(shape.margins))
    height = shape.row * len(shown)
    frame = Frame("items", words("items_question"), answer, height, shape.margins, layers)
    return frame.specification()


def _unsure(quantity: Quantity) -> bool:
    return quantity.upper is not None and quantity.upper > quantity.lower


def _answer(figures: Statistics, groups: Mapping[str, Sequence[_Item]], words: Words) -> Markup:
    table = table_of("items")
    number = sum(map(len, groups.values()))
    compared = [(unit, them[0]) for unit, them in groups.items() if len(them) > 1]
    best = [
        words("items_best", unit=unit or words("items_no_unit"), best=one.received.label,
              amount=_linked(one.received, words))
        for unit, one in compared[:3]
    ]  # fmt: skip
    gone = [
        words("growth_total", name=one.received.label, amount=_linked(one.gone, words))
        for them in groups.values()
        for one in them
        if one.gone is not None
    ]
    missing = len(unquantified(figures.archive))
    unknown = f"#{total_anchor('missing:unquantified')}"
    known = words("items_gone_none")
    if gone:
        known = words("items_gone_some", names=words.listed(gone, table))
    return words.sentences(
        words.counted("items_answer", number, "#received"),
        words("items_of_unit", best=Markup(words("semicolon")).join(best)) if best else "",
        known,
        words("items_how") if len(groups) > 1 else "",
        words.counted("items_missing", missing, unknown) if missing else "",
        words.cut("items_more", MOST_ITEMS, number, table),
    )
