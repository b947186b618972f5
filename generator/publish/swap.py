"""Puts a finished folder in the place of an old one, in one step.

Enter: a new folder beside the old one on the same file system. Leave: the new one under the old
name. At every moment there is a whole site under that name, or, where a system cannot exchange two
folders, for an instant none; what a killed build leaves behind is removed by the next.
"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publish.lock import BusyError, only_builder

__all__ = ["BusyError", "fresh_folder", "swap_in"]

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), RENAME_SWAP of renamex_np(2)
_MARK = ".building-"
_ASIDE = "-old"


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A new empty folder beside `target`; removed again unless it was swapped in.

    Raises BusyError while another process builds the same site.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with only_builder(target):
        _clear_leftovers(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}{_MARK}", dir=target.parent))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def swap_in(folder: Path, target: Path) -> None:
    """Make `folder` be `target`; what was there before is then in `folder`'s place or gone."""
    _write_through(folder)
    if not target.exists():
        folder.rename(target)
    elif not _exchange(folder, target):
        aside = folder.with_name(folder.name + _ASIDE)
        target.rename(aside)
        folder.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return int(libc.renamex_np(first, second, _EXCHANGE)) == 0
        return int(libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)) == 0
    except (OSError, AttributeError, TypeError):
        return False


def _write_through(folder: Path) -> None:
    """Have everything written so far on the disk before the new site takes the old one's place."""
    if not hasattr(os, "sync"):
        return  # Windows writes directories through by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        ctypes.CDLL(None).syncfs(descriptor)
    except (OSError, AttributeError, TypeError):
        os.sync()
    finally:
        os.close(descriptor)


def _clear_leftovers(target: Path) -> None:
    """Remove what killed builds left; bring back an old site that one had just put aside."""
    for aside in sorted(target.parent.glob(f".{target.name}{_MARK}*{_ASIDE}")):
        if not target.exists():
            aside.rename(target)
    for left in target.parent.glob(f".{target.name}{_MARK}*"):
        shutil.rmtree(left, ignore_errors=True)
