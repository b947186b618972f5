"""Markdown of records: what people write is kept, what could harm a reader is not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.pages import markdown
from generator.pages.markdown import to_html
from generator.values.text import is_plain

ELEMENTS = {
    *("p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "hr", "h3", "h4"),
}


class _Reader(HTMLParser):
    """Gathers elements and attributes as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(to_html(text))
    return reader


def assert_harmless(text: str) -> None:
    reader = read(text)
    assert reader.elements <= ELEMENTS
    for name, value in reader.attributes:
        assert name in {"href", "title", "rel"}
        # Browsers drop these characters before they look for a scheme (WHATWG URL, section 4.4).
        address = re.sub("[\t\n\r]", "", value.strip("".join(map(chr, range(33)))))
        scheme = re.match("([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
        if name == "href" and scheme:
            assert scheme[1].lower() in {"http", "https", "mailto"}, value


KEPT = {
    "**重**": "<strong>重</strong>",
    "*轻*": "<em>轻</em>",
    "- 一\n- 二": "<ul>\n<li>一</li>\n<li>二</li>\n</ul>",
    "1. 一\n2. 二": "<ol>\n<li>一</li>\n<li>二</li>\n</ol>",
    "> 话": "<blockquote>\n<p>话</p>\n</blockquote>",
    "### 题": "<h3>题</h3>",
    "一\n\n二": "<p>一</p>\n<p>二</p>",
    "a & b < c": "<p>a &amp; b &lt; c</p>",
    "[信](mailto:a@example.org)": 'href="mailto:a@example.org"',
    '[页](../days/2020-03-04.html "那天")': 'href="../days/2020-03-04.html" title="那天"',
}


@pytest.mark.parametrize(("written", "shown"), KEPT.items())
def test_what_people_write_is_kept(written: str, shown: str) -> None:
    assert shown in to_html(written)


def test_lines_broken_inside_chinese_join_without_a_gap() -> None:
    assert to_html("走巷\n上楼，\n消杀。") == "<p>走巷上楼，消杀。</p>"


def test_lines_broken_between_latin_words_keep_their_gap() -> None:
    assert to_html("one\ntwo") == "<p>one\ntwo</p>"


def test_a_text_of_one_record_leaves_nothing_in_the_next() -> None:
    to_html("[a]: https://example.org 'x'\n\n* 开着")
    assert to_html("[a]") == "<p>[a]</p>"


PAYLOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![图](https://example.org/tracker.gif)",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import 'https://example.org/x.css';</style>",
    "<p style='background:url(https://example.org/x)'>x</p>",
    "<iframe src=https://example.org></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://example.org><input name=password></form>",
    "<a href=https://example.org onclick=alert(1)>x</a>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](https://example.org "a\\" onmouseover=\\"alert(1)")',
    "`</code><script>alert(1)</script>`",
    "    </code><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script> -->",
    "<base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<h1>大</h1><div id=content>x</div>",
    "</div></article></main>",
    "\x00<script\x00>alert(1)</script>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_loads_or_reshapes_the_page_gets_through(payload: str) -> None:
    assert_harmless(payload)
    assert_harmless(f"一段话 {payload} 又一段\n\n{payload}\n\n- {payload}")


SIGNS = st.sampled_from(["<", ">", '"', "'", "=", "`", "[", "](", ")", "/", "!", "*", "-", "\\"])
WORDS = st.sampled_from(["javascript:", "script", "img", " onerror", "href", "style", "a", "汉"])
OTHERS = st.sampled_from(["\n", "\t", "&#x3c;", "&lt;", "http://", "\x00", "    "])


@given(st.lists(SIGNS | WORDS | OTHERS, max_size=30).map("".join))
def test_no_text_whatever_becomes_anything_but_the_elements_allowed(text: str) -> None:
    assert_harmless(text)


def test_deep_nesting_is_survived() -> None:
    assert_harmless("> " * 300 + "x")
    assert_harmless("*" * 3000)
    assert_harmless("[" * 2000)


MARKS = "一二，。：A b1.:-(/%'\n\t　·“#*_~=^>&|[]!+{}`\\<"


@given(
    st.text("一二，。：·“Ab", min_size=1, max_size=3),
    st.text("一二，。：A b1.:-(/%'?;\n", max_size=30) | st.text(MARKS, max_size=12),
)
@example("一二\n三四\n\n五 a\n一", "")
@example("a: b\n\n-- c", "")
@example("１. 一", "")
def test_a_text_without_marks_becomes_what_the_library_makes_of_it(start: str, rest: str) -> None:
    text = start + rest
    with pytest.MonkeyPatch.context() as patch:
        short_way = to_html.__wrapped__(text)
        patch.setattr(markdown, "is_plain", lambda text: False)
        assert short_way == to_html.__wrapped__(text)


def test_chinese_prose_is_plain() -> None:
    assert is_plain(
        "前一天说定的事，今天接着做：\n送到3号楼 101 室（共 12 户）。\n\n几个孩子也来了。"
    )
    assert not is_plain("1. 送到")
    assert not is_plain("送到 <b>")
