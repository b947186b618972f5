"""The coverage calendar: which days of the period have a record, which are still empty.

A short period is told by days, one week a column; a longer one by months, a very long one by years.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from generator.archive.coverage import days_of_period
from generator.archive.statistic import total_anchor
from generator.archive.statistics import Statistics
from generator.charts.bins import Bin
from generator.charts.chart import NARROW, Chart, Draw, Link, Spec, table_of
from generator.charts.drawing import drawn
from generator.charts.frame import (
    EDGE,
    FULL,
    Axes,
    Frame,
    Layer,
    Legend,
    Margins,
    Style,
    full,
    note,
    text_width,
)
from generator.charts.grid import level_of
from generator.charts.time_axis import name_of
from generator.charts.words import Words
from generator.values.dates import date_in_words, day_in_words, parse_date, weekday_in_words

_MOST_DAYS: Final = 200
_MOST_YEARS_OF_MONTHS: Final = 20
_LEVELS = (1, 2, 4)  # records of a day from which its square is darker, as in all calendars
_HOLLOW = {"fill": "transparent", "stroke": "var(--edge)"}
_PARTLY = {"fill": "var(--tint)", "stroke": "var(--edge)", "strokeDash": [2, 2]}
_MONDAY = date(2024, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Square:
    """One day, month or year: where it stands, what it holds, what is written in it."""

    row: int
    column: int
    name: str
    text: str
    url: str
    level: int
    """1 to 3; 0 without a record of its own, -1 where only a period covers it."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Squares, with the names of rows and columns; an empty name is not written."""

    squares: tuple[_Square, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def turned(self) -> "_Calendar":
        """The same with rows for columns."""
        squares = (
            _Square(one.column, one.row, one.name, one.text, one.url, one.level)
            for one in self.squares
        )
        return _Calendar(tuple(squares), self.columns, self.rows)


def filled(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Which days are on record; nothing for an archive without a dated record."""
    archive = figures.archive
    if not archive.dated:
        return None
    days = days_of_period(archive)
    counts = {day: len(archive.days.get(day.isoformat(), ())) for day in days}
    covered = {day for day in days if not counts[day] and archive.covering(day)}
    if len(days) <= _MOST_DAYS:
        calendar = _by_day(counts, covered, words)
    else:
        calendar = _by_month(counts, words)
    question, answer = words("filled_question"), _answer(counts, covered, words)

    def specification(width: int) -> Spec:
        by_day = len(days) <= _MOST_DAYS
        turned = calendar.turned() if by_day and width == NARROW else calendar
        return _specification(turned, width, question, answer, words)

    columns = (words("filled_column"), words("filled_records"), words("filled_covered"))
    rows = [_row(day, counts[day], day in covered, words) for day in days]
    return drawn(specification, answer, columns, rows, words.language, draw)


def _row(day: date, records: int, covered: bool, words: Words) -> tuple[str, ...]:
    name = day_in_words(day, words.language)
    link = Link(f"../days/{day}.html", name) if records else name
    return (link, str(records), words("yes") if covered else "")


def _by_day(counts: Mapping[date, int], covered: set[date], words: Words) -> _Calendar:
    """A row for each day of the week, a column for each week."""
    first, last = min(counts), max(counts)
    monday = first - first.weekday() * _DAY
    weeks = (last - monday).days // 7 + 1
    squares = tuple(
        _Square(
            row=day.weekday(),
            column=(day - monday).days // 7,
            name=words(
                "link",
                name=day_in_words(day, words.language),
                what=words.counted("records", n),
            ),
            text=str(day.day),
            url=f"../days/{day}.html" if n else "",
            level=sum(n >= bound for bound in _LEVELS) if n else -1 if day in covered else 0,
        )
        for day, n in counts.items()
    )
    names = (weekday_in_words(_MONDAY + n * _DAY, words.language) for n in range(7))
    short = tuple(name[-1] if words.language == "zh" else name[:2] for name in names)
    mondays = [monday + 7 * n * _DAY for n in range(weeks)]
    months = [max(day, first) for day in mondays]
    named = tuple(
        words("months").split()[day.month - 1] if n == 0 or day.month != months[n - 1].month else ""
        for n, day in enumerate(months)
    )
    return _Calendar(squares, short, named)


def _by_month(counts: Mapping[date, int], words: Words) -> _Calendar:
    """A row for each year and a column for each month, or ten years a row."""
    first, last = min(counts).year, max(counts).year
    by_year = last - first >= _MOST_YEARS_OF_MONTHS
    gathered: dict[tuple[int, int], list[date]] = {}
    for day in counts:
        gathered.setdefault((day.year, 1 if by_year else day.month), []).append(day)
    squares = []
    for (year, month), days in gathered.items():
        filled = [day for day in days if counts[day]]
        where = (year // 10 - first // 10, year % 10) if by_year else (year - first, month - 1)
        one = Bin(date(year, month, 1), days[-1])
        told = words.counted("bins_day", len(filled))
        name = name_of(one, "year" if by_year else "month", words)
        url = f"../timeline/{filled[0].isoformat()[:7]}.html" if filled else ""
        level = level_of(len(filled), len(days)) if filled else 0
        squares.append(
            _Square(*where, words("link", name=name, what=told), str(len(filled)), url, level)
        )
    if by_year:
        decades = range(first // 10, last // 10 + 1)
        rows = tuple(words("year", year=str(10 * decade)) for decade in decades)
        return _Calendar(tuple(squares), rows, tuple(map(str, range(10))))
    rows = tuple(words("year", year=str(year)) for year in range(first, last + 1))
    return _Calendar(tuple(squares), rows, tuple(words("months").split()))


def _specification(
    calendar: _Calendar, width: int, question: str, answer: Markup, words: Words
) -> Spec:
    levels = {one.level for one in calendar.squares}
    keys = [(words("filled_some"), full(2))] if levels & set(FULL) else []
    keys += [(words("filled_partly"), _PARTLY)] if -1 in levels else []
    keys += [(words("filled_none"), _HOLLOW)] if 0 in levels else []
    legend = Legend(tuple(keys), width)
    margins = Margins(58, 12, legend.height + 22, 8)
    rows, columns = len(calendar.rows), len(calendar.columns)
    plot = width - margins.left - margins.right
    side = min(plot / columns, 46 if width == NARROW else 40)
    high = 28 if side >= 24 else 24
    axes = Axes(_axis(plot / side, False), _axis(rows, True))
    layers = [
        *_boxes(calendar, axes),
        *_texts(calendar, axes),
        *legend.layers(margins),
        *_names(calendar, margins, side, high),
        axes.links([_link(one) for one in calendar.squares if one.url]),
    ]
    return Frame("filled", question, answer, high * rows, margins, tuple(layers)).specification()


def _axis(end: float, down: bool) -> Mapping[str, object]:
    domain = [end, 0] if down else [0, end]
    return {"type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": None}


def _boxes(calendar: _Calendar, axes: Axes) -> Iterator[Layer]:
    styles: dict[int, Style] = {0: _HOLLOW, -1: _PARTLY, **{level: full(level) for level in FULL}}
    for level, style in styles.items():
        boxes = [
            {
                "x": one.column + 0.06,
                "x2": one.column + 0.94,
                "y": one.row + 0.06,
                "y2": one.row + 0.94,
            }
            for one in calendar.squares
            if one.level == level
        ]
        if boxes:
            yield axes.boxes(boxes, style)


def _texts(calendar: _Calendar, axes: Axes) -> Iterator[Layer]:
    """What is written in each square, in the colour that is read on its own."""
    for level in (0, -1, *FULL):
        texts = [
            {"x": one.column + 0.5, "y": one.row + 0.5, "text": one.text}
            for one in calendar.squares
            if one.level == level
        ]
        fill = f"var(--on-full-{level})" if level in FULL else "var(--quiet)"
        if texts:
            yield axes.texts(texts, {"align": "center", "fill": fill, "fontSize": 12})


def _names(calendar: _Calendar, margins: Margins, side: float, high: int) -> Iterator[Layer]:
    for number, name in enumerate(calendar.rows):
        if name:
            yield note(name, EDGE - margins.left, round((number + 0.5) * high))
    step = 1 if all(text_width(name) + 4 <= side for name in calendar.columns) else 2
    for number, name in enumerate(calendar.columns):
        if name and number % step == 0:
            yield note(name, round((number + 0.2) * side), -11)


def _link(one: _Square) -> Mapping[str, object]:
    edges = {"x": one.column, "x2": one.column + 1, "y": one.row, "y2": one.row + 1}
    return {**edges, "href": one.url, "name": one.name}


def _answer(counts: Mapping[date, int], covered: set[date], words: Words) -> Markup:
    days = len(counts)
    some = sum(1 for n in counts.values() if n)
    table, recorded = table_of("filled"), f"#{total_anchor('days')}"
    if some == days:
        return words.sentences(words("filled_whole", n=words.number(days, recorded)))
    gap = _longest_gap(sorted(day for day, n in counts.items() if not n))
    text = gap[0].isoformat() if gap[0] == gap[1] else f"{gap[0]}/{gap[1]}"
    return words.sentences(
        words(
            "filled_answer",
            days=words.number(days, table),
            some=words.number(some, recorded),
            empty=words.number(days - some, "coverage.html#empty-days"),
        ),
        words.counted("filled_only", len(covered), table) if covered else "",
        words("filled_gap", days=words.when(date_in_words(parse_date(text), words.language))),
    )


def _longest_gap(empty: Sequence[date]) -> tuple[date, date]:
    """The first and the last day of the longest run of days."""
    start = before = empty[0]
    longest = (start, start)
    for day in empty[1:]:
        if day - before != _DAY:
            start = day
        before = day
        if day - start > longest[1] - longest[0]:
            longest = (start, day)
    return longest
