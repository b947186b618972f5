"""Work shared among this process and copies of it, where that pays.

Enter: a function and what it is to be called with, part by part. Leave: its results in the order
of the parts. A copy finds everything in its memory, so that only a part's place is sent to it;
where that cannot be done, this process does all of it. The result is the same either way.
"""

import errno
import gc
import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.reading.second_process import may_fork, share_out

_LOST = "一个进程中途停了，可能是内存不够（a process ended early; perhaps memory ran out）"

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_copies(work: Callable[[Part], Result], parts: Sequence[Part], jobs: int = 0) -> list[Result]:
    """`work` of every part, in up to `jobs` processes (0: one for each core), this among them.

    Raises:
        ChildProcessError: If a copy has ended early: what it had begun may be half done.
    """
    processes = min(jobs or len(os.sched_getaffinity(0)), len(parts)) if may_fork() else 1
    if processes < 2:
        return [work(part) for part in parts]
    done: dict[int, Result] = {}
    gc.freeze()  # here too: what both look through is shared no more
    try:
        lost = share_out(
            len(parts),
            lambda number: done.update({number: work(parts[number])}),
            lambda number: work(parts[number]),
            done.__setitem__,
            processes - 1,
        )
    finally:
        gc.unfreeze()
    if lost:
        raise ChildProcessError(errno.ECHILD, _LOST)
    return [done[number] for number in range(len(parts))]
