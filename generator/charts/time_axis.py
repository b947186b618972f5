"""Time on the horizontal axis: where days lie, what they are called, which of them are labelled."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from generator.charts.bins import Bin, Bins, Grain, ticks
from generator.charts.frame import text_width
from generator.charts.words import Words
from generator.values.dates import date_in_words, month_in_words, parse_date

DAY_IN_MS: Final = 86_400_000
_EPOCH = date(1970, 1, 1)


def name_of(one: Bin, grain: Grain, words: Words) -> str:
    """A bin in words: a day, the days of a week, a month, a year."""
    first = one.first.isoformat()
    if grain == "year":
        return words("year", year=one.first.year)
    if grain == "month":
        return month_in_words(first[:7], words.language)
    text = first if grain == "day" else f"{first}/{one.last.isoformat()}"
    return date_in_words(parse_date(text), words.language)


def time_axis(bins: Bins, plot: int, right: int, words: Words) -> Mapping[str, object]:
    """Days, months or years below a plot of that many px, with `right` px of room beside it.

    A second line says the year where it changes.
    """
    form = {"day": "tick_day", "year": "tick_year"}.get(bins.grain, "tick_month")
    wide = max(text_width("12月30日"), 62) if form == "tick_day" else 54
    labelled = ticks(bins, plot // wide)
    if form == "tick_month" and all(day.month == 1 for day in labelled):
        form = "tick_year"
    middle = DAY_IN_MS // 2 if bins.grain == "day" else 0
    end = milliseconds(bins.last) + DAY_IN_MS
    start = milliseconds(bins.first)
    room = (wide / 2 - right) / plot * (end - start)
    places = [milliseconds(day) + middle for day in labelled]
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
    years = [date.fromordinal(place // DAY_IN_MS + _EPOCH.toordinal()).year for place in places]
    return [place for n, place in enumerate(places) if n == 0 or years[n] != years[n - 1]]


def _label(form: str, year: str, new_years: Sequence[int]) -> str:
    """A Vega expression for the lines of a label."""
    first = f"utcFormat(datum.value, '{form}')"
    if not new_years:
        return first
    known = ", ".join(map(str, new_years))
    both = f"[{first}, utcFormat(datum.value, '{year}')]"
    return f"indexof([{known}], +datum.value) < 0 ? {first} : {both}"


def milliseconds(day: date) -> int:
    """The beginning of a day as Vega-Lite's UTC scale has it."""
    return (day - _EPOCH).days * DAY_IN_MS
