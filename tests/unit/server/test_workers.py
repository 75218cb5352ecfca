"""The threads in which what blocks is done."""

import asyncio
import threading
import time

import pytest

from graphmem.server import Workers


async def test_writers_that_wait_hold_no_reader_up() -> None:
    workers, gate = Workers(readers=1, writers=2), threading.Event()
    waiting = [asyncio.ensure_future(workers.run("write", gate.wait)) for _ in range(5)]
    assert await workers.run("read", lambda: "read") == "read"
    assert not any(one.done() for one in waiting)
    gate.set()
    assert await asyncio.gather(*waiting) == [True] * 5


async def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    workers, gate, begun = Workers(readers=1), threading.Event(), []
    first = asyncio.ensure_future(workers.run("read", gate.wait))
    second = asyncio.ensure_future(workers.run("read", lambda: begun.append(2)))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    gate.set()
    await first
    await workers.run("read", lambda: None)
    assert begun == []


async def test_how_long_work_waited_for_a_thread_is_counted_and_not_how_long_it_took() -> None:
    workers, gate = Workers(readers=1), threading.Event()
    first = asyncio.ensure_future(workers.run("read", gate.wait))
    second = asyncio.ensure_future(workers.run("read", lambda: None))
    asked = time.perf_counter_ns()
    await asyncio.sleep(0)  # both are asked for now
    waits = time.perf_counter_ns()
    await asyncio.sleep(0.05)
    held = time.perf_counter_ns() - waits
    gate.set()
    await asyncio.gather(first, second)
    assert workers.begun == {"read": 2}
    assert held <= workers.waited["read"] < 2 * (time.perf_counter_ns() - asked)


async def test_work_that_fails_is_counted_too() -> None:
    workers = Workers()
    with pytest.raises(ZeroDivisionError):
        await workers.run("write", lambda: 1 / 0)
    assert workers.begun == {"write": 1}
