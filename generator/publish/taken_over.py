"""Begins a new site as the one before, and puts into it what need not be made.

Enter: the site before with what is known of it, an empty folder, keys of sheets, and where
derivatives of photographs lie in the cache. Leave: files in the new folder, and a `Print` for each.
All of the site before is put there first, under another name on the disk: that needs no record, so
that a copy of this process does it while this one reads them. What is not to stay is taken away.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path

from generator.publish.printed import Before, Files, Print, Printed, copied, marks_of

_AT_ONCE = 1000  # sheets in a part

Differing = Mapping[str, Sequence[Print] | None]
"""Sheets whose files are not in the new folder as they were printed: copies of them, or none."""

Copying = Callable[[], dict[str, Sequence[Print]]]
"""A part of the copying, which gives the files by the names of their sheets."""

Places = Callable[[str], Iterable[tuple[str, str]]]
"""For the name of a sheet the addresses of its files, and where there is a copy of each."""


def lay_out(old: Path, printed: Printed, new: Path) -> Differing:
    """Have the files of every sheet of the site before in the new folder too.

    Not those of a sheet of which somebody has touched one since.
    """
    folders: set[str] = set()
    sheets = printed.prints.items()
    there = ((name, own, _put(own, str(old), str(new), folders)) for name, own in sheets)
    return {name: found for name, own, found in there if found is not own}


def site_before(old: Path, printed: Printed, differing: Differing) -> Before:
    """The site before, of which all but what differs lies in the new folder."""
    there = {name: differing.get(name, prints) for name, prints in printed.prints.items()}
    return Before(
        old, printed, {name: prints for name, prints in there.items() if prints is not None}
    )


def clear(before: Before, new: Path, names: Iterable[str]) -> None:
    """Take the files of some sheets away from the new folder; the site before has them still."""
    urls = [one.url for name in names for one in before.there.get(name, ())]
    for url in urls:
        (new / url).unlink(missing_ok=True)
    for above in {url.rpartition("/")[0] for url in urls} - {""}:
        with suppress(OSError):  # something is in it
            (new / above).rmdir()


def copies(names: Set[str], new: Path, places: Places) -> Iterator[Copying]:
    """The work, part by part, of copying the files of sheets from their places.

    From the cache, which shares no file with a site: who writes into one cannot spoil the other.
    """
    ordered = sorted(names)
    for at in range(0, len(ordered), _AT_ONCE):
        yield partial(_copied, ordered[at : at + _AT_ONCE], str(new), places)


def _copied(names: Iterable[str], new: str, places: Places) -> dict[str, Sequence[Print]]:
    folders: set[str] = set()

    def copy(url: str, at: str) -> Print:
        _make_folder(new, url, folders)
        return Print(url, copied(at, f"{new}/{url}"))

    return {name: Files.of(copy(url, at) for url, at in places(name)) for name in names}


def _make_folder(new: str, url: str, folders: set[str]) -> None:
    """Have the folder of a file; `folders` are those known to be there."""
    above = url.rpartition("/")[0]
    if above not in folders:
        Path(new, above).mkdir(parents=True, exist_ok=True)
        folders.add(above)


def _put(prints: Sequence[Print], old: str, new: str, folders: set[str]) -> Sequence[Print] | None:
    """The files of a sheet under another name: all of them, or nothing."""
    try:
        if any(marks_of(f"{old}/{one.url}") != one.marks for one in prints):
            return None
    except OSError:
        return None
    for one in prints:
        _make_folder(new, one.url, folders)
    with suppress(OSError):
        for one in prints:
            os.link(f"{old}/{one.url}", f"{new}/{one.url}")
        return prints
    # The disk cannot do that.
    return [one._replace(marks=copied(f"{old}/{one.url}", f"{new}/{one.url}")) for one in prints]
