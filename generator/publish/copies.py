"""Work shared among copies of this process, where it can be copied and that pays.

Enter: a function and what it is to be called with, part by part. Leave: its results in the order
of the parts. A copy (fork) finds everything in its memory, so that only a part's place is sent to
it; where that cannot be done, this process does all of it. The result is the same either way.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from generator.reading.second_process import may_fork

Part = TypeVar("Part")
Result = TypeVar("Result")

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # what a copy finds


def in_copies(work: Callable[[Part], Result], parts: Sequence[Part], jobs: int = 0) -> list[Result]:
    """`work` of every part, in up to `jobs` processes (0: one for each core)."""
    global _shared
    processes = min(jobs or len(os.sched_getaffinity(0)), len(parts)) if may_fork() else 1
    if processes < 2:
        return [work(part) for part in parts]
    _shared = (work, parts)
    # What is there already is left alone by the copies' search for garbage, which would look at
    # all of it, and so make a page of its own of every page of memory that they share.
    gc.freeze()
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_do, range(len(parts))))
    finally:
        gc.unfreeze()
        _shared = None


def _do(number: int) -> Any:
    assert _shared is not None
    work, parts = _shared
    return work(parts[number])
