"""A file joined of its years is searched with them, and only while it says nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.withheld import Secret
from generator.publish import leaks
from generator.publish.audit import audit
from generator.publish.of_years import consists_of, years_of_files
from tests.sites import write_archive

SECRET = Secret("name", "钱守一", "member:qian")
PAGE = '<!doctype html><html lang="zh"><title>题</title><body></body></html>'
ROWS = st.lists(st.text("ab,\"' ", max_size=4).map("{};".format).map(str.encode), max_size=4)


def test_files_of_years_are_known_by_their_names() -> None:
    names = ["data/a.csv", "data/a-1996.csv", "data/a-other.csv", "data/b-1996.json", "days/c-1996.csv"]  # fmt: skip
    assert years_of_files(names) == {
        "data/a.csv": ["data/a-1996.csv", "data/a-other.csv"],
        "data/b.json": ["data/b-1996.json"],
    }


def listed(rows: list[bytes]) -> bytes:
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_a_list_of_all_rows_of_the_parts_consists_of_them(parts: list[list[bytes]]) -> None:
    assert consists_of(listed([row for rows in parts for row in rows]), map(listed, parts))


@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(0, 20))
def test_a_line_that_no_part_has_is_noticed(parts: list[list[bytes]], at: int) -> None:
    rows = [row for own in parts for row in own]
    rows.insert(at, b"of no part")
    assert not consists_of(listed(rows), map(listed, parts))


def test_lines_in_another_order_are_not_those_of_the_parts() -> None:
    assert consists_of(b"a\nb\n", [b"a\n", b"b\n"])
    assert not consists_of(b"b\na\n", [b"a\n", b"b\n"])


def test_what_is_packed_is_not_compared_by_lines() -> None:
    packed = b"PK\x03\x04\nrow\n"
    assert not consists_of(b"row\n", [packed])
    assert not consists_of(packed, [b"PK\x03\x04\nrow\n"])


def site(folder: Path, whole: str, year: str) -> Path:
    return write_archive(folder, {"index.html": PAGE, "data/a.csv": whole, "data/a-1996.csv": year})


@pytest.mark.parametrize(
    ("whole", "year", "leaking"),
    [
        ("h\nx\n", "h\nx\n", []),
        ("h\n钱守一\n", "h\nx\n", ["data/a.csv"]),
        ("h\nx\n钱守\n一\n", "h\nx\n", ["data/a.csv"]),
        ("h\n钱守一\n", "h\n钱守一\n", ["data/a-1996.csv"]),
        ("h\n钱守\n一\n", "h\n钱守\n一\n", ["data/a-1996.csv"]),
    ],
)
def test_a_leak_is_found_in_the_whole_or_in_a_year(
    tmp_path: Path, whole: str, year: str, leaking: list[str]
) -> None:
    problems = audit(site(tmp_path, whole, year), leaks.Leaks((SECRET,)))
    assert [one.place.path for one in problems] == leaking


def test_a_whole_is_not_searched_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: dict[str, bytes] = {}
    found_in = leaks.Search.found_in

    def noted(self: leaks.Search, name: str, content: bytes, new: bytes | None) -> list[Secret]:
        searched[name] = content
        return found_in(self, name, content, new)

    monkeypatch.setattr(leaks.Search, "found_in", noted)
    audit(site(tmp_path, "h\nx\n", "h\nx\n"), leaks.Leaks((SECRET,)))
    assert (searched["data/a.csv"], searched["data/a-1996.csv"]) == (b"", b"h\nx\n")
