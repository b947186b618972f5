"""Makes sheets and writes them, in several processes where that pays.

Enter: sheets, frames and a folder. Leave: files, and a `Print` for each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from generator.pages.page import File, Joined, Page
from generator.pages.sheet import Sheet
from generator.publish.copies import in_copies
from generator.publish.frames import Frame
from generator.publish.printed import Before, DoubleAddressError, Marks, Print, marks_of
from generator.publish.search import SearchEntry

_WORTH_A_PROCESS = 400  # single pages, below which starting another costs more than it saves
_RECORDS_A_PAGE = 40  # records in a sheet about everything that take as long as a single page
_PAGES_A_PART = 30  # that take as long as a part of the work beside
_AT_ONCE, _MOST_AT_ONCE = 60, 240  # sheets of one page that a process takes at a time

Beside = TypeVar("Beside")


def print_sheets(
    sheets: Sequence[Sheet],
    frames: Mapping[str, Frame],
    folder: Path,
    jobs: int = 0,
    records: int = 0,
    before: Before | None = None,
    beside: Sequence[Callable[[], Beside]] = (),
    busy: Callable[[], bool] = bool,
) -> tuple[list[list[Print]], list[Beside]]:
    """Make every sheet and write what is not the same in the site before; the files of each sheet.

    `records` is their number in the archive: what a sheet about all of them costs follows it.
    What comes of the work `beside`, which the same processes do, is the second answer. As long as
    others keep the cores `busy`, this process does it alone.
    """
    press = Press(frames, folder, before)

    def print_part(numbers: Sequence[int]) -> list[list[Print]]:
        return [press.print(sheets[number]) for number in numbers]

    whole = sum("/" not in sheet.name for sheet in sheets)
    pages = len(sheets) + whole * records // _RECORDS_A_PAGE + len(beside) * _PAGES_A_PART
    parts = parts_of(sheets)
    work: list[Callable[[], Any]] = [partial(print_part, numbers) for numbers in parts]
    done = in_copies(_do, [*work, *beside], jobs if pages >= _WORTH_A_PROCESS else 1, busy)
    printed = dict[int, list[Print]]()
    for numbers, prints in zip(parts, done, strict=False):
        printed.update(zip(numbers, prints, strict=True))
    return [printed[number] for number in range(len(sheets))], done[len(parts) :]


def _do(work: Callable[[], Any]) -> Any:
    return work()


def parts_of(sheets: Sequence[Sheet]) -> list[Sequence[int]]:
    """Numbers of sheets to be taken together, the longest work first.

    That is what is made of the same figures or tables, then whatever has many pages or files, each
    by itself, and in the end single pages, month by month, so that all processes end at the same
    time.
    """
    together: dict[str, list[int]] = {}
    alone: list[list[int]] = []
    small: dict[str, list[int]] = {}
    for number, sheet in enumerate(sheets):
        if sheet.together:
            together.setdefault(sheet.together, []).append(number)
        elif "/" in sheet.name:
            small.setdefault(sheet.near, []).append(number)
        else:
            alone.append([number])
    months = (numbers for _, numbers in sorted(small.items()))
    return [*together.values(), *alone, *_handfuls(months)]


def _handfuls(groups: Iterable[Sequence[int]]) -> Iterator[Sequence[int]]:
    """Numbers of groups put together until they are enough, and of large ones divided."""
    held: list[int] = []
    for group in groups:
        for number in group:
            if len(held) >= _MOST_AT_ONCE:
                yield held
                held = []
            held.append(number)
        if len(held) >= _AT_ONCE:
            yield held
            held = []
    if held:
        yield held


class Press:
    """Where sheets become files."""

    def __init__(self, frames: Mapping[str, Frame], folder: Path, before: Before | None) -> None:
        self._frames = frames
        self._folder = str(folder)
        self._before = before
        self._folders: set[str] = set()  # those known to be there

    def print(self, sheet: Sheet) -> list[Print]:
        """The files of a sheet."""
        known = self._known(sheet.name)
        return [
            self._stamped(made, known) if isinstance(made, Page) else self._written(made, known)
            for made in sheet.make()
        ]

    def print_files(self, sheet: Sheet) -> list[Print | Page]:
        """The files of a sheet, but for its pages, which are given back to be stamped."""
        known = self._known(sheet.name)
        return [
            made if isinstance(made, Page) else self._written(made, known) for made in sheet.make()
        ]

    def stamp(self, name: str, page: Page) -> Print:
        """The file of a page of the sheet of that name."""
        return self._stamped(page, self._known(name))

    def _known(self, name: str) -> Mapping[str, Marks]:
        """What marks the files of the sheet in the site before."""
        return self._before.marks(name) if self._before is not None else {}

    def _stamped(self, page: Page, known: Mapping[str, Marks]) -> Print:
        content = self._frames[page.folder].printed(page)
        marks = self._put(page.url, (content,), known.get(page.url))
        return Print(page.url, marks, True, page.listed, search_entry(page))

    def _written(self, made: File | Joined, known: Mapping[str, Marks]) -> Print:
        pieces: Iterable[bytes] = (
            made.pieces(lambda url: Path(self._folder, url).read_bytes())
            if isinstance(made, Joined)
            else (made.content,)
        )
        return Print(made.url, self._put(made.url, pieces, known.get(made.url)))

    def _put(self, url: str, pieces: Iterable[bytes], known: Marks | None) -> Marks:
        """One file that must not be there yet: one that is may be the old site's too."""
        path = f"{self._folder}/{url}"
        above = path.rpartition("/")[0]
        if above not in self._folders:
            Path(above).mkdir(parents=True, exist_ok=True)
            self._folders.add(above)
        try:
            with open(path, "xb") as stream:  # noqa: PTH123
                stream.writelines(pieces)
        except FileExistsError as fault:
            raise DoubleAddressError(url) from fault
        if known and self._before and self._before.has_the_same(url, known, path):
            return known
        return marks_of(path)


def search_entry(page: Page) -> SearchEntry | None:
    """What the search knows of a record page; nothing of one that is not to be found."""
    found = page.search
    if found is None:
        return None
    return SearchEntry(
        page.url, found.kind, found.title, found.date, found.text, found.thumbnail, found.aliases
    )
