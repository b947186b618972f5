"""Puts into a new site what need not be made for it.

Enter: keys of sheets, the site before, and where derivatives of photographs lie in the cache.
Leave: their files in the new folder, and a `Print` for each. It is done in parts, which may be
shared among processes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.publish.printed import Before, Print, copied

_AT_ONCE = 1000  # sheets in a part

Places = Callable[[str], Iterable[tuple[str, str]]]
"""For the name of a sheet the addresses of its files, and where there is a copy of each."""


def nowhere(name: str) -> Iterable[tuple[str, str]]:
    """There is a copy of nothing."""
    return ()


class There(NamedTuple):
    """The files of a sheet in the new folder; whether the site before had them."""

    prints: Sequence[Print]
    kept: bool


Differing = Mapping[str, There | None]
"""What is not as it was in the site before, or not there."""


class TakenOver:
    """Sheets that are in the new folder as soon as all parts are done.

    What the site before has not is copied from its place, if it has one: from the cache, which
    shares no file with a site, so that who writes into the one cannot spoil the other.
    """

    def __init__(
        self,
        before: Before | None,
        keys: Mapping[str, str],
        folder: Path,
        places: Places = nowhere,
    ) -> None:
        self._before, self._keys, self._folder, self._places = before, keys, folder, places
        known = ((name, before.printed.of(name, keys[name]) if before else None) for name in keys)
        self.likely = {name: prints for name, prints in known if prints is not None}
        """What the site before made from the same things: there unless somebody has touched it."""

    def parts(self) -> Iterator[Callable[[], Differing]]:
        """The work, part by part."""
        names = list(self._keys)
        for at in range(0, len(names), _AT_ONCE):
            yield partial(self._part, names[at : at + _AT_ONCE])

    def here(self) -> tuple[dict[str, Sequence[Print]], set[str]]:
        """Do all of it here."""
        return self.result(part() for part in self.parts())

    def result(self, done: Iterable[Differing]) -> tuple[dict[str, Sequence[Print]], set[str]]:
        """Files by the name of their sheet; which sheets the site before had."""
        there: dict[str, There | None] = {name: self._expected(name) for name in self.likely}
        for differing in done:
            there.update(differing)
        found = {name: one for name, one in there.items() if one is not None}
        prints = {name: one.prints for name, one in found.items()}
        return prints, {name for name, one in found.items() if one.kept}

    def _part(self, names: Iterable[str]) -> Differing:
        there = ((name, self._put(name)) for name in names)
        return {name: one for name, one in there if one != self._expected(name)}

    def _expected(self, name: str) -> There | None:
        prints = self.likely.get(name)
        return None if prints is None else There(prints, kept=True)

    def _put(self, name: str) -> There | None:
        before, folder = self._before, self._folder
        kept = before.take_over(name, self._keys[name], folder) if before is not None else None
        if kept is not None:
            return There(kept, kept=True)
        prints = [Print(url, copied(at, f"{folder}/{url}")) for url, at in self._places(name)]
        return There(prints, kept=False) if prints else None
