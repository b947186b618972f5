"""Many photographs at once, nothing twice, and one bad file never spoils the others."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.photos import run
from generator.photos.cache import Cache
from generator.photos.develop import develop_file
from generator.photos.headers import Finding, Limits
from generator.photos.plan import Picture, Recipe
from generator.photos.run import Request, develop_all, executor
from generator.reading import notes

from .originals import encoded, four_corners, huge_png, written

RECIPE = Recipe(edges=(48, 96))


class Counting(Executor):
    """An executor that works at once and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args[0].name)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def silent(done: int, total: int) -> None:
    pass


def originals(folder: Path, number: int) -> list[Request]:
    """Requests for so many different originals, the first the smallest."""
    requests = []
    for index in range(number):
        content = encoded(four_corners(60 + 40 * index, 60), "JPEG")
        path = written(folder / f"{index}.jpg", content)
        requests.append(Request(f"photo-{index}", path, RECIPE))
    return requests


def test_every_request_is_answered_in_its_order(tmp_path: Path, cache: Cache) -> None:
    requests = originals(tmp_path, 3)
    results = develop_all(requests, cache, None, silent)
    assert list(results) == ["photo-0", "photo-1", "photo-2"]
    widths = [result.width for result in results.values() if isinstance(result, Picture)]
    assert widths == [60, 100, 140]
    for result in results.values():
        assert isinstance(result, Picture)
        assert all(cache.path(name).is_file() for name in result.names)


def test_nothing_is_made_twice(tmp_path: Path, cache: Cache) -> None:
    requests = originals(tmp_path, 3)
    first, second = Counting(), Counting()
    results = develop_all(requests, cache, first, silent)
    made = {path: path.stat().st_mtime_ns for path in cache.root.rglob("*.*")}
    assert develop_all(requests, cache, second, silent) == results
    assert len(first.asked) == 3 and second.asked == []
    assert {path: path.stat().st_mtime_ns for path in cache.root.rglob("*.*")} == made


def test_a_checksum_is_looked_at_once(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "_GRAIN_NS", 0)
    requests = originals(tmp_path, 3)
    compared: list[str] = []
    get = Cache.get

    def noted(cache: Cache, key: str, *, verify: bool = False) -> Picture | None:
        compared.extend([key] if verify else [])
        return get(cache, key, verify=verify)

    results = develop_all(requests, cache, None, silent)
    monkeypatch.setattr(Cache, "get", noted)
    assert develop_all(requests, cache, None, silent) == results and len(compared) == 3
    assert develop_all(requests, cache, None, silent) == results and len(compared) == 3
    picture = results["photo-1"]
    assert isinstance(picture, Picture)
    damaged, whole = cache.path(picture.largest.name), cache.path(picture.largest.name).read_bytes()
    damaged.write_bytes(bytes(len(whole)))
    assert develop_all(requests, cache, None, silent) == results
    assert compared[3:] == [picture.key] * 2, "asked here, and once more before it is made"
    assert damaged.read_bytes() == whole


def test_an_original_moved_touched_or_renamed_is_the_same(tmp_path: Path, cache: Cache) -> None:
    request = originals(tmp_path, 1)[0]
    results = develop_all([request], cache, None, silent)
    os.utime(request.path, (1, 1))
    moved = request.path.rename(tmp_path / "IMG_20200304_101500.jpg")
    counting = Counting()
    assert develop_all([replace(request, path=moved)], cache, counting, silent) == results
    assert counting.asked == []


@pytest.mark.parametrize("at_once", [1, 2000])
def test_the_same_bytes_and_recipe_are_made_once(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(run, "_AT_ONCE", at_once)
    request = originals(tmp_path, 1)[0]
    twin = written(tmp_path / "twin.jpg", request.path.read_bytes())
    requests = [
        request,
        replace(request, id="again"),
        replace(request, id="twin", path=twin),
        replace(request, id="other words", recipe=replace(RECIPE, caption="开工")),
    ]
    counting, calls = Counting(), list[tuple[int, int]]()
    results = develop_all(requests, cache, counting, lambda *call: calls.append(call))
    assert len(counting.asked) == 2
    assert results["photo-0"] == results["again"] == results["twin"] != results["other words"]
    assert calls[-1] == (4, 4)


def test_the_largest_are_begun_first(tmp_path: Path, cache: Cache) -> None:
    counting = Counting()
    develop_all(originals(tmp_path, 3), cache, counting, silent)
    assert counting.asked == ["2.jpg", "1.jpg", "0.jpg"]


def test_progress_rises_to_the_number_of_requests(tmp_path: Path, cache: Cache) -> None:
    requests = originals(tmp_path, 3)
    requests.append(Request("missing", tmp_path / "missing.jpg", RECIPE))
    for _ in range(2):
        calls: list[tuple[int, int]] = []
        develop_all(requests, cache, None, lambda *call: calls.append(call))  # noqa: B023
        assert [done for done, _ in calls] == [1, 2, 3, 4]
        assert {total for _, total in calls} == {4}


def test_every_bad_file_is_a_finding_and_the_rest_are_made(tmp_path: Path, cache: Cache) -> None:
    good = originals(tmp_path, 2)
    jpeg = good[1].path.read_bytes()
    bad = {
        "missing": tmp_path / "none.jpg",
        "empty": written(tmp_path / "empty.jpg", b""),
        "mislabelled": written(tmp_path / "really.png", jpeg),
        "too_large": written(tmp_path / "bomb.png", huge_png()),
        "truncated": written(tmp_path / "cut.jpg", jpeg[:-200]),
    }
    requests = good + [Request(reason, path, RECIPE) for reason, path in bad.items()]
    with executor(2) as pool:
        results = develop_all(requests, cache, pool, silent)
    for reason in bad:
        result = results[reason]
        assert isinstance(result, Finding) and result.reason == reason
    assert isinstance(results["photo-0"], Picture) and isinstance(results["photo-1"], Picture)


def test_limits_hold_for_every_request(tmp_path: Path, cache: Cache) -> None:
    results = develop_all(originals(tmp_path, 2), cache, None, silent, Limits(pixels=60 * 60))
    assert isinstance(results["photo-0"], Picture)
    assert results["photo-1"] == Finding("too_large", "100x60")


def test_a_damaged_entry_is_made_again(tmp_path: Path, cache: Cache) -> None:
    requests = originals(tmp_path, 2)
    results = develop_all(requests, cache, None, silent)
    picture = results["photo-0"]
    assert isinstance(picture, Picture)
    cache.path(picture.largest.name).write_bytes(b"")
    counting = Counting()
    assert develop_all(requests, cache, counting, silent) == results
    assert counting.asked == ["0.jpg"]
    assert cache.get(picture.key, verify=True) == picture


def test_any_executor_gives_the_same(tmp_path: Path) -> None:
    requests = originals(tmp_path, 4)
    alone = develop_all(requests, Cache(tmp_path / "alone"), None, silent)
    with ThreadPoolExecutor(4) as threads, executor(2) as processes:
        assert develop_all(requests, Cache(tmp_path / "t"), threads, silent) == alone
        assert develop_all(requests, Cache(tmp_path / "p"), processes, silent) == alone


def test_processes_that_make_the_same_picture_do_not_hurt_each_other(
    tmp_path: Path, cache: Cache
) -> None:
    request = originals(tmp_path, 1)[0]
    with executor(2) as pool:
        tasks = [pool.submit(develop_file, request.path, RECIPE, cache.root) for _ in range(12)]
        keys = {task.result() for task in tasks}
    assert len(keys) == 1
    assert cache.get(keys.pop()[0], verify=True) is not None
    assert not [path for path in cache.root.rglob(".*") if path.is_file()]


def test_two_requests_of_one_id_are_refused(tmp_path: Path, cache: Cache) -> None:
    request = originals(tmp_path, 1)[0]
    with pytest.raises(ValueError):
        develop_all([request, request], cache, None, silent)


def test_no_requests_are_no_work(cache: Cache) -> None:
    assert develop_all([], cache, None, silent) == {}


def test_a_file_that_kills_its_worker_is_named_and_the_others_are_made(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a fault in a decoder does: the process that opens this file is gone at once.
    fatal = (
        "import os, sys\n"
        "def watch(event, details):\n"
        "    if event == 'open' and str(details[0]).endswith('fatal.jpg'):\n"
        "        os._exit(11)\n"
        "sys.addaudithook(watch)\n"
    )
    written(tmp_path / "site" / "sitecustomize.py", fatal.encode("ascii"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"), prepend=os.pathsep)
    requests = originals(tmp_path, 4)
    path = written(tmp_path / "fatal.jpg", encoded(four_corners(90, 90), "JPEG"))
    requests.insert(2, Request("fatal", path, RECIPE))
    calls: list[tuple[int, int]] = []
    with executor(2) as pool:
        results = develop_all(requests, cache, pool, lambda *call: calls.append(call))
    assert results.pop("fatal") == Finding("crashed", "fatal.jpg")
    assert len(results) == 4 and all(isinstance(each, Picture) for each in results.values())
    assert calls[-1] == (5, 5)


def test_a_pool_that_is_broken_before_it_begins_is_replaced(tmp_path: Path, cache: Cache) -> None:
    with executor(1) as pool:
        assert pool.submit(os._exit, 3).exception() is not None
        results = develop_all(originals(tmp_path, 2), cache, pool, silent)
    assert all(isinstance(each, Picture) for each in results.values())


def test_a_cache_that_cannot_be_written_stops_the_build(tmp_path: Path) -> None:
    occupied = written(tmp_path / "file", b"")
    with pytest.raises(OSError):
        develop_all(originals(tmp_path, 1), Cache(occupied / "cache"), None, silent)
