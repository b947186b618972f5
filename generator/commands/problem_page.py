"""What a preview shows while there is no site to show: what is wrong, or that it is being made.

Enter: problems. Leave: a page of its own, for it may be the site's look that is broken.
"""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment

from generator.problems.problem import Bilingual, Language, Problem, printable

AS_IT_WAS = "as-it-was"
"""The query under which a page is shown as it was before the mistake."""

_TEMPLATE = Path(__file__).with_name("preview.html")
_WRONG = Bilingual("这里有错，改好存盘就会恢复", "Something is wrong: mend it and save")
_WAIT = Bilingual("正在读记录、冲洗照片……", "Reading records, developing photographs …")
_LEAD = Bilingual(
    "网站还是出错之前的样子。下面每一条说了哪个文件、第几行、该怎么写。",
    "The site is still as it was before. Each entry names the file, the line, and what to write.",
)
_BEFORE = Bilingual("先看出错之前的这一页", "Show this page as it was before")
_PLACE = Bilingual("第 {line} 行第 {column} 个字", "line {line}, column {column}")


def problem_page(problems: Sequence[Problem], language: Language, has_site: bool) -> str:
    """Every error with its place, its line and what to write instead."""
    return _page(_WRONG, language, problems, has_site)


def waiting_page(language: Language) -> str:
    """What is shown before there is anything."""
    return _page(_WAIT, language, (), has_site=False)


def _page(title: Bilingual, language: Language, problems: Sequence[Problem], has_site: bool) -> str:
    template = Environment(autoescape=True, trim_blocks=True).from_string(
        _TEMPLATE.read_text(encoding="utf-8")
    )
    return template.render(
        language=language,
        title=title.to(language),
        lead=_LEAD.to(language),
        before=_BEFORE.to(language),
        as_it_was=AS_IT_WAS,
        has_site=has_site,
        problems=[_entry(one, language) for one in problems],
    )


def _entry(one: Problem, language: Language) -> dict[str, object]:
    place = one.place
    return {
        "path": printable(place.path),
        "where": _PLACE.to(language).format(line=place.line, column=place.column),
        "message": one.message(language),
        "hint": one.hint(language),
        "code": one.code.id,
        "excerpt": _excerpt(one),
    }


def _excerpt(one: Problem) -> tuple[str, str, str] | None:
    """The line, parted into what precedes the place, the place, and what follows it."""
    line, place = printable(one.place.stated), one.place
    if not line:
        return None
    start = place.column - 1
    end = start + max(place.length, 1)
    return line[:start], line[start:end], line[end:]
