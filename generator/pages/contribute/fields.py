"""From a record's model to a tree of form fields: what is asked, how it is typed, what it means.

Enter: a model of `kinds/` and a language. Leave: frozen `Field`s that a template can render and a
script can read. Nothing here names a record kind or lists its fields: a field that is added to a
model is in the form. Knows no archive, and writes no HTML.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.kinds.fields import Record
from generator.kinds.validation import meaning_of
from generator.pages.words import words
from generator.problems.problem import Language
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity

Widget = Literal[
    "line",  # one line of text
    "text",  # many lines
    "date",  # EDTF
    "amount",  # a quantity with its honesty
    "number",  # a plain decimal number
    "time",  # of day
    "numbers",  # so many numbers between bounds; one such row, or one a line
    "choice",  # one of a few
    "picks",  # any of the archive's own ids
    "lines",  # any number of texts, one a line
    "tick",  # yes or no
    "group",  # fields that belong together
    "parts",  # any number of such groups
]
MANY_FIELDS = 4  # a group with more shows its most important ones and folds the rest
_FROM_THE_FILE = ("id", "path")
_LATER = ("allow", "withdrawn")
"""What is written into a record that is there already."""
_LONG_TEXT = 10_000  # characters; what may be longer gets a box of several lines

_SUGGESTED: Mapping[str, str] = {"place": "place", "people": "member", "by": "member"}
"""Free text for which the archive still knows likely words."""
_UPFRONT = frozenset(
    (
        *(("photo", name) for name in ("file", "pending", "alt")),
        *(("item", name) for name in ("quantity", "unit")),
        *(("claim", name) for name in ("measure", "item", "unit")),
        ("consent", "audience"),
    )
)
"""Optional fields that are asked for at once all the same."""
_MEANING_ELSEWHERE: tuple[Widget, ...] = ("choice", "picks", "tick", "group", "parts")
"""Where the second half of a description tells how to write YAML, which the form does itself."""
_MEANING = re.compile(r"(?P<label>.*?)(?:[（(](?P<aside>.*)[）)]|[，；：,;:]\s*(?P<rest>.*))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; for a group or for parts also the fields inside."""

    name: str
    widget: Widget
    required: bool
    label: str
    hint: str
    model: str
    """The model it stands in, or for a group and parts the model of what is inside; lower case."""
    refers: str = ""
    """The kind of thing whose ids are the only values: `member`, `task`, `unit`."""
    suggests: str = ""
    """The kind of thing whose names are likely values."""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and shown words of the only possible values."""
    default: str = ""
    longest: int = 0
    """Characters; 0 where there is no limit."""
    pattern: str = ""
    """A regular expression (ECMA 262) that the whole text has to match."""
    bounds: str = ""
    """For `numbers`, an interval each: `[0,1] [0,1]`."""
    many: bool = False
    """For `numbers`, whether there may be several rows."""
    fields: tuple["Field", ...] = ()

    @property
    def bulky(self) -> bool:
        """Whether it takes a fold of its own where it is not required."""
        return self.widget in ("text", "picks", "group", "parts")

    @property
    def shown(self) -> tuple["Field", ...]:
        """Of the fields inside, those that are in sight at once."""
        if len(self.fields) <= MANY_FIELDS:
            return self.fields
        return tuple(one for one in self.fields if one.first)

    @property
    def folded(self) -> tuple["Field", ...]:
        """Of the fields inside, the others."""
        return tuple(one for one in self.fields if one not in self.shown)

    @property
    def first(self) -> bool:
        """Whether it is asked for at once."""
        return self.required or (self.model, self.name) in _UPFRONT


def fields_of(model: type[BaseModel], language: Language) -> tuple[Field, ...]:
    """The fields of a record in the order of its model, its visibility last."""
    own = [name for name in model.model_fields if name not in _FROM_THE_FILE]
    own.sort(key=lambda name: name in Record.model_fields)
    return _fields(model, own, language, references(model), ())


def references(model: type[BaseModel]) -> dict[tuple[str, ...], str]:
    """The kind of thing that each field of a record refers to, found by asking a specimen of it."""
    specimen = _specimen(model)
    if not isinstance(specimen, Record):
        return {}
    return {
        tuple(part for part in mention.location if isinstance(part, str)): mention.ref.kind
        for mention in specimen.mentions()
    }


def _fields(
    model: type[BaseModel],
    names: list[str],
    language: Language,
    refers: Mapping[tuple[str, ...], str],
    path: tuple[str, ...],
) -> tuple[Field, ...]:
    return tuple(
        _field(model, name, language, refers, (*path, name)) for name in names if name not in _LATER
    )


def _field(
    model: type[BaseModel],
    name: str,
    language: Language,
    refers: Mapping[tuple[str, ...], str],
    path: tuple[str, ...],
) -> Field:
    field = model.model_fields[name]
    kind = refers.get(path, "")
    widget = _widget(field, kind)
    inner = next(_inner_models(field), None)
    label, hint = _meaning(model, name, widget, language)
    return Field(
        name=name,
        widget=widget,
        required=field.is_required(),
        label=label,
        hint=hint,
        model=(inner or model).__name__.lower(),
        refers=kind,
        suggests="" if kind else _SUGGESTED.get(name, ""),
        choices=_choices(field, language),
        default=field.default if isinstance(field.default, str) else "",
        longest=_constraint(field, "max_length") or 0,
        pattern=_decimal_pattern(field) if widget == "number" else _pattern(field),
        bounds=_bounds(field) if widget == "numbers" else "",
        many=_is_list_of_lists(field.annotation),
        fields=_fields(inner, [*inner.model_fields], language, refers, path) if inner else (),
    )


# What the annotations say -------------------------------------------------------------------------

_BY_TYPE: tuple[tuple[type, Widget], ...] = (
    (EdtfDate, "date"),
    (Quantity, "amount"),
    (Decimal, "number"),
    (bool, "tick"),
    (float, "numbers"),
)


def _widget(field: FieldInfo, refers: str) -> Widget:
    many = _is_list(field.annotation)
    if any(_inner_models(field)):
        return "parts" if many else "group"
    leaves = [*_leaves(field.annotation)]
    for type_, widget in _BY_TYPE:
        if type_ in leaves:
            return widget
    if any(get_origin(leaf) is Literal for leaf in leaves):
        return "choice"
    if refers:
        return "picks" if many else "choice"
    if many:
        return "lines"
    if "[0-5][0-9]" in _pattern(field):
        return "time"
    return "text" if (_constraint(field, "max_length") or 0) > _LONG_TEXT else "line"


def _leaves(annotation: Any) -> Iterator[Any]:
    """The types at the ends of an annotation: `tuple[Line, ...] | None` has `str` and `None`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            if argument is not Ellipsis:
                yield from _leaves(argument)
    else:
        yield annotation


def _inner_models(field: FieldInfo) -> Iterator[type[BaseModel]]:
    for leaf in _leaves(field.annotation):
        if isinstance(leaf, type) and issubclass(leaf, BaseModel):
            yield leaf


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(
        _is_list(argument) for argument in get_args(annotation) if get_origin(argument)
    )


def _is_list_of_lists(annotation: Any) -> bool:
    if get_origin(annotation) is tuple:
        return any(_is_list(argument) for argument in get_args(annotation))
    return any(_is_list_of_lists(one) for one in get_args(annotation) if get_origin(one))


def _metadata(annotation: Any) -> Iterator[Any]:
    """Everything that an annotation says besides types, from the outside in."""
    if get_origin(annotation) is Annotated:
        for one in get_args(annotation)[1:]:
            yield one
            yield from getattr(one, "metadata", ())
    for argument in get_args(annotation):
        yield from _metadata(argument)


def _constraint(field: FieldInfo, name: str) -> Any:
    """A constraint such as `max_length`, wherever in the annotation it stands; None without."""
    said = (*field.metadata, *_metadata(field.annotation))
    return next((v for one in said if (v := getattr(one, name, None)) is not None), None)


def _pattern(field: FieldInfo) -> str:
    return _constraint(field, "pattern") or ""


def _decimal_pattern(field: FieldInfo) -> str:
    """What a decimal number of so many digits looks like."""
    digits = _constraint(field, "max_digits") or 15
    places = _constraint(field, "decimal_places") or 0
    whole = rf"[0-9]{{1,{digits - places}}}"
    return rf"^{whole}(\.[0-9]{{1,{places}}})?$" if places else rf"^{whole}$"


def _bounds(field: FieldInfo) -> str:
    """The interval of each number, with round brackets where the end is not included."""
    return " ".join(_interval(one) for one in _numbers(field.annotation))


def _numbers(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated and float in _leaves(annotation):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _numbers(argument)


def _interval(annotation: Any) -> str:
    said = [*_metadata(annotation)]

    def end(*names: str) -> tuple[str, str]:
        found = ((name, getattr(one, name, None)) for name in names for one in said)
        return next((name, f"{value:g}") for name, value in found if value is not None)

    (low, lowest), (high, highest) = end("ge", "gt"), end("le", "lt")
    return f"{'[' if low == 'ge' else '('}{lowest},{highest}{']' if high == 'le' else ')'}"


def _specimen(model: type[BaseModel]) -> BaseModel:
    """An instance with something in every field that may hold a reference; it is not valid."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        inner = next(_inner_models(field), None)
        values[name] = None
        if inner or str in _leaves(field.annotation):
            one = _specimen(inner) if inner else name
            values[name] = (one,) if _is_list(field.annotation) else one
    return model.model_construct(**values)


# What the words say -------------------------------------------------------------------------------


def _choices(field: FieldInfo, language: Language) -> tuple[tuple[str, str], ...]:
    texts = words(language, "contribute")
    literal = (one for one in _leaves(field.annotation) if get_origin(one) is Literal)
    return tuple(
        (value, texts.get(f"choice_{value}", value)) for one in literal for value in get_args(one)
    )


def _meaning(
    model: type[BaseModel], name: str, widget: Widget, language: Language
) -> tuple[str, str]:
    """Label and hint: the page's own words where it has any, else the halves of the description."""
    texts = words(language, "contribute")
    found = _MEANING.fullmatch(meaning_of(model, name)[language])
    label, hint = name, ""
    if found:
        label, hint = found["label"].strip(), found["aside"] or found["rest"] or ""
    if widget in _MEANING_ELSEWHERE:
        hint = ""
    hint = texts.get(f"hint_of_{widget}", hint)
    key = f"{model.__name__.lower()}_{name}"
    label = texts.get(f"label_{key}", texts.get(f"label_{name}", label))
    return label, texts.get(f"hint_{key}", texts.get(f"hint_{name}", hint))
