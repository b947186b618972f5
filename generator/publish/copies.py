"""Work shared among this process and copies of it, where that pays.

Enter: a function and what it is to be called with, part by part. Leave: its results in the order
of the parts. A copy finds everything in its memory, so that only a part's place is sent to it;
where that cannot be done, this process does all of it. The result is the same either way.
"""

import errno
import gc
import os
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from generator.reading.second_process import LOST, Shares, a_copy_helps, may_fork

Part = TypeVar("Part")
Result = TypeVar("Result")


class Begun(Generic[Result]):
    """`work` of some parts, with which `copies` of this process begin at once.

    Where there can be no copy, all is done in the end.
    """

    def __init__(self, work: Callable[[Part], Result], parts: Sequence[Part], *, copies: int = 1):
        self._work: Callable[[int], Result] = lambda number: work(parts[number])
        self._parts = len(parts)
        worth = copies and parts and a_copy_helps()
        self._shares = Shares(self._parts, self._work, copies) if worth else None

    def results(self) -> list[Result]:
        """The results in the order of the parts; what no copy has begun with is done here.

        Raises:
            ChildProcessError: If the copy has ended early: what it had begun may be half done.
        """
        if self._shares is None:
            return list(map(self._work, range(self._parts)))
        done: dict[int, Result] = {}
        here: Callable[[int], None] = lambda number: done.update({number: self._work(number)})  # noqa: E731
        if self._shares.finish(here, done.__setitem__):
            raise ChildProcessError(errno.ECHILD, LOST)
        return [done[number] for number in range(self._parts)]

    @property
    def busy(self) -> bool:
        """Whether a copy is still at work."""
        return self._shares is not None and self._shares.busy

    def wait_for_any(self) -> None:
        """Do nothing until the copy has done one part, or has ended."""
        if self._shares is not None:
            self._shares.wait_for_any()

    def wait(self) -> None:
        """Do nothing until the copy has ended."""
        if self._shares is not None:
            self._shares.wait()

    def stop(self) -> None:
        """Let the copy do no more."""
        if self._shares is not None:
            self._shares.stop()


def in_copies(
    work: Callable[[Part], Result],
    parts: Sequence[Part],
    jobs: int = 0,
    busy: Callable[[], bool] = bool,
) -> list[Result]:
    """`work` of every part, in up to `jobs` processes (0: one for each core), this among them.

    As long as others keep the cores `busy`, it is done here alone.

    Raises:
        ChildProcessError: If a copy has ended early: what it had begun may be half done.
    """
    done: list[Result] = []
    while len(done) < len(parts) and busy():
        done.append(work(parts[len(done)]))
    rest = parts[len(done) :]
    copies = useful_copies(len(rest), jobs)
    if not copies:
        return [*done, *map(work, rest)]
    gc.freeze()  # here too: what both look through is shared no more
    try:
        return [*done, *Begun(work, rest, copies=copies).results()]
    finally:
        gc.unfreeze()


def useful_copies(parts: int, jobs: int = 0) -> int:
    """How many copies help this process with so many parts, where `jobs` may be at work in all."""
    return max(0, min(jobs or len(os.sched_getaffinity(0)), parts) - 1) if may_fork() else 0
