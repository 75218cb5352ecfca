"""A fair queue for the interpreter: first come, first served, and what has begun is done quickly.

Python runs one thread at a time. Threads that contend for it are interrupted every few
milliseconds, so that of n searches that begin together all end late; one after the other they end
evenly. Who waits in this queue does not contend.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from time import monotonic

LEASE = 0.25
"""Seconds that a place is kept: several searches of a large memory, and no first reading of one."""
SLICE = 0.025
"""Seconds of long work before it lets the next one have a turn: about two searches."""


class _Place:
    """One thread's place in the queue."""

    __slots__ = ("called", "since")

    def __init__(self) -> None:
        self.called = Lock()
        self.called.acquire()
        self.since = 0.0
        """When its turn came."""


class FairQueue:
    """Lets one thread work at a time, in the order in which they came.

    It is a courtesy and guards nothing: who has had a turn for longer than `lease` seconds goes on
    beside the next. So nobody waits long for slow work, nor for ever for a thread that waits for
    them: whatever locks are held in a turn, there is no deadlock.
    """

    def __init__(self, *, lease: float = LEASE) -> None:
        self._lease = lease
        self._guard = Lock()
        self._working: _Place | None = None
        self._waiting: deque[_Place] = deque()
        self._own = local()

    @contextmanager
    def turn(self, *, is_next: bool = False) -> Iterator[None]:
        """Wait for one's turn, and have it; inside another of the same thread that one goes on.

        `is_next`: before all who wait, for whoever holds what they may need.
        """
        if self._place is not None:
            yield
            return
        self._place = place = _Place()
        try:
            self._enter(place, is_next=is_next)
            yield
        finally:
            self._leave()

    def give_way(self) -> None:
        """Go to the end of the queue if others wait and this turn has lasted a while."""
        place = self._place
        if place is not None and self._waiting and monotonic() - place.since >= SLICE:
            self._leave()
            self._place = place = _Place()
            self._enter(place, is_next=False)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others work while this thread waits for something else; then it is the next."""
        if self._place is None:
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._place = place = _Place()
            self._enter(place, is_next=True)

    def clear(self) -> None:
        """Forget all threads but this one: the others are not there in a process forked off."""
        self._guard = Lock()
        self._working = self._place
        self._waiting.clear()

    @property
    def _place(self) -> _Place | None:
        found: _Place | None = getattr(self._own, "place", None)
        return found

    @_place.setter
    def _place(self, place: _Place | None) -> None:
        self._own.place = place

    def _enter(self, place: _Place, *, is_next: bool) -> None:
        with self._guard:
            (self._waiting.appendleft if is_next else self._waiting.append)(place)
            self._call_next()
        while not place.called.acquire(timeout=self._lease):
            with self._guard:
                self._call_next()

    def _leave(self) -> None:
        place, self._place = self._place, None
        with self._guard:
            if self._working is place:
                self._working = None
            elif place is not None and place in self._waiting:  # interrupted before its turn
                self._waiting.remove(place)
            self._call_next()

    def _call_next(self) -> None:
        """Give the turn to who came first, if nobody has it or has had it for long."""
        now, last = monotonic(), self._working
        if self._waiting and (last is None or now - last.since >= self._lease):
            self._working = place = self._waiting.popleft()
            place.since = now
            place.called.release()


PYTHON = FairQueue()
"""The queue of this process's interpreter."""

os.register_at_fork(after_in_child=PYTHON.clear)
