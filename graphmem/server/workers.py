"""The threads in which what blocks is done: those that write hold no reader up."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from graphmem.server.grants import Right

T = TypeVar("T")
READERS = 8
"""Searches at once: more only wait for each other; two left a writer more than its turn."""
WRITERS = 2
"""A store takes one at a time; the second has its turn read and encoded meanwhile."""


class Workers:
    """Two sets of threads, made when they are first needed."""

    def __init__(self, *, readers: int = READERS, writers: int = WRITERS) -> None:
        self._reading = ThreadPoolExecutor(readers, thread_name_prefix="graphmem-read")
        self._writing = ThreadPoolExecutor(writers, thread_name_prefix="graphmem-write")
        self.begun: Counter[Right] = Counter()
        """How much work of each kind was begun."""
        self.waited: Counter[Right] = Counter()
        """Nanoseconds that all of it waited for a thread."""

    async def run(self, right: Right, work: Callable[[], T]) -> T:
        """Return what the work returns, when a thread of its kind has done it.

        Work that nobody waits for any more is not begun; what has begun is done.
        """
        pool = self._writing if right == "write" else self._reading
        asked, begins = time.perf_counter_ns(), []

        def begun() -> T:
            begins.append(time.perf_counter_ns())
            return work()

        try:
            return await asyncio.get_running_loop().run_in_executor(pool, begun)
        finally:  # in the loop, so that no two threads count at once
            for at in begins:
                self.begun[right] += 1
                self.waited[right] += at - asked
