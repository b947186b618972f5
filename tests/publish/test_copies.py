"""Work in copies of the process: the same results in the same order, and nothing left behind."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import pytest

from generator.pages.sheet import Sheet
from generator.publish import printing
from generator.publish.copies import Begun, in_copies
from generator.publish.printing import parts_of
from tests.sites import ROOT


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


ALONE = """
import gc, os
from generator.publish.copies import in_copies

def square(number):
    return number * number, os.getpid()

frozen = gc.get_freeze_count()
results = in_copies(square, range(9), jobs=2)
assert [result for result, _ in results] == [n * n for n in range(9)]
assert gc.get_freeze_count() <= frozen
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_copies_give_results_in_order_and_leave_nothing_frozen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


LOST = """
import os, signal
from generator.publish.copies import in_copies
here = os.getpid()

def work(number):
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    signal.sigtimedwait([], 0.01)

try:
    in_copies(work, range(200), jobs=3)
except ChildProcessError as fault:
    print(fault.strerror)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_work_that_is_lost_with_a_copy_is_an_error() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert "memory ran out" in done.stdout, done.stderr


def test_while_others_are_busy_nothing_is_shared() -> None:
    turns = iter([True, True, False])
    done = in_copies(square, range(4), jobs=2, busy=lambda: next(turns))
    assert [result for result, _ in done] == [0, 1, 4, 9]
    assert {process for _, process in done[:2]} == {os.getpid()}


@pytest.mark.usefixtures("copies")
def test_work_begun_ahead_gives_every_result_in_order() -> None:
    for copies in (0, 1, 2):
        begun = Begun(square, range(5), copies=copies)
        assert [result for result, _ in begun.results()] == [0, 1, 4, 9, 16]


@pytest.mark.usefixtures("copies")
def test_work_begun_ahead_can_be_stopped() -> None:
    begun = Begun(lambda _: time.sleep(60), [1])
    assert begun.busy
    begun.stop()
    assert not begun.busy


@pytest.mark.usefixtures("copies")
def test_of_work_begun_ahead_the_first_part_can_be_waited_for() -> None:
    begun, start = Begun(time.sleep, [0.2, 60]), time.monotonic()
    begun.wait_for_any()
    assert begun.busy and time.monotonic() - start >= 0.2
    begun.stop()


def test_one_part_is_done_here() -> None:
    assert in_copies(square, [3], jobs=8) == [(9, os.getpid())]


def test_nothing_is_done_for_no_part() -> None:
    assert in_copies(square, [], jobs=8) == []


def test_a_process_with_another_thread_is_not_copied() -> None:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert {process for _, process in in_copies(square, range(3), jobs=2)} == {os.getpid()}
    finally:
        end.set()
        other.join()


DRAWS = """
from generator.publish.copies import in_copies
from vl_convert import vega_to_svg

def drawn(number):
    return vega_to_svg({"$schema": "https://vega.github.io/schema/vega/v5.json", "width": number})

first = drawn(9)
assert in_copies(drawn, [9, 9, 9], jobs=2) == [first] * 3
"""


def test_a_process_that_has_drawn_a_chart_is_not_copied() -> None:
    """The threads that draw are unknown to Python: a copy of them would wait for ever."""
    done = subprocess.run(
        [sys.executable, "-c", DRAWS],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_what_is_made_of_the_same_figures_begins_and_months_stay_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "_AT_ONCE", 2)
    monkeypatch.setattr(printing, "_MOST_AT_ONCE", 3)
    names = ["members", "days/1", "statistics", "days/2", "days/3", "files"]
    figures = ("statistics", "files")
    sheets = [Sheet(name, lambda: (), "figures" * (name in figures)) for name in names]
    sheets += [Sheet(f"photos/{n}", lambda: (), near=n) for n in "223322211"]
    parts: Sequence[Sequence[int]] = parts_of(sheets)
    assert [[sheets[n].name for n in part] for part in parts] == [
        ["statistics", "files"], ["members"],
        ["days/1", "days/2", "days/3"], ["photos/1", "photos/1"],
        ["photos/2", "photos/2", "photos/2"], ["photos/2", "photos/2"], ["photos/3", "photos/3"],
    ]  # fmt: skip
