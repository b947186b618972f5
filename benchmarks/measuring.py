"""What a command costs: seconds by the clock and of all processors, memory of all processes.

Enter: a command. Leave: a `Usage`. Memory is the proportional set size of the command and of all
processes below it, added up while they run: what several processes share counts once (Linux;
elsewhere 0). Processor time leaves out the looking, which this process does.
"""

import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_SETTLED_SECONDS = 2.2
"""After so long, the program takes a file for one that will not change unseen."""
_SHARE = 100
_PAUSES = (0.02, 0.25)
"""Seconds between two looks at the memory: at least, at most, and else so many times the look."""


class Usage(NamedTuple):
    """Seconds by the clock, seconds of processor time, most bytes held at once."""

    seconds: float
    busy: float
    memory: int


def run(command: Sequence[str], where: Path, allowed: Sequence[int] = (0,)) -> Usage:
    """What one run costs.

    Raises:
        SystemExit: If the command ends with another code than those allowed.
    """
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    # Programs are measured as they are used: with their modules compiled, as pip leaves them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began, used = time.perf_counter(), processor_time()
    with (
        subprocess.Popen(
            command,
            cwd=where,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process,
        peak_memory(process.pid) as peak,
    ):
        _, errors = process.communicate()
    if process.returncode not in allowed:
        text = errors.decode("utf-8", "replace")[-600:]
        raise SystemExit(f"{Path(command[0]).name} ended with {process.returncode}: {text}")
    return Usage(time.perf_counter() - began, processor_time() - used, peak[0])


def repeated(times: int, work: Callable[[], Usage], before: Callable[[], object] = int) -> Usage:
    """The median of several runs, and the most memory that any of them held."""
    usages = []
    for _ in range(times):
        before()
        usages.append(work())
    return median(usages)


def median(usages: Sequence[Usage]) -> Usage:
    """Medians of both times, and the most memory."""
    return Usage(
        statistics.median(one.seconds for one in usages),
        statistics.median(one.busy for one in usages),
        max(one.memory for one in usages),
    )


def settle() -> None:
    """Wait until files written before are on the disk, and count as settled."""
    if hasattr(os, "sync"):
        os.sync()
    time.sleep(_SETTLED_SECONDS)


def processor_time() -> float:
    """Seconds that processes begun from here and ended have used (Unix only)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def peak_memory(root: int | None = None) -> Iterator[list[int]]:
    """The most bytes held at once by the process `root` and all below, or by all below this one."""
    peak, finished = [0], threading.Event()

    def watch() -> None:
        pause = _PAUSES[0]
        while not finished.wait(pause):
            began = time.perf_counter()
            peak[0] = max(peak[0], sum(map(_held, _family(root))))
            pause = min(max(_PAUSES[0], _SHARE * (time.perf_counter() - began)), _PAUSES[1])

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        finished.set()
        watcher.join()


def _family(root: int | None) -> Iterator[int]:
    """The processes at work below one, itself included; below this one without itself."""
    if root is not None:
        yield root
    for children in Path(f"/proc/{root or os.getpid()}/task").glob("*/children"):
        try:
            numbers = children.read_text(encoding="ascii").split()
        except OSError:
            continue  # it has just ended
        for number in numbers:
            yield from _family(int(number))


def _held(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("Pss:"))
