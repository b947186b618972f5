"""Looks at a finished site as its readers' browsers would: nothing from outside, no dead link,
nothing that its audience may not read.

Enter: the site's folder, what must not leak, and what an earlier look can vouch for. Leave: problems
AUD001-AUD006 by file. Reads every other file; writes nothing.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from generator.problems.problem import Place, Problem, problem
from generator.publish.copies import in_copies
from generator.publish.finished_site import FinishedSite, Lead, Page, has_id, ids_on
from generator.publish.leaks import CODES as OF_LEAKS
from generator.publish.leaks import Leaks
from generator.publish.page_faults import AUD002, missing_essentials, page_faults, style_faults
from generator.publish.page_faults import CODES as OF_PAGES
from generator.publish.search import FOLDER as SEARCH

CODES = (*OF_PAGES, *OF_LEAKS)
_PAIRS = re.compile(f"{SEARCH}/[^/]*/pairs-[^/]*")
_IN_VOLUME = re.compile(rf"{SEARCH}/[^/]+/[^/]+\.js")
_AT_ONCE = 200  # files that a process takes at a time
_WORTH_A_PROCESS = 1000  # files, below which a copy would be made in vain, and hold much memory


class Looked(NamedTuple):
    """A site in which an earlier audit found nothing, and what of it is in this one too."""

    folder: Path
    kept: Set[str]
    """Files, and folders of the search index, that have the same bytes."""
    searched: bool
    """Whether the same secrets were looked for."""


def audit(
    folder: Path,
    leaks: Leaks | None = None,
    before: Looked | None = None,
    jobs: int = 0,
    index_written: Callable[[], object] = bool,
) -> tuple[Problem, ...]:
    """Everything that is wrong with a finished site, by file; what `leaks` looks for is nowhere.

    What `before` spares: kept files are not searched for the same secrets again, and their links
    are looked at again only where something that they may lead to is gone. `jobs` is the number of
    processes, 0 one for each core. `index_written` waits for the search index, which is looked at
    last.
    """
    leaks = leaks or Leaks()
    if before is not None and before.searched:
        leaks = leaks.outside(before.kept)
    site = FinishedSite(folder, frozenset(_files(str(folder))))
    sound = before.kept if before is not None and _holds_all_of(site, before) else frozenset()
    findings = _look(site, leaks, site.known - _in_volumes(site.known), sound, jobs)
    index_written()
    if (folder / SEARCH).is_dir():
        site.known |= {*_files(f"{folder}/{SEARCH}", f"{SEARCH}/")}
    findings += _look(site, leaks, _in_volumes(site.known), sound, jobs)
    problems = [one for found in findings for one in found.problems]
    problems += _missing_anchors(site, findings)
    leaking = [one for found in findings for one in found.leaks]
    ordered = dict.fromkeys(sorted(problems, key=lambda one: one.place.path))
    return (*ordered, *leaks.unjudged, *leaking)


def _look(
    site: FinishedSite, leaks: Leaks, names: Set[str], sound: Set[str], jobs: int
) -> list["_Findings"]:
    """What some files of a site give; links of those that are `sound` are in order."""

    def look_at(part: Sequence[str]) -> _Findings:
        found = _Findings()
        for name in part:
            _look_at(site, leaks, name, found, linked=name not in sound)
        return found

    linking = {one for one in names if one.endswith((".html", ".css")) and one not in sound}
    read = sorted({*linking, *filter(leaks.concern, names)})
    parts = [read[at : at + _AT_ONCE] for at in range(0, len(read), _AT_ONCE)]
    volumes = sorted({one.rpartition("/")[0] for one in names if _PAIRS.fullmatch(one)})
    parts += [[one] for one in volumes if leaks.concern(one)]
    return in_copies(look_at, parts, jobs if len(read) >= _WORTH_A_PROCESS else 1)


def _holds_all_of(site: FinishedSite, before: Looked) -> bool:
    """Whether all that pages of the site before may lead to is there: every file, and every anchor
    of those that changed. Nothing leads to a volume of the search index; its script looks for it.
    """
    if not before.kept:
        return False
    old = FinishedSite(before.folder, frozenset(_files(str(before.folder))))
    gone = old.known - site.known - _in_volumes(old.known)
    changed = (one for one in old.known - before.kept if one.endswith(".html"))
    return not gone and all(old.ids(one) <= site.ids(one) for one in changed)


def _in_volumes(names: Set[str]) -> Set[str]:
    """Those of a site's files that are parts of the search index."""
    return {one for one in names if one.startswith(f"{SEARCH}/") and _IN_VOLUME.fullmatch(one)}


def _files(folder: str, above: str = "") -> Iterator[str]:
    """The names of all files below a folder, parted by slashes; folders that are links are none."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{above}{entry.name}/")
            elif entry.is_file():
                yield above + entry.name


@dataclass(slots=True)
class _Findings:
    """What some files gave: faults, and what has to be compared with other files."""

    problems: list[Problem] = field(default_factory=list)
    leaks: list[Problem] = field(default_factory=list)
    wanted: list[tuple[str, Lead]] = field(default_factory=list)
    """By page, anchors of other pages that it leads to."""
    anchors: dict[str, bytes] = field(default_factory=dict)
    """By page, its ids as they are written, parted by quotation marks."""


def _missing_anchors(site: FinishedSite, findings: Sequence[_Findings]) -> Iterator[Problem]:
    anchors = {name: ids for found in findings for name, ids in found.anchors.items()}
    wanted = [one for found in findings for one in found.wanted]
    missing = set[Lead]()
    for target, leads in groupby(sorted({lead for _, lead in wanted}), key=attrgetter("target")):
        ids = anchors[target] if target in anchors else ids_on(site.content(target))
        missing.update(lead for lead in leads if not has_id(ids, lead.anchor))
    return (problem(AUD002, Place(name), url=lead.url) for name, lead in wanted if lead in missing)


def _look_at(
    site: FinishedSite, leaks: Leaks, name: str, found: _Findings, *, linked: bool
) -> None:
    """Look at one file, or at a volume of the search index; at links only where `linked`."""
    if name not in site.known:
        found.leaks += leaks.in_volume(name, site.folder / name)
        return
    content, folder = site.content(name), name.rpartition("/")[0]
    new = site.tags.new_in(folder, content) if name.endswith(".html") else None
    problems = [*_problems_of(site, Page(name, folder), content, new, found)] if linked else []
    searched = b"" if leaks.concern(name) and site.says_what_years_say(name, content) else content
    leaking = [*leaks.in_file(name, searched, new)]
    if new is not None and not problems and not leaking:
        site.tags.add(folder, new)
    found.problems += problems
    found.leaks += leaking


def _problems_of(
    site: FinishedSite, page: Page, content: bytes, new: bytes | None, found: _Findings
) -> Iterator[Problem]:
    """What is wrong with a page or a style sheet, but for leaks and anchors of other pages."""
    if page.name.endswith(".css"):
        yield from style_faults(site, page, content.decode("utf-8", "replace"))
    if not page.name.endswith(".html"):
        return
    found.anchors[page.name] = ids = ids_on(content if new is None else new)
    yield from missing_essentials(page.name, content)
    yield from page_faults(site, page, content, new)
    for lead in page.leads:
        if lead.target:
            found.wanted.append((page.name, lead))
        elif not has_id(ids, lead.anchor):
            yield problem(AUD002, Place(page.name), url=lead.url)
