"""Numbers in the prose of hand-written pages that nothing on record supports.

Enter: the Markdown of one page and what the archive knows. Leave: notes CLM002 with line and
column. What is not prose is passed over: expressions, code, addresses of links, and HTML tags.
"""

import re
from collections.abc import Iterator

from generator.archive.prose import Numbers, stray
from generator.problems.problem import Place, Problem

_NOT_PROSE = re.compile(
    r"^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)\s*$|(?P<ticks>`+)(?!`).+?(?P=ticks)"
    r"|\{\{.*?\}\}|<!--.*?-->|<[A-Za-z/][^>]*>|\]\([^)]*\)|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
_NOT_A_LINE = re.compile(r"[^\n]")


def number_problems(text: str, path: str, numbers: Numbers) -> Iterator[Problem]:
    """CLM002 for every such number of a page."""
    prose = _NOT_PROSE.sub(lambda match: _NOT_A_LINE.sub("\0", match[0]), text)
    for found in numbers.strays(prose):
        line_start = text.rfind("\n", 0, found.start) + 1
        line = text.count("\n", 0, found.start) + 1
        stated = text[line_start:].partition("\n")[0]
        column = found.start - line_start + 1
        yield stray(found, Place(path, line, column, len(found.written), stated))
