"""YAML as its second version has it: what a person wrote stays what it is."""

import pytest

from generator.reading.documents import Document, Value, parse

PATH = "records/activities/2020-03-04-visit.yml"


def read(text: str) -> Document:
    document, problems = parse(text, PATH)
    assert problems == ()
    assert document is not None
    return document


def value_of(written: str) -> Value:
    return read(f"field: {written}\n").values["field"]


@pytest.mark.parametrize(
    "written",
    [
        "no", "on", "yes", "off", "y", "N", "12:30", "1_000", "010", "0o14", "0x1F", "1e3", "-.5",
        "2020-03-04T19:30:00Z", "2020-03-04", "true", "False", "No", "1.10", "=", "<<", "约700",
        ".inf", "190:20:30", "8000多", "+86", "00", "1,000",
    ],
)  # fmt: skip
def test_a_plain_value_is_what_was_written(written: str) -> None:
    assert value_of(written) == written


@pytest.mark.parametrize("written", ["null", "Null", "NULL", "~", ""])
def test_nothing_written_is_nothing(written: str) -> None:
    assert value_of(written) is None


@pytest.mark.parametrize("written", ['"null"', "'null'", '"~"', '""', "''"])
def test_in_quotes_it_is_text(written: str) -> None:
    assert value_of(written) == written[1:-1]


def test_a_comment_is_not_part_of_a_value() -> None:
    assert value_of("户部巷 # 居委会门口") == "户部巷"
    assert value_of("户部巷#居委会门口") == "户部巷#居委会门口"


def test_a_block_keeps_its_lines_and_a_fold_joins_them() -> None:
    document = read("kept: |\n  第一行\n  第二行\nfolded: >\n  one\n  two\n")
    assert document.values == {"kept": "第一行\n第二行\n", "folded": "one two\n"}


def test_escapes_work_in_double_quotes_only() -> None:
    assert value_of(r'"\u674e\n"') == "李\n"
    assert value_of(r"'\u674e\n'") == r"\u674e\n"


def test_lists_and_groups_nest() -> None:
    document = read("a:\n- x\n- b: [1, {c: 2}]\n  d:\n")
    assert document.values == {"a": ["x", {"b": ["1", {"c": "2"}], "d": None}]}


def test_keys_are_text_too() -> None:
    assert read("no: 1\n1: 2\nnull: 3\n是: 4\n").values.keys() == {"no", "1", "null", "是"}


def test_an_alias_stands_for_what_its_anchor_holds() -> None:
    document = read("a: &team [lihui]\nb: *team\nc: &p 一号楼\nd: *p\n")
    assert document.values == {"a": ["lihui"], "b": ["lihui"], "c": "一号楼", "d": "一号楼"}


def test_a_merge_key_is_a_field_like_any_other() -> None:
    document = read("a: &a {b: 1}\nc:\n  <<: *a\n")
    assert document.values["c"] == {"<<": {"b": "1"}}


def test_a_version_directive_and_document_marks_are_no_harm() -> None:
    assert read("%YAML 1.2\n---\na: 1\n...\n").values == {"a": "1"}


@pytest.mark.parametrize("tag", ["!!str ", "! ", "!<tag:yaml.org,2002:str> "])
def test_a_value_may_be_called_the_text_that_it_is(tag: str) -> None:
    assert value_of(f"{tag}no") == "no"
