"""From the bytes of a text file to its text, or to one problem a layman can act on.

Enter: a path. Leave: text without byte-order mark, with `\\n` line ends and no other separator of
lines. Never guesses a text into existence: bytes that are not UTF-8 are named, not converted.
"""

import codecs
import os
from pathlib import Path

from generator.problems.catalogue import YML003, YML004, YML010
from generator.problems.problem import Place, Problem, problem
from generator.reading.limits import LONGEST_FILE

# What a web page puts between lines; libyaml counts lines by them, editors do not (YAML 1.2, 5.4).
_SEPARATORS = ("\x85", "\u2028", "\u2029")
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a UTF-8 file; `name` is its path in problems (YML003, YML004, YML010)."""
    try:
        with path.open("rb") as stream:
            too_long = os.fstat(stream.fileno()).st_size > LONGEST_FILE
            content = b"" if too_long else stream.read()
    except OSError as fault:
        return problem(YML010, Place(name), detail=fault.strerror or "?")
    if too_long:
        return problem(YML004, Place(name), what="文件 file", limit=f"{LONGEST_FILE // 1024} KB")
    return decode(content, name)


def decode(content: bytes, name: str) -> str | Problem:
    """UTF-8 text with or without byte-order mark, any line ends (YML003 for anything else)."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return problem(YML003, Place(name), encoding=encoding)
    if b"\0" in content:
        return problem(YML003, Place(name), encoding=_likely(content))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return problem(YML003, _place_of(content, fault.start, name), encoding=_likely(content))
    text = _with_our_line_ends(text)
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text


def _with_our_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _likely(content: bytes) -> str:
    if content.count(0) > len(content) // 4:
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "二进制 binary"
    return "GBK (GB 18030)"


def _place_of(content: bytes, offset: int, name: str) -> Place:
    *earlier, own = _with_our_line_ends(content[:offset].decode("utf-8")).split("\n")
    return Place(name, len(earlier) + 1, len(own) + 1)
