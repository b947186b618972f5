"""However a build ends, the site under its name is whole, and the next build needs no cleaning."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.publish.lock import BusyError, only_builder
from generator.publish.swap import fresh_folder
from tests.sites import ROOT, SMALL, built, different, run, start, tree, write_archive

SWAPPER = """
import sys
from pathlib import Path
from generator.publish.swap import fresh_folder, swap_in

target = Path(sys.argv[1])
print("ready", flush=True)
for number in range(1_000_000):
    with fresh_folder(target) as folder:
        for name in "abcdefgh":
            (folder / name).write_text(str(number))
        swap_in(folder, target)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="kills by signal")


def changed(root: Path, number: int) -> None:
    (root / "docs" / "index.md").write_text(f"# 首页\n\n第{number}次。\n", encoding="utf-8")


@posix
def test_a_swap_killed_at_any_moment_leaves_one_whole_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    moments = random.Random(7)
    for _ in range(25):
        swapping = subprocess.Popen(
            [sys.executable, "-c", SWAPPER, str(target)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert swapping.stdout is not None
        swapping.stdout.readline()
        time.sleep(moments.uniform(0.005, 0.12))
        swapping.kill()
        swapping.wait()
        if target.exists():
            contents = {path.read_text() for path in target.iterdir()}
            assert len(contents) == 1
            assert len(list(target.iterdir())) == 8
    with fresh_folder(target):
        building = [path.name for path in tmp_path.iterdir() if ".building-" in path.name]
        assert len(building) == 1  # the others are cleared away
    assert {path.name for path in tmp_path.iterdir()} <= {"site"}


@posix
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    began = time.monotonic()
    assert start_and_wait(root) == 0
    lasted = time.monotonic() - began
    site = root / "site"
    moments = random.Random(11)
    for number in range(8):
        before = tree(site)
        changed(root, number)
        building = start("build", "--root", root)
        time.sleep(moments.uniform(0.1, 1.1) * lasted)
        building.send_signal(moments.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        building.communicate()
        after = tree(site)
        says = f"第{number}次" in after["index.html"].decode("utf-8")
        assert says == (after != before)  # the new site whole, or the old one to the byte
        assert before.keys() <= {*after, *(name for name in before if name.startswith("search/"))}
        assert run("audit", site).exit_code == 0
    assert start_and_wait(root) == 0
    fresh = built(root, tmp_path / "elsewhere")
    assert different(tree(site), tree(fresh)) == []
    left = {path.name for path in root.iterdir()} - {"elsewhere"}
    assert left == {"mkdocs.yml", "records", "docs", "site", ".cache"}


def start_and_wait(root: Path) -> int:
    building = start("build", "--root", root)
    building.communicate()
    return building.returncode


def test_an_old_site_that_was_just_put_aside_comes_back(tmp_path: Path) -> None:
    aside = tmp_path / ".site.building-x-old"
    aside.mkdir()
    (aside / "index.html").write_text("old")
    with fresh_folder(tmp_path / "site"):
        assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_of_two_builds_at_once_the_second_says_so(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    with only_builder(root / "site"):
        second = start("build", "--root", root)
        _, said = second.communicate()
    assert second.returncode == 2
    assert "Another build is at work" in said
    assert start_and_wait(root) == 0


@posix
def test_a_lock_ends_with_its_process_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "site"
    held = (
        "import sys, time; from pathlib import Path; from generator.publish.lock import *\n"
        "with only_builder(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", held, str(target)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()
    with pytest.raises(BusyError), only_builder(target):
        pass
    other.kill()
    other.wait()
    with only_builder(target):
        pass
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("room", [500, 6_000, 40_000])
def test_where_no_more_can_be_written_the_old_site_stands(room: int, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: writing fails half way through one."""
    root = write_archive(tmp_path, SMALL)
    before = tree(built(root))
    changed(root, 1)
    limited = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "from generator.__main__ import main\n"
        "main(sys.argv[1:], prog_name='chronicle')\n"
    )
    command = [sys.executable, "-c", limited, "build", "--root", str(root), "--jobs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2, done.stderr
    assert "旧站原样未动" in done.stderr and "Traceback" not in done.stderr
    assert different(tree(root / "site"), before) == []
    fresh = write_archive(tmp_path / "fresh", SMALL)
    changed(fresh, 1)
    assert different(tree(built(root)), tree(built(fresh))) == []
