"""Columns that are handed out again once nobody holds them.

Memory that is fresh from the system is cleared page by page before it is filled, which takes longer
than to fill it; a search fills a few columns of all turns and lets go of them.
"""

import sys
from threading import Lock

import numpy as np

from graphmem.retrieve.turns.kernels import Column

MOST = 6
"""Columns that are kept, at most: two searches at once fill as many."""
ROOM = 2
"""How many times as long as what is asked for a column may be: the whole is held for a part."""


def _references(columns: list[Column], at: int) -> int:
    return sys.getrefcount(columns[at])


_OF_NOBODY = _references([np.empty(0)], 0)
"""References to a column that is only kept."""


class SpareColumns:
    """Hands out columns of float64 whose values are whatever they were."""

    def __init__(self) -> None:
        self._kept: list[Column] = []
        self._lock = Lock()

    def column(self, n: int) -> Column:
        """Return a column of n numbers; it is one's own as long as one holds it or a part of it."""
        with self._lock:
            for at in range(len(self._kept)):
                is_fit = n <= len(self._kept[at]) <= ROOM * n
                if is_fit and _references(self._kept, at) == _OF_NOBODY:
                    return self._kept[at][:n]  # holds the whole
            column = np.empty(n)
            self._kept = [column, *self._kept[: MOST - 1]]
            return column[:n]


SPARE = SpareColumns()
"""Those of this process."""
