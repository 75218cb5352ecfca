"""What was said in one go: the stretches of a session between silences, and which are as before."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.ragged import spans
from graphmem.vectors import distinct, first_of_runs

SILENCE = 12 * 3600.0
"""Seconds after which what is said next answers nothing that was said before: a night is shorter,
the days of a journal are not."""
Turns = NDArray[np.int64]


def stretches(
    given: NDArray[np.int32], said_at: Column, is_memo: NDArray[np.bool_] | None
) -> NDArray[np.int32]:
    """Number the runs of turns of one session, a new one after each SILENCE and for each memo.

    What is undated was said in one go with what stands before it.
    """
    breaks = (np.diff(given) != 0) | (np.diff(said_at) > SILENCE)
    if is_memo is not None:
        breaks |= is_memo[1:]
    return np.concatenate(
        (np.zeros(min(len(given), 1), np.int32), np.cumsum(breaks, dtype=np.int32))
    )


def changed_turns(
    session: NDArray[np.int32],
    lengths: Column,
    before: Before,
    was: NDArray[np.int32],
    lengths_were: NDArray[np.floating],
) -> Turns:
    """Return the turns of the stretches that are not, turn by turn, as one was before, ascending.

    Parameters
    ----------
    session : (t,) the stretches of now; `lengths` (t,) those of the turns.
    before : where each turn stood.
    was : (b,) the stretches as they were, one at least; `lengths_were` (b,) those of the turns.

    A stretch is as it was if its turns are of one run, each begins a stretch if it did, and so does
    what follows them: only the ends of runs are looked at one by one.
    """
    if not len(session):
        return np.empty(0, np.int64)
    first, first_were = first_of_runs(session), first_of_runs(was)
    begins, began = np.zeros(len(session) + 1, np.bool_), np.zeros(len(was) + 1, np.bool_)
    begins[first] = began[first_were] = True
    begins[-1] = began[-1] = True
    is_other = np.ones(len(session), np.bool_)
    for start, stop, at in before.runs:
        then = slice(at, at + stop - start)
        np.not_equal(lengths[start:stop], lengths_were[then], out=is_other[start:stop])
        begins_otherwise = begins[start:stop] != began[then]
        is_other[start:stop] |= begins_otherwise
        is_other[start : stop - 1] |= begins_otherwise[1:]  # what was before it ends elsewhere
        is_other[start] |= not begins[start]
        is_other[stop - 1] |= not (begins[stop] and began[then.stop])
    changed = distinct(session[is_other])
    ends = np.append(first, len(session))
    return spans(first[changed], ends[changed + 1] - first[changed])
