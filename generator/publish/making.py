"""Has every sheet and every photograph in a new site: made again only where something changed.

Enter: an edition, what waits for the frames of its pages, the cache of photographs, a folder, and
the site before, which may lie there already. Leave: files, and what is to be remembered of them.
Derivatives in which the same secrets were looked for are taken over, and nothing of them is read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from generator.kinds.fields import Ref
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.page import Page
from generator.pages.registry import sheets, sheets_of_data
from generator.pages.sheet import CHARTS, FIGURES, RECORDS, Sheet
from generator.photos.cache import Cache
from generator.publish.copies import Begun
from generator.publish.frames import Frame
from generator.publish.printed import Before, Print
from generator.publish.printing import Press, print_sheets
from generator.publish.rendered import Rendered
from generator.publish.rendering import ENGINE
from generator.publish.renewal import Keys
from generator.publish.search import FOLDER as SEARCH_FOLDER
from generator.publish.taken_over import clear, copies
from generator.reading.program import program_version
from generator.reading.second_process import give_back

_WORTH_A_PROCESS = 1  # records: to draw their charts always takes longer than to make a process
_MOST_AT_ONCE = 20_000  # records and photographs of which two processes may do different things
_OF_DATA = (CHARTS, FIGURES, RECORDS)  # in this order: charts are what takes memory

Prints = dict[str, Sequence[Print]]
"""Files by the name of their sheet."""


@dataclass(frozen=True, slots=True)
class Made:
    """Keys and files by the name of a sheet, in order."""

    keys: Mapping[str, str]
    prints: Prints
    anew: tuple[str, ...]
    """Addresses of what was made and not taken over."""
    kept: frozenset[str]
    """Addresses of files that are those of the site before; they may be made to the same bytes."""
    named: frozenset[Ref] = frozenset()
    """Records whose titles stand beside figures."""


class _Changed(NamedTuple):
    """Of figures, charts or tables, their keys, and what of them was made anew.

    `made` is by the name of a sheet; pages are still to be stamped. `named` are the records whose
    titles stand in them.
    """

    keys: Mapping[str, str]
    made: Mapping[str, Sequence[Print | Page]]
    named: frozenset[Ref]


class Making:
    """The work: begun when this is made, done when it is finished.

    Figures, charts and tables take longest, and no search finds them. A copy of this process begins
    with them before it is known what else there is to do; what it takes to draw charts is gone with
    it, or when `drawn` is called: it may be more than once. While it works, two processes hold what
    both change, so that of a very large archive nothing else is done meanwhile.
    """

    def __init__(
        self,
        edition: Edition,
        render: Callable[[], Rendered],
        cache: Cache,
        folder: Path,
        before: Before | None,
        jobs: int,
        drawn: Callable[[], None],
    ) -> None:
        self._edition, self._cache, self._folder = edition, cache, folder
        self._drawn = drawn
        self._before, self._jobs = before, jobs
        large = is_large(edition)
        if large:
            give_back()
        data = [*sheets_of_data(edition)]
        self._data = {one.name for one in data}
        self._figures = {one.name for one in data if one.together != RECORDS}
        # Where nothing was printed before, nobody has to know what is to be made again.
        self._keying: Keys | None = None
        if before is not None and before.printed.keys:
            self._keying = self._keys_with(render().frames, before.printed.named)
        self._ahead = self._begin(data)
        try:
            if large:
                self._ahead.wait_for_any()  # the charts come first
                drawn()
                self._ahead.wait()
            self._wanted = {sheet.name: sheet for sheet in sheets(edition)}
            self._pictures = {f"{PHOTO_FOLDER}{one.key}": one for one in edition.pictures.values()}
            self._frames = render().frames
            keying = self._keying or self._keys_with(self._frames)
            self._keys = keying.of_pages(self._wanted.keys() - self._data)
            self._keys |= dict.fromkeys(self._pictures, searched_for(edition))
            self._kept = self._kept_of(self._keys)
            self._anew, self._copied = self._make(self._lacking())
        except BaseException:
            self._ahead.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._ahead.stop()

    @property
    def pages(self) -> Prints:
        """All pages that a search may find, in order: they are there from the beginning."""
        there = {**self._kept, **self._anew}
        return {name: there[name] for name in self._wanted if name in there}

    def finish(self) -> Made:
        """Wait for the rest, and do of it what no copy has begun with."""
        anew, kept = dict(self._anew), dict(self._kept)
        done = self._ahead.results()
        for changed in done:
            anew |= {name: self._stamped(name, own) for name, own in changed.made.items()}
            kept |= self._kept_of(changed.keys)
        named = frozenset[Ref]().union(*(one.named for one in done))
        if self._before is not None and kept.keys() & self._figures:
            named |= self._before.printed.named
        there = {**kept, **anew, **self._copied}
        prints = {name: there[name] for name in (*self._wanted, *sorted(self._pictures))}
        urls = tuple(one.url for own in anew.values() for one in own)
        same = {one.url for own in kept.values() for one in own}
        same.update(self._of_the_same_bytes(anew))
        keys = {**self._keys, **self._keys_of_data(done, named)}
        return Made(keys, prints, urls, frozenset(same), named)

    def _keys_with(self, frames: Mapping[str, Frame], named: Set[Ref] = frozenset()) -> Keys:
        return Keys(self._edition, frames, program_version(), named)

    def _keys_of_data(self, done: Sequence[_Changed], named: Set[Ref]) -> Mapping[str, str]:
        """Keys by which the next build knows them: with what is named in them now."""
        if self._keying is not None and self._keying.named == named:
            return {name: key for changed in done for name, key in changed.keys.items()}
        return self._keys_with(self._frames, named).of_data(self._data)

    def _kept_of(self, keys: Mapping[str, str]) -> Prints:
        """What lies in the new folder already and need not be made again."""
        return self._before.all_kept(keys) if self._before is not None else {}

    def _begin(self, data: Sequence[Sheet]) -> Begun[_Changed]:
        """Begin with figures, charts and tables."""
        parts = [[one for one in data if one.together == word] for word in _OF_DATA]
        worth = self._jobs != 1 and len(self._edition.archive.records) >= _WORTH_A_PROCESS
        return Begun(self._changed, [*filter(None, parts)], copies=int(worth))

    def _changed(self, data: Sequence[Sheet]) -> _Changed:
        """Make those of the sheets that are not as they were; their pages are stamped later."""
        names = [one.name for one in data]
        keys = self._keying.of_data(names) if self._keying is not None else {}
        kept = self._kept_of(keys)
        if self._before is not None:
            clear(self._before, self._folder, {*names} - kept.keys())
        press = Press({}, self._folder, self._before)
        made = {one.name: press.print_files(one) for one in data if one.name not in kept}
        return _Changed(keys, made, frozenset(self._edition.figures.named))

    def _stamped(self, name: str, own: Sequence[Print | Page]) -> Sequence[Print]:
        press = Press(self._frames, self._folder, self._before)
        return [press.stamp(name, one) if isinstance(one, Page) else one for one in own]

    def _lacking(self) -> Set[str]:
        """What is neither kept nor being made; of what is not kept, nothing is left lying there."""
        if self._before is not None:
            there = {one for one in self._before.there if one != ENGINE and not is_volume(one)}
            clear(self._before, self._folder, there - self._kept.keys() - self._data)
        return {*self._wanted, *self._pictures} - self._kept.keys() - self._data

    def _make(self, lacking: Set[str]) -> tuple[Prints, Prints]:
        """Sheets made anew, and photographs copied from the cache."""
        parts = copies(lacking & self._pictures.keys(), self._folder, self._places)
        missing = [one for name, one in self._wanted.items() if name in lacking]
        anew, copied = self._print(missing, [*parts], self._jobs, self._is_busy)
        return anew, {name: own for part in copied for name, own in part.items()}

    def _is_busy(self) -> bool:
        """Whether a copy is still at work with figures; when it is not, all charts are drawn."""
        if self._ahead.busy:
            return True
        self._drawn()
        return False

    def _print(
        self,
        missing: Sequence[Sheet],
        beside: Sequence[Callable[[], Prints]] = (),
        jobs: int = 0,
        busy: Callable[[], bool] = bool,
    ) -> tuple[Prints, list[Prints]]:
        records = len(self._edition.archive.records)
        done, others = print_sheets(
            missing, self._frames, self._folder, jobs, records, self._before, beside, busy
        )
        return {one.name: prints for one, prints in zip(missing, done, strict=True)}, others

    def _places(self, name: str) -> Iterable[tuple[str, str]]:
        """The files of a picture, and where each lies in the cache."""
        return (
            (f"{PHOTO_FOLDER}{one}", self._cache.place(one)) for one in self._pictures[name].names
        )

    def _of_the_same_bytes(self, anew: Prints) -> Iterator[str]:
        """Addresses of files made anew to the bytes of the site before, and linked there."""
        for name, own in anew.items():
            known = self._before.marks(name) if self._before is not None else {}
            yield from (one.url for one in own if known.get(one.url) == one.marks)


def is_large(edition: Edition) -> bool:
    """Whether there is so much that two processes at different work would hold too much of it."""
    return len(edition.archive.records) + len(edition.pictures) > _MOST_AT_ONCE


def searched_for(edition: Edition) -> str:
    """What tells one search for withheld values from another: the values, and how it is done."""
    return sha256(f"{program_version()} {edition.secrets}".encode()).hexdigest()


def is_volume(name: str) -> bool:
    """Whether something that was printed is a volume of the search index."""
    return name.startswith(f"{SEARCH_FOLDER}/")
