"""Text: white space, excerpts, Markdown without its marks, width on a terminal."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values import text as text_module
from generator.values.text import collapse, display_width, excerpt, half_width, strip_markdown


def test_full_width_signs_have_their_ascii_form() -> None:
    assert half_width("４００～５００，Ａ　Ｂ") == "400~500,A B"
    assert half_width("四百。") == "四百。"


def test_white_space_collapses_to_single_spaces() -> None:
    assert collapse("  a\n\t b\u3000c ") == "a b c"


# Excerpts


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("工作组 到社区", 7) == "工作组 到社区"


def test_an_excerpt_ends_in_an_ellipsis_and_not_in_a_comma() -> None:
    assert excerpt("工作组在防空巡查中，检查围挡状况", 11) == "工作组在防空巡查中…"


def test_an_excerpt_does_not_cut_a_latin_word() -> None:
    assert excerpt("the quick brown fox jumps", 13) == "the quick…"


def test_an_excerpt_cuts_a_latin_word_that_is_all_there_is() -> None:
    assert excerpt("a" * 50, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("中👨‍👩‍👧中中", 5, "中…"),
        ("🇨🇳🇨🇳🇨🇳", 4, "🇨🇳…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("\u0301\u0301\u0301", 2, "…"),
    ],
)
def test_an_excerpt_never_cuts_a_visible_character(text: str, length: int, expected: str) -> None:
    assert excerpt(text, length) == expected


def test_an_excerpt_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        excerpt("text", 0)


@given(st.text(), st.integers(1, 40))
def test_an_excerpt_is_no_longer_than_asked(text: str, length: int) -> None:
    cut = excerpt(text, length)
    assert len(cut) <= length
    assert cut == collapse(text) or cut.endswith("…")
    assert collapse(text).startswith(cut.removesuffix("…"))


# Markdown


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("# 标题", "标题"),
        ("## Title ##", "Title ##"),
        ("标题\n===\n\n正文", "标题 正文"),
        ("**2020年3月**，*斜体*。", "2020年3月，斜体。"),
        ("工作组**不**怕 ***苦***", "工作组不怕 苦"),
        ("**a *b* c**", "a b c"),
        ("__strong__ snake_case_name _em_", "strong snake_case_name em"),
        ("~~gone~~ ==marked==", "gone marked"),
        ('[户部巷](https://example.org/a_(b) "t")', "户部巷"),
        ("[户部巷][ref]\n\n[ref]: https://example.org", "户部巷"),
        ("![围挡](a.jpg){ .wide }", "围挡"),
        ("[![围挡](a.jpg)](b.html)", "围挡"),
        ("<https://example.org/>", "https://example.org/"),
        ("- 一\n- [x] 二\n1. 三", "一 二 三"),
        ("> 引用\n> > 再引", "引用 再引"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b 1 2"),
        ("一\n\n---\n\n二", "一 二"),
        ('!!! note "提示"\n    正文', "正文"),
        ("```python\nx = 1\n```", "x = 1"),
        ("`a *b* <c>`", "a *b* <c>"),
        (r"\*不是强调\*", "*不是强调*"),
        ("注[^1]\n\n[^1]: 脚注", "注"),
        ("<b>粗</b> &amp; <!-- 注释 -->细", "粗 & 细"),
        ("5 < 6 > 3", "5 < 6 > 3"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("没有标记", "没有标记"),
        ("一\r\n二\r\n", "一 二"),
        ("", ""),
    ],
)
def test_markdown_leaves_what_a_reader_reads(markdown: str, plain: str) -> None:
    assert strip_markdown(markdown) == plain


@given(st.text() | st.text("*_`[](){}<>!#-+=|~\\>. \na1汉", max_size=60))
def test_any_text_can_be_stripped(text: str) -> None:
    plain = strip_markdown(text)
    assert plain == collapse(plain)


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "*",
        "`",
        "* ",
        "**a ",
        "<",
        "<!--",
        "[a](",
        "[a](((",
        "_a ",
        "\\",
        "> ",
        "|",
        "- ",
        "==",
        "~~a",
        "`a``b```",
        " ",
        "\n",
        "|--",
        "{.",
        "![](",
        "*a*_b_",
        "#",
        " \t",
        "-",
        "_ ",
        "&",
        "\ue000",
    ],
)
def test_no_text_takes_long_to_strip(unit: str) -> None:
    def seconds(count: int) -> float:
        text, spent = unit * count + "x", []
        for _ in range(3):
            started = time.process_time()
            strip_markdown(text)
            spent.append(time.process_time() - started)
        return min(spent)

    # Twenty times the text may take a few times twenty as long, not four hundred times.
    assert seconds(20_000) < 100 * max(seconds(1_000), 0.001)


# Width


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32)))
def test_ascii_takes_one_column_each(text: str) -> None:
    assert display_width(text) == len(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("成员 abc", 8), ("，", 2), ("e\u0301", 1), ("ａ", 2), ("é", 1), ("", 0)]
)
def test_chinese_takes_two_columns_and_an_accent_none(text: str, columns: int) -> None:
    assert display_width(text) == columns


@given(st.text(), st.text())
def test_widths_add_up(a: str, b: str) -> None:
    assert display_width(a + b) == display_width(a) + display_width(b)


@given(st.text())
def test_combining_marks_take_no_column(text: str) -> None:
    base = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    assert display_width(text) == display_width(base)


@given(
    st.text("一，A·“", min_size=1, max_size=3),
    st.text("一二，。A b1.:-(/%?\n", max_size=30)
    | st.text("一a 1\n.-#*_~=|>[]!&`\\<", max_size=12),
)
def test_a_text_without_marks_is_stripped_as_any_other(start: str, rest: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        short_way = strip_markdown(start + rest)
        patch.setattr(text_module, "is_plain", lambda text: False)
        assert short_way == strip_markdown(start + rest)
