"""What was given: the things that donations list, by category.

Things are counted, never amounts: amounts of different units have no common axis.
"""

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from generator.archive.archive import Archive
from generator.archive.statistic import total_anchor
from generator.archive.statistics import Statistics
from generator.charts.chart import Chart, Draw, table_of
from generator.charts.rows import MOST_ROWS, Bars, Piece, Row, by_number, chart_of, most_frequent
from generator.charts.words import Words
from generator.kinds.donation import Donation, Item
from generator.values.dates import date_in_words

_LEDGER = "../donations/index.html"
_Given = tuple[Donation, Item]


def gifts(figures: Statistics, words: Words, draw: Draw) -> Chart | None:
    """Things given by category, those of unknown quantity told apart; nothing without donations."""
    archive = figures.archive
    if not archive.donations:
        return None
    rows = by_number(_rows(archive, words))
    bars = Bars(
        name="gifts",
        question=words("gifts_question"),
        answer=_answer(rows, len(archive.donations), words),
        known=words("gifts_known"),
        unknown=words("gifts_unknown"),
        column=words("gifts_column"),
        rows=rows,
    )
    return chart_of(bars, words, draw)


def _rows(archive: Archive, words: Words) -> list[Row]:
    """A row for each category in which something was given, in the order of the vocabulary."""
    given: dict[str, list[_Given]] = {term.id: [] for term in archive.file.item_categories}
    for donation in archive.donations:
        for item in donation.items:
            given.setdefault(item.category or "", []).append((donation, item))
    return [
        Row.of(
            _name(archive, category, words),
            _LEDGER,
            [one for one in things if one[1].quantity is not None],
            [one for one in things if one[1].quantity is None],
            partial(_piece, words),
        )
        for category, things in given.items()
        if things
    ]


def _name(archive: Archive, category: str, words: Words) -> str:
    return archive.label("item_category", category) or words("gifts_uncategorised")


def _piece(words: Words, given: _Given) -> Piece:
    donation, item = given
    day = date_in_words(donation.date, words.language)
    return Piece(words("dated", title=item.item, date=day), f"../donations/{donation.id}.html")


def _answer(rows: Sequence[Row], donations: int, words: Words) -> Markup:
    best = most_frequent(rows)
    table = table_of("gifts")
    things = words.counted("items", sum(one.length for one in rows), table)
    given = words.number(donations, f"#{total_anchor('donations')}")
    tied = "gifts_best" if len(best) == 1 else "gifts_tied"
    named = words.listed([one.name for one in best], table)
    most = words.counted("items", best[0].length, table)
    return words.sentences(
        words("gifts_answer", n=given, items=things) + words(tied, best=named, items=most),
        words("gifts_how"),
        words.cut("gifts_more", MOST_ROWS, len(rows), table),
    )
