"""Records as plain values (strings, lists, mappings), for data files and machines. Pure.

What serves only the making of the site stays out: who may see what, where a picture is to be
covered, the terms of a consent, and names of files, which can tell a day, a telephone or a person.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from generator.archive.archive import Photograph, photograph_id
from generator.kinds.donation import Donor
from generator.kinds.fields import Record, Ref
from generator.kinds.photo import Photo
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity

_NOT_DATA = {
    "path", "visibility", "name_visibility", "consent", "redact", "focus", "file", "allow",
    "pseudonym", "withdrawn",
}  # fmt: skip
_NOTHING: tuple[object, ...] = (None, [], {})
_NOTHING_INSIDE = (*_NOTHING, False)


def plain_record(record: Record) -> dict[str, Any]:
    """Every field that was given, its id first; what was not given is left out."""
    plain: dict[str, Any] = {"id": record.id}
    for name, value in vars(record).items():
        if value is None or value == () or name in _NOT_DATA:
            continue
        one = value if isinstance(value, str) else _field(record, value)
        if one not in _NOTHING:
            plain[name] = one
    return plain


def _field(record: Record, value: object) -> Any:
    """A field of a record: photographs carry the id that is their address."""
    if isinstance(value, Photo):
        return {"id": photograph_id(record.id, value)} | plain_value(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Photo):
        return [_field(record, photo) for photo in value]
    return plain_value(value)


def plain_photograph(one: Photograph) -> dict[str, Any]:
    """A photograph with the record it is in, and the date it counts under."""
    owner = {"record": one.owner.id, "date": one.date.text if one.date else None}
    plain = {"id": one.id} | owner | plain_value(one.photo)
    return {name: value for name, value in plain.items() if value not in _NOTHING}


@lru_cache(maxsize=1 << 16)  # a record stands behind hundreds of figures: one text for all of them
def plain_ref(ref: Ref) -> str:
    """A reference as data files write it: `activity:2020-03-04-first-meeting`."""
    return ":".join(ref)


def plain_quantity(quantity: Quantity) -> dict[str, Any]:
    """Bounds as decimal strings (`upper` null where none is known) and the qualifier."""
    return {
        "lower": plain_decimal(quantity.lower),
        "upper": None if quantity.upper is None else plain_decimal(quantity.upper),
        "qualifier": quantity.qualifier,
    }


def plain_decimal(number: Decimal) -> str:
    """A decimal without exponent or trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_value(value: object) -> Any:
    """The plain form of one field's value."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, EdtfDate):
        return value.text
    if isinstance(value, Quantity):
        return plain_quantity(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, BaseModel):
        return _plain_part(value)
    if isinstance(value, tuple | list):
        return [plain_value(one) for one in value]
    return value


def _plain_part(part: BaseModel) -> dict[str, Any]:
    """A group of fields; the name of a donor who is not to be named stays out."""
    unnamed = isinstance(part, Donor) and part.anonymous
    fields = {
        name: plain_value(value)
        for name, value in vars(part).items()
        if value is not None and name not in _NOT_DATA and not (unnamed and name == "name")
    }
    return {name: one for name, one in fields.items() if one not in _NOTHING_INSIDE}
