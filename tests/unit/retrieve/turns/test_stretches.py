"""Which stretches of talk are as they were: those brought forward are those numbered anew."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.stretches import SILENCE, Breaks, Stretches, brought_forward
from graphmem.retrieve.words.known import Before

TURN = st.tuples(st.integers(0, 99), st.sampled_from([0.0, SILENCE, 3 * SILENCE, np.nan]))
TALKS = st.lists(
    st.tuples(st.integers(0, 3), st.lists(TURN, max_size=4)), max_size=5, unique_by=lambda s: s[0]
).map(lambda talk: {session: turns for session, turns in talk if turns})
"""The turns of each session, each known by a number and a time."""


def columns(talk):
    """Return a name for each turn, and what tells where stretches begin."""
    turns = [
        (session, *turn, at) for session in sorted(talk) for at, turn in enumerate(talk[session])
    ]
    given_ = np.unique([session for session, *_ in turns], return_inverse=True)[1].astype(np.int32)
    said_at = np.array([at for _, _, at, _ in turns], np.float64)
    memo = np.array([number % 7 == 0 for _, number, _, _ in turns], np.bool_)
    return turns, Breaks(given_, said_at, memo if memo.any() else None)


def stood_of(before, now, again=()):
    rows = [before.index(turn) if turn in before else -1 for turn in now]
    return Before.of(np.array(rows, np.int64), np.array(again, np.int64))


@given(TALKS, TALKS)
def test_stretches_brought_forward_are_those_numbered_anew(before, now):
    """A turn is one of a session, with its place there: another session goes on with others."""
    (turns, breaks), (turns_now, breaks_now) = columns(before), columns(before | now)
    was, fresh = Stretches.of(breaks), Stretches.of(breaks_now)
    renewed = brought_forward(was, stood_of(turns, turns_now), breaks_now)
    one = renewed.stretches
    np.testing.assert_array_equal(one.of_turn, fresh.of_turn)
    np.testing.assert_array_equal(one.first, fresh.first)
    assert one.of_turn.dtype == one.first.dtype == np.int32
    whole_before = spoken(turns, was)
    for number, stretch in enumerate(spoken(turns_now, fresh)):
        is_changed = number in renewed.changed.tolist()
        assert is_changed == (stretch not in whole_before)
        assert is_changed or whole_before[renewed.before[number]] == stretch


def spoken(turns, stretches):
    """Return the turns of each stretch."""
    ends = np.append(stretches.first, len(turns)).tolist()
    return [turns[start:stop] for start, stop in pairwise(ends)]


@given(TALKS.filter(len), st.data())
def test_a_turn_that_is_told_by_its_id_alone_changes_its_stretch(talk, data):
    turns, breaks = columns(talk)
    again = sorted(data.draw(st.sets(st.integers(0, len(turns) - 1))))
    was = Stretches.of(breaks)
    renewed = brought_forward(was, stood_of(turns, turns, again), breaks)
    assert renewed.changed.tolist() == sorted(set(was.of_turn[again].tolist()))


def test_a_turn_that_is_read_anew_with_another_time_parts_what_it_stood_in():
    given_, times = np.zeros(3, np.int32), [0.0, 1.0, 2.0]
    was = Stretches.of(Breaks(given_, np.array(times), None))
    later = Breaks(given_, np.array([0.0, 2 * SILENCE, 2.0 + 2 * SILENCE]), None)
    stood = Before(3, [(0, 1, 0), (1, 2, 1), (2, 3, 2)], np.array([1]))
    renewed = brought_forward(was, stood, later)
    assert renewed.stretches.of_turn.tolist() == [0, 1, 1]
    assert renewed.changed.tolist() == [0, 1]


def test_the_turns_of_some_stretches_are_those_that_have_their_numbers():
    stretches = Stretches(np.array([0, 0, 1, 2, 2, 2], np.int32), np.array([0, 2, 3], np.int32))
    assert stretches.last.tolist() == [1, 2, 5]
    assert stretches.turns(np.array([0, 2])).tolist() == [0, 1, 3, 4, 5]
    assert stretches.turns(np.array([], np.int64)).tolist() == []


def test_a_silence_a_memo_and_another_session_begin_a_stretch():
    given_ = np.array([0, 0, 0, 0, 1], np.int32)
    said_at = np.array([0.0, SILENCE, 2 * SILENCE + 1, np.nan, np.nan])
    assert Stretches.of(Breaks(given_, said_at, None)).of_turn.tolist() == [0, 0, 1, 1, 2]
    memo = np.array([False, True, False, True, False])
    assert Stretches.of(Breaks(given_, said_at, memo)).of_turn.tolist() == [0, 1, 2, 3, 4]
    assert Stretches.of(Breaks(given_[:0], said_at[:0], None)).of_turn.tolist() == []
