"""What reading refuses: each with a code and a place in the file, and never with an exception."""

import time
from collections.abc import Callable

import pytest

from generator.problems.problem import Problem
from generator.reading.documents import Document, parse
from generator.reading.limits import DEEPEST_NESTING, LONGEST_FILE, MOST_NODES

PATH = "records/activities/2020-03-04-visit.yml"


def refused(text: str) -> Problem:
    document, problems = parse(text, PATH)
    assert document is None
    (only,) = problems
    return only


def at(problem: Problem) -> tuple[str, int, int]:
    return problem.code.id, problem.place.line, problem.place.column


def test_a_field_given_twice_keeps_its_first_value() -> None:
    document, problems = parse("a: 1\nb: 2\na: 3\n", PATH)
    assert document is not None
    assert document.values == {"a": "1", "b": "2"}
    assert [at(one) for one in problems] == [("YML002", 3, 1)]
    assert "第 1 行" in problems[0].message("zh")


def test_a_field_given_twice_deep_inside_is_found() -> None:
    _, problems = parse("people:\n  - {by: 李辉, text: 好, by: 王芳}\n", PATH)
    assert [at(one) for one in problems] == [("YML002", 2, 23)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", 4),
        ("a: !!int 3\n", 4),
        ("a: !secret x\n", 4),
        ("a: [1, !!set {x}]\n", 8),
        ("!!omap\na: 1\n", 1),
        ("a: !!binary aGk=\n", 4),
        ("a: !!timestamp 2020-03-04\n", 4),
    ],
)
def test_tags_are_refused(text: str, column: int) -> None:
    assert at(refused(text)) == ("YML005", 1, column)


def billion_laughs(levels: int = 9) -> str:
    lines = ["a0: &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def long_text_many_times() -> str:
    return f"a: &a {'哈' * 100_000}\nb: [{', '.join(['*a'] * 15_000)}]\n"


def test_a_bomb_of_aliases_is_refused_where_it_goes_too_far() -> None:
    problem = refused(billion_laughs())
    assert problem.code.id == "YML004"
    assert problem.place.line == 4


def test_a_long_text_cannot_be_multiplied_by_aliases() -> None:
    assert at(refused(long_text_many_times()))[:2] == ("YML004", 2)


def many_lines_many_times() -> str:
    lines = "".join("  一行\n" for _ in range(9_000))
    return f"a: &a\n{lines}" + "".join(f"k{n}: *a\n" for n in range(15_000))


def test_a_field_given_twice_does_not_hide_a_bomb() -> None:
    twenty_twice = "".join("x: 1\n" for _ in range(30))
    document, problems = parse(twenty_twice + billion_laughs(), PATH)
    assert document is None
    assert problems


def test_aliases_of_honest_people_are_no_bomb() -> None:
    team = ", ".join(f"member-{n:02}" for n in range(50))
    document, problems = parse(
        f"a: &a [{team}]\n" + "".join(f"b{n}: *a\n" for n in range(100)), PATH
    )
    assert problems == ()
    assert document is not None


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "&a\nb: *a\n", "a: &a {b: {c: *a}}\n"])
def test_what_contains_itself_is_refused(text: str) -> None:
    assert refused(text).code.id == "YML004"


DEEP = {
    "brackets": lambda n: "a: " + "[" * n + "]" * n,
    "brackets never closed": lambda n: "a: " + "[" * n,
    "braces": lambda n: "{a: " * n + "1" + "}" * n,
    "dashes in one line": lambda n: "a:\n" + "- " * n + "x",
    "dashes at the top": lambda n: "- " * n,
    "question marks": lambda n: "? " * n,
    "mixed": lambda n: "a: " + "[{b: " * n,
    "tabs": lambda n: "a:\n  " + "-\t" * n,
    "indentation": lambda n: "".join(" " * m + "a:\n" for m in range(min(n, 1000))),
    "anchored": lambda n: "a: " + "".join(f"&x{m} [" for m in range(n)),
}


@pytest.mark.parametrize("depth", [DEEPEST_NESTING + 5, 900, 60_000])
@pytest.mark.parametrize("form", DEEP)
def test_deep_nesting_is_refused_and_stops_nothing(form: str, depth: int) -> None:
    make: Callable[[int], str] = DEEP[form]
    problem = refused(make(depth)[:LONGEST_FILE])
    assert problem.code.id in ("YML004", "YML001", "YML008", "YML009")


def test_nesting_within_the_limit_is_read() -> None:
    document, problems = parse("a: " + "[" * 20 + "]" * 20, PATH)
    assert problems == ()
    assert document is not None


def test_many_brackets_side_by_side_are_not_deep() -> None:
    links = "、".join(f"[链接{n}](https://example.org/{n})" for n in range(1500))
    document, problems = parse(f"summary: |\n  {links}\n", PATH)
    assert problems == ()
    assert document is not None


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n}: 1\n" for n in range(MOST_NODES + 1)),
        f"a: [{', '.join('1' * (MOST_NODES + 1))}]\n",
        "a:\n" + "- b: 1\n" * MOST_NODES,
    ],
    ids=["fields", "entries", "groups"],
)
def test_more_values_than_any_honest_record_has_are_refused(text: str) -> None:
    assert refused(text).code.id == "YML004"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x9f", "\ufffe", "\ud800"])
def test_a_control_character_is_named_where_it_stands(character: str) -> None:
    assert at(refused(f"a: 1\nb: 户部{character}巷\n")) == ("YML001", 2, 6)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\n---\nb: 2\n", ("YML001", 2, 1)),
        ('a: "户部巷\nb: 1\n', ("YML001", 1, 4)),
        ("a: [1, 2\nb: 1\n", ("YML001", 1, 4)),
        ("a: 1: 2\n", ("YML001", 1, 5)),
        ("a: *nobody\n", ("YML001", 1, 4)),
        ("a: @home\n", ("YML001", 1, 4)),
        ("a:\n - 1\n  - 2\n - 3\nb: 1\n  c: 2\n", ("YML001", 6, 4)),
    ],
)
def test_syntax_is_reported_where_it_has_to_be_mended(
    text: str, place: tuple[str, int, int]
) -> None:
    assert at(refused(text)) == place


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# 只有注释\n", "---\n", "null", "走访\n", "- a\n", "[a]\n"]
)
def test_what_is_no_set_of_fields_is_refused(text: str) -> None:
    problem = refused(text)
    assert problem.code.id == "YML009"
    assert problem.place.line >= 1


def test_a_group_as_a_field_name_is_refused() -> None:
    assert at(refused("? [a, b]\n: c\n")) == ("YML009", 1, 3)


def test_the_parser_speaks_chinese_and_english() -> None:
    problem = refused("a: [1, 2\n")
    assert "方括号" in problem.message("zh") or "括号" in problem.message("zh")
    assert "bracket" in problem.message("en")


def test_at_most_twenty_problems_of_one_file_are_told() -> None:
    document, problems = parse("a: 1\n" * 5000, PATH)
    assert isinstance(document, Document)
    assert len(problems) == 20


@pytest.mark.parametrize(
    "make",
    [billion_laughs, long_text_many_times, many_lines_many_times],
    ids=["laughs", "text", "lines"],
)
def test_a_bomb_is_refused_before_it_goes_off(make: Callable[[], str]) -> None:
    honest = "a: " + "字" * 150_000
    text = make()
    start = time.process_time()
    for _ in range(20):
        parse(honest, PATH)
    allowed = (time.process_time() - start) * 10 + 0.5
    start = time.process_time()
    parse(text, PATH)
    assert time.process_time() - start < allowed
