"""Many photographs developed at once, nothing twice.

Requests enter; for each, a picture or a finding leaves. What the cache holds is never made again
and never reaches a worker. Any executor will do; whatever it leaves undone or fails at is done
here once more, in processes of our own, so that the file at fault is named and all others are
made. This module decides who works on what; originals are read by `develop` and `headers`, files
are written by `cache`, and progress is only reported: how it looks is the caller's business.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from generator.photos.cache import Cache
from generator.photos.develop import (
    Fixity,
    develop_bytes,
    develop_file,
    key_of,
    versions,
)
from generator.photos.headers import DEFAULT_LIMITS, Finding, Limits
from generator.photos.known_originals import KnownOriginals
from generator.photos.known_pictures import KnownPictures
from generator.photos.plan import Developed, Picture, Recipe
from generator.photos.workers import DeadError, OverdueError, Workers

Thing = TypeVar("Thing")
Found = TypeVar("Found")
Transfer = Literal["folder", "bytes"]
"""How originals reach an executor and pictures come back.

- `folder`: by path; every worker sees the originals and the cache under the same names.
- `bytes`: sent along; only this process reads originals and writes the cache.
"""

_READERS = 4
_AT_ONCE = 2000  # requests that are looked up together: all that is known of them is in memory
_MOST_IN_FLIGHT = {"folder": 256, "bytes": 32}
# An executor of others may wait for machines, not for a decoder: patience for both.
_PATIENCE = 2
_Answer = tuple[str, Finding | None] | tuple[tuple[str, ...], Developed | Finding]


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
    versions: tuple[str, ...]
    ids: tuple[str, ...]


def executor(jobs: int | None = None, seconds: float = DEFAULT_LIMITS.seconds) -> Workers:
    """So many worker processes, or as many as there are processors, none started without work."""
    return Workers(jobs or _processors(), seconds)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def develop_all(
    requests: Iterable[Request],
    cache: Cache,
    executor: Executor | None,
    on_done: Callable[[int, int], None],
    limits: Limits = DEFAULT_LIMITS,
    transfer: Transfer = "folder",
) -> dict[str, Picture | Finding]:
    """Develop every photograph that the cache does not hold, the largest first.

    Without an executor the work is done here, one after another. Requests for the same bytes and
    recipe are served by one picture. What the cache holds is compared with its checksums; a
    damaged entry is made again.

    What an executor fails at, or has not finished when nothing comes back for a long time, is
    tried again in processes of our own; what ends one of those, once more alone. So only the file
    that ends a process (`crashed`) or holds it up (`timed_out`) is reported.

    Args:
        transfer: How the executor's workers come by their originals.
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

    missing: dict[str, _Job] = {}
    originals, pictures = KnownOriginals(cache.root, limits), KnownPictures(cache)
    for at in range(0, len(wanted), _AT_ONCE):
        jobs = _jobs(wanted[at : at + _AT_ONCE], originals, answer)
        for job, picture in _each(
            jobs, lambda job: pictures.known(job.key), lambda job: pictures.get(job.key)
        ):
            if picture is not None:
                answer(job.ids, picture)
            elif job.key in missing:
                ids = (*missing[job.key].ids, *job.ids)
                missing[job.key] = replace(job, ids=ids)
            else:
                missing[job.key] = job
    originals.keep()
    pictures.keep()
    to_do = sorted(missing.values(), key=lambda job: (-job.length, job.key))
    for job, result in _made(to_do, cache, executor, limits, transfer):
        answer(job.ids, result)
    return {request.id: results[request.id] for request in wanted}


def _jobs(
    requests: list[Request],
    known: KnownOriginals,
    answer: Callable[[Iterable[str], Picture | Finding], None],
) -> list[_Job]:
    """The pictures asked for, each once; what is no picture at all is answered at once."""
    by_path: dict[Path, list[Request]] = defaultdict(list)
    for request in requests:
        by_path[request.path].append(request)
    by_key: dict[str, list[tuple[Request, Fixity]]] = defaultdict(list)
    for path, original in _each(by_path, known.known, known.fixity):
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
            versions(asked[0][1].kind),
            tuple(request.id for request, _ in asked),
        )
        for key, asked in by_key.items()
    ]


def _each(
    things: Iterable[Thing], known: Callable[[Thing], Found | None], read: Callable[[Thing], Found]
) -> Iterator[tuple[Thing, Found]]:
    """Each thing with what is known of it, then the others with what was read.

    Hashing waits for the disk and leaves Python's lock: threads are enough.
    """
    unknown = []
    for thing in things:
        found = known(thing)
        if found is None:
            unknown.append(thing)
        else:
            yield thing, found
    with ThreadPoolExecutor(_READERS) as readers:
        yield from zip(unknown, readers.map(read, unknown), strict=True)


def _made(
    jobs: list[_Job],
    cache: Cache,
    executor: Executor | None,
    limits: Limits,
    transfer: Transfer,
) -> Iterator[tuple[_Job, Picture | Finding]]:
    """Each job with its result, as they come."""
    if executor is None:
        for job in jobs:
            key, finding = develop_file(job.path, job.recipe, cache.root, limits)
            yield job, _result(job, cache, key, finding)
        return
    undone: list[_Job] = []
    for job, future in _submitted(jobs, cache, executor, limits, transfer):
        result = None if future is None else _collected(job, future, cache, limits)
        if result is None:
            undone.append(job)
        else:
            yield job, result
    if undone and not isinstance(executor, Workers):
        with Workers(_processors(), limits.seconds) as ours:
            yield from _made(undone, cache, ours, limits, "folder")
    else:
        undone.sort(key=lambda job: (job.length, job.key))
        yield from _one_by_one(undone, cache, limits)


def _submitted(
    jobs: list[_Job], cache: Cache, executor: Executor, limits: Limits, transfer: Transfer
) -> Iterator[tuple[_Job, Future[_Answer] | None]]:
    """Each job with its finished future, or without one where the executor came to nothing.

    Only so many are with the executor at a time: their originals may be in memory.
    """
    patience = None if isinstance(executor, Workers) else _PATIENCE * limits.seconds
    waiting = iter(jobs)
    running: dict[Future[_Answer], _Job] = {}
    refused = False
    try:
        while True:
            while not refused and len(running) < _MOST_IN_FLIGHT[transfer]:
                job = next(waiting, None)
                if job is None:
                    break
                try:
                    running[_submit(job, cache, executor, limits, transfer)] = job
                # Broken, dismissed, out of reach: then it gets nothing more to do.
                except Exception:
                    refused = True
                    yield job, None
            if not running:
                break
            done, _ = wait(running, timeout=patience, return_when=FIRST_COMPLETED)
            if not done:
                break
            for future in done:
                yield running.pop(future), future
        yield from ((job, None) for job in (*running.values(), *waiting))
    finally:
        for future in running:
            future.cancel()


def _submit(
    job: _Job, cache: Cache, executor: Executor, limits: Limits, transfer: Transfer
) -> Future[_Answer]:
    if transfer == "folder":
        return executor.submit(develop_file, job.path, job.recipe, cache.root, limits)
    return executor.submit(develop_bytes, job.path.read_bytes(), job.recipe, limits)


def _collected(
    job: _Job, future: Future[_Answer], cache: Cache, limits: Limits
) -> Picture | Finding | None:
    """The result of a finished future; None where the job is to be tried again here."""
    try:
        made, result = future.result()
    except OverdueError:
        return Finding("timed_out", f"{limits.seconds:g}")
    # Whatever the executor's own trouble is: if it is ours, the second try shows it.
    except Exception:
        return None
    if isinstance(made, str):
        return _result(job, cache, made, result if isinstance(result, Finding) else None)
    if isinstance(result, Finding):
        return result
    # Another version would give other bytes than the key promises.
    return cache.put(job.key, result) if result and made == job.versions else None


def _one_by_one(
    jobs: list[_Job], cache: Cache, limits: Limits
) -> Iterator[tuple[_Job, Picture | Finding]]:
    """Each job alone in a worker: what ends that worker now is to blame for it."""
    if not jobs:
        return
    with Workers(1, limits.seconds) as alone:
        for job in jobs:
            future = alone.submit(develop_file, job.path, job.recipe, cache.root, limits)
            try:
                yield job, _result(job, cache, *future.result())
            except DeadError:
                yield job, Finding("crashed", job.path.name)
            except OverdueError:
                yield job, Finding("timed_out", f"{limits.seconds:g}")


def _result(job: _Job, cache: Cache, key: str, finding: Finding | None) -> Picture | Finding:
    if finding is not None:
        return finding
    picture = cache.get(key)
    if picture is None:
        raise OSError(f"the cache lost what it was given for {job.path.name}")
    return picture
