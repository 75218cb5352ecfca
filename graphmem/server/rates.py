"""How often one caller may ask: a bucket of requests a caller, that fills again over a minute."""

import time
from collections.abc import Callable
from math import ceil

from graphmem.server.refused import RefusedError

Seconds = Callable[[], float]
UNKNOWN = ""
"""The bucket that all share who show no token that is known."""


class Rates:
    """Counts the requests of each caller."""

    def __init__(self, per_minute: int, now: Seconds = time.monotonic) -> None:
        self._most, self._now = float(per_minute), now
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> None:
        """Count one request. Raises RefusedError, 429, with the seconds to wait, for one too many.

        Whoever is unknown has a bucket, so the names are those of tokens and no more.
        """
        now = self._now()
        left, at = self._left.get(who, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        if left < 1:
            self._left[who] = left, now
            wait = ceil((1 - left) * 60 / self._most)
            told = f"more than {self._most:g} requests a minute; ask again in {wait} s"
            raise RefusedError(429, told, kind="TooMany", wait=wait)
        self._left[who] = left - 1, now
