"""Records as plain values (strings, lists, mappings), for data files and machines. Pure."""

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.kinds.fields import Record
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity

_FROM_THE_FILE = ("path",)


def plain_record(record: Record) -> dict[str, Any]:
    """Every field that was given, its id first; what was not given is left out."""
    fields = {name: value for name, value in record if name not in ("id", *_FROM_THE_FILE)}
    plain = {name: plain_value(value) for name, value in fields.items()}
    return {"id": record.id} | {name: one for name, one in plain.items() if one not in (None, [])}


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
    if isinstance(value, EdtfDate):
        return value.text
    if isinstance(value, Quantity):
        return plain_quantity(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, BaseModel):
        fields = {name: plain_value(one) for name, one in value}
        return {name: one for name, one in fields.items() if one not in (None, [], False)}
    if isinstance(value, tuple | list):
        return [plain_value(one) for one in value]
    return value
