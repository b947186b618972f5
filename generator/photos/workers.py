"""Processes that may hang or die without taking anything else with them.

Calls enter; their results leave, as from any executor of `concurrent.futures`. Each process has a
thread of its own that waits for it: one that takes too long is killed, one that dies is replaced,
and only the call it was at is told so. The executors of the standard library give up everything
when one process dies, and wait for ever for one that hangs. Nothing here knows what a picture is.
"""

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

# Started afresh: the same on every system, and safe beside threads.
_PROCESSES = multiprocessing.get_context("spawn")
_Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class OverdueError(Exception):
    """A call took longer than allowed; the process that was at it has been killed."""


class DeadError(BrokenExecutor):
    """The process ended during a call; another has taken its place."""


class Workers(Executor):
    """An executor of `count` processes, each call limited to `seconds`.

    No process is started before there is work for it.
    """

    def __init__(self, count: int, seconds: float) -> None:
        self.count = count
        self.seconds = seconds
        self._calls: queue.SimpleQueue[tuple[Future[Any], _Call] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._open = True
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call made by the next free process.

        Its future raises OverdueError or DeadError when the process had to be replaced.
        """
        with self._lock:
            if not self._open:
                raise RuntimeError("these workers have been dismissed")
            future: Future[Any] = Future()
            self._calls.put((future, (fn, args, kwargs)))
            if len(self._threads) < self.count:
                thread = threading.Thread(target=self._supervise, daemon=True)
                thread.start()
                self._threads.append(thread)
            return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes finish what was submitted (or only what they are at), then end."""
        with self._lock:
            self._open = False
            if cancel_futures:
                self._drop_waiting()
            for _ in self._threads:
                self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _drop_waiting(self) -> None:
        while True:
            try:
                waiting = self._calls.get_nowait()
            except queue.Empty:
                return
            if waiting is not None:
                waiting[0].cancel()

    def _supervise(self) -> None:
        worker: _Worker | None = None
        while (waiting := self._calls.get()) is not None:
            future, call = waiting
            if not future.set_running_or_notify_cancel():
                continue
            if worker is None or not worker.process.is_alive():
                worker = _Worker()
            try:
                succeeded, result = worker.make(call, self.seconds)
            except BaseException as failure:
                worker.kill()
                worker = None
                future.set_exception(failure)
            else:
                (future.set_result if succeeded else future.set_exception)(result)
        if worker is not None:
            worker.dismiss()


class _Worker:
    """One process, and this end of the pipe to it."""

    def __init__(self) -> None:
        self.pipe, theirs = _PROCESSES.Pipe()
        # A daemon ends with its parent, even when that is killed: then the pipe breaks.
        self.process: BaseProcess = _PROCESSES.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def make(self, call: _Call, seconds: float) -> tuple[bool, Any]:
        """Whether the call succeeded, and its result or exception."""
        try:
            self.pipe.send(call)
            if not self.pipe.poll(seconds):
                raise OverdueError(f"no result after {seconds:g} seconds")
            succeeded, result = self.pipe.recv()
        except (EOFError, ConnectionError) as gone:
            raise DeadError("a worker process ended during its work") from gone
        return succeeded, result

    def kill(self) -> None:
        self.process.kill()
        self.dismiss()

    def dismiss(self) -> None:
        self.pipe.close()
        self.process.join()


def _serve(pipe: Connection) -> None:
    """What a process does: calls, one after another, until the pipe is closed."""
    # Ctrl+C reaches every process of a terminal; what it means, the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            call, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            outcome = True, call(*args, **kwargs)
        except Exception as failure:
            outcome = False, failure
        try:
            pipe.send(outcome)
        except ConnectionError:
            os._exit(0)
        except Exception as unsendable:
            pipe.send((False, RuntimeError(f"{type(unsendable).__name__}: {unsendable}")))
