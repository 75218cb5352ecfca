"""What was said in one go: the stretches of a session between silences, and which are as before."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column
from graphmem.vectors import first_of_runs

SILENCE = 12 * 3600.0
"""Seconds after which what is said next answers nothing that was said before: a night is shorter,
the days of a journal are not."""
Turns = NDArray[np.int64]


def stretches(
    given: NDArray[np.int32], said_at: Column, is_memo: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """Number the runs of turns of one session, a new one after each SILENCE and for each memo.

    What is undated was said in one go with what stands before it.
    """
    breaks = (np.diff(given) != 0) | (np.diff(said_at) > SILENCE)
    if is_memo is not None:
        breaks |= is_memo[1:]
    return np.concatenate((np.zeros(min(len(given), 1), np.int64), np.cumsum(breaks)))


def changed_turns(
    session: Turns, lengths: Column, rows: Turns, was: Turns, lengths_were: Column
) -> Turns:
    """Return the turns of the stretches that are not, turn by turn, as one was before, ascending.

    Parameters
    ----------
    session : (t,) the stretches of now; `lengths` (t,) those of the turns.
    rows : (t,) where each turn stood before, -1 for a new one.
    was : (b,) the stretches as they were, one at least; `lengths_were` (b,) those of the turns.
    """
    if not len(session):
        return session
    first, first_were = first_of_runs(session), first_of_runs(was)
    begins, began = np.zeros(len(session), np.bool_), np.zeros(len(was), np.bool_)
    begins[first] = began[first_were] = True
    is_same = (lengths == lengths_were.take(rows, mode="clip")) & (rows >= 0)
    is_same &= begins == began.take(rows, mode="clip")
    is_same[1:] &= begins[1:] | (rows[1:] - rows[:-1] == 1)
    sizes, sizes_were = np.diff(first, append=len(session)), np.diff(first_were, append=len(was))
    is_whole = np.logical_and.reduceat(is_same, first)
    is_whole &= sizes == sizes_were[was.take(rows[first], mode="clip")]
    return np.flatnonzero(~np.repeat(is_whole, sizes))
