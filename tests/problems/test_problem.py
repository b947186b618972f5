"""A finding as a value: it sorts, compares, speaks two languages and steers no terminal."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.reference import every_code
from generator.problems.catalogue import DAT002, REF001, YML001, YML002
from generator.problems.problem import (
    Bilingual,
    Code,
    Place,
    Severity,
    has_errors,
    in_order,
    near_words,
    problem,
)

CODES = every_code()
AT = Place("records/a.yml", 3, 5)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_an_id_is_three_letters_and_three_digits(code: Code) -> None:
    assert code.id[:3].isalpha()
    assert code.id[:3].isupper()
    assert code.id[3:].isdigit()
    assert len(code.id) == 6


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_code_explains_itself_in_both_languages(code: Code) -> None:
    for words in (code.title, code.message, code.why):
        assert words.zh
        assert words.en
    assert bool(code.hint.zh) == bool(code.hint.en)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_both_languages_of_a_sentence_say_the_same_things(code: Code) -> None:
    for words in (code.message, code.hint):
        zh, en = (
            {name.removesuffix(f"_{x}") for name in places(getattr(words, x))} for x in ("zh", "en")
        )
        assert zh == en


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_title_and_a_reason_have_no_places_to_fill(code: Code) -> None:
    for words in (code.title, code.why):
        assert places(words.zh) | places(words.en) == set()


def test_an_id_is_used_once() -> None:
    ids = [code.id for code in CODES]
    assert len(ids) == len(set(ids))


def test_severity_comes_from_the_code() -> None:
    assert problem(REF001, AT).severity is Severity.ERROR
    assert problem(DAT002, AT).severity is Severity.WARNING


def test_findings_are_sorted_by_path_line_and_column() -> None:
    shuffled = [
        problem(YML002, Place("b.yml", 1, 1), key="k", first=1),
        problem(YML002, Place("a.yml", 10, 1), key="k", first=1),
        problem(YML002, Place("a.yml", 2, 7), key="k", first=1),
        problem(YML001, Place("a.yml", 2, 7), detail_zh="甲", detail_en="a"),
        problem(YML002, Place("a.yml", 2, 1), key="k", first=1),
    ]
    places = [(one.place.path, one.place.line, one.place.column) for one in in_order(shuffled)]
    expected = [
        ("a.yml", 2, 1),
        ("a.yml", 2, 7),
        ("a.yml", 2, 7),
        ("a.yml", 10, 1),
        ("b.yml", 1, 1),
    ]
    assert places == expected
    assert in_order(reversed(shuffled)) == in_order(shuffled)


def test_the_same_finding_is_told_once() -> None:
    one = problem(YML002, AT, key="k", first=1)
    assert in_order([one, one, problem(YML002, AT, first=1, key="k")]) == (one,)


def test_only_an_error_keeps_a_site_from_being_built() -> None:
    warning = problem(DAT002, AT, date="2021", period="2020")
    assert not has_errors([warning])
    assert has_errors([warning, problem(YML002, AT, key="k", first=1)])


def test_a_suggestion_is_offered_in_both_languages_or_not_at_all() -> None:
    assert near_words("lihui") == {
        "near_zh": "是不是 “lihui”？",
        "near_en": "Did you mean “lihui”?",
    }
    assert near_words(None) == {"near_zh": "", "near_en": ""}


BRACES = Code("TST001", Severity.NOTE, *(Bilingual("{a}", "{a}"),) * 4)


@given(st.text())
def test_whatever_a_file_says_can_be_quoted(said: str) -> None:
    found = problem(BRACES, AT, a=said)
    assert len(found.message("zh")) == len(said)
    assert found.message("zh") == found.hint("en")


@pytest.mark.parametrize(
    "steering", ["\x1b[2J", "\r\n::error::x", "\u202e", "\u2028", "\x9b", "\x00", "\x7f"]
)
def test_nothing_that_steers_a_terminal_gets_into_a_sentence(steering: str) -> None:
    said = problem(BRACES, AT, a=f"李{steering}辉").message("zh")
    assert said.startswith("李")
    assert said.endswith("辉")
    assert said.isprintable()


def test_chinese_is_left_as_it_is() -> None:
    said = "李辉　说：“——你好，👩‍⚕️！”"
    assert problem(BRACES, AT, a=said).message("zh") == said


def test_the_catalogue_is_the_only_place_for_shared_codes() -> None:
    package = Path(__file__).parents[2] / "generator"
    declaring = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        if "= Code(\n" in path.read_text(encoding="utf-8")
    }
    assert declaring <= {"problems", "kinds", "archive", "pages", "publish", "photos"}
