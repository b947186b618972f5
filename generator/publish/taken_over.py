"""Puts into a new site what need not be made for it, aside while the rest is being made.

Enter: keys of sheets, the site before, and where derivatives of photographs lie in the cache.
Leave: their files in the new folder, and a `Print` for each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.publish.printed import Before, Print, copied
from generator.reading.second_process import Aside

_WORTH_A_PROCESS = 2000  # sheets

Places = Callable[[str], Iterable[tuple[str, str]]]
"""For the name of a sheet the addresses of its files, and where there is a copy of each."""


def nowhere(name: str) -> Iterable[tuple[str, str]]:
    """There is a copy of nothing."""
    return ()


class _There(NamedTuple):
    """The files of a sheet in the new folder; whether the site before had them."""

    prints: Sequence[Print]
    kept: bool


class TakenOver:
    """Sheets that are there, or are about to be.

    What the site before has not is copied from its place, if it has one: from the cache, which
    shares no file with a site, so that who writes into the one cannot spoil the other.
    """

    def __init__(
        self,
        before: Before | None,
        keys: Mapping[str, str],
        folder: Path,
        places: Places = nowhere,
        jobs: int = 0,
    ) -> None:
        known = ((name, before.printed.of(name, keys[name]) if before else None) for name in keys)
        self.likely = {name: prints for name, prints in known if prints is not None}
        """What the site before made from the same things: there unless somebody has touched it."""

        def put() -> dict[str, _There | None]:
            """What of all that is not there as it was."""
            there = ((name, _put(before, name, key, folder, places)) for name, key in keys.items())
            return {name: one for name, one in there if one != self._expected(name)}

        self._differing = Aside(put, worth=len(keys) >= _WORTH_A_PROCESS and jobs != 1)

    def _expected(self, name: str) -> _There | None:
        prints = self.likely.get(name)
        return None if prints is None else _There(prints, kept=True)

    def result(self) -> tuple[dict[str, Sequence[Print]], set[str]]:
        """Files by the name of their sheet, when all are there; which sheets the site before had.

        To be asked for once.
        """
        there: dict[str, _There | None] = {name: self._expected(name) for name in self.likely}
        there.update(self._differing.result())
        found = {name: one for name, one in there.items() if one is not None}
        prints = {name: one.prints for name, one in found.items()}
        return prints, {name for name, one in found.items() if one.kept}


def _put(before: Before | None, name: str, key: str, folder: Path, places: Places) -> _There | None:
    prints = before.take_over(name, key, folder) if before is not None else None
    if prints is not None:
        return _There(prints, kept=True)
    prints = [Print(url, copied(place, f"{folder}/{url}")) for url, place in places(name)]
    return _There(prints, kept=False) if prints else None
