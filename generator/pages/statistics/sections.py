"""What the page of figures lists: every figure once, with the records behind it, under a heading.

Enter: an edition. Leave: sections of rows, small enough to be read. A figure made of very many
records shows the first of them and leads to their months; parts by day or month that would be too
many to read are left to the data files, unless a hand-written page asks for one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.archive.archive import Archive
from generator.archive.service import Service
from generator.archive.statistic import Group, Statistic, thing_anchor
from generator.archive.statistics import part_by
from generator.archive.totals import KEYS, SPANS, Grouping, has_at_most
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Ref
from generator.kinds.story import Story
from generator.pages.edition import Edition

_MOST_LINKS = 1500  # on one page: a quarter of a megabyte beside as much of charts and of rows
_LISTED = (200, 100, 50, 20, 10, 5, 3, 1)  # how many records a figure may show, the first that fits
MOST_MONTHS = 24  # that a total leads to
_MOST_MONTHS_OF_PART = 1  # of hundreds of parts each would repeat the months of its total
_MOST_PARTS = 45  # rows of a table that is still read
_MOST_MEMBERS = 300

_SECTIONS: dict[str, tuple[Group, ...]] = {
    "counted": ("counted",),
    "measured": ("measured",),
    "received": ("received",),
    "distributed": ("distributed",),
    "left": ("left",),
    "categories": ("categories",),
    "valued": ("valued",),
    "claimed": ("claimed",),
    "missing": ("missing",),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Some of many records: those shown, how many more there are, and the months of them all."""

    refs: tuple[Ref, ...]
    more: int = 0
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with what it is made of, and its parts by what they are grouped by.

    `thing` is the address under which gifts know it, where it is of a thing given.
    """

    figure: Statistic
    behind: Listed
    parts: tuple["Parts", ...] = ()
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A figure by day, month, task or the like."""

    grouping: Grouping
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under one heading; `name` is the key of its words."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the page lists."""

    sections: tuple[Section, ...]
    members: tuple[Service, ...]
    more_members: int


def figures_of(edition: Edition) -> Figures:
    """Every total with its readable parts, the members' service, and what other pages ask for."""
    statistics = edition.figures
    parts = {id: tuple(_parts(edition, id)) for id in statistics.subjects}
    in_parts = [one for tables in parts.values() for _, rows in tables for one in rows]
    folded = {one.anchor for one in in_parts}
    recorded = [one for one in statistics.recorded.values() if one.anchor not in folded]
    totals = (*recorded, *statistics.reported.values())
    served = edition.services
    shown = [*totals, *in_parts]
    shown += [one for each in served[:_MOST_MEMBERS] for one in (each.days, each.activities)]
    listed = {one.anchor for one in shown}
    asked = [one for one in edition.asked if one.anchor not in listed]
    limit = limit_for([len(behind(one)) for one in (*shown, *asked)])

    def row(one: Statistic) -> Row:
        own = parts.get(one.id, ()) if one.origin == "recorded" else ()
        tables = tuple(Parts(grouping, tuple(map(part_row, rows))) for grouping, rows in own)
        return replace(plain_row(one), parts=tables, thing=_thing(edition, one))

    def plain_row(one: Statistic) -> Row:
        return Row(one, listed_of(edition.archive, behind(one), limit))

    def part_row(one: Statistic) -> Row:
        return Row(one, listed_of(edition.archive, behind(one), limit, _MOST_MONTHS_OF_PART))

    sections = [
        Section(name, tuple(row(one) for one in totals if one.group in groups))
        for name, groups in _SECTIONS.items()
    ]
    sections.append(Section("asked", tuple(map(plain_row, asked))))
    return Figures(
        tuple(section for section in sections if section.rows),
        served[:_MOST_MEMBERS],
        max(0, len(served) - _MOST_MEMBERS),
    )


def _thing(edition: Edition, figure: Statistic) -> str:
    if figure.group not in ("received", "distributed"):
        return ""
    unit = edition.figures.subjects[figure.id].unit
    return thing_anchor(figure.group, figure.label, unit.dimension)


def behind(figure: Statistic) -> tuple[Ref, ...]:
    """What a figure is made of: records, else the sources that say so."""
    return figure.records or figure.sources


def listed_of(
    archive: Archive, refs: tuple[Ref, ...], limit: int, months: int = MOST_MONTHS
) -> Listed:
    """The first records of many, and the way to the rest: their months, unless those are many."""
    if len(refs) <= limit:
        return Listed(refs)
    return Listed(refs[:limit], len(refs) - limit, _few_months(archive, refs, months))


def limit_for(lengths: Sequence[int]) -> int:
    """How many records each of several lists may show, so that all together stay readable."""
    for limit in _LISTED:
        if sum(min(length, limit) for length in lengths) <= _MOST_LINKS:
            return limit
    return _LISTED[-1]


def _parts(edition: Edition, id: str) -> Iterator[tuple[Grouping, tuple[Statistic, ...]]]:
    """The parts of a total that have figures of their own, and those that are not too long."""
    statistics = edition.figures
    own: dict[Grouping, list[Statistic]] = {}
    for one in statistics.recorded.values():
        if one.subject.partition(":")[0] == id and one.id != id:
            own.setdefault(part_by(one), []).append(one)
    yield from ((grouping, tuple(rows)) for grouping, rows in own.items())
    subject = statistics.subjects[id]
    if subject.group == "counted" and id not in ("members", "days"):
        yield from _span(edition, id)
    elif subject.group == "measured":
        yield from _span(edition, id)
        for key in KEYS:
            rows = statistics.grouped(id, key)
            if 1 < len(rows) <= _MOST_PARTS:
                yield key, rows


def _span(edition: Edition, id: str) -> Iterator[tuple[Grouping, tuple[Statistic, ...]]]:
    """By day, week or month: the finest that is not too long, if it says more than the total."""
    for span in SPANS:
        if has_at_most(_MOST_PARTS, edition.figures.subjects[id], span):
            rows = edition.figures.grouped(id, span)
            if len(rows) > 1:
                yield span, rows
            return


def _months(archive: Archive, refs: tuple[Ref, ...]) -> Iterator[str]:
    for ref in refs:
        if ref.kind == "day":
            yield ref.id[:7]
        elif ref.kind == "photo":
            date = archive.photograph[ref.id].date
            if date is not None:
                yield date.month
        else:
            record = archive.records.get(ref)
            if isinstance(record, Activity | Donation | Story):
                yield record.date.month


def _few_months(archive: Archive, refs: tuple[Ref, ...], most: int) -> tuple[str, ...]:
    """The months of records that have a page, in which something begins; none if they are many."""
    months: set[str] = set()
    for month in _months(archive, refs):
        months.add(month)
        if len(months) > most:
            return ()
    return tuple(sorted(months & archive.months))
