"""Records on the axis of time: which bin they lie in, what lasts longer than one, and the pages.

Addresses are relative to the statistics page. Pure.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from generator.archive.archive import Dated
from generator.archive.statistics import Statistics
from generator.charts.bins import Bins
from generator.charts.grid import Span
from generator.charts.words import Words
from generator.kinds.activity import Activity
from generator.values.dates import EdtfDate, date_in_words, parse_date

_DAY = timedelta(days=1)
_Record = TypeVar("_Record", bound=Dated)


def by_bin(bins: Bins, records: Sequence[_Record]) -> Mapping[int, Sequence[_Record]]:
    """Records of single days within the period by the number of their bin, in their order."""
    return bins.parted(records, lambda one: one.date.earliest)


def on_one_day(records: Sequence[_Record], period: EdtfDate) -> tuple[_Record, ...]:
    """Those of a single day within the period."""
    return tuple(one for one in records if one.date.is_day and period.covers(one.date.earliest))


def address_of(records: Sequence[Dated]) -> str:
    """The page of the one day of records in order, or of the month in which the first day lies."""
    first, last = records[0].date, records[-1].date
    one = first.slug == last.slug
    return f"../days/{first.slug}.html" if one else f"../timeline/{first.month}.html"


def lasting(
    figures: Statistics, activities: Sequence[Activity], several: str, words: Words
) -> tuple[Span, ...]:
    """What took a period or is of an uncertain day; what meets is one span leading to `several`."""
    period = figures.archive.file.period
    found = sorted(
        (max(one.date.earliest, period.earliest), min(one.date.latest, period.latest), one.id, one)
        for one in activities
        if not one.date.is_day and not _outside(one.date, period)
    )
    groups: list[list[tuple[date, date, str, Activity]]] = []
    end = date.min
    for one in found:
        if not groups or one[0] > end + _DAY:
            groups.append([])
        groups[-1].append(one)
        end = max(end, one[1])
    return tuple(_span(figures, group, several, words) for group in groups)


def _outside(when: EdtfDate, period: EdtfDate) -> bool:
    return when.latest < period.earliest or when.earliest > period.latest


def _span(
    figures: Statistics,
    group: Sequence[tuple[date, date, str, Activity]],
    several: str,
    words: Words,
) -> Span:
    first, last = group[0][0], max(one[1] for one in group)
    activity = group[0][3]

    def name() -> str:
        if len(group) == 1:
            day = date_in_words(activity.date, words.language)
            return words("dated", title=figures.title(activity), date=day)
        text = first.isoformat() if first == last else f"{first}/{last}"
        days = date_in_words(parse_date(text), words.language)
        return words("dated", title=words.counted("records", len(group)), date=days)

    own = f"../days/{activity.date.slug}.html#activity-{activity.id}"
    return Span(first, last, name, own if len(group) == 1 else several)
