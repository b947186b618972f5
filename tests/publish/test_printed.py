"""What was printed: held in little room, remembered to the letter, written anew where it changed."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publish.printed import (
    Before,
    Files,
    Print,
    Printed,
    marks_of,
    read_printed,
    save_printed,
)
from generator.reading.memory import Memory

URLS = st.text("abc/.-0123456789", min_size=1, max_size=40)
MARKS = st.tuples(st.integers(0, 2**40), st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))


@given(st.lists(st.tuples(URLS, MARKS).map(lambda one: Print(*one)), max_size=6))
def test_files_held_as_one_text_are_the_same_files(prints: list[Print]) -> None:
    files = Files.of(prints)
    assert files == prints
    assert len(files) == len(prints)
    assert pickle.loads(pickle.dumps(files)) == files
    assert [files[number] for number in range(len(prints))] == prints


def prints_of(number: int, marks: int = 0) -> dict[str, list[Print]]:
    return {f"days/{n}": [Print(f"days/{n}.html", (n, marks, n))] for n in range(number)}


def test_only_what_has_changed_is_made_into_bytes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, prints = Memory(tmp_path, b"o" * 32), prints_of(500)
    save_printed(memory, "site", Printed(dict.fromkeys(prints, "1"), prints))
    before = read_printed(memory, "site", tmp_path)
    keys = {**before.keys, "days/7": "2", "days/500": "1"}
    del keys["days/8"]
    own = {name: before.prints[name] for name in keys if name != "days/500"}
    own |= {"days/7": prints_of(9, 1)["days/7"], "days/500": prints_of(501)["days/500"]}
    written: list[object] = []
    dumps = pickle.dumps

    def noted(value: object, protocol: int) -> bytes:
        written.append(value)
        return dumps(value, protocol)

    monkeypatch.setattr(pickle, "dumps", noted)
    save_printed(memory, "site", Printed(keys, own), before)
    assert len(written) <= 4, "what the engine gave, and a volume for each of three sheets"
    again = read_printed(memory, "site", tmp_path)
    assert (again.keys, again.prints) == (keys, own)


def test_a_file_made_to_the_same_bytes_is_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old, new = tmp_path / "old" / "a.html", tmp_path / "new.html"
    old.write_bytes(b"same")
    new.write_bytes(b"same")
    before, marks = Before(tmp_path / "old", Printed()), marks_of(str(old))
    assert before.has_the_same("a.html", marks, str(new))
    assert new.samefile(old)


@pytest.mark.parametrize("content", [b"else", b"longer than that"])
def test_a_file_made_to_other_bytes_stays_as_it_was_made(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.html").write_bytes(b"same")
    (tmp_path / "new.html").write_bytes(content)
    marks = marks_of(str(tmp_path / "a.html"))
    before = Before(tmp_path, Printed())
    assert not before.has_the_same("a.html", marks, str(tmp_path / "new.html"))
    assert (tmp_path / "new.html").read_bytes() == content
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["a.html", "new.html"]
