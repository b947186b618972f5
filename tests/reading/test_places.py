"""From a path of keys back to line and column, with Chinese before and around."""

import pytest

from generator.problems.problem import Place
from generator.reading.documents import Document, parse

PATH = "records/activities/2020-03-04-visit.yml"
TEXT = """\
# 注释
date: 2020-03-04
标题: 走访
members: [李辉, lihui, "王 芳"]
figures:
  - measure: 份数
    value: {value: 900, qualifier: at_least}
  - {measure: 楼栋, value: 约700}
summary: |
  第一行
  第二行
"""


@pytest.fixture
def document() -> Document:
    found, problems = parse(TEXT, PATH)
    assert problems == ()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("location", "line", "column", "marked"),
    [
        (("date",), 2, 7, "2020-03-04"),
        (("标题",), 3, 5, "走访"),
        (("members", 0), 4, 11, "李辉"),
        (("members", 1), 4, 15, "lihui"),
        (("members", 2), 4, 22, '"王 芳"'),
        (("figures", 0, "measure"), 6, 14, "份数"),
        (("figures", 0, "value", "qualifier"), 7, 36, "at_least"),
        (("figures", 1, "value"), 8, 26, "约700"),
    ],
)
def test_a_value_is_found(
    document: Document, location: tuple[str | int, ...], line: int, column: int, marked: str
) -> None:
    place = document.place(location)
    assert (place.path, place.line, place.column) == (PATH, line, column)
    assert place.stated == TEXT.split("\n")[line - 1]
    assert place.stated[column - 1 : column - 1 + place.length] == marked


@pytest.mark.parametrize(
    ("location", "line", "column", "marked"),
    [
        (("标题",), 3, 1, "标题"),
        (("figures", 0, "value"), 7, 5, "value"),
        (("figures", 1, "measure"), 8, 6, "measure"),
    ],
)
def test_a_key_is_found(
    document: Document, location: tuple[str | int, ...], line: int, column: int, marked: str
) -> None:
    place = document.place(location, key=True)
    assert (place.line, place.column) == (line, column)
    assert place.stated[column - 1 : column - 1 + place.length] == marked


def test_a_missing_field_is_placed_at_the_group_that_lacks_it(document: Document) -> None:
    assert document.place(("figures", 1, "unit")).line == 8
    assert document.place(("title",)) == document.place(())
    assert document.place(("members", 7)).line == 4
    assert document.place(("members", "role")).line == 4


def test_text_of_several_lines_is_placed_where_it_begins(document: Document) -> None:
    place = document.place(("summary",))
    assert (place.line, place.column) == (9, 10)


def test_a_character_of_four_bytes_is_one_column() -> None:
    document, _ = parse("a: {b: 👩‍⚕️𠮷, c: x}\n", PATH)
    assert document is not None
    place = document.place(("a", "c"))
    assert place.stated[place.column - 1] == "x"


def test_a_place_by_numbers_stays_inside_the_file(document: Document) -> None:
    assert document.line_place(3, 5).stated == "标题: 走访"
    assert document.line_place(99, 99).line == len(TEXT.split("\n"))
    assert document.line_place(-1, -1) == Place(PATH, 1, 1, 1, "# 注释")
