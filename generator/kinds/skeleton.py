"""An empty record to be filled in: every field with its meaning, the required ones ready to type.

Enter: a record kind, and the values already known. Leave: YAML text that is valid as soon as its
blanks are filled. Optional fields stand behind `#`, to be uncommented when wanted. Pure.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.kinds.registry import Kind
from generator.kinds.validation import meaning_of, models_in

_NOT_FILLED_IN = ("id", "path", "allow", "withdrawn")
_PLAIN = frozenset(" ，。、：；（）“”！？·.-/_")
_WORDS_OF_YAML = frozenset(("true", "false", "null", "yes", "no", "on", "off", "~"))


def skeleton(
    kind: Kind,
    given: Mapping[str, str | list[str]],
    choices: Mapping[str, Sequence[str]],
    schema: str,
) -> str:
    """The text of a new record.

    `choices` are the archive's own terms for a field, as shown; `schema` is the path of the kind's
    JSON Schema from where the record will lie.
    """
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# {kind.label.zh}：填好没有 # 的行；要用别的字段，就删去那一行开头的 “# ”。",
    ]
    for line in _fields(kind.model, given, indent=""):
        field = line.lstrip("# ").partition(":")[0]
        if field in choices and not line.startswith(" "):
            lines.append(f"#   可选 choices: {'、'.join(choices[field])}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _fields(
    model: type[BaseModel], given: Mapping[str, str | list[str]], indent: str
) -> Iterator[str]:
    """Required and given fields first, each under its meaning; then the optional ones."""
    fields = {n: f for n, f in model.model_fields.items() if n not in _NOT_FILLED_IN}
    live = [name for name, field in fields.items() if field.is_required() or name in given]
    for name in live:
        yield f"{indent}# {_meaning(model, name, fields[name])}"
        yield from _live(name, fields[name], given, indent)
    for name, field in fields.items():
        if name not in live:
            yield f"{indent}# {name}: {_example(field)} # {_meaning(model, name, field)}"


def _live(
    name: str, field: FieldInfo, given: Mapping[str, str | list[str]], indent: str
) -> Iterator[str]:
    nested = next(models_in(field.annotation), None)
    if name in given:
        yield f"{indent}{name}: {as_yaml(given[name])}"
    elif nested is None:
        yield f"{indent}{name}: "
    elif _is_list(field):
        first, *rest = list(_fields(nested, {}, f"{indent}    "))
        yield f"{indent}{name}:"
        yield first
        yield f"{indent}  - {rest[0].strip()}" + (" " if rest[0].endswith(": ") else "")
        yield from rest[1:]
    else:
        yield f"{indent}{name}:"
        yield from _fields(nested, {}, f"{indent}  ")


def _meaning(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    meaning = meaning_of(model, name)
    required = "（必填）" if field.is_required() else ""
    return f"{meaning['zh']}{required} {meaning['en']}"


def _example(field: FieldInfo) -> str:
    """What stands in for a value in a commented line."""
    if any(models_in(field.annotation)) or _is_list(field):
        return "[]"
    return "false" if field.annotation is bool else "…"


def _is_list(field: FieldInfo) -> bool:
    def mentions_tuple(annotation: Any) -> bool:
        origin = getattr(annotation, "__origin__", annotation)
        return origin is tuple or any(mentions_tuple(one) for one in get_args(annotation))

    return mentions_tuple(field.annotation)


def as_yaml(value: str | list[str]) -> str:
    """A text or a list of texts in one line of YAML; quoted wherever there could be doubt."""
    if isinstance(value, list):
        return f"[{', '.join(as_yaml(one) for one in value)}]"
    first = value[:1]
    plain = (
        bool(value)
        and (first.isalnum() or first == "…")
        and all(character.isalnum() or character in _PLAIN for character in value)
        and not value.endswith(" ")
        and value.lower() not in _WORDS_OF_YAML
    )
    return value if plain else json.dumps(value, ensure_ascii=False)
