"""Replaces `{{ ... }}` in hand-written Markdown by what the records say.

Enter: the Markdown of one page and an edition. Leave: Markdown with HTML in it, problems EXP001
with line and column, and the figures asked for. Expressions are evaluated by `sandbox`; code spans
and fenced code are left alone, so that guides can show them.
"""

import re
from typing import NamedTuple

from generator.archive.statistic import Statistic
from generator.pages.edition import Edition
from generator.pages.narrative.expressions import Expressions
from generator.pages.narrative.options import ExpressionError
from generator.pages.page import base_of
from generator.pages.view import view_of
from generator.problems.catalogue import EXP001
from generator.problems.problem import Place, Problem, near_words, problem

_PIECES = re.compile(
    r"(?P<code>^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)\s*$"
    # A code span ends with as many backticks, in the same paragraph.
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))"
    # No expression runs into the next: a page of nothing but `{{` must not take for ever.
    r"|\{\{(?P<expression>(?:(?!\{\{|\}\}).)*)(?P<end>\}\})?",
    re.MULTILINE | re.DOTALL,
)
_REMEDY = {
    "remedy_zh": "写法见 docs/contributing/expressions.md。",
    "remedy_en": "see docs/contributing/expressions.md.",
}


class Expanded(NamedTuple):
    """A page with every expression replaced, what was wrong, and every figure it asked for."""

    text: str
    problems: tuple[Problem, ...]
    asked: tuple[Statistic, ...]


def expand(
    text: str, path: str, url: str, edition: Edition, expressions: Expressions | None = None
) -> Expanded:
    """The page's Markdown with every expression replaced and nobody named who may not be.

    `path` and `url` are the page's own; `expressions` may be other than those of a site's page.
    """
    expressions = expressions or Expressions(view_of(edition, "narrative", base_of(url)))
    names = expressions.names()
    parts: list[str] = []
    problems: list[Problem] = []
    end = 0
    for match in _PIECES.finditer(text):
        if match["expression"] is None:
            continue
        parts.append(text[end : match.start()])
        end = match.end()
        try:
            if match["end"] is None:
                raise ExpressionError("缺少 }} the closing }} is missing")
            parts.append(_evaluate(match["expression"], names))
        except ExpressionError as fault:
            place = _place(text, path, match)
            problems.append(problem(EXP001, place, detail=str(fault), **_remedy(fault.near)))
    asked = tuple(expressions.asked.values())
    expanded = edition.mask.text("".join((*parts, text[end:])))
    return Expanded(expanded, tuple(problems), asked)


def _evaluate(source: str, names: dict[str, object]) -> str:
    # Imported here: a page without expressions needs no Jinja.
    from generator.pages.narrative.sandbox import evaluate

    return evaluate(source, names)


def _remedy(near: str | None) -> dict[str, str]:
    words = near_words(near)
    return {
        "remedy_zh": words["near_zh"] or _REMEDY["remedy_zh"],
        "remedy_en": words["near_en"] or _REMEDY["remedy_en"],
    }


def _place(text: str, path: str, match: re.Match[str]) -> Place:
    line_start = text.rfind("\n", 0, match.start()) + 1
    line = text.count("\n", 0, match.start()) + 1
    stated = text[line_start:].partition("\n")[0]
    length = len(match[0].partition("\n")[0])
    return Place(path, line, match.start() - line_start + 1, length, stated)
