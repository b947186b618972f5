"""What has been made is found again; what is damaged or half-written is not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.photos.cache import Cache
from generator.photos.plan import Developed, Finished

KEY, OTHER = "ab" * 32, "cd" * 32


def developed(content: bytes = b"content") -> Developed:
    sizes = (Finished(480, 320, content * 9), Finished(960, 640, content * 20))
    return Developed(1200, 800, sizes, content * 5, "#a0b0c0")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".cache" / "chronicle" / "photos")


def test_an_empty_cache_holds_nothing_and_is_not_created_by_asking(cache: Cache) -> None:
    assert cache.get(KEY) is None
    assert not cache.root.exists()


def test_what_was_put_is_found_with_all_its_files(cache: Cache) -> None:
    picture = cache.put(KEY, developed())
    assert cache.get(KEY) == picture and cache.get(KEY, verify=True) == picture
    for name, content in developed().files(KEY).items():
        assert cache.path(name).read_bytes() == content


def test_names_tell_nothing_but_the_key_and_the_size(cache: Cache) -> None:
    cache.put(KEY, developed())
    names = sorted(path.name for path in cache.root.rglob("*") if path.is_file())
    assert names == [
        f"{KEY[:20]}-480.webp",
        f"{KEY[:20]}-960.webp",
        f"{KEY[:20]}-preview.jpg",
        f"{KEY[:20]}.json",
    ]


def test_another_key_is_not_found(cache: Cache) -> None:
    cache.put(KEY, developed())
    assert cache.get(OTHER) is None
    # The same first digits, but another picture.
    assert cache.get(KEY[:20] + OTHER[20:]) is None


def test_putting_the_same_again_changes_no_byte(cache: Cache) -> None:
    cache.put(KEY, developed())
    before = {path: path.read_bytes() for path in cache.root.rglob("*.*")}
    cache.put(KEY, developed())
    assert {path: path.read_bytes() for path in cache.root.rglob("*.*")} == before


def manifest_of(cache: Cache) -> Path:
    return cache.path(f"{KEY[:20]}.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"body": {}, "sha256": ""}',
        b'{"body": 1, "sha256": []}',
        b"[" * 100_000,
    ],
)
def test_a_manifest_of_anything_else_is_none(cache: Cache, content: bytes) -> None:
    picture = cache.put(KEY, developed())
    manifest_of(cache).write_bytes(content)
    assert cache.get(KEY) is None
    assert cache.put(KEY, developed()) == picture == cache.get(KEY)


def test_a_manifest_with_any_byte_changed_or_cut_off_is_none(cache: Cache) -> None:
    cache.put(KEY, developed())
    sound = manifest_of(cache).read_bytes()
    for place in range(len(sound) - 1):
        manifest_of(cache).write_bytes(sound[:place])
        assert cache.get(KEY) is None
        manifest_of(cache).write_bytes(sound[:place] + b"7" + sound[place + 1 :])
        assert cache.get(KEY) is None or sound[place : place + 1] == b"7"


@pytest.mark.parametrize("name", [f"{KEY[:20]}-960.webp", f"{KEY[:20]}-preview.jpg"])
def test_an_entry_that_lacks_a_file_or_part_of_one_is_none(cache: Cache, name: str) -> None:
    cache.put(KEY, developed())
    sound = cache.path(name).read_bytes()
    cache.path(name).write_bytes(sound[:-1])
    assert cache.get(KEY) is None
    cache.path(name).unlink()
    assert cache.get(KEY) is None


def test_a_changed_byte_is_found_when_verifying(cache: Cache) -> None:
    cache.put(KEY, developed())
    path = cache.path(f"{KEY[:20]}-480.webp")
    path.write_bytes(b"X" + path.read_bytes()[1:])
    assert cache.get(KEY) is not None
    assert cache.get(KEY, verify=True) is None


def test_files_without_a_manifest_are_no_entry(cache: Cache) -> None:
    cache.put(KEY, developed())
    manifest_of(cache).unlink()
    assert cache.get(KEY) is None


def test_pruning_keeps_what_is_asked_for_and_removes_the_rest(cache: Cache) -> None:
    kept = cache.put(KEY, developed())
    cache.put(OTHER, developed())
    assert cache.prune({KEY}, grace=0) == 4
    assert cache.get(KEY, verify=True) == kept and cache.get(OTHER) is None
    assert not list(cache.root.rglob(f"{OTHER[:20]}*"))


def test_pruning_spares_what_another_build_has_just_made(cache: Cache) -> None:
    picture = cache.put(KEY, developed())
    beside = manifest_of(cache).with_name(f".{KEY[:20]}-480.webp.0123")
    beside.write_bytes(b"half")
    assert cache.prune(set()) == 0
    assert cache.get(KEY) == picture and beside.exists()


def test_pruning_removes_what_a_killed_build_left_behind(cache: Cache) -> None:
    picture = cache.put(KEY, developed())
    beside = manifest_of(cache).with_name(f".{KEY[:20]}-480.webp.0123")
    beside.write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(beside, (hours_ago, hours_ago))
    assert cache.prune({KEY}) == 1
    assert cache.get(KEY) == picture and not beside.exists()


def test_pruning_an_absent_cache_is_nothing_to_do(cache: Cache) -> None:
    assert cache.prune(set()) == 0


@pytest.mark.skipif(os.name == "nt", reason="the signal is not known there")
def test_a_build_killed_at_any_moment_leaves_only_whole_entries(cache: Cache) -> None:
    endless = (
        "import sys, hashlib, itertools, pathlib\n"
        "from generator.photos.cache import Cache\n"
        "from generator.photos.plan import Developed, Finished\n"
        "cache = Cache(pathlib.Path(sys.argv[1]))\n"
        "for number in itertools.count():\n"
        "    sizes = tuple(Finished(w, w, bytes(w * 2000)) for w in (480, 960))\n"
        "    made = Developed(960, 960, sizes, bytes(500000), '#000000')\n"
        "    cache.put(hashlib.sha256(str(number % 40).encode()).hexdigest(), made)\n"
        "    print(number, flush=True)\n"
    )
    for lines in (1, 2, 3):
        build = subprocess.Popen(
            [sys.executable, "-c", endless, str(cache.root)], stdout=subprocess.PIPE
        )
        assert build.stdout is not None
        for _ in range(lines):
            build.stdout.readline()
        time.sleep(0.002 * lines)
        build.send_signal(signal.SIGKILL)
        build.communicate()
        manifests = list(cache.root.rglob("[0-9a-f]*.json"))
        assert manifests
        for manifest in manifests:
            key = manifest.read_text("ascii").split('"key":"')[1][:64]
            assert cache.get(key, verify=True) is not None
