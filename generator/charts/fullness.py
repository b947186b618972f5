"""How full the days were: records per day, week, month or year, stacked by kind.

Only records of a single day have a place here; how many others there are is said in the answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from generator.archive.archive import KIND_OF, Archive, Dated
from generator.charts.bins import Bin, Bins, Grain, cut, step_of_counts, ticks
from generator.charts.chart import NARROW, WIDE, Chart
from generator.charts.drawing import Draw
from generator.charts.frame import Axes, Frame, Layer, Legend, Margins, solid, text_width
from generator.charts.words import Words
from generator.values.dates import date_in_words, month_in_words, parse_date

KINDS: Final = ("activity", "donation", "story")
_LEFT, _RIGHT, _BOTTOM = 40, 18, 50  # px
_WIDEST_BAR = 44  # px
_DAY_IN_MS = 86_400_000
_EPOCH = date(1970, 1, 1)


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


def fullness(archive: Archive, words: Words, draw: Draw) -> Chart | None:
    """How full the days of the period were; nothing where no record has a day of its own."""
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

    def drawing(width: int, height: int) -> Markup:
        keys = ((words(KINDS[number]), solid(number + 1)) for number in kinds)
        legend = Legend(((words("fullness_axis"), None), *keys), width)
        margins = Margins(_LEFT, _RIGHT, legend.height, _BOTTOM)
        plot = width - _LEFT - _RIGHT
        layers = (*_layers(bins, columns, kinds, words, plot, height), *legend.layers(margins))
        frame = Frame("fullness", question, answer, height, margins, layers)
        return draw(frame.specification(), width, words.language)

    names = [words(KINDS[number]) for number in kinds]
    return Chart(
        id="fullness",
        question=question,
        answer=answer,
        wide=drawing(WIDE, 190),
        narrow=drawing(NARROW, 180),
        columns=(words(f"fullness_column_{bins.grain}"), *names, words("total")),
        rows=tuple(_row(one, kinds) for one in columns),
    )


def _columns(bins: Bins, records: Sequence[Dated], words: Words) -> Iterator[_Column]:
    """The bins in which something is recorded; `records` in chronological order."""
    gathered: dict[int, list[Dated]] = {}
    for record in records:
        gathered.setdefault(bins.number_of(record.date.earliest), []).append(record)
    for number, found in gathered.items():
        kinds = [KIND_OF[type(record)] for record in found]
        one = bins.each[number]
        yield _Column(
            one, _name(one, bins.grain, words), tuple(map(kinds.count, KINDS)), _url(found)
        )


def _url(records: Sequence[Dated]) -> str:
    """The page of the one day, or of the month in which the first of several days lies."""
    slugs = {record.date.slug for record in records}
    first = records[0].date
    return f"../days/{first.slug}.html" if len(slugs) == 1 else f"../timeline/{first.month}.html"


def _name(one: Bin, grain: Grain, words: Words) -> str:
    first = one.first.isoformat()
    if grain == "year":
        return words("year", year=one.first.year)
    if grain == "month":
        return month_in_words(first[:7], words.language)
    text = first if grain == "day" else f"{first}/{one.last.isoformat()}"
    return date_in_words(parse_date(text), words.language)


def _answer(
    grain: Grain, columns: Sequence[_Column], words: Words, undated: int, single: int
) -> str:
    placed = sum(one.total for one in columns)
    outside = single - placed
    bins = words.counted(f"bins_{grain}", len(columns))
    answer = words(f"fullness_answer_{'one' if placed == 1 else 'many'}", n=placed, bins=bins)
    return words.sentences(
        answer,
        _fullest(grain, columns, words),
        words.counted("fullness_undated", undated) if undated else "",
        words.counted("fullness_outside", outside) if outside else "",
    )


def _fullest(grain: Grain, columns: Sequence[_Column], words: Words) -> str:
    best = max(columns, key=lambda one: one.total)
    tied = sum(one.total == best.total for one in columns)
    unit = words(f"grain_{grain}")
    if tied == 1:
        records = words.counted("records", best.total)
        return words("fullness_best", best=best.name, records=records)
    if tied == len(columns):
        return words("fullness_even", grain=unit, n=best.total)
    bins = words.counted(f"bins_{grain}", tied)
    return words("fullness_tied", grain=unit, n=best.total, bins=bins, best=best.name)


def _row(one: _Column, kinds: Sequence[int]) -> tuple[str, ...]:
    link = Markup('<a href="{}">{}</a>').format(one.url, one.name)
    return (link, *(str(one.counts[number]) for number in kinds), str(one.total))


def _layers(
    bins: Bins,
    columns: Sequence[_Column],
    kinds: Sequence[int],
    words: Words,
    plot: int,
    height: int,
) -> Iterator[Layer]:
    """The bars and their links, on a plot of that many px."""
    highest = max(one.total for one in columns)
    step = step_of_counts(highest)
    top = -(-highest // step) * step
    axes = Axes(_time_axis(bins, plot, words), _count_axis(step, top))
    gap = top / height if height / top >= 6 else 0.0  # 1 px between kinds, where there is room
    for number in kinds:
        values = [_box(one, number, bins, plot, gap) for one in columns if one.counts[number]]
        yield axes.boxes(values, solid(number + 1))
    yield axes.links([_link(one, top, words) for one in columns])


def _box(one: _Column, number: int, bins: Bins, plot: int, gap: float) -> Mapping[str, object]:
    """A kind's share of a column, in milliseconds and records."""
    start, end = _milliseconds(one.bin.first), _milliseconds(one.bin.last) + _DAY_IN_MS
    room = (end - start) / _DAY_IN_MS * plot / bins.days  # px
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
        "x": _milliseconds(one.bin.first),
        "x2": _milliseconds(one.bin.last) + _DAY_IN_MS,
        "y": 0,
        "y2": top,
        "href": one.url,
        "name": words("link", name=one.name, what=words.listed(parts)),
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


def _time_axis(bins: Bins, plot: int, words: Words) -> Mapping[str, object]:
    """Days, months or years below the columns; a second line says the year where it changes."""
    form = {"day": "tick_day", "year": "tick_year"}.get(bins.grain, "tick_month")
    wide = max(text_width("12月30日"), 62) if form == "tick_day" else 54
    labelled = ticks(bins, plot // wide)
    if form == "tick_month" and all(day.month == 1 for day in labelled):
        form = "tick_year"
    middle = _DAY_IN_MS // 2 if bins.grain == "day" else 0
    end = _milliseconds(bins.last) + _DAY_IN_MS
    start = _milliseconds(bins.first)
    room = (wide / 2 - _RIGHT) / plot * (end - start)
    places = [_milliseconds(day) + middle for day in labelled]
    places = [place for place in places if place + room <= end] or places[:1]
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [start, end], "nice": False},
        "axis": {
            "values": places,
            "labelExpr": _label(words(form), words("tick_year"), _new_years(places, form)),
            "grid": False,
            "tickSize": 5,
            "labelPadding": 6,
            "labelLineHeight": 17,
        },
    }


def _new_years(places: Sequence[int], form: str) -> list[int]:
    """The places whose year has to be said."""
    if form == "tick_year":
        return []
    years = [date.fromordinal(place // _DAY_IN_MS + _EPOCH.toordinal()).year for place in places]
    return [place for n, place in enumerate(places) if n == 0 or years[n] != years[n - 1]]


def _label(form: str, year: str, new_years: Sequence[int]) -> str:
    """A Vega expression for the lines of a label."""
    first = f"utcFormat(datum.value, '{form}')"
    if not new_years:
        return first
    known = ", ".join(map(str, new_years))
    both = f"[{first}, utcFormat(datum.value, '{year}')]"
    return f"indexof([{known}], +datum.value) < 0 ? {first} : {both}"


def _milliseconds(day: date) -> int:
    return (day - _EPOCH).days * _DAY_IN_MS
