"""Work divided between this process and a copy of it, where a second core would be idle.

Enter: numbered shares of work, or one piece of it. Leave: all of it done, here or there, in no
certain order. What the copy hands back never lies where anybody else could reach it: it comes
through a pipe or the memory of memfd_create(2). A copy that ends early, whatever the reason, leaves
its work to this process: the result is the same.
"""

import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Generic, NoReturn, TypeVar

Made = TypeVar("Made")

MOST_SHARES = 4000
"""All their numbers, and all the answers, have to fit into a pipe (64 KiB)."""
_NUMBER = struct.Struct("<I")
_ANSWER = struct.Struct("<IQ")  # number of the share, length of what was made of it


def may_fork() -> bool:
    """Whether this process can be copied: no other thread would be cut off in it."""
    return sys.platform == "linux" and threading.active_count() == 1


def a_copy_helps() -> bool:
    """Whether there is a second core for a copy."""
    return may_fork() and len(os.sched_getaffinity(0)) > 1


class Aside(Generic[Made]):
    """One piece of work, done in a copy of this process as it is now; later, where none can help.

    `worth` says whether it takes longer than to make the copy.
    """

    def __init__(self, work: Callable[[], Made], *, worth: bool) -> None:
        self._work = work
        self._copy = 0
        if worth and a_copy_helps():
            self._made, put = os.pipe()
            self._copy = os.fork()
            if not self._copy:
                _hand_over(put, work)
            os.close(put)

    def result(self) -> Made:
        """What the work gave, when the copy has ended; to be asked for once."""
        if not self._copy:
            return self._work()
        with open(self._made, "rb") as stream:  # noqa: PTH123
            content = stream.read()
        os.waitpid(self._copy, 0)
        try:
            made: Made = pickle.loads(content)
        except (EOFError, pickle.UnpicklingError):  # it ended early
            return self._work()
        return made


def _hand_over(put: int, work: Callable[[], object]) -> NoReturn:
    """What the copy does: the work and nothing else, also when that fails."""
    try:
        made = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with open(put, "wb") as stream:
            stream.write(made)
    finally:
        os._exit(0)


def in_two_processes(
    shares: int,
    here: Callable[[int], None],
    there: Callable[[int], Any],
    take: Callable[[int, Any], None],
) -> None:
    """Do every share: `here`, or `there` in a copy of this process, whose results `take` gets."""
    assert shares <= MOST_SHARES
    numbers, put = os.pipe()
    os.write(put, b"".join(map(_NUMBER.pack, range(shares))))
    os.close(put)
    answers, answer = os.pipe()
    results = os.memfd_create("chronicle")
    copy = os.fork()
    if not copy:
        _serve(numbers, answer, results, there)
    os.close(answer)
    left = set(range(shares))
    received = _received(answers, results)
    try:
        while (number := _next(numbers)) is not None:
            here(number)
            left.discard(number)
            os.set_blocking(answers, False)
            for number, made in received():
                take(number, made)
                left.discard(number)
        os.set_blocking(answers, True)
        for number, made in received():
            take(number, made)
            left.discard(number)
        for number in sorted(left):
            here(number)
    except BaseException:
        with suppress(OSError):
            os.kill(copy, signal.SIGKILL)
        raise
    finally:
        for descriptor in (numbers, answers, results):
            os.close(descriptor)
        os.waitpid(copy, 0)


def _serve(numbers: int, answer: int, results: int, work: Callable[[int], Any]) -> NoReturn:
    """What the copy does until no share is left; it ends without a word, also when it fails."""
    try:
        while (number := _next(numbers)) is not None:
            made = pickle.dumps(work(number), pickle.HIGHEST_PROTOCOL)
            with open(results, "ab", closefd=False) as stream:
                stream.write(made)
            os.write(answer, _ANSWER.pack(number, len(made)))
    finally:
        os._exit(0)


def _next(numbers: int) -> int | None:
    """The number of a share that nobody else gets."""
    number = os.read(numbers, _NUMBER.size)
    return _NUMBER.unpack(number)[0] if number else None


def _received(answers: int, results: int) -> Callable[[], Iterator[tuple[int, Any]]]:
    """Ask this for what has come from the copy since it was last asked."""
    read = 0

    def received() -> Iterator[tuple[int, Any]]:
        nonlocal read
        with suppress(BlockingIOError):
            while answer := os.read(answers, _ANSWER.size):
                number, length = _ANSWER.unpack(answer)
                made = os.pread(results, length, read)
                read += length
                yield number, pickle.loads(made)

    return received
