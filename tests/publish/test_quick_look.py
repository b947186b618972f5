"""The quick look passes over no file in which the exact one finds something, whatever the form."""

import gzip
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.archive.masking import Mask, StandIn, pinyin_of
from generator.archive.sieve import Sieve, folded, squeezed
from generator.archive.withheld import Secret
from generator.publish.decoding import texts_in, views_of, without_tags
from generator.publish.leaks import Exact, Search

LETTERS = "钱守一长乐女夜里没有回家aAbBsSkKiIzZ09éÉßςΣıİſKµ李"
SIGNS = " -_.,;:!?()·~*`'\"&<>，。；：！？（）～－＿ＡＢａｂ１　\u00a0\u00ad\u200b\u0307\ufffd\n"
TEXTS = st.text(LETTERS + SIGNS, max_size=12)
VALUES = st.text(LETTERS, min_size=2, max_size=4) | st.text(LETTERS + SIGNS, min_size=3, max_size=9)
SECRETS = st.builds(Secret, st.sampled_from(["name", "id", "text"]), VALUES, st.just("member:x"))


def parted(between: str) -> Callable[[str], str]:
    return lambda text: between.join(text)


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def in_pinyin(between: str) -> Callable[[str], str]:
    def written(text: str) -> str:
        from pypinyin import lazy_pinyin

        return between.join(lazy_pinyin(text)) if pinyin_of(text) else text

    return written


FORMS: list[Callable[[str], str]] = [
    str.upper, str.lower, str.title, full_width, quote, html.escape, json.dumps,
    lambda text: "".join(f"&#{ord(one)};" for one in text),
    lambda text: "".join(f"&#x{ord(one):x}" for one in text),
    lambda text: "".join(f"\\u{{{ord(one):x}}}" for one in text),
    lambda text: f'<a title="{text}">&quot;</a>',
    lambda text: text.replace("<", "&lt;").replace('"', "&quot;"),
    *map(parted, (" ", "\n", "\u3000", "\u00ad", "·", "～", "<b>", "&nbsp;", "&lt;b&gt;", "&shy;")),
    *map(in_pinyin, ("", "-", "_", " ")),
]  # fmt: skip


@st.composite
def sites(draw: st.DrawFn) -> tuple[list[Secret], str, bytes]:
    """Secrets, and a file's name and bytes in which one of them may stand in some form."""
    secrets = draw(st.lists(SECRETS, min_size=1, max_size=4))
    text = draw(st.sampled_from(secrets)).value
    for form in draw(st.lists(st.sampled_from(FORMS), max_size=3)):
        text = form(text)
    content = f"{draw(TEXTS)}{text}{draw(TEXTS)}".encode()
    content = draw(st.sampled_from([bytes, gzip.compress, lambda raw: b"\xe9" + raw + b"\xe9"]))(
        content
    )
    return secrets, draw(TEXTS), content


@settings(max_examples=600, deadline=None)
@given(sites())
@example(([Secret("name", "钱守一", "x")], "a", b"Qian-<b>SHOU yi"))
@example(([Secret("text", "a（b", "x")], "a", "Ａ(Ｂ".encode()))
@example(([Secret("text", "，，，，", "x")], "a", "，， ，，".encode()))
def test_the_quick_look_misses_nothing(site: tuple[list[Secret], str, bytes]) -> None:
    secrets, name, content = site
    exactly = Exact(secrets).found_in((name, *texts_in(content)))
    assert Search(secrets).found_in(name, content) == exactly


@settings(max_examples=400, deadline=None)
@given(sites())
def test_a_text_that_the_quick_look_passes_over_holds_no_name(
    site: tuple[list[Secret], str, bytes],
) -> None:
    secrets, _, content = site
    text = content.decode("utf-8", "replace")
    names = [one.value for one in secrets]
    mask = Mask({one: StandIn("某人", "mouren") for one in names})
    unsieved = Mask({one: StandIn("某人", "mouren") for one in names})
    unsieved.__dict__["_sieve"] = Sieve([("",)])  # a value without letters is always held
    assert mask.text(text) == unsieved.text(text)


@settings(max_examples=400, deadline=None)
@given(st.text("<>ab \n", max_size=12))
@example("a<b>c</b>d")
@example("a > b <i>c")
def test_the_quick_look_reads_between_tags_as_the_exact_one_does(text: str) -> None:
    (views,) = views_of(text.encode())
    assert views[-1].decode() == without_tags(text)


def test_the_forms_above_are_found_at_all() -> None:
    name = Secret("name", "钱守一", "x")
    found = [Search([name]).found_in("a", form(name.value).encode()) for form in FORMS]
    assert all(one == [name] for one in found)


def test_characters_that_count_as_one_are_squeezed_alike() -> None:
    def key(text: str) -> bytes:
        return squeezed(text.encode())

    letters = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    cased = [one for one in letters if one.lower() != one or one.upper() != one]
    assert [one for one in cased if key(one) != key(one.lower())] == []
    insensitive = [one for one in cased if re.match(re.escape(one.lower()[0]), one, re.IGNORECASE)]
    assert [one for one in insensitive if key(one) != key(one.lower()[0])] == []
    assert [one for one in letters[128:] if folded(one) != one and key(one) == one.encode()] == [
        *"！（），：；？"
    ]


def test_a_value_is_held_by_what_it_is_parted_from() -> None:
    sieve = Sieve([("夜里，没有回家",), ("qian",), ("----",)])
    assert sieve.may_hold("没 有 回 家".encode()) == {0, 2}
    assert sieve.may_hold(b"Q-I-A-N") == {1, 2}
    assert sieve.may_hold(b"") == {2}


def test_a_value_is_found_across_the_parts_in_which_much_is_looked_at() -> None:
    sieve = Sieve([("钱守一",)])
    content = b"x" * ((1 << 20) - 4) + "钱守一".encode()
    assert sieve.may_hold(content) == {0}
