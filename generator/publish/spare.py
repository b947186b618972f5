"""Keeps the folder of the site before, so that the next build need not begin with an empty one.

Enter: a folder that is no longer the site, and the files of the new one. Leave: the same folder in
the cache, with those files that are the new site's too, under another name on the disk: they take
no room, and nothing lies there that is not published. To give ten thousand files a second name and
to take the first away takes longer than to make what an edit changes. Whoever begins with it looks
at every file (`taken_over.py`): it may be damaged, or brought along by somebody's proposal.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.publish.printed import Print

FOLDER = "sites"
"""Where they are kept, below the cache."""


def bring(spare: Path, folder: Path) -> None:
    """Have the spare folder, where there is one, in the place of an empty one."""
    if spare.is_symlink() or not spare.is_dir():
        return
    with suppress(OSError):  # on another disk, say
        folder.rmdir()
        spare.rename(folder)
    folder.mkdir(mode=0o755, exist_ok=True)


def put_by(folder: Path, files: Iterable[Print], spare: Path) -> None:
    """Keep a folder for the next build with those files of the new site that are in it too.

    Where it cannot be kept it stays where it is.
    """
    if folder.is_dir():
        _thin(str(folder), "", {one.url: one.marks[2] for one in files})
        with suppress(OSError):
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)


def spare_folders(cache: Path) -> list[Path]:
    """All that are kept below a cache."""
    return sorted((cache / FOLDER).iterdir()) if (cache / FOLDER).is_dir() else []


def _thin(folder: str, above: str, numbers: Mapping[str, int]) -> None:
    """Take away whatever is not, under the same address, the file with that number on the disk."""
    with os.scandir(folder) as entries:
        for entry in entries:
            url = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                _thin(entry.path, f"{url}/", numbers)
            elif numbers.get(url) != entry.inode():
                os.unlink(entry.path)  # noqa: PTH108 - ten thousand of them
