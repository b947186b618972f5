"""The reference pages of the contributor docs: complete, in two languages, and up to date."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

import generator
from generator.__main__ import main
from generator.commands.reference import every_code
from generator.kinds.reference import (
    PROBLEMS_PAGE,
    RECORDS_PAGE,
    fields_of,
    problems_reference,
    records_reference,
)
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import models_in
from generator.problems.problem import Code

ROOT = Path(__file__).parents[2]
CODES = every_code()
ALL_KINDS = (*KINDS, ARCHIVE)
HAN = re.compile("[\u4e00-\u9fff]")


def declared_codes() -> dict[str, Code]:
    """Every code that stands at the top of any module of the program, by its id."""
    found: dict[str, Code] = {}
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.endswith("__main__"):
            continue
        names = vars(importlib.import_module(module.name))
        found |= {one.id: one for one in names.values() if isinstance(one, Code)}
    return found


def section(page: str, anchor: str) -> str:
    """The part of a page that begins at an anchor and ends at the next."""
    return page.partition(f'<a id="{anchor}"></a>')[2].partition('<a id="')[0]


def test_the_committed_pages_are_up_to_date() -> None:
    result = CliRunner().invoke(main, ["reference", "--check", "--root", str(ROOT)])
    assert result.exit_code == 0, result.output


def test_every_code_that_a_module_declares_is_listed() -> None:
    assert {code.id for code in CODES} == set(declared_codes())


def test_no_code_is_declared_twice() -> None:
    assert len({code.id for code in CODES}) == len(CODES)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_code_is_three_letters_and_three_digits(code: Code) -> None:
    assert re.fullmatch("[A-Z]{3}[0-9]{3}", code.id)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_code_is_explained_in_both_languages(code: Code) -> None:
    for words in (code.title, code.message, code.why):
        assert HAN.search(words.zh)
        assert words.en
        assert not HAN.search(words.en.replace("约", "").replace("多", "").replace("余", ""))
    assert bool(code.hint.zh) == bool(code.hint.en)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_code_has_a_section_that_its_anchor_leads_to(code: Code) -> None:
    found = section(problems_reference(CODES), code.id)
    assert code.title.zh in found
    assert code.title.en in found
    assert code.why.zh in found
    assert code.why.en in found


def test_no_page_shows_the_braces_of_a_template() -> None:
    prose = re.sub("`[^`]*`", "", problems_reference(CODES))
    assert not re.search(r"\{\w+\}", prose)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_listed_with_its_meaning(kind: Kind) -> None:
    found = section(records_reference(), f"kind-{kind.name}")
    for name in fields_of(kind.model):
        row = re.search(rf"^\| `{name}` \| (.*) \|$", found, re.MULTILINE)
        assert row, name
        required, form, zh, en = re.split(r"(?<!\\) \| ", row[1])
        assert bool(required.strip()) == kind.model.model_fields[name].is_required()
        assert form
        assert HAN.search(zh)
        assert en


def test_every_field_inside_a_field_is_listed() -> None:
    page = records_reference()
    waiting: list[type[BaseModel]] = [kind.model for kind in ALL_KINDS]
    while waiting:
        for field in fields_of(waiting.pop()).values():
            for part in models_in(field.annotation):
                anchor = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", part.__name__).lower()
                found = section(page, f"part-{anchor}")
                assert all(f"| `{name}` |" in found for name in part.model_fields), anchor
                waiting.append(part)


def test_every_link_within_a_page_finds_its_anchor() -> None:
    pages = {RECORDS_PAGE: records_reference(), PROBLEMS_PAGE: problems_reference(CODES)}
    for name, text in pages.items():
        for target, anchor in re.findall(r"\]\(([\w.]*)#([\w-]+)\)", text):
            assert f'<a id="{anchor}"></a>' in pages[target or name], anchor


def test_the_check_writes_nothing_and_names_what_is_out_of_date(tmp_path: Path) -> None:
    command = ["reference", "--output", str(tmp_path / "docs")]
    missing = CliRunner().invoke(main, [*command, "--check"])
    assert missing.exit_code == 1
    assert RECORDS_PAGE in missing.output
    assert not (tmp_path / "docs").exists()
    assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, [*command, "--check"]).exit_code == 0
    (tmp_path / "docs" / PROBLEMS_PAGE).write_text("older", encoding="utf-8")
    stale = CliRunner().invoke(main, [*command, "--check"])
    assert stale.exit_code == 1
    assert RECORDS_PAGE not in stale.output
