"""Files of a site that say nothing but what the files of their years say: searched with those.

Enter: the names of a site's files, and bytes. Leave: which files are those of a file's years, and
whether every line of it is one of theirs. What is trusted is the bytes, never how they were made.
Pure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.publish.decoding import is_packed

_OF_A_YEAR = re.compile(r"(data/[^/]+)-(?:[0-9]{4}|other)(\.[a-z]+)")


def years_of_files(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The files of the years by the file that holds all of them: `data/x-1996.csv` by that of x."""
    found: dict[str, list[str]] = {}
    for name in names:
        if match := _OF_A_YEAR.fullmatch(name):
            found.setdefault(f"{match[1]}{match[2]}", []).append(name)
    return found


def consists_of(content: bytes, parts: Iterable[bytes]) -> bool:
    """Whether every line of a text stands in one of the parts, but for a comma at its end.

    A part in which more is packed than its lines say is none.
    """
    left = {*map(_row, content.split(b"\n"))}
    for part in parts:
        if left and not is_packed(part):
            left.difference_update(map(_row, part.split(b"\n")))
    return not left and not is_packed(content)


def _row(line: bytes) -> bytes:
    return line.removesuffix(b",")
