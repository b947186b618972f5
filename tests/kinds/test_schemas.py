"""The JSON Schemas: valid themselves, described in two languages, at one with the program."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.schemas import schema_files, schema_of
from generator.kinds.validation import meaning_of, models_in, validate
from generator.reading.documents import parse
from tests.archives import BASE, EXAMPLES, ROOT

EVERY_KIND = (ARCHIVE, *KINDS)
by_name = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)
HAN = re.compile("[\u4e00-\u9fff]")


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, section 10.3.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern in {
    "null": r"^(?:~|null|Null|NULL|)$",
    "bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"^(?:[-+]?[0-9]+)$",
    "float": r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
}.items():
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), None)


def validator_of(kind: Kind) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def files_of(kind: Kind, root: Path) -> Iterator[Path]:
    folder = root / "records"
    pattern = f"{kind.folder}/**/*.y*ml" if kind.folder else "archive.yml"
    return iter(sorted(folder.glob(pattern)))


def messages(kind: Kind, path: Path) -> list[str]:
    loaded = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=EditorLoader)
    return [error.message for error in validator_of(kind).iter_errors(loaded)]


@by_name
def test_a_schema_is_a_schema(kind: Kind) -> None:
    Draft202012Validator.check_schema(schema_of(kind))


@by_name
def test_what_the_file_gives_is_not_asked_for(kind: Kind) -> None:
    schema = schema_of(kind)
    assert {"id", "path"}.isdisjoint(schema["properties"])
    assert {"id", "path"}.isdisjoint(schema["required"])


@by_name
def test_every_field_is_described_in_both_languages(kind: Kind) -> None:
    def models(model: Any) -> Iterator[Any]:
        yield model
        for field in model.model_fields.values():
            for inner in models_in(field.annotation):
                yield from models(inner)

    for model in models(kind.model):
        for name in model.model_fields:
            if name in ("id", "path") and model is kind.model:
                continue
            meaning = meaning_of(model, name)
            assert HAN.search(meaning["zh"]), (model, name)
            assert meaning["en"], (model, name)
            assert (
                not HAN.search(re.sub("如|约|多|例", "", meaning["en"])) or "e.g." in meaning["en"]
            )


@by_name
def test_a_schema_describes_every_field(kind: Kind) -> None:
    schema = schema_of(kind)
    parts = [schema, *(one for one in schema.get("$defs", {}).values() if "properties" in one)]
    for part in parts:
        for name, field in part["properties"].items():
            assert field.get("description"), (part.get("title"), name)


@by_name
def test_unknown_fields_are_refused_at_every_level(kind: Kind) -> None:
    schema = schema_of(kind)
    parts = [schema, *(one for one in schema.get("$defs", {}).values() if "properties" in one)]
    assert all(part.get("additionalProperties") is False for part in parts)


@by_name
def test_the_shipped_records_validate(kind: Kind) -> None:
    paths = list(files_of(kind, ROOT))
    assert paths
    for path in paths:
        assert messages(kind, path) == [], path


@by_name
def test_the_example_archive_validates(kind: Kind) -> None:
    for path in files_of(kind, BASE):
        assert messages(kind, path) == [], path


@pytest.mark.parametrize(
    "example", sorted((EXAMPLES / "positive").iterdir()), ids=lambda one: one.name
)
def test_what_the_program_accepts_an_editor_accepts(example: Path) -> None:
    if example.name == "blank-optional-fields":
        pytest.skip("editors ask for a value after every colon; the program does not")
    for kind in EVERY_KIND:
        for path in files_of(kind, example):
            assert messages(kind, path) == [], path


SHOWN_BY_EDITORS = ["FLD001", "FLD001-inside-a-group", "FLD002", "FLD002-inside-a-group", "FLD003",
                    "FLD003-address", "FLD003-box-too-large", "FLD003-group-expected", "FLD003-id",
                    "FLD003-true-or-false", "FLD004", "FLD005"]  # fmt: skip


@pytest.mark.parametrize("name", SHOWN_BY_EDITORS)
def test_what_the_program_refuses_in_a_field_an_editor_marks(name: str) -> None:
    example = EXAMPLES / "negative" / name
    found = [
        message
        for kind in EVERY_KIND
        for path in files_of(kind, example)
        for message in messages(kind, path)
    ]
    assert found


def test_the_shipped_records_name_their_schema_by_a_path_that_leads_there() -> None:
    names = {name for name, _ in schema_files()}
    for path in sorted((ROOT / "records").rglob("*.yml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match is not None, path
        schema = (path.parent / match[1]).resolve()
        assert schema.parent == ROOT / "records" / "schemas", path
        assert schema.name in names, path


def test_the_committed_schemas_are_up_to_date() -> None:
    for name, text in schema_files():
        assert (ROOT / "records" / "schemas" / name).read_text(encoding="utf-8") == text, name


def test_schemas_are_the_same_text_every_time() -> None:
    assert list(schema_files()) == list(schema_files())
    for _, text in schema_files():
        assert text.endswith("}\n")
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@by_name
def test_the_shipped_records_are_valid_for_the_program_too(kind: Kind) -> None:
    for path in files_of(kind, ROOT):
        document, problems = parse(path.read_text(encoding="utf-8"), path.name)
        assert document is not None, problems
        record, _ = validate(kind, document, path.stem)
        assert record is not None, path
