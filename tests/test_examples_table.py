"""The page of examples in the contributor docs."""

from tests.examples_table import PAGE, table


def test_the_page_of_examples_is_what_the_program_prints_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == table()
