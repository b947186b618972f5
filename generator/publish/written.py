"""Checks hand-written pages without rendering them: where they lie, and their expressions.

Enter: an edition and the folder of hand-written pages. Leave: problems EXP001, CLM002, IDN005,
IDN006, PRI010, PRI011, YML003, YML010, and the figures that the pages ask for.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.archive.personal import personal_in_page
from generator.archive.prose import Numbers
from generator.archive.statistic import Statistic
from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.pages.narrative.expressions import Trial
from generator.pages.narrative.numbers import number_problems
from generator.pages.page import base_of
from generator.pages.view import view_of
from generator.problems.catalogue import IDN005, IDN006
from generator.problems.problem import Place, Problem, problem
from generator.reading.folders import files_below, shown_path
from generator.reading.text_files import read_text

NOT_PUBLISHED = "contributing"
_GUIDE = "guide/add-a-day"
OF_THE_SITE = (
    *("contribute/", "data/", "days/", "donations/", "gallery/", "members/", "photos/", "search/"),
    *("statistics/", "stories/", "timeline/", "withdrawn/", "assets/chronicle/", "assets/photos/"),
    *("404.html", "feed.json", "feed.xml", "search.html", "sitemap.xml"),
)
"""Folders and files of a site that belong to what it makes itself."""


def guide_address(docs: Path) -> str:
    """Where the hand-written guide for members is published; empty when there is none."""
    return f"{_GUIDE}.html" if (docs / f"{_GUIDE}.md").is_file() else ""


class Written(NamedTuple):
    """What is wrong with hand-written pages, and every figure they ask for, each once, sorted."""

    problems: tuple[Problem, ...]
    asked: tuple[Statistic, ...]


def check_written(edition: Edition, numbers: Numbers, root: Path, docs: Path) -> Written:
    """Every mistake in the expressions of every published Markdown page, and its stray numbers."""
    problems: list[Problem] = []
    asked: dict[tuple[str, str], Statistic] = {}
    for path in files_below(docs):
        relative, name = path.relative_to(docs), shown_path(path, root)
        if not _is_text(name):
            problems.append(problem(IDN006, Place(name)))
            continue
        problems += _misplaced(relative, name)
        if path.suffix != ".md" or relative.parts[0] == NOT_PUBLISHED:
            continue
        text = read_text(path, name)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            url = relative.with_suffix(".html").as_posix()
            trial = Trial(view_of(edition, "narrative", base_of(url)))
            expanded = expand(text, name, url, edition, trial)
            asked |= {(one.origin, one.id): one for one in expanded.asked}
            problems += (*expanded.problems, *number_problems(text, name, numbers))
            problems += personal_in_page(text, name, numbers.archive)
    return Written(tuple(problems), tuple(one for _, one in sorted(asked.items())))


def _is_text(name: str) -> bool:
    """Whether a name is characters; Linux has names of any bytes (PEP 383)."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _misplaced(path: Path, name: str) -> Iterator[Problem]:
    """IDN005 where the site itself has something; disks that ignore case would mix the two."""
    published = path.with_suffix(".html") if path.suffix == ".md" else path
    address = published.as_posix().casefold()
    for taken in OF_THE_SITE:
        if address == taken or (taken[-1] == "/" and address.startswith(taken)):
            yield problem(IDN005, Place(name), name=taken)
