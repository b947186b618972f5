"""Attendance: on which days each member is on record, by month where the period is long.

Only single days count; what took a period, or happened on one of several days, is an outline.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from generator.archive.archive import Archive
from generator.archive.statistics import Statistics
from generator.charts.bins import Bins
from generator.charts.chart import WIDE, Chart, Draw, Link, table_of
from generator.charts.drawing import drawn
from generator.charts.grid import MOST_LINES, Cell, Grid, Line, level_of
from generator.charts.placed import lasting, on_one_day
from generator.charts.time_axis import name_of
from generator.charts.words import Words
from generator.kinds.member import Member
from generator.values.dates import EdtfDate

_COLUMNS: Final = 62  # of the table: as many as a period told by days has


def attendance(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Days of each member; nothing where nobody has taken part in anything."""
    archive = figures.archive
    period = archive.file.period
    days = _days(archive, period)
    present = [one for one in archive.members if archive.served[one.id]]
    present.sort(key=lambda one: -len(days[one.id]))
    if not present:
        return None

    spans = {
        one.id: lasting(figures, archive.served[one.id], _page(one), words)
        for one in present[:MOST_LINES]
    }

    def lines(bins: Bins) -> Sequence[Line]:
        return [
            Line(
                _name(one),
                tuple(_cells(one, days[one.id], bins, words)),
                spans[one.id],
            )
            for one in present[:MOST_LINES]
        ]

    grid = Grid(
        name="attendance",
        question=words("attendance_question"),
        answer=_answer(archive, present, days, words),
        legend=words("attendance_known"),
        spans=words("tasks_unknown"),
        period=(period.earliest, period.latest),
        lines=lines,
    )
    bins = grid.bins(WIDE)
    names = [name_of(one, bins.grain, words) for one in bins.each[:_COLUMNS]]
    columns = (words("attendance_column"), words("attendance_days"), *names)
    rows = []
    for one in present:
        found = bins.parted(days[one.id], _itself)
        shown = (str(len(found.get(n, ())) or "") for n in range(len(names)))
        rows.append((Link(_page(one), _name(one)), str(len(days[one.id])), *shown))
    return drawn(
        lambda width: grid.specification(width, words),
        grid.answer,
        columns,
        rows,
        words.language,
        draw,
    )


def _cells(member: Member, served: Sequence[date], bins: Bins, words: Words) -> Sequence[Cell]:
    """The bins in which a member served on some day: how many days."""
    cells = []
    for number, days in bins.parted(served, _itself).items():
        one = bins.each[number]
        told = words.counted("bins_day", len(days))
        name = name_of(one, bins.grain, words)
        cells.append(
            Cell(
                number,
                len(days),
                level_of(len(days), (one.last - one.first).days + 1),
                words("link", name=name, what=told) if bins.grain != "day" else name,
                f"../days/{days[0]}.html" if len(days) == 1 else _page(member),
            )
        )
    return cells


def _days(archive: Archive, period: EdtfDate) -> Mapping[str, Sequence[date]]:
    """Each single day within the period on which a member served, once, in order."""
    day_of = {one.id: one.date.earliest for one in on_one_day(archive.activities, period)}
    return {
        id: list(dict.fromkeys(day_of[one.id] for one in done if one.id in day_of))
        for id, done in archive.served.items()
    }


def _itself(day: date) -> date:
    return day


def _page(member: Member) -> str:
    return f"../members/{member.id}.html"


def _name(member: Member) -> str:
    return member.name or f"{member.role} {member.id}"


def _answer(
    archive: Archive,
    present: Sequence[Member],
    served: Mapping[str, Sequence[date]],
    words: Words,
) -> Markup:
    table = table_of("attendance")
    days = {one.id: len(served[one.id]) for one in present}
    dated = sum(1 for n in days.values() if n)
    absent = len(archive.members) - len(present)
    most = max(days.values())
    best = [one for one in present if days[one.id] == most]
    tied = "attendance_best" if len(best) == 1 else "attendance_tied"
    told = words("attendance_no_day")
    if dated:
        told = words.counted("attendance_answer", dated, table)
        listed = words.listed([_name(one) for one in best], table)
        where = _page(best[0]) if len(best) == 1 else table
        told += words(tied, best=listed, days=words.counted("bins_day", most, where))
    return words.sentences(
        told,
        words("attendance_how"),
        words.counted("attendance_absent", absent, "../members/index.html") if absent else "",
        words.cut("attendance_more", MOST_LINES, len(present), table),
    )
