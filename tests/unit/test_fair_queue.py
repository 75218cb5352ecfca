"""The queue for the interpreter: first come first served, one at a time, and never for ever."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock, Thread

import pytest

from graphmem.fair_queue import PYTHON, FairQueue

SOON = 20.0
"""Seconds after which a test has failed."""


class Line:
    """A queue, and threads that come to it one after the other."""

    def __init__(self, *, lease: float = SOON) -> None:
        self.queue = FairQueue(lease=lease)
        self.done: list[str] = []
        self._threads: list[Thread] = []

    def come(self, name: str, *, is_next: bool = False) -> None:
        """Let another thread come, and wait until it stands in the queue."""
        waiting = len(self.queue._waiting)

        def work() -> None:
            with self.queue.turn(is_next=is_next):
                self.done.append(name)

        self.start(work)
        until(lambda: len(self.queue._waiting) > waiting or name in self.done)

    def start(self, work: Callable[[], None]) -> Thread:
        """Run something in a thread of its own."""
        made = Thread(target=work)
        made.start()
        self._threads.append(made)
        return made

    def ended(self) -> list[str]:
        """Return who worked, in order, when all have ended."""
        for thread in self._threads:
            thread.join(SOON)
            assert not thread.is_alive()
        return self.done


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_who_came_first_is_first() -> None:
    line = Line()
    with line.queue.turn():
        for name in "abcde":
            line.come(name)
        assert line.done == []
    assert line.ended() == list("abcde")


def test_who_holds_what_others_need_goes_before_them() -> None:
    line = Line()
    with line.queue.turn():
        line.come("a")
        line.come("b", is_next=True)
    assert line.ended() == ["b", "a"]


def test_one_works_at_a_time() -> None:
    queue, inside, most = FairQueue(lease=SOON), [0], [0]

    def work(_: int) -> None:
        with queue.turn():
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.001)
            inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(80)))
    assert most == [1]


def test_a_turn_inside_a_turn_is_the_same() -> None:
    line = Line()
    with line.queue.turn():
        with line.queue.turn():
            line.come("a")
        assert line.done == []
    assert line.ended() == ["a"]


def test_an_error_ends_the_turn() -> None:
    line = Line()

    def fail() -> None:
        with line.queue.turn():
            line.come("a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert line.ended() == ["a"]
    with line.queue.turn():
        line.done.append("b")
    assert line.done == ["a", "b"]


def test_who_takes_long_goes_on_beside_the_next() -> None:
    line = Line(lease=0.02)
    with line.queue.turn():
        line.come("a")
        line.come("b")
        assert line.ended() == ["a", "b"]
        with line.queue.turn():
            line.done.append("still here")
    line.queue._lease = SOON
    with line.queue.turn():  # whoever took long has left nothing behind
        line.come("c")
        assert line.done == ["a", "b", "still here"]
    assert line.ended()[-1] == "c"


def test_two_that_wait_for_each_other_do_so_for_no_longer_than_a_lease() -> None:
    queue, lock, has_lock, has_turn = FairQueue(lease=0.02), Lock(), Event(), Event()

    def other() -> None:
        with lock:
            has_lock.set()
            assert has_turn.wait(SOON)
            with queue.turn():
                pass

    thread = Thread(target=other)
    thread.start()
    assert has_lock.wait(SOON)
    with queue.turn():
        has_turn.set()
        assert lock.acquire(timeout=SOON)
        lock.release()
    thread.join(SOON)
    assert not thread.is_alive()


def test_others_work_while_one_waits_aside_and_then_it_is_the_next() -> None:
    line = Line()
    with line.queue.turn():
        line.come("a")
        with line.queue.aside():
            until(lambda: line.done == ["a"])
            entered, go_on = Event(), Event()

            def hold() -> None:
                with line.queue.turn():
                    entered.set()
                    assert go_on.wait(SOON)

            line.start(hold)
            assert entered.wait(SOON)
            line.come("b")
            line.start(lambda: until(lambda: len(line.queue._waiting) == 2) or go_on.set())
        line.done.append("back")
    assert line.ended() == ["a", "back", "b"]


def test_who_has_no_turn_need_not_step_aside() -> None:
    line = Line()
    with line.queue.aside():
        line.queue.give_way()
        line.done.append("a")
    assert line.ended() == ["a"]


def test_long_work_gives_way_and_short_work_does_not() -> None:
    line = Line()
    with line.queue.turn():
        line.come("a")
        line.queue._working.since = time.monotonic() + SOON
        line.queue.give_way()
        assert line.done == []
        line.queue._working.since = time.monotonic() - 1
        line.queue.give_way()
        assert line.done == ["a"]
        line.queue._working.since -= 1
        line.queue.give_way()  # to nobody
    assert line.ended() == ["a"]


def test_who_is_interrupted_as_it_waits_leaves_the_queue() -> None:
    line, entered, go_on = Line(), Event(), Event()

    def hold() -> None:
        with line.queue.turn():
            entered.set()
            assert go_on.wait(SOON)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    line.start(hold)
    assert entered.wait(SOON)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt), line.queue.turn():
            pytest.fail("it is not its turn")
    finally:
        signal.signal(signal.SIGALRM, before)
    line.come("a")
    go_on.set()
    assert line.ended() == ["a"]


async def test_a_task_that_is_cancelled_leaves_no_turn_behind() -> None:
    queue, entered = FairQueue(lease=SOON), Event()

    def work() -> None:
        with queue.turn():
            entered.set()

    with queue.turn():
        task = asyncio.create_task(asyncio.to_thread(work))
        while not queue._waiting:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not entered.is_set()
    assert await asyncio.to_thread(entered.wait, SOON)  # the thread goes on, and lets go
    assert await asyncio.to_thread(lambda: queue._working) is None


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_forked_off_waits_for_no_thread_of_the_other() -> None:
    entered, go_on = Event(), Event()

    def hold() -> None:
        with PYTHON.turn():
            entered.set()
            assert go_on.wait(SOON)

    thread = Thread(target=hold)
    thread.start()
    assert entered.wait(SOON)
    child = os.fork()
    if not child:
        began = time.monotonic()
        with PYTHON.turn():
            os._exit(time.monotonic() - began > PYTHON._lease / 2)
    try:
        assert os.waitpid(child, 0)[1] == 0
    finally:
        go_on.set()
        thread.join()
