"""Many photographs developed at once, nothing twice.

Requests enter; for each, a picture or a finding leaves. What the cache holds is never made again
and never reaches a worker. This module decides who works on what; originals are read by `develop`
and `headers`, files are written by `cache`, and progress is only reported: how it looks is the
caller's business.
"""

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from dataclasses import dataclass
from pathlib import Path

from generator.photos.cache import Cache
from generator.photos.develop import Fixity, develop_file, fixity, key_of
from generator.photos.headers import DEFAULT_LIMITS, Finding, Limits, examine
from generator.photos.plan import Picture, Recipe

_READERS = 4
_MOST_WORKERS = 61  # what a process pool can watch on Windows


@dataclass(frozen=True, slots=True)
class Request:
    """One photograph to be developed; ids are the caller's, and unique."""

    id: str
    path: Path
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class _Job:
    """One picture to be made, for all the requests that ask for it."""

    key: str
    path: Path
    recipe: Recipe
    length: int
    ids: tuple[str, ...]


def executor(jobs: int | None = None) -> ProcessPoolExecutor:
    """A pool of that many worker processes, or as many as there are processors.

    Workers are started afresh (`spawn`), the same on every system and safe beside threads; none
    is started before there is work.
    """
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    workers = min(_MOST_WORKERS, max(1, jobs or available or 1))
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def develop_all(
    requests: Iterable[Request],
    cache: Cache,
    executor: Executor | None,
    on_done: Callable[[int, int], None],
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Picture | Finding]:
    """Develop every photograph that the cache does not hold, the largest first.

    Without an executor the work is done here, one after another. Requests for the same bytes and
    recipe are served by one picture. When a worker process dies, what it left unfinished is tried
    again one by one, so that only the file that kills it is reported (`crashed`).

    Args:
        on_done: Called with the number of requests answered so far and of all requests.

    Returns:
        A picture or a finding for each request, by its id, in the order of the requests.

    Raises:
        ValueError: If two requests have the same id.
        OSError: If the cache cannot be written.
    """
    wanted = list(requests)
    if len({request.id for request in wanted}) != len(wanted):
        raise ValueError("two requests have the same id")
    results: dict[str, Picture | Finding] = {}

    def answer(ids: Iterable[str], result: Picture | Finding) -> None:
        results.update(dict.fromkeys(ids, result))
        on_done(len(results), len(wanted))

    jobs = []
    for job in _jobs(wanted, limits, answer):
        held = cache.get(job.key)
        if held is None:
            jobs.append(job)
        else:
            answer(job.ids, held)
    jobs.sort(key=lambda job: (-job.length, job.key))
    for job, result in _made(jobs, cache, executor, limits):
        answer(job.ids, result)
    return {request.id: results[request.id] for request in wanted}


def _jobs(
    requests: list[Request],
    limits: Limits,
    answer: Callable[[Iterable[str], Picture | Finding], None],
) -> list[_Job]:
    """The pictures asked for, each once; what is no picture at all is answered at once."""
    by_path: dict[Path, list[Request]] = defaultdict(list)
    for request in requests:
        by_path[request.path].append(request)
    by_key: dict[str, list[tuple[Request, Fixity]]] = defaultdict(list)
    # Hashing waits for the disk and leaves Python's lock: threads are enough.
    with ThreadPoolExecutor(_READERS) as readers:
        read = readers.map(lambda path: _read(path, limits), by_path)
        for path, original in zip(by_path, read, strict=True):
            if isinstance(original, Finding):
                answer([request.id for request in by_path[path]], original)
                continue
            for request in by_path[path]:
                by_key[key_of(original, request.recipe)].append((request, original))
    return [
        _Job(
            key,
            asked[0][0].path,
            asked[0][0].recipe,
            asked[0][1].length,
            tuple(request.id for request, _ in asked),
        )
        for key, asked in by_key.items()
    ]


def _read(path: Path, limits: Limits) -> Fixity | Finding:
    finding = examine(path, limits)
    if finding is not None:
        return finding
    try:
        return fixity(path)
    except OSError as refusal:
        return Finding("unreadable", refusal.strerror or type(refusal).__name__)


def _made(
    jobs: list[_Job], cache: Cache, executor: Executor | None, limits: Limits
) -> Iterator[tuple[_Job, Picture | Finding]]:
    """Each job with its result, as they come."""
    if executor is None:
        for job in jobs:
            key, finding = develop_file(job.path, job.recipe, cache.root, limits)
            yield job, _result(job, cache, key, finding)
        return
    unfinished: list[_Job] = []
    running: dict[Future[tuple[str, Finding | None]], _Job] = {}
    try:
        for job in jobs:
            try:
                future = executor.submit(develop_file, job.path, job.recipe, cache.root, limits)
                running[future] = job
            except BrokenExecutor:
                unfinished.append(job)
        for future in as_completed(running):
            try:
                key, finding = future.result()
            except BrokenExecutor:
                unfinished.append(running[future])
                continue
            yield running[future], _result(running[future], cache, key, finding)
    finally:
        for future in running:
            future.cancel()
    unfinished.sort(key=lambda job: (job.length, job.key))
    yield from _one_by_one(unfinished, cache, limits)


def _one_by_one(
    jobs: list[_Job], cache: Cache, limits: Limits
) -> Iterator[tuple[_Job, Picture | Finding]]:
    """Each job alone in a worker, so that a worker's death names the file that caused it."""
    pool = executor(1)
    try:
        for job in jobs:
            result: Picture | Finding
            try:
                made = pool.submit(develop_file, job.path, job.recipe, cache.root, limits)
                result = _result(job, cache, *made.result())
            except BrokenExecutor:
                pool.shutdown(wait=False)
                pool = executor(1)
                result = Finding("crashed", job.path.name)
            yield job, result
    finally:
        pool.shutdown()


def _result(job: _Job, cache: Cache, key: str, finding: Finding | None) -> Picture | Finding:
    if finding is not None:
        return finding
    picture = cache.get(key)
    if picture is None:
        raise OSError(f"the cache lost what it was given for {job.path.name}")
    return picture
