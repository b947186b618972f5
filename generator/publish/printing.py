"""Makes sheets and writes them, in several processes where that pays.

Enter: sheets, frames and a folder. Leave: files, and a `Print` for each. A process is copied from
this one (fork), so that the archive is not sent about; where that cannot be done, and for few
sheets, this process does all of it. The result is the same either way.
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generator.pages.page import File, Page
from generator.pages.sheet import Sheet
from generator.publish.frames import Frame
from generator.publish.printed import Print, digest_of
from generator.publish.search import SearchEntry

_WORTH_A_PROCESS = 400  # sheets, below which starting another costs more than it saves
_AT_ONCE = 60  # sheets of one page that a process takes at a time

_Task = tuple[Sequence[Sheet], Mapping[str, Frame], Path]
_task: _Task | None = None  # what a copied process finds in its memory


def print_sheets(
    sheets: Sequence[Sheet], frames: Mapping[str, Frame], folder: Path, jobs: int = 0
) -> list[list[Print]]:
    """Make and write every sheet; the files of each, in the order of the sheets."""
    global _task
    processes = jobs or len(os.sched_getaffinity(0)) if _may_fork() else 1
    if processes == 1 or len(sheets) < _WORTH_A_PROCESS:
        return [_print(sheet, frames, folder) for sheet in sheets]
    _task = (sheets, frames, folder)
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            parts = _parts(sheets)
            printed = dict[int, list[Print]]()
            for numbers, prints in zip(parts, pool.map(_print_part, parts), strict=True):
                printed.update(zip(numbers, prints, strict=True))
            return [printed[number] for number in range(len(sheets))]
    finally:
        _task = None


def _may_fork() -> bool:
    """Whether this process can be copied: no other thread would be cut off in it."""
    return sys.platform == "linux" and threading.active_count() == 1


def _parts(sheets: Sequence[Sheet]) -> list[Sequence[int]]:
    """Numbers of sheets to be taken together: those of many pages first and by themselves."""
    large = [number for number, sheet in enumerate(sheets) if "/" not in sheet.name]
    small = [number for number, sheet in enumerate(sheets) if "/" in sheet.name]
    starts = range(0, len(small), _AT_ONCE)
    return [*([one] for one in large), *(small[start : start + _AT_ONCE] for start in starts)]


def _print_part(numbers: Sequence[int]) -> list[list[Print]]:
    assert _task is not None
    sheets, frames, folder = _task
    return [_print(sheets[number], frames, folder) for number in numbers]


def _print(sheet: Sheet, frames: Mapping[str, Frame], folder: Path) -> list[Print]:
    return [_write(made, frames, folder) for made in sheet.make()]


def _write(made: Page | File, frames: Mapping[str, Frame], folder: Path) -> Print:
    path = folder / made.url
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(made, File):
        path.write_bytes(made.content)
        return Print(made.url, digest_of(made.content), False, False, None)
    content = frames[made.folder].stamp(made).encode("utf-8")
    path.write_bytes(content)
    return Print(made.url, digest_of(content), True, made.listed, search_entry(made))


def search_entry(page: Page) -> SearchEntry | None:
    """What the search knows of a record page; nothing of one that is not to be found."""
    found = page.search
    if found is None:
        return None
    return SearchEntry(
        page.url, found.kind, found.title, found.date, found.text, found.thumbnail, found.aliases
    )
