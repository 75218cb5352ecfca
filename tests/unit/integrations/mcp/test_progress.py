"""A long call tells each second that it goes on; a short one tells nothing."""

import asyncio

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from graphmem.integrations.mcp import progress


class Hearing:
    """Stands for a call's context."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, str]] = []
        self.is_enough = asyncio.Event()

    async def report_progress(self, seconds: float, *, message: str) -> None:
        self.heard.append((seconds, message))
        if len(self.heard) == 3:
            self.is_enough.set()


async def test_a_long_call_tells_for_how_long_it_has_gone_on(monkeypatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.01)
    hearing = Hearing()
    assert await progress.reporting(hearing.is_enough.wait(), hearing) is True
    seconds = [told for told, _ in hearing.heard[:3]]
    assert seconds == pytest.approx([0.01, 0.02, 0.03])


async def test_a_short_call_tells_nothing_and_its_error_is_raised() -> None:
    async def fail() -> None:
        raise RuntimeError("inside")

    hearing = Hearing()
    with pytest.raises(RuntimeError, match="inside"):
        await progress.reporting(fail(), hearing)
    assert hearing.heard == []


async def test_a_call_that_is_cancelled_cancels_the_work(monkeypatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.01)
    hearing, work = Hearing(), asyncio.Event()
    working = asyncio.ensure_future(work.wait())
    call = asyncio.ensure_future(progress.reporting(working, hearing))
    await hearing.is_enough.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await asyncio.wait([working], timeout=10)
    assert working.cancelled()
