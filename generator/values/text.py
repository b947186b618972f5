"""Text: the few operations on characters that every floor needs.

Text enters and text (or a count of columns) leaves. Nothing here knows a language, a record or HTML
output; in particular `strip_markdown` is for search and descriptions, and is never a sanitiser.
"""

import html
import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"

_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_REGIONAL = ("\U0001f1e6", "\U0001f1ff")
_LOOSE_END = " ,.;:!?-(（，。、；：！？—·“‘《「"

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits, signs and spaces in their ASCII form."""
    if text.isascii():
        return text
    return _FULL_WIDTH.sub(lambda match: _HALF_WIDTH[match[0]], text)


def collapse(text: str) -> str:
    """Return the text on one line: every run of white space one space, none at either end."""
    return " ".join(text.split())


def excerpt(text: str, length: int) -> str:
    """Return the collapsed text in at most `length` characters (code points), `…` included.

    What a reader sees as one character (a base with its accents, a joined emoji, a flag) is never
    cut in two, nor is a Latin word when most of the excerpt can be kept without it.
    Raises ValueError when `length` is less than 1.
    """
    if length < 1:
        raise ValueError("an excerpt has at least one character")
    line = collapse(text)
    if len(line) <= length:
        return line
    end = length - 1
    while end > 0 and not _may_cut(line, end):
        end -= 1
    end = _word_start(line, end)
    return line[:end].rstrip(_LOOSE_END) + ELLIPSIS


def _may_cut(line: str, at: int) -> bool:
    """Tell whether the characters on either side of `at` belong to different visible characters."""
    before, after = line[at - 1], line[at]
    if before == _JOINER or after == _JOINER or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return False
    if _SKIN_TONES[0] <= after <= _SKIN_TONES[1]:
        return False
    if not _REGIONAL[0] <= after <= _REGIONAL[1]:
        return True
    flags = at
    while flags > 0 and _REGIONAL[0] <= line[flags - 1] <= _REGIONAL[1]:
        flags -= 1
    return (at - flags) % 2 == 0


def _word_start(line: str, end: int) -> int:
    """Return where the Latin word cut at `end` starts, or `end` if too much would be lost."""
    start = end
    while start > 0 and _in_word(line[start - 1]) and _in_word(line[start]):
        start -= 1
    return start if start > end // 2 else end


def _in_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "'-")


def display_width(text: str) -> int:
    """Return how many columns of a terminal the text takes: East Asian wide 2, combining 0, else 1.

    Ambiguous characters count 1. Source: Unicode Standard Annex 11, East Asian Width.
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


# Each class of characters excludes its own opening mark, and lines come without white space at
# their ends, so that no input makes a pattern slow.
_LINE_MARKS = re.compile(
    r"""^(?:
        (?:>\ ?)+                            # quotation
      | \#{1,6}\                             # heading
      | [-*+]\ (?:\[[\ xX]\]\ )?             # list, task list
      | [0-9]{1,9}[.)]\                      # ordered list
      | (?:!!!|\?\?\?\+?)\ .*$               # opening line of an admonition
      | (?:```|~~~).*$                       # fence
      | (?:[-*_=]\ ?){3,}$|-+$|=+$           # rule, underline of a heading
      | (?=[\ :-]*\|)[|:-][|\ :-]*$          # the line below a table's head
      | \[[^\[\]\n]*\]:\ .*$                 # definition of a link or a footnote
    )""",
    re.MULTILINE | re.VERBOSE,
)
_TABLE_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]+\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]\n]*\])")
_CODE = re.compile(r"`+([^`]+)`+")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1")
_UNDERLINES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]+)(?<=[^\s_])\1(?!\w)")
_OTHER_PAIRS = re.compile(r"(~~|==|\^\^)(?=\S)([^~=^]+)(?<=\S)\1")


_LETTERS = (
    "A-Za-z\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u303f\u3400-\u9fff"
    "\uff01-\uff0f\uff1a-\uffef"
)
# A digit at the beginning, a full-width one too, may begin a list.
_IN_LINE = f"[{_LETTERS}0-9\uff10-\uff19,.;:?()%/-]"
_PLAIN_LINE = f"[{_LETTERS}]{_IN_LINE}*(?: {_IN_LINE}+)*"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n\n?{_PLAIN_LINE})*")


@lru_cache(maxsize=256)
def is_plain(text: str) -> bool:
    """Whether the text has no character that means anything in Markdown or HTML where it stands.

    Then its lines are lines, and what an empty line parts are paragraphs; most texts are so.
    """
    return _PLAIN.fullmatch(text) is not None


def strip_markdown(text: str) -> str:
    """Return what a reader would read of a Markdown text, on one line, without its marks.

    Links and images leave their label, code its content, HTML nothing but what stands between tags.
    Good enough for search and descriptions: it is not a parser, and its result is not safe HTML.
    """
    if is_plain(text):
        return collapse(text)
    kept: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        kept.append(match[1])
        return f"\ue000{len(kept) - 1}\ue001"

    text = text.replace("\ue000", "").replace("\ue001", "")
    # An escaped mark or a mark inside code is a character like any other: it waits outside.
    text = _CODE.sub(put_aside, _ESCAPE.sub(put_aside, _strip_lines(text)))
    text = _AUTOLINK.sub(r"\1", _COMMENT.sub(" ", text))
    text = _ATTRIBUTES.sub("", _FOOTNOTE.sub("", _TAG.sub(" ", text)))
    for _ in range(2):  # an image inside a link, emphasis inside emphasis
        text = _LINK.sub(r"\1", text)
        for pattern in (_STARS, _UNDERLINES, _OTHER_PAIRS):
            text = pattern.sub(r"\2", text)
    text = html.unescape(text)
    for _ in range(2):  # code may hold an escape
        text = re.sub("\ue000([0-9]+)\ue001", lambda match: kept[int(match[1])], text)
    return collapse(text)


def _strip_lines(text: str) -> str:
    text = "\n".join(map(collapse, text.splitlines()))
    for _ in range(3):  # a heading in a list in a quotation
        text = _LINE_MARKS.sub("", text)
    return _TABLE_ROW.sub(lambda row: row[1].replace("|", " "), text)
