"""What is derived of turns: where they stand, what they hold; grown, it is the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("Where is the harbour?", "s1", "Ana"),
    Turn("Behind the old harbour market.", "s1", "Ben"),
    Turn("Thanks!", "s1", "Ana"),
    Turn("I moved to Lisbon.", "s2", "Ana"),
    Turn("Lisbon has a harbour.", "s2", "Ben"),
]


def indexed(turns):
    snapshot = snapshot_of(turns)
    words = updated(None, snapshot)
    return turn_index(snapshot, words.notes), words


def test_a_turn_knows_what_it_holds_and_where_it_stands():
    index, _ = indexed(TALK)
    np.testing.assert_array_equal(index.features["asks"][index.sort], [1, 0, 0, 0, 0])
    np.testing.assert_array_equal(index.features["asked_before"][index.sort], [0, 1, 0, 0, 0])
    np.testing.assert_array_equal(index.features["names_inside"][index.sort], [0, 0, 0, 1, 0])


def test_turns_of_one_sort_have_the_same_features():
    index, _ = indexed([*TALK, *TALK[2:]])
    assert len(set(index.sort.tolist())) < len(index.notes)
    rows = list(zip(*(values[index.sort] for values in index.features.values()), strict=True))
    by_sort = {sort: rows[turn] for turn, sort in enumerate(index.sort.tolist())}
    assert len(set(by_sort.values())) == len(by_sort)
    assert all(by_sort[sort] == rows[turn] for turn, sort in enumerate(index.sort.tolist()))


def test_an_index_grown_from_an_earlier_one_is_the_same():
    before, _ = indexed(TALK[:3])
    snapshot = snapshot_of(TALK)
    counts = updated(None, snapshot).notes
    grown, fresh = turn_index(snapshot, counts, before=before), turn_index(snapshot, counts)
    np.testing.assert_array_equal(grown.traits.array, fresh.traits.array)
    np.testing.assert_array_equal(grown.sort, fresh.sort)
    for name, values in fresh.features.items():
        np.testing.assert_array_equal(grown.features[name], values)


DAY = timedelta(days=1)


def test_a_silence_of_half_a_day_parts_what_is_said_and_a_night_does_not():
    start = datetime(2024, 3, 4, 21, tzinfo=UTC)
    times = [start, start + timedelta(hours=10), start + 1.5 * DAY, start + 3 * DAY]
    index, _ = indexed([Turn("We talked.", "s", said_at=time) for time in times])
    assert index.session.tolist() == [0, 0, 1, 2]
    assert index.given.tolist() == [0, 0, 0, 0]


def test_undated_turns_of_a_session_belong_together():
    index, _ = indexed([Turn("We talked.", "s"), Turn("Yes.", "s"), Turn("No.", "t")])
    assert index.session.tolist() == [0, 0, 1]


def test_what_was_added_without_a_session_is_no_neighbour_of_what_stands_beside_it():
    snapshot = snapshot_of([Turn("The kettle is loud.", "notes"), Turn("It is.", "notes")])
    memos = replace(snapshot, is_memo=np.ones(2, np.bool_))
    words = updated(None, snapshot)
    together, apart = (turn_index(one, words.notes) for one in (snapshot, memos))
    assert together.session.tolist() == [0, 0]
    assert apart.session.tolist() == [0, 1]
    assert apart.given.tolist() == [0, 0]
