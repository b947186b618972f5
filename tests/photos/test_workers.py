"""Processes that may hang or die take nothing else with them."""

import os
import time
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from generator.photos.workers import DeadError, OverdueError, Workers


def test_it_is_an_executor_like_any_other() -> None:
    with Workers(2, 20) as pool:
        assert isinstance(pool, Executor)
        assert list(pool.map(abs, range(-20, 0))) == list(range(20, 0, -1))


def test_an_exception_of_the_call_is_raised_and_the_process_goes_on() -> None:
    with Workers(1, 20) as pool:
        first = pool.submit(os.getpid).result()
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()
        assert pool.submit(os.getpid).result() == first


def test_a_call_that_kills_its_process_is_told_and_the_others_are_made() -> None:
    with Workers(2, 20) as pool:
        fatal = pool.submit(os._exit, 9)
        others = [pool.submit(abs, -number) for number in range(20)]
        assert isinstance(fatal.exception(), DeadError)
        assert [other.result() for other in others] == list(range(20))


def test_a_call_that_takes_too_long_is_stopped_and_the_others_are_made() -> None:
    began = time.monotonic()
    with Workers(2, 3) as pool:
        endless = pool.submit(time.sleep, 3600)
        others = [pool.submit(abs, -number) for number in range(20)]
        assert isinstance(endless.exception(), OverdueError)
        assert [other.result() for other in others] == list(range(20))
    assert time.monotonic() - began < 30


def test_nothing_is_started_without_work() -> None:
    with Workers(4, 20) as pool:
        pass
    with pytest.raises(RuntimeError):
        pool.submit(abs, 1)


def test_what_waits_can_be_cancelled() -> None:
    with Workers(1, 20) as pool:
        pool.submit(time.sleep, 0.5)
        waiting = [pool.submit(abs, 1) for _ in range(5)]
        pool.shutdown(cancel_futures=True)
        assert all(each.cancelled() or each.result() == 1 for each in waiting)
        assert any(each.cancelled() for each in waiting)


def test_a_result_that_cannot_be_sent_is_an_error_not_a_silence() -> None:
    with Workers(1, 20) as pool, ThreadPoolExecutor(1) as other:
        unsendable = pool.submit(open, os.devnull)
        assert isinstance(other.submit(unsendable.exception).result(), RuntimeError)
        assert pool.submit(abs, -1).result() == 1
