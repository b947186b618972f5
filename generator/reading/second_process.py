"""Work divided between this process and copies of it, where another core would be idle.

Enter: numbered shares of work, one piece of it, or questions. Leave: all of it done, here or there,
in no certain order. A copy (fork) finds everything in its memory. What it hands back never lies
where anybody else could reach it: it comes through a pipe or the memory of memfd_create(2).
"""

import ctypes
import errno
import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from itertools import count
from select import select
from typing import Any, BinaryIO, Generic, NoReturn, TypeVar

Asked = TypeVar("Asked")
Made = TypeVar("Made")

LOST = "一个进程中途停了，可能是内存不够（a process ended early; perhaps memory ran out）"
"""What is said of a copy that ended early."""

USUAL_THREADS = 1
"""Threads that may be there when a process is copied."""

_PR_SET_PDEATHSIG = 1  # prctl(2): which signal a process gets when its parent ends
_PIPE = 1 << 16  # bytes that every pipe holds
_NUMBER = struct.Struct("<I")
_ANSWER = struct.Struct("<IQ")  # number of a share, length of what came of it


def may_fork() -> bool:
    """Whether this process can be copied: no other thread would be cut off in it.

    A library's own threads count too, which Python does not know: those that draw charts.
    """
    return sys.platform == "linux" and threads() <= USUAL_THREADS


def threads() -> int:
    """How many threads this process has, whoever started them (proc(5))."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208


def a_copy_helps() -> bool:
    """Whether there is a second core for a copy."""
    return may_fork() and len(os.sched_getaffinity(0)) > 1


def give_back() -> None:
    """Let the system have what memory is free here, if the C library can (malloc_trim(3))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _fork() -> int:
    """A copy of this process; its number here, 0 there. However this one ends, the copy does too.

    What is there already is left alone by the copy's search for garbage, which would look at all of
    it, and so make a page of its own of every page of memory that the processes share.
    """
    first = os.getpid()
    process = os.fork()
    if not process:
        try:
            _end_with(first)
            gc.freeze()
        except BaseException:  # nothing of the first process's own is for a copy to unwind
            os._exit(1)
    return process


def _end_with(first: int) -> None:
    """Let this copy be killed when the process that it was copied from ends, however it does."""
    with suppress(OSError, AttributeError):  # a C library that cannot be asked
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != first:  # it ended before the kernel was asked
        os._exit(1)


class Aside(Generic[Made]):
    """One piece of work, done in a copy of this process as it is now; later, where none can help.

    `worth` says whether it takes longer than to make the copy; `again`, whether it may be begun
    anew after a copy has ended early: not where it writes what must not be there yet.
    """

    def __init__(self, work: Callable[[], Made], *, worth: bool, again: bool = True) -> None:
        self._work = work
        self._again = again
        self._copy = 0
        if worth and a_copy_helps():
            self._made, put = os.pipe()
            self._copy = _fork()
            if not self._copy:
                _hand_over(put, work)
            os.close(put)

    def result(self) -> Made:
        """What the work gave, when the copy has ended; to be asked for once.

        Raises:
            ChildProcessError: If the copy has ended early and the work may not be done again; and
                what the work itself raised.
        """
        if not self._copy:
            return self._work()
        with open(self._made, "rb") as stream:  # noqa: PTH123
            content = stream.read()
        os.waitpid(self._copy, 0)
        try:
            succeeded, made = pickle.loads(content)
        except (EOFError, pickle.UnpicklingError):  # it ended early
            succeeded, made = False, ChildProcessError(errno.ECHILD, LOST)
        if succeeded:
            return made  # type: ignore[no-any-return]
        if self._again:
            return self._work()
        raise made

    def drop(self) -> None:
        """Let the copy do no more, or the work not be begun: nobody asks for what it gives."""
        if self._copy:
            with suppress(ProcessLookupError):
                os.kill(self._copy, signal.SIGKILL)
            os.close(self._made)
            os.waitpid(self._copy, 0)


def _hand_over(put: int, work: Callable[[], object]) -> NoReturn:
    """What the copy does: the work and nothing else, also when that fails."""
    try:
        _, content = _outcome(work)
        with open(put, "wb") as stream:
            stream.write(content)
    finally:
        os._exit(0)


def _outcome(work: Callable[[], object]) -> tuple[bool, bytes]:
    """Whether the work succeeded; and that, with what came of it or why it failed, as bytes."""
    try:
        return True, pickle.dumps((True, work()), pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # whatever it is, it is for the first process to say
        return False, pickle.dumps((False, fault))


class Servant(Generic[Asked, Made]):
    """A copy of this process, as it is now, that answers questions of it and of its later copies.

    `prepare` gives what answers them, and may take its time: nobody waits for it before the first
    question. Where there can be no copy, or it has ended early, whoever asks answers by itself.
    """

    def __init__(self, prepare: Callable[[], Callable[[Asked], Made]]) -> None:
        self._prepare = prepare
        self._marks = count()
        self._copy = 0
        self._streams: list[BinaryIO] = []
        if a_copy_helps():
            questions, ask = os.pipe()
            answers, answer = os.pipe()
            self._turn = os.memfd_create("turn")
            self._copy = _fork()
            if not self._copy:
                os.close(ask)  # else it would wait for itself
                _answer(questions, answer, prepare)
            os.close(questions)
            os.close(answer)
            self._streams = [open(ask, "wb"), open(answers, "rb")]  # noqa: PTH123, SIM115

    def ask(self, thing: Asked) -> Made:
        """The answer to a question; what answering raises is raised here."""
        if self._streams:
            with suppress(OSError, EOFError, pickle.UnpicklingError), self._in_turn():
                ask, answers = self._streams
                mark, answered = (os.getpid(), next(self._marks)), None
                pickle.dump((mark, thing), ask, pickle.HIGHEST_PROTOCOL)
                ask.flush()
                while answered != mark:  # there may be one left that nobody has waited for
                    answered, content = pickle.load(answers)
                succeeded, made = pickle.loads(content)
                if succeeded:
                    return made  # type: ignore[no-any-return]
        return self._own(thing)

    def dismiss(self) -> None:
        """Let the copy do no more; questions are answered here from now on."""
        streams, self._streams = self._streams, []
        if streams:
            with suppress(ProcessLookupError):
                os.kill(self._copy, signal.SIGKILL)
            for one in streams:
                with suppress(OSError):  # of a question that nobody has heard to its end
                    one.close()
            os.close(self._turn)
            with suppress(ChildProcessError):  # nobody is told when a process ends
                os.waitpid(self._copy, 0)

    @cached_property
    def _own(self) -> Callable[[Asked], Made]:
        return self._prepare()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One at a time; the lock of a process that ends is open again."""
        from fcntl import LOCK_EX, LOCK_UN, lockf

        lockf(self._turn, LOCK_EX)
        try:
            yield
        finally:
            lockf(self._turn, LOCK_UN)


def _answer(questions: int, answers: int, prepare: Callable[[], Callable[[Any], Any]]) -> NoReturn:
    """What a servant does until nobody can ask any more."""
    try:
        work = prepare()
        with open(questions, "rb") as asked, open(answers, "wb") as answered:
            while True:
                mark, thing = pickle.load(asked)
                pickle.dump((mark, _outcome(partial(work, thing))[1]), answered)
                answered.flush()
    finally:
        os._exit(0)


class Shares:
    """Numbered shares of work; copies of this process, as it is now, begin with them at once."""

    def __init__(self, number: int, there: Callable[[int], Any], copies: int = 1) -> None:
        self._numbers = _numbers(number)
        self._left = set(range(number))
        self._copies = [_Copy(self._numbers, there) for _ in range(copies)]

    def finish(self, here: Callable[[int], None], take: Callable[[int, Any], None]) -> list[int]:
        """Do `here` what no copy has begun with yet; `take` gets what the copies made.

        Returns the numbers of those that were lost with a copy that ended early. What a copy's
        work raises is raised here.
        """
        try:
            while (number := _next(self._numbers)) is not None:
                here(number)
                self._left.discard(number)
                self._gather(take, wait=False)
            self._gather(take, wait=True)
        except BaseException:
            self.stop()
            raise
        self._close()
        return sorted(self._left)

    @property
    def busy(self) -> bool:
        """Whether any of the copies is still at work."""
        return any(not other.has_ended for other in self._copies)

    def wait_for_any(self) -> None:
        """Do nothing until a share is done, or a copy has ended."""
        select(self._copies, [], [])

    def wait(self) -> None:
        """Do nothing until all copies have ended."""
        for other in self._copies:
            other.wait()

    def stop(self) -> None:
        """Let the copies do no more."""
        for other in self._copies:
            other.kill()
        self._close()

    def _gather(self, take: Callable[[int, Any], None], *, wait: bool) -> None:
        for other in self._copies:
            for number, made in other.answers(wait=wait):
                take(number, made)
                self._left.discard(number)

    def _close(self) -> None:
        copies, self._copies = self._copies, []
        if self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1
        for other in copies:
            other.close()


def share_out(
    shares: int,
    here: Callable[[int], None],
    there: Callable[[int], Any],
    take: Callable[[int, Any], None],
    copies: int = 1,
) -> list[int]:
    """Do every share: `here`, or `there` in a copy of this process, as `Shares.finish` says."""
    return Shares(shares, there, copies).finish(here, take)


def _numbers(shares: int) -> int:
    """A pipe that holds the number of every share: whoever reads from it has the next."""
    from fcntl import F_SETPIPE_SZ, fcntl  # Linux has it, as it has whatever copies need

    numbers, put = os.pipe()
    content = b"".join(map(_NUMBER.pack, range(shares)))
    if len(content) > _PIPE:
        fcntl(put, F_SETPIPE_SZ, len(content))
    os.write(put, content)
    os.close(put)
    return numbers


class _Copy:
    """A copy of this process that takes shares until none is left."""

    def __init__(self, numbers: int, work: Callable[[int], Any]) -> None:
        self._answers, answer = os.pipe()
        self._made = os.memfd_create("made")
        self._read = 0
        self._process = _fork()
        if not self._process:
            _serve(numbers, answer, self._made, work)
        os.close(answer)

    def answers(self, *, wait: bool) -> Iterator[tuple[int, Any]]:
        """What has come from it since this was last asked; all that ever comes, if one waits."""
        os.set_blocking(self._answers, wait)
        with suppress(BlockingIOError):
            while answer := os.read(self._answers, _ANSWER.size):
                number, length = _ANSWER.unpack(answer)
                succeeded, made = pickle.loads(os.pread(self._made, length, self._read))
                self._read += length
                if not succeeded:
                    raise made
                yield number, made

    def fileno(self) -> int:
        """What select(2) waits for: it can be read when a share is done, or the copy has ended."""
        return self._answers

    @property
    def has_ended(self) -> bool:
        """Whether it does no more."""
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process, how) is not None

    def wait(self) -> None:
        """Do nothing until it has ended."""
        os.waitid(os.P_PID, self._process, os.WEXITED | os.WNOWAIT)

    def kill(self) -> None:
        """Let it do no more."""
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Wait for its end."""
        os.close(self._answers)
        os.close(self._made)
        os.waitpid(self._process, 0)


def _serve(numbers: int, answer: int, made: int, work: Callable[[int], Any]) -> NoReturn:
    """What a copy does until no share is left, or one fails."""
    succeeded = True
    try:
        while succeeded and (number := _next(numbers)) is not None:
            succeeded, content = _outcome(partial(work, number))
            with open(made, "ab", closefd=False) as stream:
                stream.write(content)
            os.write(answer, _ANSWER.pack(number, len(content)))
    finally:
        os._exit(0)


def _next(numbers: int) -> int | None:
    """The number of a share that nobody else gets."""
    number = os.read(numbers, _NUMBER.size)
    return _NUMBER.unpack(number)[0] if number else None
