"""Files of a site that say nothing but what the files of their years say: searched with those.

Enter: the names of a site's files, and bytes. Leave: which files are those of a file's years, and
whether every line of it is one of theirs. What is trusted is the bytes, never how they were made.
Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from generator.publish.decoding import is_packed

_OF_A_YEAR = re.compile(r"(data/[^/]+)-(?:[0-9]{4}|other)(\.[a-z]+)")


def years_of_files(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The files of the years by the file that holds all of them: `data/x-1996.csv` by that of x."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        if match := _OF_A_YEAR.fullmatch(name):
            found.setdefault(f"{match[1]}{match[2]}", []).append(name)
    return found


def consists_of(content: bytes, parts: Iterable[bytes]) -> bool:
    """Whether every line of a text stands in the parts, in that order, but for a comma at its end.

    A part in which more is packed than its lines say is none.
    """
    there = (row for part in parts if not is_packed(part) for row in _rows(part))
    return not is_packed(content) and all(row in there for row in _rows(content))


def _rows(content: bytes) -> Iterator[bytes]:
    return (line.removesuffix(b"\n").removesuffix(b",") for line in BytesIO(content))
