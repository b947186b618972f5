"""Work shared with copies of this process: all of it is done once, and what is lost is known."""

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.reading import second_process
from generator.reading.second_process import Aside, Servant, share_out

SHARES = 40
alone = pytest.mark.usefixtures("copies")


def squares(there: Callable[[int], Any], copies: int = 1) -> list[int]:
    """The squares of all numbers, some of which copies made by `there`, or what was lost."""
    found: dict[int, int] = {}

    def take(number: int, made: int) -> None:
        assert number not in found
        found[number] = made

    lost = share_out(SHARES, lambda n: take(n, n * n), there, take, copies)
    assert {*lost} == {*range(SHARES)} - found.keys()
    return [found[number] for number in sorted(found)] + lost


WANTED = [number * number for number in range(SHARES)]


@alone
@pytest.mark.parametrize("copies", [0, 1, 5])
def test_every_share_is_done_once(copies: int) -> None:
    assert squares(lambda number: number * number, copies) == WANTED


@alone
def test_there_may_be_more_shares_than_a_usual_pipe_holds_numbers() -> None:
    done: list[int] = []
    share_out(20_000, done.append, lambda number: None, lambda number, _: done.append(number), 0)
    assert done == list(range(20_000))


@alone
def test_the_copy_does_a_part(tmp_path: Path) -> None:
    """Each of the two waits at its first share until the other has one."""
    begun, done = tmp_path / "begun", tmp_path / "done"
    by: list[int] = []

    def there(number: int) -> int:
        while not begun.exists():
            pass
        done.touch()
        return os.getpid()

    def here(number: int) -> None:
        begun.touch()
        while not done.exists():
            pass
        by.append(os.getpid())

    assert share_out(4, here, there, lambda number, made: by.append(made)) == []
    assert len(by) == 4
    assert len({*by}) == 2


def dies(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def fails(number: int) -> int:
    raise ValueError(number)


def begins_first(there: Callable[[int], Any], begun: Path) -> list[int]:
    """What is lost where the copy does `there` with a share before this process does any."""

    def after_that(number: int) -> Any:
        begun.touch()
        return there(number)

    def here(number: int) -> None:
        while not begun.exists():
            pass

    return share_out(SHARES, here, after_that, lambda number, made: None)


@alone
def test_a_share_that_is_lost_with_a_copy_is_named(tmp_path: Path) -> None:
    lost = begins_first(dies, tmp_path / "begun")
    assert len(lost) == 1


@alone
def test_what_fails_in_a_copy_fails_here(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        begins_first(fails, tmp_path / "begun")


@alone
def test_what_fails_here_fails_and_leaves_no_process_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copies: list[int] = []
    fork = os.fork

    def noted() -> int:
        copies.append(fork())
        return copies[-1]

    def here(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(KeyError):
        share_out(SHARES, here, lambda number: signal.pause(), lambda number, made: None)
    with pytest.raises(ChildProcessError):
        os.waitpid(copies[0], os.WNOHANG)


@pytest.mark.parametrize("worth", [True, False])
def test_a_piece_of_work_is_done_aside(worth: bool) -> None:
    assert Aside(lambda: "x" * 1_000_000, worth=worth).result() == "x" * 1_000_000


@alone
@pytest.mark.parametrize("end", [signal.SIGKILL, None])
def test_work_that_fails_aside_is_done_here(end: signal.Signals | None) -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            if end is None:
                raise ValueError
            os.kill(os.getpid(), end)
        return "done"

    assert Aside(work, worth=True).result() == "done"


def test_without_a_second_core_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_process, "may_fork", lambda: False)
    assert Aside(os.getpid, worth=True).result() == os.getpid()


@alone
def test_work_that_nobody_asks_for_any_more_ends() -> None:
    aside = Aside(signal.pause, worth=True)
    aside.drop()
    with pytest.raises(ChildProcessError):
        os.waitpid(aside._copy, os.WNOHANG)


def test_work_that_was_never_begun_is_not_done(tmp_path: Path) -> None:
    Aside((tmp_path / "done").touch, worth=False).drop()
    assert not (tmp_path / "done").exists()


Answering = Callable[[], Callable[[int], tuple[int, int]]]
Serving = Callable[[Answering], Servant[int, tuple[int, int]]]


def by_whom() -> Callable[[int], tuple[int, int]]:
    """What answers with a square, and with the process that worked it out."""
    return lambda number: (number * number, os.getpid())


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Makes servants and dismisses them in the end."""
    servants: list[Servant[int, tuple[int, int]]] = []

    def begin(prepare: Answering) -> Servant[int, tuple[int, int]]:
        servants.append(Servant(prepare))
        return servants[-1]

    yield begin
    for one in servants:
        one.dismiss()


@alone
def test_a_servant_answers_in_a_process_of_its_own(serving: Serving) -> None:
    servant = serving(by_whom)
    (four, one), (nine, other) = servant.ask(2), servant.ask(3)
    assert (four, nine) == (4, 9)
    assert one == other != os.getpid()
    servant.dismiss()
    servant.dismiss()
    with pytest.raises(ChildProcessError):
        os.waitpid(one, os.WNOHANG)
    assert servant.ask(4) == (16, os.getpid())


@alone
def test_copies_ask_the_same_servant_at_once_and_get_their_own_answers(serving: Serving) -> None:
    servant = serving(by_whom)
    found: dict[int, tuple[int, int]] = {}
    lost = share_out(
        SHARES, lambda n: found.update({n: servant.ask(n)}), servant.ask, found.__setitem__, 3
    )
    assert lost == []
    assert [found[number][0] for number in range(SHARES)] == WANTED
    assert len({process for _, process in found.values()}) == 1


@alone
@pytest.mark.parametrize("when", ["getting ready", "at work"])
def test_what_a_servant_that_ended_early_was_asked_is_done_here(
    serving: Serving, when: str
) -> None:
    here = os.getpid()

    def end() -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    def prepare() -> Callable[[int], tuple[int, int]]:
        if when == "getting ready":
            end()

        def answer(number: int) -> tuple[int, int]:
            end()
            return number, os.getpid()

        return answer

    servant = serving(prepare)
    assert [servant.ask(number) for number in (1, 2)] == [(1, here), (2, here)]


@alone
def test_what_answering_raises_is_raised_where_it_was_asked(serving: Serving) -> None:
    def prepare() -> Callable[[int], tuple[int, int]]:
        return lambda number: (1 // number, os.getpid())

    servant = serving(prepare)
    with pytest.raises(ZeroDivisionError):
        servant.ask(0)
    assert servant.ask(1)[1] != os.getpid()


@alone
def test_an_answer_that_nobody_waited_for_is_no_answer_to_the_next_question(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    servant = serving(by_whom)

    def interrupt(stream: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pickle, "load", interrupt)
        with pytest.raises(KeyboardInterrupt):
            servant.ask(2)
    assert servant.ask(5)[0] == 25


def test_without_a_second_core_questions_are_answered_here(
    serving: Serving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(second_process, "may_fork", lambda: False)
    assert serving(by_whom).ask(5) == (25, os.getpid())
