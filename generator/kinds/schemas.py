"""JSON Schemas (2020-12) of the record kinds, generated from their fields.

Enter: nothing. Leave: file names and texts. Editors complete and check with them; the program itself
validates with the models they are made from.
"""

import json
from collections.abc import Iterator
from typing import Any

from generator.kinds.registry import ARCHIVE, KINDS, Kind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FROM_THE_FILE = ("id", "path")


def schema_files() -> Iterator[tuple[str, str]]:
    """`<kind>.schema.json` and its text, for every kind."""
    for kind in (ARCHIVE, *KINDS):
        text = json.dumps(schema_of(kind), ensure_ascii=False, indent=2)
        yield f"{kind.name}.schema.json", text + "\n"


def schema_of(kind: Kind) -> dict[str, Any]:
    """The schema of one kind's files: what a person writes, without what the file's name gives."""
    schema = kind.model.model_json_schema(mode="validation")
    for name in _FROM_THE_FILE:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema.get("required", ()) if name not in _FROM_THE_FILE]
    title = f"{kind.label.zh} {kind.label.en}"
    return {"$schema": _DRAFT, **schema, "title": title}
