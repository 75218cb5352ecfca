"""How near each note was said to the times that a question asks about."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.question.period import DAY_SECONDS, Period

_DECAY_AFTER_DAYS, _DECAY_BEFORE_DAYS = 7.0, 3.0
_MONTH_TAIL, _MONTH_TAIL_DAYS = 0.5, 21.0
_ONE_MONTH = 31


def day_prior(asked: Sequence[Period], said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) how near each note was said to an asked day or week, 0 to 1; 0 without a time.

    People speak of a day after it more than before it: the value falls by e within seven days
    after, within three before.
    """
    best = np.zeros(len(said_at))
    for period in asked:
        if not period.is_long:
            late, early = days_after(period, said_at), days_before(period, said_at)
            near = np.exp(-late / _DECAY_AFTER_DAYS - early / _DECAY_BEFORE_DAYS)
            best = np.fmax(best, near)
    return best


def month_prior(asked: Sequence[Period], said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) 1 for notes said in an asked month, season or year, 0 for the others.

    The three weeks after an asked month count half: that is when people speak of it.
    """
    best = np.zeros(len(said_at))
    for period in asked:
        if period.is_long:
            inside = (said_at >= period.start) & (said_at < period.end)
            best = np.fmax(best, inside)
            if period.days <= _ONE_MONTH:
                late = days_after(period, said_at)
                best = np.fmax(best, _MONTH_TAIL * ((late > 0) & (late <= _MONTH_TAIL_DAYS)))
    return best


def days_after(period: Period, said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) how many days after the last one of a period, 0 up to it; NaN without a time."""
    late: NDArray[np.float64] = np.floor((said_at - period.end) / DAY_SECONDS) + 1
    return np.maximum(late, 0)


def days_before(period: Period, said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) how many days before the first one of a period, 0 from it on."""
    early: NDArray[np.float64] = -np.floor((said_at - period.start) / DAY_SECONDS)
    return np.maximum(early, 0)
