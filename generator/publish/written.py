"""Checks the expressions of hand-written pages without rendering them.

Enter: an edition and the folder of hand-written pages. Leave: problems EXP001, YML003, YML010.
"""

from pathlib import Path

from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.problems.problem import Problem
from generator.reading.folders import files_below, shown_path
from generator.reading.text_files import read_text

NOT_PUBLISHED = "contributing"
_GUIDE = "guide/add-a-day"


def guide_address(docs: Path) -> str:
    """Where the hand-written guide for members is published; empty when there is none."""
    return f"{_GUIDE}.html" if (docs / f"{_GUIDE}.md").is_file() else ""


def check_written(edition: Edition, root: Path, docs: Path) -> tuple[Problem, ...]:
    """Every mistake in the expressions of every published Markdown page."""
    problems: list[Problem] = []
    for path in files_below(docs):
        relative = path.relative_to(docs)
        if path.suffix != ".md" or relative.parts[0] == NOT_PUBLISHED:
            continue
        name = shown_path(path, root)
        text = read_text(path, name)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            url = relative.with_suffix(".html").as_posix()
            problems += expand(text, name, url, edition)[1]
    return tuple(problems)
