"""Memory with many photographs: an archive of small ones, three a day, developed and then built.

What a build holds depends on how many photographs there are, hardly on their size in px: small
ones stand for large ones here, and only here.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.content import make_archive
from benchmarks.measuring import Usage, run, settle
from benchmarks.pages import after, edit, site_of
from benchmarks.results import Result, result

_A_DAY = 3
_SIZE = "640x480"


def large(root: Path, photographs: int) -> Iterator[Result]:
    """The first build, which develops; a build with no site before it; one with an edit."""
    days = photographs // _A_DAY
    make_archive(root, days, "--photos-per-day", str(_A_DAY), "--photo-size", _SIZE)
    build = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    site = root / "site"

    def once() -> Usage:
        return run(build, root)

    settle()
    yield result("first build, photographs developed", photographs, once(), **site_of(site))
    shutil.rmtree(site)
    yield result("photographs cached, no site before", photographs, once(), **site_of(site))
    middle = sorted(root.glob("records/activities/*/*.yml"))[days // 2]
    usage, made = after(1, once, site, lambda turn: edit(middle, turn))
    yield result("one entry edited", photographs, usage, made=made)
