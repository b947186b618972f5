"""The tables of the data folder: one for each record kind, and one for each list inside records.

Enter: a record as an audience sees it. Leave: the plain rows it gives each of the `TABLES`, with a
type for every column. Kinds keep everything they were given; lists inside them have tables of their
own too, one amount a row, so that a spreadsheet program can add them up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.archive.archive import Archive, Dated, Photograph
from generator.archive.plain import (
    plain_decimal,
    plain_photograph,
    plain_quantity,
    plain_record,
)
from generator.archive.published import claim_unit
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Record
from generator.kinds.member import Member
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.values.quantities import Quantity, quantity_in_words

Type = Literal["string", "number", "integer"]
MOST_IN_ONE = 5000
"""Records of a kind beyond which there is a file for each year as well."""

_DATED = ("activities", "donations", "stories")
_AMOUNT: dict[str, Type] = {
    "value": "string",
    "lower": "number",
    "upper": "number",
    "qualifier": "string",
}
_OMITTED = {
    "path", "id", "visibility", "name_visibility", "consent", "allow", "pseudonym", "withdrawn",
}  # fmt: skip


Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name, and the rows that each record of a kind gives.

    `source` is the kind of those records, as `Archive` names it, `inside` the list in them that has
    a row for each entry; `key` is unique, `links` name the tables that columns lead to.
    """

    name: str
    source: str
    columns: Mapping[str, Type]
    rows: Callable[[Archive, Any], Iterable[Row]]
    inside: str = ""
    key: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    def records(self, archive: Archive) -> tuple[Any, ...]:
        """Everything that gives it rows, in order."""
        found: tuple[Any, ...] = getattr(archive, self.source)
        return found

    def length(self, archive: Archive) -> int:
        """How many rows it has, without making them."""
        records = self.records(archive)
        return (
            sum(len(getattr(one, self.inside)) for one in records) if self.inside else len(records)
        )

    def years(self, archive: Archive) -> Mapping[str, Sequence[Dated]]:
        """The records by the year they begin in, in order; nothing for what fits in one file."""
        large = self.source in _DATED and is_large(range(self.length(archive)))
        return archive.years[self.source] if large else {}


def dated_by_year(archive: Archive) -> Mapping[str, Sequence[Dated]]:
    """All dated records by the year they begin in; nothing where one file holds them."""
    return archive.years["dated"] if is_large(archive.dated) else {}


def is_large(records: Sized) -> bool:
    """Whether there are too many for one file that most programs could open."""
    return len(records) > MOST_IN_ONE


_PHOTOGRAPH = (
    "id", "record", "date", "caption", "alt", "credit", "taken", "place", "people", "event",
    "background", "rights", "illustration", "pending",
)  # fmt: skip


def _columns_of(model: type[Record]) -> dict[str, Type]:
    return _texts(("id", *(name for name in model.model_fields if name not in _OMITTED)))


def _texts(names: Iterable[str]) -> dict[str, Type]:
    return dict.fromkeys(names, "string")


def _amount(quantity: Quantity | None) -> Row:
    if quantity is None:
        return {}
    return {"value": quantity_in_words(quantity, "zh"), **plain_quantity(quantity)}


def _record(_: Archive, record: Record) -> tuple[Row]:
    return (plain_record(record),)


def _photograph(_: Archive, one: Photograph) -> tuple[Row]:
    return (plain_photograph(one),)


def _figures(archive: Archive, activity: Activity) -> Iterator[Row]:
    for one in activity.figures:
        measure = archive.measures.get(one.measure)
        yield {
            "activity": activity.id,
            "date": activity.date.text,
            "measure": one.measure,
            **_amount(one.value),
            "unit": archive.label("unit", measure.unit if measure else None),
        }


def _items(archive: Archive, gift: Donation) -> Iterator[Row]:
    for item in gift.items:
        worth = item.value_cny
        yield {
            "donation": gift.id,
            "date": gift.date.text,
            "item": item.item,
            **_amount(item.quantity),
            "unit": archive.label("unit", item.unit),
            "category": item.category,
            "value_cny": None if worth is None else plain_decimal(worth),
        }


def _distributions(archive: Archive, gift: Donation) -> Iterator[Row]:
    units = {item.item: item.unit for item in gift.items}
    for one in gift.distributions:
        yield {
            "donation": gift.id,
            "date": one.date.text if one.date else None,
            "to": one.to,
            "item": one.item,
            **_amount(one.quantity),
            "unit": archive.label("unit", units.get(one.item)),
        }


def _claims(archive: Archive, source: Source) -> Iterator[Row]:
    for claim in source.claims:
        yield {
            "source": source.id,
            "subject": claim.subject,
            **_amount(claim.value),
            "unit": claim_unit(archive, claim).label,
            "as_of": claim.as_of.text if claim.as_of else None,
            "quote": claim.quote,
        }


def _of_records(name: str, model: type[Record]) -> Table:
    """The table of a record kind."""
    return Table(name, name, _columns_of(model), _record, key="id")


TABLES = (
    _of_records("members", Member),
    _of_records("activities", Activity),
    _of_records("donations", Donation),
    _of_records("stories", Story),
    _of_records("sources", Source),
    Table(
        "figures",
        "activities",
        _texts(("activity", "date", "measure")) | _AMOUNT | _texts(("unit",)),
        _figures,
        "figures",
        links={"activity": "activities"},
    ),
    Table(
        "items",
        "donations",
        _texts(("donation", "date", "item"))
        | _AMOUNT
        | _texts(("unit", "category"))
        | {"value_cny": "number"},
        _items,
        "items",
        links={"donation": "donations"},
    ),
    Table(
        "distributions",
        "donations",
        _texts(("donation", "date", "to", "item")) | _AMOUNT | _texts(("unit",)),
        _distributions,
        "distributions",
        links={"donation": "donations"},
    ),
    Table(
        "claims",
        "sources",
        _texts(("source", "subject")) | _AMOUNT | _texts(("unit", "as_of", "quote")),
        _claims,
        "claims",
        links={"source": "sources"},
    ),
    Table("photographs", "photographs", _texts(_PHOTOGRAPH), _photograph, key="id"),
)
"""Every table: those of records, then those of what is in them."""
