"""Recognises the mistakes that people make when typing YAML with a Chinese input method.

Enter: the text of a file and the 1-based line at which the parser stopped. Leave: the code, line,
column, length and words of a better sentence than the parser's own, or `None`. Pure.
"""

import re

from generator.problems.catalogue import YML006, YML007, YML008, YML011
from generator.problems.problem import Code

Slip = tuple[Code, int, int, dict[str, str]]
"""Code, 1-based column, length, and words of a mistake within one line."""

BRACKETS = "【｛"
"""What a list or mapping in full width begins with."""

Diagnosis = tuple[Code, int, int, int, dict[str, str]]
"""Code, 1-based line and column, length, and words of a mistake in a text."""

_FULL_WIDTH = {
    "：": ": ",
    "，": ", ",
    "、": ", ",
    "【": "[",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "－": "-",
}
WIDE_SPACES = "\u3000\u00a0"
"""Spaces that look like YAML's own and are not."""

_KEY = r"[^\s:：#\"'\[\]{},，|>-][^\s:：#\"'\[\]{},，]{0,30}"
_FULL_WIDTH_COLON = re.compile(rf"^[\s\-]*{_KEY}\s*：")
_FULL_WIDTH_BRACKET = re.compile(rf"^[\s\-]*{_KEY}\s*:\s*([【｛])")
# A title may be 【通知】; a list has commas, or ids and nothing else, between its brackets.
_LISTED = re.compile(r"[【｛](?:[^【】｛｝]*[，、,：:][^【】｛｝]*|[\x20-\x7e]*)[】｝]")
_FULL_WIDTH_DASH = re.compile(r"^ *－")
_WIDE_INDENT = re.compile(rf"^ *[{WIDE_SPACES}]")
_WIDE_AFTER_COLON = re.compile(rf"^[ \-]*{_KEY}:[{WIDE_SPACES}]")
_NO_SPACE = re.compile(rf"^[ \-]*({_KEY}):(?=[^\s:/])")
_NO_SPACE_AFTER_DASH = re.compile(r"^ *-(?=[^\s\-\[{])")
_TAB = re.compile(r"^ *\t")
_FIELD_SWALLOWED = re.compile(rf"^[ {WIDE_SPACES}]*[a-z_]+ *[：:]")
_REACH = 2  # lines before the parser's own that may hold the mistake


def diagnose(text: str, line: int) -> Diagnosis | None:
    """The likely slip of the hand at or shortly before `line`."""
    lines = text.split("\n")
    nearby = [n for n in range(line, max(0, line - _REACH - 1), -1) if n <= len(lines)]
    nearby += [n for n in range(line + 1, line + 2) if n <= len(lines)]
    for number in nearby:
        found = _slip(lines[number - 1])
        if found is not None:
            code, column, length, words = found
            return code, number, column, length, words
    return None


def _slip(stated: str) -> Slip | None:
    if match := _TAB.match(stated):
        return YML008, match.end(), 1, {}
    for pattern in (_WIDE_INDENT, _FULL_WIDTH_COLON, _FULL_WIDTH_BRACKET, _FULL_WIDTH_DASH):
        if match := pattern.match(stated):
            return _wide(stated, match.end())
    if match := _WIDE_AFTER_COLON.match(stated):
        return _wide(stated, match.end())
    if match := _NO_SPACE.match(stated):
        fixed = f"{stated[: match.end()]} {stated[match.end() :]}".strip()
        return YML007, match.end(), 1, {"found": match[1] + ":", "suggestion": fixed}
    return no_space_after_dash(stated)


def swallowed_field(stated: str) -> Slip | None:
    """A field that YAML took for more of the text above it, for want of half-width syntax."""
    return _slip(stated) if _FIELD_SWALLOWED.match(stated) else None


def is_bracketed(text: str) -> bool:
    """Whether a text was meant as a list or mapping, in full-width brackets."""
    return _LISTED.fullmatch(text) is not None


def opening_bracket(stated: str) -> Slip | None:
    """A list or mapping opened with a full-width bracket."""
    match = _FULL_WIDTH_BRACKET.match(stated)
    return _wide(stated, match.end()) if match else None


def no_space_after_dash(stated: str) -> Slip | None:
    """`-lihui`, where `- lihui` is meant."""
    match = _NO_SPACE_AFTER_DASH.match(stated)
    if match is None:
        return None
    end = match.end()
    fixed = f"{stated[:end]} {stated[end:]}".strip()
    return YML011, end, 1, {"found": stated.strip()[:30], "suggestion": fixed}


def _wide(stated: str, column: int) -> Slip:
    """A full-width character at a 1-based column, where a half-width one is syntax."""
    found = stated[column - 1]
    named = "全角空格 U+3000" if found in WIDE_SPACES else found
    wanted = "空格 space" if found in WIDE_SPACES else _FULL_WIDTH[found].strip()
    return YML006, column, 1, {"found": named, "wanted": wanted, "suggestion": half_width(stated)}


def half_width(stated: str) -> str:
    """The line with its first full-width colon, and its brackets and commas in a list, mended."""
    for space in WIDE_SPACES:
        stated = stated.replace(space, " ")
    head, colon, rest = stated.partition("：")
    if colon and ":" not in head:
        stated = f"{head}: {rest.lstrip()}"
    if re.search(r":\s*[\[【｛]", stated) or stated.lstrip().startswith("－"):
        for wide, narrow in _FULL_WIDTH.items():
            stated = stated.replace(wide, narrow)
    return re.sub(r"^(\s*-)(?=\S)", r"\1 ", stated).strip()


_REASONS = (
    (
        "unexpected end of stream",
        "引号或括号只有一半，没有成对。",
        "a quote or bracket is opened and never closed.",
    ),
    ("expected ',' or ']'", "方括号 [ 没有用 ] 收尾。", "the bracket “[” is not closed by “]”."),
    ("expected ',' or '}'", "花括号 { 没有用 } 收尾。", "the brace “{” is not closed by “}”."),
    (
        "mapping values are not allowed",
        "值里又出现了冒号加空格，请把整个值用双引号括起来。",
        "the value contains a colon and a space: put the whole value in double quotes.",
    ),
    (
        "cannot start any token",
        "值不能以这个符号开头，请把整个值用双引号括起来。",
        "a value cannot begin with this character: put the whole value in double quotes.",
    ),
    (
        "could not find expected ':'",
        "这一行不是“字段: 值”；如果是上面文字的续行，前面要缩进两格。",
        "this line is no “field: value”; if it continues the text above, indent it by two spaces.",
    ),
    (
        "undefined alias",
        "以 * 开头的文字要用双引号括起来。",
        "text that begins with “*” has to be in double quotes.",
    ),
    (
        "another document",
        "一个文件只写一条记录，请删去单独成行的 ---。",
        "a file holds one record: remove the line “---”.",
    ),
    (
        "did not find expected key",
        "这一行的缩进和别的字段没有对齐。",
        "the indentation of this line does not match that of the other fields.",
    ),
    (
        "did not find expected '-' indicator",
        "列表里这一行的缩进没有对齐，或前面少了短横。",
        "this line of a list is not aligned, or lacks its dash.",
    ),
    (
        "did not find expected <document start>",
        "这一行多出来了，前面的内容已经结束。",
        "this line stands after the end of the record.",
    ),
    (
        "characters are not allowed",
        "有看不见的控制字符，请删去重打这一行。",
        "there is an invisible control character: type the line again.",
    ),
)


def explain(parser_says: str) -> tuple[str, str]:
    """What the YAML parser objects to, in words of our own (Chinese, English)."""
    for part, zh, en in _REASONS:
        if part in parser_says:
            return zh, en
    return parser_says, parser_says
