"""Cumulative totals: how counts and measures grew over the period, each on a scale of its own.

An amount of a period or of an uncertain day is certain once the last of its days has come, and
possible from the first: the filled area is what is certain, the outline what may be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from generator.archive.statistics import Statistics
from generator.archive.subjects import Subject
from generator.charts.bins import Bins, cut
from generator.charts.chart import NARROW, Chart, Draw, Spec, table_of
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
from generator.charts.time_axis import DAY_IN_MS, milliseconds, name_of, time_axis
from generator.charts.words import Words
from generator.values.quantities import Quantity, amount_in_words

MOST_LINES: Final = 10
"""A chart shows so many totals; the table has all."""
_COUNTED = ("activities", "donations", "stories")
_WIDEST_LABEL = 150  # px
_LEFT, _RIGHT, _BOTTOM = 24, 18, 50  # px; half a label of the axis has room on the left
_ROW, _AREA = 46, 36  # px, beside its label
_TALL_ROW, _TALL_AREA = 64, 36  # px, below its label


@dataclass(frozen=True, slots=True)
class _Line:
    """One total at the end of each bin: what is certain, and what may be (`None` without end)."""

    label: str
    anchor: str
    shown: str
    certain: tuple[Decimal, ...]
    possible: tuple[Decimal | None, ...]

    @property
    def highest(self) -> Decimal:
        """The end of its scale."""
        known = [one for one in self.possible if one is not None]
        return max((*self.certain, *known)) or Decimal(1)


def growth(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Cumulative totals of what is counted or summed; nothing where nothing grows."""
    period = figures.archive.file.period
    bins = cut(period.earliest, period.latest)
    lines = [_line(figures, one, bins, words) for one in _subjects(figures)]
    lines = [one for one in lines if len(set(one.certain)) > 1 or len(set(one.possible)) > 1]
    if not lines:
        return None
    answer = _answer(lines, bins, words)

    def specification(width: int) -> Spec:
        return _specification(lines[:MOST_LINES], bins, width, answer, words)

    columns = (words(f"fullness_column_{bins.grain}"), *(one.label for one in lines))
    rows = [
        (name_of(one, bins.grain, words), *(_cell(line, n, words) for line in lines))
        for n, one in enumerate(bins.each)
    ]
    return drawn(specification, answer, columns, rows, words.language, draw)


def _cell(line: _Line, number: int, words: Words) -> str:
    quantity = Quantity(line.certain[number], line.possible[number])
    return amount_in_words(quantity, "", words.language)


def _subjects(figures: Statistics) -> Iterator[Subject]:
    """Counts of records, and measures that are summed."""
    for subject in figures.subjects.values():
        summed = subject.group == "measured" and subject.rule == "sum"
        if subject.entries and (summed or subject.id in _COUNTED):
            yield subject


def _line(figures: Statistics, subject: Subject, bins: Bins, words: Words) -> _Line:
    total, grown = figures.recorded[subject.id], figures.running(subject)
    assert grown is not None  # it is counted or summed
    amounts = [grown.until(one.last) for one in bins.each]
    label = words(f"growth_{subject.id}") if subject.rule == "count" else subject.label
    return _Line(
        label,
        total.anchor,
        amount_in_words(total.quantity, total.unit, words.language),
        tuple(one.lower for one in amounts),
        tuple(one.upper for one in amounts),
    )


def _specification(
    lines: Sequence[_Line], bins: Bins, width: int, answer: Markup, words: Words
) -> Spec:
    beside = width != NARROW
    keys = [(words("growth_certain"), solid(4))]
    if any(line.possible != line.certain for line in lines):
        keys.append((words("growth_possible"), hollow(4)))
    legend = Legend(tuple(keys), width)
    label = max(text_width(one.label) for one in lines) + 12 if beside else _LEFT
    right = max(text_width(one.shown) for one in lines) + 12 if beside else _RIGHT
    margins = Margins(min(label, _WIDEST_LABEL), right, legend.height, _BOTTOM)
    plot = width - margins.left - margins.right
    row, area = (_ROW, _AREA) if beside else (_TALL_ROW, _TALL_AREA)
    y = {
        "type": "quantitative",
        "scale": {"domain": [len(lines), 0], "nice": False},
        "axis": None,
    }
    axes = Axes(time_axis(bins, plot, right, words), y)
    certain = [_area(n, one, one.certain, bins, area / row) for n, one in enumerate(lines)]
    possible = [_area(n, one, one.possible, bins, area / row) for n, one in enumerate(lines)]
    layers = [
        *(axes.area(one, hollow(4)) for one in possible if one),
        *(axes.area(one, solid(4)) for one in certain),
        *legend.layers(margins),
        *_labels(lines, margins, plot, row, area, beside),
        axes.links([_link(n, one, bins, words) for n, one in enumerate(lines)]),
    ]
    frame = Frame(
        "growth", words("growth_question"), answer, row * len(lines), margins, tuple(layers)
    )
    return frame.specification()


def _area(
    row: int, line: _Line, values: Sequence[Decimal | None], bins: Bins, part: float
) -> list[Mapping[str, object]]:
    """The steps of one total, from the bottom of its row up; no more once there is no bound."""
    steps: list[Mapping[str, object]] = []
    top = Decimal(0)
    for one, value in zip(bins.each, values, strict=True):
        top = line.highest if value is None else value
        height = round(float(top / line.highest) * part, 4)
        steps.append({"x": milliseconds(one.first), "y": row + 0.94 - height, "y2": row + 0.94})
    steps.append({**steps[-1], "x": milliseconds(bins.last) + DAY_IN_MS})
    return steps


def _labels(
    lines: Sequence[_Line], margins: Margins, plot: int, row: int, area: int, beside: bool
) -> Iterator[Layer]:
    for n, one in enumerate(lines):
        bottom = round((n + 0.94) * row)
        if beside:
            yield note(
                fitted(one.label, margins.left - 12), EDGE - margins.left, bottom - area // 2
            )
            yield note(one.shown, plot + 6, bottom - area // 2)
        else:
            text = fitted(f"{one.label} {one.shown}", NARROW - 2 * EDGE)
            yield note(text, EDGE - _LEFT, bottom - area - 12)


def _link(row: int, line: _Line, bins: Bins, words: Words) -> Mapping[str, object]:
    return {
        "x": milliseconds(bins.first),
        "x2": milliseconds(bins.last) + DAY_IN_MS,
        "y": row,
        "y2": row + 1,
        "href": f"#{line.anchor}",
        "name": words("link", name=line.label, what=line.shown),
    }


def _answer(lines: Sequence[_Line], bins: Bins, words: Words) -> Markup:
    table = table_of("growth")
    amounts = [words.link(f"#{one.anchor}", one.shown) for one in lines]
    told = [
        words("growth_total", name=one.label, amount=amount)
        for one, amount in zip(lines, amounts, strict=True)
    ]
    shown = words.listed(told, table)
    last = name_of(bins.each[-1], bins.grain, words)
    uncertain = any(line.possible != line.certain for line in lines)
    return words.sentences(
        words("growth_answer", last=words.when(last), shown=shown),
        words("growth_half", when=words.when(_half(lines[0], bins, words)), name=lines[0].label),
        words("growth_how") if uncertain else "",
        words.cut("growth_more", MOST_LINES, len(lines), table),
    )


def _half(line: _Line, bins: Bins, words: Words) -> str:
    """The first bin by whose end half of a total is certain."""
    half = line.certain[-1] / 2
    number = next(n for n, value in enumerate(line.certain) if value >= half)
    return name_of(bins.each[number], bins.grain, words)
