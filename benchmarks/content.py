"""The same content for every program: a fictional archive, and its Markdown for the others.

Enter: an empty folder and a number of days. Leave: an archive to build, or Markdown files of which
each is one entry page of ours: a day with all that happened on it, a gift, a story, a member; and
a list for every month.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

KINDS = ("days", "donations", "stories", "members")
"""Folders whose pages are entries, in our site and in every other."""

_HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_RECORD = re.compile(r"^- activity:(.+)$", re.MULTILINE)


def make_archive(root: Path, days: int, *more: str) -> None:
    """A fictional archive without photographs, unless `more` asks for them."""
    _chronicle("demo", str(root), "--days", str(days), "--photos-per-day", "0", *more)


def make_markdown(root: Path, folder: Path) -> None:
    """The archive's entries as Markdown: what `chronicle export` writes, arranged as our pages."""
    exported = folder.with_name(f"{folder.name}-exported")
    _chronicle("export", str(exported), "--root", str(root))
    months = defaultdict(list)
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
        for path in sorted((exported / kind).glob("*.md")):
            if path.stem == "README":
                continue
            text = path.read_text(encoding="utf-8")
            if kind == "days":
                months[path.stem[:7]].append(path.stem)
                text = _with_records(text, exported / "activities")
            (folder / kind / path.name).write_text(_renamed_date(text), encoding="utf-8")
    (folder / "index.md").write_text("# x\n", encoding="utf-8")
    (folder / "months").mkdir()
    for month, days in months.items():
        rows = "\n".join(f"- [{day}](../days/{day}.md)" for day in days)
        text = f"---\ntitle: '{month}'\n---\n\n{rows}\n"
        (folder / "months" / f"{month}.md").write_text(text, encoding="utf-8")


def entries_of(folder: Path) -> frozenset[str]:
    """The entries among Markdown files, each by its place without suffix: `days/2020-03-04`."""
    files = (path for kind in KINDS for path in (folder / kind).glob("*.md"))
    return frozenset(_place(path.relative_to(folder).as_posix()) for path in files)


def entry_pages(site: Path, entries: frozenset[str]) -> int:
    """How many of the entries have a page, as `days/x.html` or as `days/x/index.html`."""
    pages = {_place(path.relative_to(site).as_posix()) for path in site.rglob("*.html")}
    return len(pages & entries)


def _place(name: str) -> str:
    """A file's place without suffix and in small letters: some programs write addresses so."""
    return name.removesuffix("/index.html").removesuffix(".html").removesuffix(".md").casefold()


def _with_records(text: str, activities: Path) -> str:
    """A day's text with the texts of its activities, as our page of that day has them."""
    bodies = [text]
    for id in _RECORD.findall(text):
        whole = (activities / f"{id}.md").read_text(encoding="utf-8")
        found = _HEAD.match(whole)
        bodies.append(f"#{found[2].strip()}\n" if found else whole)
    return "\n".join(bodies)


def _renamed_date(text: str) -> str:
    """Days that are uncertain are no dates to other programs."""
    return re.sub(r"^date: ", "when: ", text, count=1, flags=re.MULTILINE)


def _chronicle(*arguments: str) -> None:
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True)
