"""The search index as files: what lies where, and when it changes."""

import json
import re
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publish.search import (
    ENTRIES_BYTES,
    LETTERS,
    PAIRS_BYTES,
    SIGNS,
    SearchEntry,
    begin_index,
    contents_file,
    fold,
    index_files,
    volumes,
)

MEETING = SearchEntry(
    url="days/2020-03-04.html#first-meeting",
    kind="day",
    title="第一次党员大会",
    date="2020年3月4日",
    text="晚上7:30线上报到，\n重温入党誓词。",
    thumbnail="assets/photos/ab12.webp",
    aliases=("2020-03-04", "3月4日"),
)
WORDS = re.findall(
    r"\w+", "消毒 发放 蔬菜 户部巷 社区 居民 登记 体温 巡查 值守 药品 口罩 名单 上门 楼栋"
)


def archive(size: int) -> list[SearchEntry]:
    """Entries of some thirty characters in which every word and many pairs of words occur."""
    return [
        SearchEntry(
            url=f"days/{number}.html",
            kind="day",
            title=WORDS[number % 15] + WORDS[number % 7],
            text="，".join(WORDS[(number * step) % 15] + str(number) for step in (1, 2, 4, 7)),
        )
        for number in range(size)
    ]


def part(content: bytes) -> tuple[str, Any]:
    """Read a script of the index the way a browser does: one call with a name and a value."""
    text = content.decode("utf-8")
    assert text.startswith("chronicleSearch.part(")
    assert text.endswith(");\n")
    name, value = json.loads("[" + text[len("chronicleSearch.part(") : -3] + "]")
    return name, value


def files(entries: list[SearchEntry]) -> dict[str, Any]:
    """Every file of the index by its name, with the value it hands over."""
    read = {name: part(content) for name, content in index_files(entries)}
    assert all(name == f"{inside}.js" for name, (inside, _) in read.items())
    return dict(read.values())


def numbers(written: str) -> list[int]:
    found, rest = [], 0
    for sign in written:
        if sign in LETTERS:
            found.append(rest * len(LETTERS) + LETTERS.index(sign))
            rest = 0
        else:
            rest = rest * len(SIGNS) + SIGNS.index(sign)
    return found


def stream(volume: dict[str, Any]) -> str:
    """The folded text of a volume put together again from the positions of its pairs."""
    characters: dict[int, str] = {}
    followers: dict[int, str] = {}
    for first, seconds, distances in [group for groups in volume.values() for group in groups]:
        positions = list(accumulate(numbers(distances)))
        assert not characters.keys() & set(positions), "a position is listed once"
        characters |= dict.fromkeys(positions, first)
        repeated = seconds * len(positions) if len(seconds) == 1 else seconds
        followers |= dict(zip([p + 1 for p in positions], repeated, strict=True))
    assert all(characters.get(p, "\n") == follower for p, follower in followers.items())
    return "".join(characters.get(p, "\n") for p in range(max(characters) + 1))


def test_the_same_entries_give_the_same_bytes() -> None:
    assert list(index_files(archive(300))) == list(index_files(archive(300)))


def test_an_empty_archive_has_an_index_without_volumes() -> None:
    assert files([]) == {"index": []}


def test_an_entry_is_handed_over_as_it_is_shown() -> None:
    (sheet,) = [value for name, value in files([MEETING]).items() if "/entries-" in name]
    assert sheet == [
        [
            "days/2020-03-04.html#first-meeting",
            "day",
            "第一次党员大会",
            "2020年3月4日",
            "晚上7:30线上报到， 重温入党誓词。",
            "assets/photos/ab12.webp",
        ]
    ]


def test_the_positions_of_all_pairs_give_the_folded_text_back() -> None:
    pairs = {name: value for name, value in files([MEETING]).items() if "/pairs-" in name}
    assert stream(pairs) == (
        "第一次党员大会\n2020-03-04\n3月4日\n2020年3月4日\n晚上7:30线上报到,重温入党誓词。"
    )


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_any_text_can_be_put_together_again_from_its_pairs(texts: list[str]) -> None:
    entries = [SearchEntry(f"{i}.html", "day", "题", text=text) for i, text in enumerate(texts)]
    pairs = {name: value for name, value in files(entries).items() if "/pairs-" in name}
    expected = "".join(f"题\n\n{fold(text)}\n" for text in texts)
    assert stream(pairs) == expected.rstrip("\n")


def test_scripts_stay_small_except_where_one_pair_fills_more() -> None:
    for name, content in index_files(archive(1000)):
        if "/pairs-" in name:
            _, groups = part(content)
            single = len(groups) == 1 and len(groups[0][1]) == 1
            assert single or len(content) < PAIRS_BYTES * 1.5
        if "/characters-" in name:
            assert len(content) < PAIRS_BYTES * 1.1
        if "/entries-" in name:
            assert len(content) < ENTRIES_BYTES * 1.1


def test_a_common_character_is_counted_in_every_entry_that_has_it() -> None:
    entries = archive(1500)
    written = files(entries)
    tallies = {
        one[0]: one[1:]
        for name, value in written.items()
        if "/characters-" in name
        for one in value
    }
    heads = [fold(entry.title) + fold(entry.date) for entry in entries]
    bodies = [fold(entry.text) for entry in entries]
    times = Counter("".join((*heads, *bodies)))
    assert (
        set(tallies) == {one for one, number in times.items() if number * 5 > PAIRS_BYTES} != set()
    )
    for character, (distances, counts) in tallies.items():
        found = zip(accumulate(numbers(distances)), numbers(counts), strict=True)
        assert dict(found) == {
            entry: 2 * (head + body).count(character) + (character in head)
            for entry, (head, body) in enumerate(zip(heads, bodies, strict=True))
            if character in head + body
        }


def test_a_long_text_has_a_script_of_its_own_and_is_whole() -> None:
    long = MEETING._replace(url="index.html", text="闻令而动" * 5000)
    sheets = [value for name, value in files([MEETING, long, MEETING]).items() if "entries" in name]
    assert [len(sheet) for sheet in sheets] == [1, 1, 1]


def test_volumes_hold_all_entries_in_the_order_given() -> None:
    entries = archive(6000)
    divided = list(volumes(entries))
    assert len(divided) > 1
    assert [entry for volume in divided for entry in volume.entries] == entries


@pytest.mark.parametrize("where", [0, 2900, 6000])
def test_one_more_entry_changes_the_volume_it_is_in_and_no_other(where: int) -> None:
    entries = archive(6000)
    before = {volume.name for volume in volumes(entries)}
    after = {volume.name for volume in volumes([*entries[:where], MEETING, *entries[where:]])}
    assert len(after - before) == 1


@pytest.mark.parametrize("field", ["url", "kind", "title", "date", "text", "thumbnail", "aliases"])
def test_a_volume_has_another_name_when_anything_in_it_changes(field: str) -> None:
    value = ("3月4号",) if field == "aliases" else "别的"
    (before,), (after,) = volumes([MEETING]), volumes([MEETING._replace(**{field: value})])  # type: ignore[arg-type]
    assert before.name != after.name


def test_text_that_moves_from_one_field_to_the_next_changes_the_volume() -> None:
    one = MEETING._replace(aliases=("甲", "乙"))
    two = MEETING._replace(aliases=("甲乙",))
    assert next(volumes([one])).name != next(volumes([two])).name


def test_only_volumes_that_are_not_there_yet_are_written(tmp_path: Path) -> None:
    before, after = list(volumes(archive(6000))), list(volumes([*archive(6000), MEETING]))
    there = {volume.name for volume in before}
    begin_index(after, tmp_path, there).results()
    written = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert written == {volume.name for volume in after} - there != set()
    assert (tmp_path / "index.js").read_bytes() == contents_file(after)[1]


def test_no_word_or_number_appears_among_the_positions_by_chance() -> None:
    written = "".join(
        distances
        for name, groups in files(archive(3000)).items()
        if "/pairs-" in name
        for _, _, distances in groups
    )
    assert not any(character.isdigit() for character in written)
    assert not set(written) & set("\"'\\/<>@`%&")


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ＣＰＰＣＣ　１２３", "cppcc 123"),
        ("①号楼", "1号楼"),
        ("李　辉", "李辉"),
        ("发放 400 斤", "发放400斤"),
        ("first\n  meeting", "first meeting"),
        ("消毒\n液", "消毒液"),
        ("户\u200b部\ufeff巷", "户部巷"),
        ("cafe\u0301", "café"),
        ("Straße", "straße"),
        ("𬱖", "𬱖"),
    ],
)
def test_texts_are_compared_without_regard_to_width_case_and_spacing(
    written: str, compared: str
) -> None:
    assert fold(written) == compared
