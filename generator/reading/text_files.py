"""From the bytes of a text file to its text, or to one problem a layman can act on.

Enter: a path. Leave: text without byte-order mark, with `\\n` line ends and no other separator of
lines. Never guesses a text into existence: bytes that are not UTF-8 are named, not converted.
"""

import codecs
import os
from pathlib import Path

from generator.problems.catalogue import YML003, YML004, YML010
from generator.problems.problem import Bilingual, Place, Problem, in_both, problem
from generator.reading.limits import LONGEST_FILE

_USUAL = 16 * 1024  # bytes, above the length of nearly every file; to ask for more costs more
# What a web page puts between lines; libyaml counts lines by them, editors do not (YAML 1.2, 5.4).
_SEPARATORS = ("\x85", "\u2028", "\u2029")
_UTF_16 = Bilingual(" UTF-16", "UTF-16")
_GBK = Bilingual(" GBK（GB 18030）", "GBK (GB 18030)")
_BINARY = Bilingual("二进制文件", "no text at all")
_FILE = Bilingual("文件", "the file is")
_BOMS = ((b"\xff\xfe", _UTF_16), (b"\xfe\xff", _UTF_16))


def read_text(path: Path | str, name: str) -> str | Problem:
    """The text of a UTF-8 file; `name` is its path in problems (YML003, YML004, YML010)."""
    content = read_content(path, name)
    return content if isinstance(content, Problem) else decode(content, name)


def read_content(path: Path | str, name: str) -> bytes | Problem:
    """The bytes of a text file, which are not too many for one (YML004, YML010)."""
    try:
        stream = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))  # ten thousand of them
        try:
            content = os.read(stream, _USUAL)
            if len(content) == _USUAL:
                content += os.read(stream, LONGEST_FILE)
        finally:
            os.close(stream)
    except OSError as fault:
        return problem(YML010, Place(name), detail=fault.strerror or "?")
    if len(content) > LONGEST_FILE:
        limit = f"{LONGEST_FILE // 1024} KB"
        return problem(YML004, Place(name), limit=limit, **in_both("what", _FILE))
    return content


def decode(content: bytes, name: str) -> str | Problem:
    """UTF-8 text with or without byte-order mark, any line ends (YML003 for anything else)."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return problem(YML003, Place(name), **in_both("encoding", encoding))
    if b"\0" in content:
        return problem(YML003, Place(name), **in_both("encoding", _likely(content)))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        place = _place_of(content, fault.start, name)
        return problem(YML003, place, **in_both("encoding", _likely(content)))
    text = _with_our_line_ends(text)
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text


def _with_our_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _likely(content: bytes) -> Bilingual:
    if content.count(0) > len(content) // 4:
        return _UTF_16
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return _BINARY
    return _GBK


def _place_of(content: bytes, offset: int, name: str) -> Place:
    *earlier, own = _with_our_line_ends(content[:offset].decode("utf-8")).split("\n")
    return Place(name, len(earlier) + 1, len(own) + 1)
