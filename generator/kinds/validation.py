"""From a document to a record, or to problems with line and column.

Enter: documents and the kind they should be. Leave: frozen records, and problems FLD001-FLD004,
DAT001, QTY001, IDN001 and those of the kind's own rules. Never raises for bad input.
"""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from generator.kinds.fields import Location, Record
from generator.kinds.registry import Kind
from generator.problems.catalogue import (
    DAT001,
    FLD001,
    FLD002,
    FLD003,
    FLD004,
    FLD005,
    IDN001,
    QTY001,
)
from generator.problems.problem import Place, Problem, near_words, problem
from generator.reading.documents import Document
from generator.values.identifiers import closest, is_identifier, slugify

_RESERVED = ("id", "path")
_EXAMPLE_ID = "2020-03-04-first-meeting"
_VALUE_CODES = {"DAT001": DAT001, "QTY001": QTY001}
_WANTED = {
    "string_type": ("一行文字", "text"),
    "string_too_short": ("不空的文字", "text that is not empty"),
    "string_too_long": ("短一些的文字", "a shorter text"),
    "tuple_type": ("一个列表", "a list"),
    "model_type": ("一组字段", "a group of fields"),
    "dict_type": ("一组字段", "a group of fields"),
    "string_pattern_mismatch": ("规定的写法", "in the form that the guide shows"),
    "bool_parsing": ("true 或 false", "true or false"),
    "bool_type": ("true 或 false", "true or false"),
    "too_short": ("至少一项", "at least one entry"),
    "too_long": ("少几项", "fewer entries"),
    "missing": ("更多的数", "as many numbers as needed"),
    "greater_than": ("大于 {gt} 的数", "a number above {gt}"),
    "greater_than_equal": ("不小于 {ge} 的数", "a number not below {ge}"),
    "less_than": ("小于 {lt} 的数", "a number below {lt}"),
    "less_than_equal": ("不大于 {le} 的数", "a number not above {le}"),
    "decimal_max_digits": ("位数少一些的数", "a number with fewer digits"),
    "decimal_whole_digits": ("位数少一些的数", "a number with fewer digits"),
    "decimal_max_places": (
        "小数不超过 {decimal_places} 位的数",
        "at most {decimal_places} decimals",
    ),
}
_PATTERNS = {
    "[a-z0-9-]": (
        "编号（小写字母、数字和连字符）",
        "an id (lower-case letters, digits and hyphens)",
    ),
    "[0-5][0-9]": ("24 小时制的时刻，例如 19:30", "a time of day such as 19:30"),
    "https?": (
        "以 http:// 或 https:// 开头的网址",
        "an address that begins with http:// or https://",
    ),
    "#[0-9a-f": ("颜色，例如 #1f6f5c", "a colour such as #1f6f5c"),
}
_NUMBER = ("一个数", "a number")
_MOST_PROBLEMS = 100  # of one file; it is not built in any case


def record_id(path: str) -> str | Problem:
    """The id that a file's name gives (IDN001 when it gives none)."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    if is_identifier(stem):
        return stem
    suggestion = slugify(stem)
    if not is_identifier(suggestion):
        suggestion = _EXAMPLE_ID
    return problem(IDN001, Place(path), stem=stem, suggestion=suggestion)


def validate(kind: Kind, document: Document, id: str) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record of a document, or `None` with every mistake in it; findings of its rules too."""
    reserved = [name for name in _RESERVED if name in document.values]
    problems = [_unknown_field(kind.model, document, (name,)) for name in reserved]
    try:
        record = kind.model.model_validate({**document.values, "id": id, "path": document.path})
    except ValidationError as fault:
        errors = fault.errors(include_url=False)
        at_fault = [tuple(error["loc"]) for error in errors]
        problems += [
            _problem(kind.model, document, error)
            for error in errors[:_MOST_PROBLEMS]
            if not _follows_from_another(error, at_fault)
        ]
        return None, tuple(problems)
    for finding in record.findings():
        place = document.place(finding.location)
        problems.append(problem(finding.code, place, **finding.words))
    return record, tuple(problems)


def _problem(model: type[BaseModel], document: Document, error: Any) -> Problem:
    location: Location = tuple(error["loc"])
    reason: str = error["type"]
    if reason == "extra_forbidden":
        return _unknown_field(model, document, location)
    if reason == "missing" and isinstance(location[-1], str):
        return _missing_field(model, document, location)
    place = document.place(location)
    field = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    words = error.get("ctx", {})
    found = _shown(error["input"])
    known = re.findall(r"'([^']*)'", words.get("expected", ""))
    if error["input"] is None:
        return _blank_field(model, document, location, known)
    if reason in _VALUE_CODES:
        near = near_words(words["suggestion"])
        return problem(_VALUE_CODES[reason], place, found=_shown(words["found"]), **near)
    if reason == "literal_error":
        near = near_words(closest(found, known))
        return problem(FLD004, place, field=field, found=found, known="、".join(known), **near)
    zh, en = _wanted(reason, words)
    return problem(FLD003, place, field=field, wanted_zh=zh, wanted_en=en, found=found)


def _wanted(reason: str, words: dict[str, Any]) -> tuple[str, str]:
    """What a field wants, in both languages, from what it objects to."""
    pattern = words.get("pattern", "")
    for part, wanted in _PATTERNS.items():
        if part in pattern:
            return wanted
    zh, en = _WANTED.get(reason, _NUMBER)
    return zh.format(**words), en.format(**words)


def _follows_from_another(error: Any, at_fault: list[Location]) -> bool:
    """Whether a list counts as too short only because its entries are wrong themselves."""
    own = tuple(error["loc"])
    return error["type"] == "too_short" and any(
        len(other) > len(own) and other[: len(own)] == own for other in at_fault
    )


def _unknown_field(model: type[BaseModel], document: Document, location: Location) -> Problem:
    name = str(location[-1])
    parent = _model_at(model, location[:-1])
    known = [field for field in parent.model_fields if field not in _RESERVED]
    meant = next(
        (field for field in known if meaning_of(parent, field)["zh"].startswith(name)), None
    )
    near = near_words(meant or closest(name, known))
    place = document.place(location, key=True)
    return problem(FLD002, place, field=name, known="、".join(known), **near)


def _missing_field(model: type[BaseModel], document: Document, location: Location) -> Problem:
    name = str(location[-1])
    meaning = meaning_of(_model_at(model, location[:-1]), name)
    place = document.place(location[:-1])
    return problem(FLD001, place, field=name, meaning_zh=meaning["zh"], meaning_en=meaning["en"])


def _blank_field(
    model: type[BaseModel], document: Document, location: Location, known: list[str]
) -> Problem:
    names = [part for part in location if isinstance(part, str)]
    name = names[-1] if names else ""
    meaning = meaning_of(_model_at(model, location[: location.index(name)]), name)
    choices = "、".join(known)
    return problem(
        FLD005,
        document.place(location),
        field=name,
        meaning_zh=meaning["zh"],
        meaning_en=meaning["en"],
        choices_zh=f"可以写：{choices}" if choices else f"在 {name}: 后面写上。",
        choices_en=f"choose from: {choices}" if choices else f"write it after {name}:",
    )


def meaning_of(model: type[BaseModel], field: str) -> dict[str, str]:
    """What a field means, in `zh` and `en`."""
    extra = model.model_fields[field].json_schema_extra if field in model.model_fields else None
    meaning = extra.get("x-description") if isinstance(extra, dict) else None
    if not isinstance(meaning, dict):
        return {"zh": field, "en": field}
    return {language: str(words) for language, words in meaning.items()}


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """The model that describes the mapping at `location`."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = next(models_in(model.model_fields[part].annotation), model)
    return model


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models named anywhere in a type annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
