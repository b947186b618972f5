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

from generator.publish.printed import (
    Before,
    Files,
    Marks,
    Print,
    Printed,
    copied,
    marks_in,
    marks_of,
)

_AT_ONCE = 1000  # sheets in a part

Differing = Mapping[str, Sequence[Print] | None]
"""Sheets whose files are not in the new folder as they were printed: copies of them, or none."""

Copying = Callable[[], dict[str, Sequence[Print]]]
"""A part of the copying, which gives the files by the names of their sheets."""

Places = Callable[[str], Iterable[tuple[str, str]]]
"""For the name of a sheet the addresses of its files, and where there is a copy of each."""


def lay_out(old: Path, printed: Printed, new: Path) -> Differing:
    """Have in the new folder, whatever lay in it, the files of every sheet of the site before, and
    no other.

    Not those of a sheet of which somebody has touched one since.
    """
    same = _sifted(printed, str(new))
    folders: set[str] = set()
    sheets = printed.prints.items()
    there = ((name, own, _put(own, str(old), str(new), same, folders)) for name, own in sheets)
    return {name: found for name, own, found in there if found is not own}


def site_before(old: Path, printed: Printed, differing: Differing) -> Before:
    """The site before, of which all but what differs lies in the new folder."""
    if not differing:
        return Before(old, printed, printed.prints)
    there = {name: differing.get(name, prints) for name, prints in printed.prints.items()}
    return Before(
        old, printed, {name: prints for name, prints in there.items() if prints is not None}
    )


def clear(before: Before, new: Path, names: Iterable[str]) -> None:
    """Take the files of some sheets away from the new folder; the site before has them still."""
    _take_away(str(new), [one.url for name in names for one in before.there.get(name, ())])


def _take_away(new: str, urls: Sequence[str]) -> None:
    """Take files away, and folders in which nothing is left."""
    for url in urls:
        Path(new, url).unlink(missing_ok=True)
    for above in {url.rpartition("/")[0] for url in urls} - {""}:
        with suppress(OSError):  # something is in it
            Path(new, above).rmdir()


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


def _sifted(printed: Printed, new: str) -> set[str]:
    """Addresses of what lies in the new folder as it was printed; all else in it is taken away."""
    lying: dict[str, Marks] = {}
    folders: list[str] = []
    _gather(new, "", lying, folders)
    if not (lying or folders):
        return set()
    prints = [one for own in printed.prints.values() for one in own]
    same = {one.url for one in prints if lying.get(one.url) == one.marks}
    for url in lying.keys() - same:
        Path(new, url).unlink()
    needed = {url.rpartition("/")[0] for url in same}
    for folder in reversed(folders):  # what is inside before what is around it
        if folder not in needed:
            with suppress(OSError):  # a folder that is needed is in it
                Path(new, folder).rmdir()
    return same


def _gather(folder: str, above: str, lying: dict[str, Marks], folders: list[str]) -> None:
    """Everything below a folder: files with their marks, and folders, outer ones first."""
    with os.scandir(folder) as entries:
        for entry in entries:
            url = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(url)
                _gather(entry.path, f"{url}/", lying, folders)
            else:
                lying[url] = marks_in(entry.stat(follow_symlinks=False))


def _put(
    prints: Sequence[Print], old: str, new: str, same: Set[str], folders: set[str]
) -> Sequence[Print] | None:
    """The files of a sheet under another name, but for those there already: all, or nothing."""
    lacking = [one for one in prints if one.url not in same]
    if not lacking:
        return prints
    try:
        if any(marks_of(f"{old}/{one.url}") != one.marks for one in lacking):
            raise FileNotFoundError
    except OSError:
        _take_away(new, [one.url for one in prints if one.url in same])
        return None
    for one in lacking:
        _make_folder(new, one.url, folders)
    with suppress(OSError):
        for one in lacking:
            os.link(f"{old}/{one.url}", f"{new}/{one.url}")
        return prints
    # The disk cannot do that.
    return [
        one
        if one.url in same
        else one._replace(marks=copied(f"{old}/{one.url}", f"{new}/{one.url}"))
        for one in prints
    ]
