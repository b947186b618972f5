"""Identifiers: which stems are allowed, which known one was meant, and how one is made."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values.identifiers import closest, is_identifier, slugify


@pytest.mark.parametrize("text", ["lihui", "2020-03-04-first-meeting", "a", "0", "a--b", "a" * 100])
def test_lower_case_letters_digits_and_hyphens_are_an_identifier(text: str) -> None:
    assert is_identifier(text)


@pytest.mark.parametrize(
    "text", ["", "-a", "LiHui", "李辉", "a b", "a_b", "a.b", "a/b", "a\n", "é", "a" * 101, "１"]
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_identifier(text)


@pytest.mark.parametrize("text", ["con", "nul", "aux", "prn", "com1", "com9", "lpt1", "lpt9"])
def test_a_windows_device_is_not_an_identifier(text: str) -> None:
    assert not is_identifier(text)
    assert is_identifier(f"{text}-a")


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("lihiu", ["lihai", "lihui", "zhang"], "lihui"),
        ("LiHui", ["lihua", "lihui"], "lihui"),
        ("figuers", ["figures", "photos"], "figures"),
        ("李晖", ["王明", "李辉"], "李辉"),
        ("翟天三", ["梅雪", "翟天山"], "翟天山"),
        ("a2", ["a1", "b1"], "a1"),
        ("张三", ["李四"], None),
        ("zzz", ["lihui"], None),
        ("lihui", [], None),
        ("", ["lihui"], None),
    ],
)
def test_the_closest_candidate_is_what_was_probably_meant(
    word: str, candidates: list[str], expected: str | None
) -> None:
    assert closest(word, candidates) == expected


@given(st.text("abc", max_size=6), st.lists(st.text("abc", max_size=6), max_size=8), st.integers())
def test_the_closest_does_not_depend_on_the_order_of_candidates(
    word: str, candidates: list[str], seed: int
) -> None:
    shuffled = random.Random(seed).sample(candidates, len(candidates))
    assert closest(word, shuffled) == closest(word, candidates)


@given(st.text(min_size=1, max_size=8), st.lists(st.text(max_size=8), max_size=8))
def test_a_known_word_is_closest_to_itself(word: str, others: list[str]) -> None:
    candidates = [other for other in others if other.casefold() != word.casefold()]
    if word == word.strip():
        assert closest(word, [*candidates, word]) == word


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("First Meeting", "first-meeting"),
        ("  A -- B!  ", "a-b"),
        ("café au lait", "cafe-au-lait"),
        ("ＦＵＬＬ", "full"),
        ("户部巷 Huxiang 社区", "huxiang"),
        ("a汉b", "a-b"),
        ("户部巷", ""),
        ("con", "con-1"),
    ],
)
def test_a_slug_keeps_latin_letters_and_digits(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=200))
def test_a_slug_is_an_identifier_or_nothing(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_identifier(slug)
    assert slugify(slug) == slug
