"""Keeps the folder of the site before, so that the next build need not begin with an empty one.

Enter: a folder that is no longer the site, and the files of the new one. Leave: the same folder in
the cache, with those files that are the new site's too, under another name on the disk: they take
no room, and nothing lies there that is not published. To give ten thousand files a second name and
to take the first away takes longer than to make what an edit changes. Whoever begins with it looks
at every file (`taken_over.py`): it may be damaged, or brought along by somebody's proposal.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.publish.printed import Print

FOLDER = "spare"
"""Where it is kept, below the cache: one, whatever was built last, so that nothing of a site that
is no more, or is another audience's, stays there."""


def bring(spare: Path, folder: Path) -> None:
    """Have the spare folder, where there is one, in the place of an empty one."""
    if spare.is_symlink() or not spare.is_dir():
        return
    with suppress(OSError):  # on another disk, say
        folder.rmdir()
        spare.rename(folder)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)


def put_by(folder: Path, files: Iterable[Print], spare: Path) -> None:
    """Keep a folder for the next build with those files of the new site that are in it too.

    Where it cannot be kept it stays where it is: the new site stands, and needs no other.
    """
    if folder.is_dir():
        with suppress(OSError):
            _thin(str(folder), "", {one.url: one.marks[2] for one in files})
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)


def remove(spare: Path) -> int:
    """Have it kept no longer; how many there were. A build may be about to begin with it."""
    aside = spare.with_name(f".{spare.name}-{os.getpid()}")
    if spare.is_symlink() or not spare.is_dir():
        return 0
    try:
        spare.rename(aside)
    except OSError:
        return 0
    shutil.rmtree(aside, ignore_errors=True)
    return 1


def _thin(folder: str, above: str, numbers: Mapping[str, int]) -> None:
    """Take away whatever is not, under the same address, the file with that number on the disk."""
    with os.scandir(folder) as entries:
        for entry in entries:
            url = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                _thin(entry.path, f"{url}/", numbers)
            elif numbers.get(url) != entry.inode():
                os.unlink(entry.path)  # noqa: PTH108 - ten thousand of them
