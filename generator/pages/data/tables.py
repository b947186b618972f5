"""The tables of the data folder: one for each record kind, and one for each list inside records.

Enter: an archive as an audience sees it. Leave: `Table`s of plain rows, with a type for every
column. Kinds keep everything they were given; lists inside them have tables of their own too, one
amount a row, so that a spreadsheet program can add them up.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.archive.archive import Archive, Dated
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

_AMOUNT: dict[str, Type] = {
    "value": "string",
    "lower": "number",
    "upper": "number",
    "qualifier": "string",
}
_OMITTED = {
    "path", "id", "visibility", "name_visibility", "consent", "allow", "pseudonym", "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their columns by name; `key` is unique, `links` name the tables columns lead to."""

    name: str
    columns: Mapping[str, Type]
    rows: tuple[dict[str, Any], ...]
    key: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


def tables(archive: Archive) -> Iterator[Table]:
    """Every table, one after the other: those of records, then those of what is in them."""
    yield from _record_tables(archive)
    yield from _detail_tables(archive)


def _record_tables(archive: Archive) -> Iterator[Table]:
    """One table for each record kind."""
    kinds: tuple[tuple[str, type[Record], tuple[Record, ...]], ...] = (
        ("members", Member, archive.members),
        ("activities", Activity, archive.activities),
        ("donations", Donation, archive.donations),
        ("stories", Story, archive.stories),
        ("sources", Source, archive.sources),
    )
    for name, model, records in kinds:
        yield Table(name, _columns_of(model), tuple(map(plain_record, records)), "id")


def _detail_tables(archive: Archive) -> Iterator[Table]:
    """Figures of activities, things given and handed on, claims and photographs, one a row."""
    yield Table(
        "figures",
        {
            "activity": "string",
            "date": "string",
            "measure": "string",
            **_AMOUNT,
            "unit": "string",
        },
        tuple(_figures(archive)),
        links={"activity": "activities"},
    )
    yield Table(
        "items",
        {
            "donation": "string",
            "date": "string",
            "item": "string",
            **_AMOUNT,
            "unit": "string",
            "category": "string",
            "value_cny": "number",
        },
        tuple(_items(archive)),
        links={"donation": "donations"},
    )
    yield Table(
        "distributions",
        {
            "donation": "string",
            "date": "string",
            "to": "string",
            "item": "string",
            **_AMOUNT,
            "unit": "string",
        },
        tuple(_distributions(archive)),
        links={"donation": "donations"},
    )
    yield Table(
        "claims",
        {
            "source": "string",
            "subject": "string",
            **_AMOUNT,
            "unit": "string",
            "as_of": "string",
            "quote": "string",
        },
        tuple(_claims(archive)),
        links={"source": "sources"},
    )
    yield Table(
        "photographs",
        _texts(_PHOTOGRAPH),
        tuple(plain_photograph(one) for one in archive.photographs),
        "id",
    )


def lengths(archive: Archive) -> dict[str, int]:
    """How many rows each table has, without making them."""
    return {
        "members": len(archive.members),
        "activities": len(archive.activities),
        "donations": len(archive.donations),
        "stories": len(archive.stories),
        "sources": len(archive.sources),
        "figures": sum(len(one.figures) for one in archive.activities),
        "items": sum(len(one.items) for one in archive.donations),
        "distributions": sum(len(one.distributions) for one in archive.donations),
        "claims": sum(len(one.claims) for one in archive.sources),
        "photographs": len(archive.photographs),
    }


_PHOTOGRAPH = (
    "id", "record", "date", "caption", "alt", "credit", "taken", "place", "people", "event",
    "background", "rights", "illustration", "pending",
)  # fmt: skip


def _columns_of(model: type[Record]) -> dict[str, Type]:
    return _texts(("id", *(name for name in model.model_fields if name not in _OMITTED)))


def _texts(names: Iterable[str]) -> dict[str, Type]:
    return dict.fromkeys(names, "string")


def _amount(quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {}
    return {"value": quantity_in_words(quantity, "zh"), **plain_quantity(quantity)}


def _figures(archive: Archive) -> Iterator[dict[str, Any]]:
    for activity in archive.activities:
        for one in activity.figures:
            measure = archive.measures.get(one.measure)
            yield {
                "activity": activity.id,
                "date": activity.date.text,
                "measure": one.measure,
                **_amount(one.value),
                "unit": archive.label("unit", measure.unit if measure else None),
            }


def _items(archive: Archive) -> Iterator[dict[str, Any]]:
    for gift in archive.donations:
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


def _distributions(archive: Archive) -> Iterator[dict[str, Any]]:
    for gift in archive.donations:
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


def _claims(archive: Archive) -> Iterator[dict[str, Any]]:
    for source in archive.sources:
        for claim in source.claims:
            yield {
                "source": source.id,
                "subject": claim.subject,
                **_amount(claim.value),
                "unit": claim_unit(archive, claim).label,
                "as_of": claim.as_of.text if claim.as_of else None,
                "quote": claim.quote,
            }


def years_of(archive: Archive, name: str) -> dict[str, list[Dated]]:
    """Records of a large kind by the year they begin in; nothing for one that fits in one file."""
    kinds: dict[str, tuple[Dated, ...]] = {
        "activities": archive.activities,
        "donations": archive.donations,
        "stories": archive.stories,
    }
    records = kinds.get(name, ())
    if len(records) <= MOST_IN_ONE:
        return {}
    years: dict[str, list[Dated]] = {}
    for one in records:
        years.setdefault(f"{one.date.earliest.year:04d}", []).append(one)
    return years
