"""How full the days were: records per day, week, month or year, stacked by kind.

Only records of a single day have a place here; how many others there are is said in the answer.
Columns of the narrow drawing that a finger could not touch lead, all of them, to the table, which
has the link of each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from generator.archive.archive import KIND_OF, Dated
from generator.archive.statistics import Statistics
from generator.charts.bins import Bin, Bins, Grain, cut, step_of_counts
from generator.charts.chart import NARROW, WIDE, Chart, Draw, Link, Spec, table_of
from generator.charts.drawing import drawn
from generator.charts.frame import TARGET, Axes, Frame, Layer, Legend, Margins, solid
from generator.charts.placed import address_of, by_bin
from generator.charts.time_axis import DAY_IN_MS, milliseconds, name_of, time_axis
from generator.charts.words import Words

KINDS: Final = ("activity", "donation", "story")
_LEFT, _RIGHT, _BOTTOM = 40, 18, 50  # px
_WIDEST_BAR = 44  # px
_ALL = "../timeline/index.html#records"


@dataclass(frozen=True, slots=True)
class _Column:
    """One bin, how many records of each kind it holds, and the page that shows them."""

    bin: Bin
    name: str
    counts: tuple[int, ...]
    url: str

    @property
    def total(self) -> int:
        return sum(self.counts)


def fullness(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """How full the days of the period were; nothing where no record has a day of its own."""
    archive = figures.archive
    period = archive.file.period
    single = [one for one in archive.dated if one.date.is_day]
    placed = [one for one in single if period.covers(one.date.earliest)]
    if not placed:
        return None
    bins = cut(period.earliest, period.latest)
    columns = tuple(_columns(bins, placed, words))
    question = words(f"fullness_question_{bins.grain}")
    answer = _answer(bins.grain, columns, words, len(archive.dated) - len(single), len(single))
    kinds = [number for number in range(len(KINDS)) if any(one.counts[number] for one in columns)]

    def specification(width: int) -> Spec:
        height = 190 if width == WIDE else 180
        keys = ((words(KINDS[number]), solid(number + 1)) for number in kinds)
        legend = Legend(((words("fullness_axis"), None), *keys), width)
        margins = Margins(_LEFT, _RIGHT, legend.height, _BOTTOM)
        plot = width - _LEFT - _RIGHT
        small = width == NARROW and plot / len(bins.each) < TARGET
        layers = (
            *_layers(bins, columns, kinds, words, plot, height, small),
            *legend.layers(margins),
        )
        return Frame("fullness", question, answer, height, margins, layers).specification()

    names = [words(KINDS[number]) for number in kinds]
    named = (words(f"fullness_column_{bins.grain}"), *names, words("total"))
    rows = [_row(one, kinds) for one in columns]
    return drawn(specification, answer, named, rows, words.language, draw)


def _columns(bins: Bins, records: Sequence[Dated], words: Words) -> Iterator[_Column]:
    """The bins in which something is recorded; `records` in chronological order."""
    for number, found in by_bin(bins, records).items():
        kinds = [KIND_OF[type(record)] for record in found]
        one = bins.each[number]
        yield _Column(
            one, name_of(one, bins.grain, words), tuple(map(kinds.count, KINDS)), address_of(found)
        )


def _answer(
    grain: Grain, columns: Sequence[_Column], words: Words, undated: int, single: int
) -> Markup:
    table = table_of("fullness")
    placed = sum(one.total for one in columns)
    outside = single - placed
    bins = words.counted(f"bins_{grain}", len(columns), table)
    shown = words.number(placed, table)
    answer = words("fullness_answer", n=shown, bins=bins)
    return words.sentences(
        answer,
        _fullest(grain, columns, words),
        words.counted("fullness_undated", undated, _ALL) if undated else "",
        words.counted("fullness_outside", outside, _ALL) if outside else "",
    )


def _fullest(grain: Grain, columns: Sequence[_Column], words: Words) -> str:
    best = max(columns, key=lambda one: one.total)
    tied = sum(one.total == best.total for one in columns)
    unit, table = words(f"grain_{grain}"), table_of("fullness")
    if tied == 1:
        records = words.counted("records", best.total, best.url)
        return words("fullness_best", best=words.when(best.name), records=records)
    if tied == len(columns):
        return words("fullness_even", grain=unit, n=words.number(best.total, table))
    bins = words.counted(f"bins_{grain}", tied, table)
    most, first = words.number(best.total, best.url), words.when(best.name)
    return words("fullness_tied", grain=unit, n=most, bins=bins, best=first)


def _row(one: _Column, kinds: Sequence[int]) -> tuple[str, ...]:
    return (Link(one.url, one.name), *(str(one.counts[number]) for number in kinds), str(one.total))


def _layers(
    bins: Bins,
    columns: Sequence[_Column],
    kinds: Sequence[int],
    words: Words,
    plot: int,
    height: int,
    small: bool,
) -> Iterator[Layer]:
    """The bars and their links, on a plot of that many px; one to the table for small bars."""
    highest = max(one.total for one in columns)
    step = step_of_counts(highest)
    top = -(-highest // step) * step
    axes = Axes(time_axis(bins, plot, _RIGHT, words), _count_axis(step, top))
    gap = top / height if height / top >= 6 else 0.0  # 1 px between kinds, where there is room
    for number in kinds:
        values = [_box(one, number, bins, plot, gap) for one in columns if one.counts[number]]
        yield axes.boxes(values, solid(number + 1))
    if small:
        yield axes.links([_link_to_table(bins, top, words)])
    else:
        yield axes.links([_link(one, top, words) for one in columns])


def _box(one: _Column, number: int, bins: Bins, plot: int, gap: float) -> Mapping[str, object]:
    """A kind's share of a column, in milliseconds and records."""
    start, end = milliseconds(one.bin.first), milliseconds(one.bin.last) + DAY_IN_MS
    room = (end - start) / DAY_IN_MS * plot / bins.days  # px
    bar = min(room * 0.8, _WIDEST_BAR) if room >= 3 else room
    inset = (end - start) * (1 - bar / room) / 2
    below = sum(one.counts[:number])
    above = below + one.counts[number]
    return {"x": start + inset, "x2": end - inset, "y": below, "y2": above - gap}


def _link(one: _Column, top: int, words: Words) -> Mapping[str, object]:
    parts = [
        f"{words(kind)} {count}" for kind, count in zip(KINDS, one.counts, strict=True) if count
    ]
    return {
        "x": milliseconds(one.bin.first),
        "x2": milliseconds(one.bin.last) + DAY_IN_MS,
        "y": 0,
        "y2": top,
        "href": one.url,
        "name": words("link", name=one.name, what=words("comma").join(parts)),
    }


def _link_to_table(bins: Bins, top: int, words: Words) -> Mapping[str, object]:
    return {
        "x": milliseconds(bins.first),
        "x2": milliseconds(bins.last) + DAY_IN_MS,
        "y": 0,
        "y2": top,
        "href": table_of("fullness"),
        "name": words("fullness_each"),
    }


def _count_axis(step: int, top: int) -> Mapping[str, object]:
    return {
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {
            "values": list(range(0, top + 1, step)),
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "format": "d",
        },
    }
