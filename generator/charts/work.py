"""Work by task over time: which task was done when, and how much of it is on record."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from generator.archive.archive import Archive
from generator.archive.statistic import activities_of
from generator.archive.statistics import Statistics
from generator.charts.bins import Bins
from generator.charts.chart import WIDE, Chart, Draw, Link, table_of
from generator.charts.drawing import drawn
from generator.charts.grid import MOST_LINES, Cell, Grid, Line, level_of
from generator.charts.placed import address_of, by_bin, lasting, on_one_day
from generator.charts.time_axis import name_of
from generator.charts.words import Words
from generator.kinds.activity import Activity
from generator.values.dates import date_in_words


def work(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Activities by task and day, week or month; nothing where fewer than two tasks have any."""
    archive = figures.archive
    done = _by_task(archive)
    if len(done) < 2:
        return None

    period = archive.file.period
    on_days = {id: on_one_day(them, period) for id, them in done.items()}
    spans = {
        id: lasting(figures, them, f"#{activities_of(id)}", words) for id, them in done.items()
    }

    def lines(bins: Bins) -> Sequence[Line]:
        cells = {id: by_bin(bins, them) for id, them in on_days.items()}
        highest = max((len(found) for one in cells.values() for found in one.values()), default=1)
        return [
            Line(
                archive.label("task", id),
                tuple(
                    Cell(
                        number,
                        len(found),
                        level_of(len(found), highest),
                        words(
                            "dated",
                            title=words.counted("records", len(found)),
                            date=name_of(bins.each[number], bins.grain, words),
                        ),
                        _address(found),
                    )
                    for number, found in cells[id].items()
                ),
                spans[id],
            )
            for id in done
        ]

    grid = Grid(
        name="work",
        question=words("work_question"),
        answer=_answer(archive, done, on_days, words),
        legend=words("work_known"),
        spans=words("tasks_unknown"),
        period=(period.earliest, period.latest),
        lines=lines,
    )
    bins = grid.bins(WIDE)
    names = [name_of(one, bins.grain, words) for one in bins.each]
    columns = (words("tasks_column"), *names, words("tasks_unknown"))
    rows = []
    for id, them in done.items():
        found = by_bin(bins, on_days[id])
        counts = [str(len(found.get(n, ()))) for n in range(len(bins.each))]
        longer = str(sum(not one.date.is_day for one in them))
        rows.append((Link(f"#{activities_of(id)}", archive.label("task", id)), *counts, longer))
    return drawn(
        lambda width: grid.specification(width, words),
        grid.answer,
        columns,
        rows,
        words.language,
        draw,
    )


def _by_task(archive: Archive) -> dict[str, list[Activity]]:
    """Activities by task, in the order of the vocabulary; tasks without any are left out."""
    done: dict[str, list[Activity]] = {task.id: [] for task in archive.file.tasks}
    for activity in archive.activities:
        done.setdefault(activity.task, []).append(activity)
    return {id: them for id, them in done.items() if them}


def _address(activities: Sequence[Activity]) -> str:
    """The one activity, else the page on which all of them or the first of them are."""
    page = address_of(activities)
    return f"{page}#activity-{activities[0].id}" if len(activities) == 1 else page


def _answer(
    archive: Archive,
    done: Mapping[str, Sequence[Activity]],
    on_days: Mapping[str, Sequence[Activity]],
    words: Words,
) -> Markup:
    days = {id: {one.date.earliest for one in them} for id, them in on_days.items()}
    most = max(len(one) for one in days.values())
    best = [id for id, one in days.items() if len(one) == most]
    spread = [id for id, one in days.items() if one]
    table = table_of("work")
    told = words.counted("work_answer", len(spread), table) if spread else words("work_no_day")
    listed = words.listed([archive.label("task", id) for id in best], table)
    records = f"#{activities_of(best[0])}" if len(best) == 1 else table
    first = min((them[0].date for them in done.values()), key=lambda one: one.sort_key)
    return words.sentences(
        told
        + (
            words("work_best", best=listed, days=words.counted("bins_day", most, records))
            if spread
            else ""
        ),
        words("work_first", day=words.when(date_in_words(first, words.language))),
        words.cut("tasks_more", MOST_LINES, len(done), table),
    )
