"""When each session was talked: of a long memory only the sessions near a time are looked at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import Rows, spans
from graphmem.vectors import first_of_runs


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """The first and the last moment of each session, NaN where nothing in it has a time."""

    starts: Rows
    """Where the notes of each session begin."""
    lengths: Rows
    earliest: NDArray[np.float64]
    latest: NDArray[np.float64]

    @classmethod
    def of(cls, said_at: NDArray[np.float64], session: NDArray[np.integer]) -> "SessionTimes":
        """Take when notes were said, and their sessions, of which each stands together."""
        starts = first_of_runs(session) if len(session) else np.empty(0, np.int64)
        if not len(starts):
            return cls(starts, starts, said_at, said_at)
        lengths = np.diff(starts, append=len(session))
        earliest, latest = (ends.reduceat(said_at, starts) for ends in (np.fmin, np.fmax))
        return cls(starts, lengths, earliest, latest)

    def notes_near(self, begin: float, end: float) -> Rows:
        """Return the notes, ascending, of the sessions that were talked between two moments."""
        is_near = (self.earliest <= end) & (self.latest >= begin)
        return spans(self.starts[is_near], self.lengths[is_near])
