"""The example files: each laid over one small archive in which nothing is wrong.

`examples/negative/<CODE>[-<what>]/` holds one file, at its path below the root, that makes
that finding and no other; where the finding lies is written in the file as `expect line:column`
(1:1 where nothing is written). `examples/positive/<what>/` holds files that must be accepted.
"""

import re
from pathlib import Path

import pytest

from generator.commands.reference import every_code
from generator.problems.problem import Severity
from tests.archives import BASE, EXAMPLES, codes, copy_of_base, errors, problems_of

NEGATIVE = sorted((EXAMPLES / "negative").iterdir())
POSITIVE = sorted((EXAMPLES / "positive").iterdir())

NOT_SHOWN_BY_A_FILE = {
    "SET002": "archive.yml is missing",
    "IDN006": "a name that not every system can have",
    "IMG007": "about a record's photograph that carries words: two files",
    "YML010": "a file that the system refuses to open",
    "AUD": "about a built site, not about what it is built from",
}


def expected_place(content: bytes) -> tuple[int, int]:
    match = re.search(rb"expect (\d+):(\d+)", content)
    return (int(match[1]), int(match[2])) if match else (1, 1)


def the_file_in(folder: Path) -> Path:
    (only,) = (path for path in folder.rglob("*") if path.is_file())
    return only


def test_nothing_is_wrong_with_the_base(tmp_path: Path) -> None:
    assert problems_of(copy_of_base(tmp_path)) == ()


@pytest.mark.parametrize("example", NEGATIVE, ids=lambda path: path.name)
def test_an_example_shows_its_problem_and_no_other(example: Path, tmp_path: Path) -> None:
    problems = problems_of(copy_of_base(tmp_path, example))
    path = the_file_in(example)
    assert codes(problems) == [example.name[:6]]
    place = problems[0].place
    assert place.path == path.relative_to(example).as_posix()
    assert (place.line, place.column) == expected_place(path.read_bytes())


@pytest.mark.parametrize("example", NEGATIVE, ids=lambda path: path.name)
def test_its_sentences_are_complete_in_both_languages(example: Path, tmp_path: Path) -> None:
    (problem,) = problems_of(copy_of_base(tmp_path, example))
    for language in ("zh", "en"):
        message, hint = problem.message(language), problem.hint(language)
        assert message
        assert not re.search(r"[{}]|None|\bnan\b", message.replace("{{", "") + hint)


@pytest.mark.parametrize("example", NEGATIVE, ids=lambda path: path.name)
def test_the_marker_of_an_example_lies_inside_its_file(example: Path, tmp_path: Path) -> None:
    (problem,) = problems_of(copy_of_base(tmp_path, example))
    if problem.place.stated:
        text = (tmp_path / problem.place.path).read_text(encoding="utf-8-sig")
        assert text.split("\n")[problem.place.line - 1] == problem.place.stated
        end = problem.place.column - 1 + problem.place.length
        assert 0 < problem.place.column <= len(problem.place.stated) + 1
        assert end <= max(len(problem.place.stated), problem.place.column)


def test_every_code_has_an_example() -> None:
    shown = {path.name[:6] for path in NEGATIVE}
    exempt = tuple(NOT_SHOWN_BY_A_FILE)
    known = {code.id for code in every_code() if not code.id.startswith(exempt)}
    assert known - shown == set()
    assert shown - known == set()


@pytest.mark.parametrize("example", POSITIVE, ids=lambda path: path.name)
def test_a_positive_example_is_accepted(example: Path, tmp_path: Path) -> None:
    problems = problems_of(copy_of_base(tmp_path, example))
    assert [one for one in problems if one.severity is not Severity.NOTE] == []


def test_examples_leave_the_other_files_of_the_base_alone(tmp_path: Path) -> None:
    replaced = {
        (example.name, path.relative_to(example).as_posix())
        for example in (*NEGATIVE, *POSITIVE)
        for path in example.rglob("*")
        if path.is_file() and (BASE / path.relative_to(example)).exists()
    }
    assert {Path(path).name for _, path in replaced} <= {"archive.yml", "mkdocs.yml"}


def test_problems_of_all_files_are_reported_in_one_run(tmp_path: Path) -> None:
    root = copy_of_base(tmp_path)
    together = ["YML001", "FLD002", "DAT001", "REF001"]
    for number, code in enumerate(together):
        content = the_file_in(EXAMPLES / "negative" / code).read_bytes()
        (root / "records" / "activities" / f"number-{number}.yml").write_bytes(content)
    assert codes(problems_of(root)) == together
    assert len(errors(problems_of(root))) == 4
