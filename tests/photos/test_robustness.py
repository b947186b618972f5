"""Hanging decoders, full disks, kills at any moment and two builds at once leave a right cache."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest

from generator.photos.cache import Cache
from generator.photos.headers import Finding, Limits
from generator.photos.plan import Picture, Recipe
from generator.photos.run import Request, develop_all, executor
from generator.photos.workers import Workers

from .originals import encoded, four_corners, written

RECIPE = Recipe(edges=(48, 96))
BUILD = """
import sys
from pathlib import Path
from generator.photos.cache import Cache
from generator.photos.plan import Recipe
from generator.photos.run import Request, develop_all

folder, cache = map(Path, sys.argv[1:])
requests = [Request(one.name, one, Recipe(edges=(48, 96))) for one in sorted(folder.iterdir())]
print("ready", flush=True)
results = develop_all(requests, Cache(cache), None, lambda done, total: None)
print(sum(hasattr(one, "key") for one in results.values()), flush=True)
"""


def silent(done: int, total: int) -> None:
    pass


def originals(folder: Path, number: int) -> list[Request]:
    requests = []
    for index in range(number):
        content = encoded(four_corners(600 + index, 400), "JPEG", quality=90)
        path = written(folder / f"{index:02}.jpg", content)
        requests.append(Request(path.name, path, RECIPE))
    return requests


def build(
    folder: Path, cache: Path, preexec_fn: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    """The same work in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(cache)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=preexec_fn,
    )


def files(cache: Path) -> dict[str, bytes]:
    """Every finished file of a cache; not the notes on originals, which hold times."""
    found = (path for path in cache.glob("??/*") if not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in found}


def test_a_decoder_that_hangs_is_stopped_and_its_file_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a fault in a decoder does: the process that opens this file never comes back.
    endless = (
        "import sys, time\n"
        "def watch(event, details):\n"
        "    if event == 'open' and str(details[0]).endswith('endless.jpg'):\n"
        "        time.sleep(3600)\n"
        "sys.addaudithook(watch)\n"
    )
    written(tmp_path / "site" / "sitecustomize.py", endless.encode("ascii"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"), prepend=os.pathsep)
    requests = originals(tmp_path / "photos", 4)
    path = written(tmp_path / "photos" / "endless.jpg", encoded(four_corners(90, 90), "JPEG"))
    requests.insert(2, Request("endless", path, RECIPE))
    with executor(2, 4) as pool:
        results = develop_all(requests, Cache(tmp_path / "cache"), pool, silent, Limits(seconds=4))
    assert results.pop("endless") == Finding("timed_out", "4")
    assert len(results) == 4 and all(isinstance(each, Picture) for each in results.values())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    request = originals(tmp_path, 1)[0]
    request.path.chmod(0)
    results = develop_all([request], Cache(tmp_path / "cache"), None, silent)
    result = results[request.id]
    assert isinstance(result, Finding) and result.reason == "unreadable"


def test_a_file_that_the_system_refuses_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "loop.jpg"
    path.symlink_to(path)
    request = Request("loop", path, RECIPE)
    result = develop_all([request], Cache(tmp_path / "cache"), None, silent)["loop"]
    assert isinstance(result, Finding) and result.reason == "unreadable"


def test_no_damaged_apple_photograph_ends_the_build(tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    content = encoded(four_corners(64, 48), "HEIF", quality=50)
    requests = []
    for number, place in enumerate(range(0, len(content), max(1, len(content) // 80))):
        damaged = bytearray(content)
        damaged[place : place + 3] = bytes(
            one ^ (0x55 + number) for one in damaged[place : place + 3]
        )
        path = written(tmp_path / f"{number:03}.heic", bytes(damaged))
        requests.append(Request(path.name, path, RECIPE))
    with executor(2, 20) as pool:
        results = develop_all(
            requests, Cache(tmp_path / "cache"), pool, silent, Limits(1_000_000, seconds=20)
        )
    assert len(results) == len(requests) >= 80
    assert all(isinstance(result, Picture | Finding) for result in results.values())


def test_a_build_killed_at_any_moment_is_made_good_by_the_next(tmp_path: Path) -> None:
    requests = originals(tmp_path / "photos", 12)
    whole = Cache(tmp_path / "whole")
    expected = develop_all(requests, whole, None, silent)
    cache = Cache(tmp_path / "cache")
    for round_ in range(6):
        running = build(tmp_path / "photos", cache.root)
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(0.02 + 0.05 * round_)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        for picture in expected.values():
            assert isinstance(picture, Picture)
            # An entry is there whole, to the last byte, or not at all.
            assert cache.get(picture.key) == cache.get(picture.key, verify=True)
    assert develop_all(requests, cache, None, silent) == expected
    assert files(cache.root) == files(whole.root)


def test_a_full_disk_stops_the_build_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    requests = originals(tmp_path / "photos", 3)
    cache = Cache(tmp_path / "cache")

    def small_disk() -> None:
        # No file may grow beyond this: writing fails as on a full disk, in the middle of a file.
        resource.setrlimit(resource.RLIMIT_FSIZE, (150, 150))

    running = build(tmp_path / "photos", cache.root, preexec_fn=small_disk)
    _, complaint = running.communicate()
    assert running.returncode != 0 and "OSError" in complaint
    assert not [path for path in cache.root.rglob("*") if path.is_file()]
    results = develop_all(requests, cache, None, silent)
    assert all(isinstance(result, Picture) for result in results.values())


def test_two_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    requests = originals(tmp_path / "photos", 12)
    whole = Cache(tmp_path / "whole")
    develop_all(requests, whole, None, silent)
    both = [build(tmp_path / "photos", tmp_path / "cache") for _ in range(2)]
    for running in both:
        output, complaint = running.communicate()
        assert output.split() == ["ready", "12"], complaint
    assert files(tmp_path / "cache") == files(whole.root)


def test_a_second_build_reads_no_original_again(tmp_path: Path) -> None:
    requests = originals(tmp_path / "photos", 3)
    cache = Cache(tmp_path / "cache")
    for request in requests:
        os.utime(request.path, (1_580_000_000, 1_580_000_000))
    first = develop_all(requests, cache, None, silent)
    time.sleep(2.1)  # what changed this moment may change again within the clock's grain
    assert develop_all(requests, cache, None, silent) == first
    notes = (cache.root / "originals.json").read_text(encoding="utf-8")
    assert all(str(request.path) in notes for request in requests)
    # The notes are believed: were the file read, it would be found changed.
    assert develop_all(requests, cache, None, silent) == first


def test_a_changed_original_is_developed_anew(tmp_path: Path) -> None:
    request = originals(tmp_path / "photos", 1)[0]
    cache = Cache(tmp_path / "cache")
    time.sleep(2.1)
    first = develop_all([request], cache, None, silent)[request.id]
    written(request.path, encoded(four_corners(600, 400), "JPEG", quality=91))
    second = develop_all([request], cache, None, silent)[request.id]
    assert isinstance(first, Picture) and isinstance(second, Picture) and first.key != second.key


@pytest.mark.parametrize("notes", ["", "[]", "{}", '{"form":1,"originals":{"a":[1]}}', "\x00"])
def test_damaged_notes_are_none(notes: str, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    written(cache.root / "originals.json", notes.encode("utf-8"))
    results = develop_all(originals(tmp_path / "photos", 1), cache, None, silent)
    assert all(isinstance(result, Picture) for result in results.values())


def test_a_changed_byte_in_the_cache_is_found_and_made_again(tmp_path: Path) -> None:
    requests = originals(tmp_path / "photos", 2)
    cache = Cache(tmp_path / "cache")
    results = develop_all(requests, cache, None, silent)
    before = files(cache.root)
    picture = results[requests[0].id]
    assert isinstance(picture, Picture)
    path = cache.path(picture.largest.name)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    assert develop_all(requests, cache, None, silent) == results
    assert files(cache.root) == before


def test_workers_that_cannot_be_reached_are_done_without(tmp_path: Path) -> None:
    dismissed = Workers(1, 20)
    dismissed.shutdown()
    results = develop_all(originals(tmp_path, 3), Cache(tmp_path / "c"), dismissed, silent)
    assert all(isinstance(result, Picture) for result in results.values())
