"""Which stretches of talk are as they were: a loop over whole stretches says the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.stretches import SILENCE, changed_turns, stretches
from graphmem.retrieve.words.known import Before

TALKS = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True), max_size=4).map(
    lambda talk: [[(at, turn) for turn in one] for at, one in enumerate(talk)]
)
"""Stretches of turns, each known by itself."""


def columns(talk, lengths):
    session = np.repeat(np.arange(len(talk)), [len(one) for one in talk]).astype(np.int64)
    return session, np.array([lengths.get(turn, 3.0) for one in talk for turn in one])


@given(
    TALKS.filter(len),
    TALKS,
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 9)), st.just(7.0)),
)
def test_a_stretch_is_as_it_was_if_all_its_turns_are_and_stand_so(before, now, other_lengths):
    was, lengths_were = columns(before, {})
    session, lengths = columns(now, other_lengths)
    place = {turn: at for at, turn in enumerate(turn for one in before for turn in one)}
    rows = np.array([place.get(turn, -1) for one in now for turn in one], np.int64)
    same = [one in before and not any(t in other_lengths for t in one) for one in now]
    changed = [at for at, stretch in enumerate(session.tolist()) if not same[stretch]]
    found = changed_turns(session, lengths, Before.of(rows), was, lengths_were)
    assert found.tolist() == changed


@given(
    st.lists(st.booleans(), min_size=1, max_size=7), st.lists(st.booleans(), min_size=1, max_size=7)
)
def test_of_the_same_turns_those_change_whose_stretch_is_cut_or_joined(were_cut, are_cut):
    """Turns stay in their order, and stretches begin elsewhere."""
    n = min(len(were_cut), len(are_cut))
    was, session = (np.cumsum([0, *cuts[1:n]]).astype(np.int64) for cuts in (were_cut, are_cut))
    lengths = np.ones(n)
    talks = [
        {tuple(np.flatnonzero(of == number).tolist()) for number in set(of.tolist())}
        for of in (was, session)
    ]
    same = {turn for stretch in talks[0] & talks[1] for turn in stretch}
    found = changed_turns(session, lengths, Before.of(np.arange(n)), was, lengths)
    assert found.tolist() == [turn for turn in range(n) if turn not in same]


def test_a_silence_a_memo_and_another_session_begin_a_stretch():
    given_ = np.array([0, 0, 0, 0, 1], np.int32)
    said_at = np.array([0.0, SILENCE, 2 * SILENCE + 1, np.nan, np.nan])
    assert stretches(given_, said_at, None).tolist() == [0, 0, 1, 1, 2]
    memo = np.array([False, True, False, True, False])
    assert stretches(given_, said_at, memo).tolist() == [0, 1, 2, 3, 4]
    assert stretches(given_[:0], said_at[:0], None).tolist() == []
