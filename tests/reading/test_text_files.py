"""From bytes to text: UTF-8 in all its dresses is read, everything else is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Problem
from generator.reading.limits import LONGEST_FILE
from generator.reading.text_files import decode, read_text

NAME = "records/activities/2020-03-04-visit.yml"
TEXT = "date: 2020-03-04\ntitle: 走访一号楼\n"


def problem_of(content: bytes) -> Problem:
    found = decode(content, NAME)
    assert isinstance(found, Problem)
    return found


def test_a_byte_order_mark_is_passed_over() -> None:
    assert decode(TEXT.encode("utf-8-sig"), NAME) == TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_ours(end: str) -> None:
    assert decode(TEXT.replace("\n", end).encode("utf-8"), NAME) == TEXT


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_separators_that_editors_do_not_show_become_spaces(separator: str) -> None:
    assert decode(f"a{separator}b".encode(), NAME) == "a b"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_the_windows_encoding_of_chinese_is_recognised(encoding: str) -> None:
    problem = problem_of(TEXT.encode(encoding))
    assert problem.code.id == "YML003"
    assert "GBK" in problem.message("zh")
    assert (problem.place.line, problem.place.column) == (2, 8)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_notepad_calls_unicode_is_recognised(encoding: str) -> None:
    problem = problem_of(TEXT.encode(encoding))
    assert problem.code.id == "YML003"
    assert "UTF-16" in problem.message("zh")


def test_a_picture_called_yml_is_no_text() -> None:
    problem = problem_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    assert problem.code.id == "YML003"


def test_one_wrong_byte_is_found_where_it_stands() -> None:
    problem = problem_of("a: 1\nb: 户部".encode() + b"\xff" + "巷\n".encode())
    assert (problem.place.line, problem.place.column) == (2, 6)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = read_text(tmp_path / "gone.yml", NAME)
    assert isinstance(found, Problem)
    assert found.code.id == "YML010"
    assert str(tmp_path) not in found.message("zh") + found.message("en")


def test_a_folder_called_yml_is_a_problem(tmp_path: Path) -> None:
    found = read_text(tmp_path, NAME)
    assert isinstance(found, Problem)
    assert found.code.id == "YML010"


def test_a_file_of_the_greatest_length_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "long.yml"
    path.write_bytes(b"#" * LONGEST_FILE)
    assert read_text(path, NAME) == "#" * LONGEST_FILE
    path.write_bytes(b"#" * (LONGEST_FILE + 1))
    found = read_text(path, NAME)
    assert isinstance(found, Problem)
    assert found.code.id == "YML004"
    assert "512 KB" in found.message("zh")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_problem_inside_them(content: bytes) -> None:
    found = decode(content, NAME)
    if isinstance(found, Problem):
        assert found.code.id == "YML003"
        assert 1 <= found.place.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert 1 <= found.place.column <= len(content) + 1
    else:
        assert "\r" not in found


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_text_without_line_ends_is_kept_to_the_letter(text: str) -> None:
    kept = text.replace("\u2028", " ").replace("\u2029", " ")
    assert decode(text.encode("utf-8"), NAME) == kept.removeprefix("\ufeff")
