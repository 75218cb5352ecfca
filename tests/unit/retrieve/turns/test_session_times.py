"""Notes near a time are found by the sessions that were talked then."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.session_times import SessionTimes

SAID = st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 50)), max_size=30)


@given(SAID, st.integers(-5, 55), st.integers(0, 20))
def test_all_that_was_said_between_two_moments_is_near_and_no_session_of_other_times(
    said, begin, lasts
):
    ordered = sorted(said, key=lambda one: one[0])
    session = np.array([number for number, _ in ordered], np.int32)
    times = np.array([np.nan if when is None else when for _, when in ordered], np.float64)
    near = SessionTimes.of(times, session).notes_near(begin, begin + lasts).tolist()
    talked = {number: times[session == number] for number in session.tolist()}
    is_near = {
        number: bool((np.nanmin(own) <= begin + lasts) & (np.nanmax(own) >= begin))
        for number, own in talked.items()
        if not np.isnan(own).all()
    }
    assert near == [at for at, number in enumerate(session) if is_near.get(number)]
