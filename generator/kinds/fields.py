"""The building blocks of record fields: described fields, dates, quantities, references, base models.

Enter: plain values as read (strings, lists, mappings, `None`). Leave: frozen pydantic models.
Validation failures carry a problem code as their type (`DAT001`, `QTY001`), so that `validation`
can turn every one into a problem with line and column. Never touches the disk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.problems.catalogue import DAT003
from generator.problems.problem import Code
from generator.values.dates import DateError, EdtfDate, date_in_words, parse_date
from generator.values.quantities import (
    Qualifier,
    Quantity,
    QuantityError,
    parse_quantity,
    parse_with_unit,
    qualified,
)

Visibility = Literal["public", "internal", "private"]
Location = tuple[str | int, ...]
_UNCERTAIN = ("set", "unspecified", "month", "year")


class Ref(NamedTuple):
    """A reference: the kind of thing meant (`member`, `task`, ...) and its id."""

    kind: str
    id: str


class Mention(NamedTuple):
    """A reference made by a record, and where in the record it stands."""

    ref: Ref
    location: Location


@dataclass(frozen=True, slots=True)
class QuantityWithUnit(Quantity):
    """A quantity behind whose number a unit is written; the archive tells whether it agrees."""

    unit: str = ""


class References(NamedTuple):
    """What one field of a record refers to: things of a kind by their ids, in order.

    `location` is that of the field; `many` says whether it is a list.
    """

    kind: str
    ids: Sequence[str]
    location: Location
    many: bool


class Finding(NamedTuple):
    """A rule of a record kind that a record breaks, and where in the record."""

    code: Code
    location: Location
    words: dict[str, str]


def described(zh: str, en: str, default: Any = ..., **more: Any) -> Any:
    """A field with its meaning in both languages; schema, form and docs reuse them."""
    extra: dict[str, Any] = {"x-description": {"zh": zh, "en": en}}
    return Field(default, description=f"{zh}。{en}.", json_schema_extra=extra, **more)


def _to_date(value: object) -> EdtfDate:
    if isinstance(value, EdtfDate):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = f"[{', '.join(value)}]"  # a set without quotes is a list to YAML
    try:
        return parse_date(str(value))
    except DateError as fault:
        raise _refusal("DAT001", value, fault.suggestion) from fault


def _to_quantity(value: object) -> Quantity:
    if isinstance(value, Quantity):
        return value
    try:
        if isinstance(value, dict):
            return _quantity_of_mapping(value)
        quantity, unit = parse_with_unit(str(value))
        if not unit:
            return quantity
        bounds = (quantity.lower, quantity.upper, quantity.approximate, quantity.near)
        return QuantityWithUnit(*bounds, unit)
    except QuantityError as fault:
        raise _refusal("QTY001", value, fault.suggestion) from fault


_QUALIFIERS: tuple[Qualifier, ...] = ("exact", "about", "at_least", "at_most")


def _quantity_of_mapping(value: dict[str, Any]) -> Quantity:
    """`{value: 900, qualifier: at_least}`: the spelt-out form."""
    if set(value) - {"value", "qualifier"} or not isinstance(value.get("value"), str):
        raise _refusal("QTY001", value, None)
    amount = parse_quantity(value["value"])
    named = value.get("qualifier")
    if named is None:
        return amount
    if named not in _QUALIFIERS:
        raise _refusal("QTY001", value, None)
    return qualified(amount, named)


def _refusal(code: str, value: object, suggestion: str | None) -> PydanticCustomError:
    return PydanticCustomError(
        code,
        "{found}",
        {"found": str(value), "suggestion": suggestion or ""},
    )


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Date = Annotated[
    EdtfDate,
    BeforeValidator(_to_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["2020-03-04", "2020-03", "2020-03-01/2020-03-05"]},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]
Amount = Annotated[
    Quantity,
    BeforeValidator(_to_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number"], "examples": ["406", "约700", "8000多", "400-500"]},
                {
                    "type": "object",
                    "required": ["value"],
                    "additionalProperties": False,
                    "properties": {
                        "value": {"type": ["string", "number"]},
                        "qualifier": {"enum": [*_QUALIFIERS]},
                    },
                },
            ]
        }
    ),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    # A title may look like a number or a truth value: what was written is a text all the same.
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 300}),
]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$", max_length=2000)
]
Markdown = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100_000)
]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]
Fraction = Annotated[float, Field(ge=0, le=1)]
_ANY_LINE = {"type": ["string", "number"], "minLength": 1, "maxLength": 300}
_ANY_IDENTIFIER = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 100}
Lines = Annotated[
    tuple[Line, ...],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_ANY_LINE, {"type": "array", "items": _ANY_LINE}]}),
]
Identifiers = Annotated[
    # Not Identifier: who writes a name is better told the id (REF001) than what an id looks like.
    tuple[Line, ...],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_ANY_IDENTIFIER, {"type": "array", "items": _ANY_IDENTIFIER}]}),
]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Part(BaseModel):
    """Any group of fields inside a record: frozen, and closed to fields nobody declared."""

    # defer_build: a part is built into the records that hold it, and a kind only when it is met.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    def __reduce__(self) -> tuple[object, ...]:
        """How it is pickled: what it says and no more, which takes half as long to read."""
        return _part, (type(self), self.__dict__)

    def model_post_init(self, context: Any, /) -> None:
        """Nobody asks which fields were given: a set for each part takes as much as its fields."""
        object.__setattr__(self, "__pydantic_fields_set__", _fields_of(type(self)))

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, given: Any) -> Any:
        """An optional field with nothing after its colon is as if it were not there."""
        if not isinstance(given, dict) or None not in given.values():
            return given
        fields = cls.model_fields
        return {
            name: value
            for name, value in given.items()
            if value is not None or name not in fields or fields[name].is_required()
        }


@cache
def _fields_of(kind: type[Part]) -> set[str]:
    """All fields of a kind; one set, which its parts share."""
    return set(kind.model_fields)


def _part(kind: type[Part], fields: dict[str, Any]) -> Part:
    """The part that was pickled; like `model_construct`, with every field given."""
    made = kind.__new__(kind)
    _put_fields(made, fields)
    _put_fields_set(made, _fields_of(kind))
    _put_extra(made, None)
    _put_private(made, None)
    return made


# Called directly: `object.__setattr__` takes twice as long, for ten thousands of parts in every build.
_put_fields, _put_fields_set, _put_extra, _put_private = (
    BaseModel.__dict__[name].__set__
    for name in (
        "__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"
    )
)  # fmt: skip


class Allowance(Part):
    """One text of a record that the rules on personal data would object to, and why it may stay."""

    text: Line = described("允许保留的文字，照原样写", "The text that may stay, as it is written")
    reason: Line = described("为什么可以", "Why it may")


class Record(Part):
    """What every record has: its id (the file's stem), the path of its file, and its visibility.

    `id` and `path` come from the file, never from its content.
    """

    id: Identifier = Field(exclude=True)
    path: str = Field(exclude=True)
    visibility: Visibility | None = described(
        "谁可以看：public 公开、internal 内部、private 不发布",
        "Who may see it: public, internal, or private (never published)",
        None,
    )
    withdrawn: Date | None = described(
        "撤回的日期；写上后到处都不再出现，网址只说已撤回",
        "When it was withdrawn: it then appears nowhere, and its address says only that",
        None,
    )
    allow: tuple[Allowance, ...] = described(
        "可以保留的文字：虽像个人信息或隐去的姓名；连同理由，不发布",
        "Texts that may stay: they look like personal data or a hidden name; with the reason, never published",
        (),
    )

    def references(self) -> Iterator[References]:
        """What this record refers to, field by field."""
        return iter(())

    def mentions(self) -> Iterator[Mention]:
        """Every reference that this record makes, with its place."""
        for field in self.references():
            for number, id in enumerate(field.ids):
                at = (*field.location, number) if field.many else field.location
                yield Mention(Ref(field.kind, id), at)

    def findings(self) -> Iterator[Finding]:
        """The rules of its kind that this record breaks by itself."""
        return iter(())


def refers_to_each(kind: str, ids: tuple[str, ...], *location: str | int) -> References:
    """The references of a list field."""
    return References(kind, ids, location, many=True)


def refers_to(kind: str, id: str | None, *location: str | int) -> References:
    """The reference of an optional single id."""
    return References(kind, () if id is None else (id,), location, many=False)


def date_findings(when: EdtfDate) -> Iterator[Finding]:
    """DAT003 for a day that nobody knows."""
    if when.form in _UNCERTAIN:
        words = {"words_zh": date_in_words(when, "zh"), "words_en": date_in_words(when, "en")}
        yield Finding(DAT003, ("date",), words)
