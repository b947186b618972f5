"""Which tasks were done how often: activities by task, those of a known day told apart."""

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from generator.archive.statistic import activities_of, total_anchor
from generator.archive.statistics import Statistics
from generator.charts.chart import Chart, Draw, table_of
from generator.charts.rows import MOST_ROWS, Bars, Piece, Row, by_number, chart_of, most_frequent
from generator.charts.words import Words
from generator.kinds.activity import Activity
from generator.values.dates import date_in_words


def tasks(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Activities by task, also the tasks without any; nothing where there is no activity."""
    archive = figures.archive
    if not archive.activities:
        return None
    rows = by_number(_rows(figures, words))
    bars = Bars(
        name="tasks",
        question=words("tasks_question"),
        answer=_answer(rows, words),
        known=words("tasks_known"),
        unknown=words("tasks_unknown"),
        column=words("tasks_column"),
        rows=rows,
    )
    return chart_of(bars, words, draw)


def _rows(figures: Statistics, words: Words) -> list[Row]:
    """A row for each task of the vocabulary in its order, then for any other that is named."""
    archive = figures.archive
    done: dict[str, list[Activity]] = {task.id: [] for task in archive.file.tasks}
    for activity in archive.activities:
        done.setdefault(activity.task, []).append(activity)
    return [
        Row.of(
            archive.label("task", id),
            f"#{activities_of(id)}",
            [one for one in them if one.date.is_day],
            [one for one in them if not one.date.is_day],
            partial(_piece, figures, words),
        )
        for id, them in done.items()
    ]


def _piece(figures: Statistics, words: Words, activity: Activity) -> Piece:
    day = date_in_words(activity.date, words.language)
    name = words("dated", title=figures.title(activity), date=day)
    return Piece(name, f"../days/{activity.date.slug}.html#activity-{activity.id}")


def _answer(rows: Sequence[Row], words: Words) -> Markup:
    best = most_frequent(rows)
    empty = [one.name for one in rows if not one.length]
    tied = "tasks_best" if len(best) == 1 else "tasks_tied"
    table = table_of("tasks")
    named = words.listed([one.name for one in best], table)
    listed = best[0].url if len(best) == 1 else table
    records = words.counted("records", best[0].length, listed)
    return words.sentences(
        words.counted(
            "tasks_answer", sum(one.length for one in rows), f"#{total_anchor('activities')}"
        )
        + words(tied, best=named, records=records),
        words("tasks_how"),
        words("tasks_none", names=words.listed(empty, table)) if empty else "",
        words.cut("tasks_more", MOST_ROWS, len(rows), table),
    )
