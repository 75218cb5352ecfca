"""The turns that hold a term, by their numbers among the turns; a passage is none of them."""

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.postings import turn_postings, turns_of, turns_with
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("kiln kiln", "s1", "Ana"),
    Turn("A kiln is an oven.", "p1", title="Kiln"),
    Turn("lemon", "s2", "Ana"),
    Turn("a kiln", "s2", "Ana"),
]


def found(turns):
    words = updated(None, snapshot_of(turns))
    index, term = turn_index(snapshot_of(turns), words.notes), words.numbers["kiln"]
    rows, counts = turn_postings(index, term)
    assert turns_of(index, term).tolist() == rows.tolist()
    assert turns_with(index, term) == len(rows)
    return dict(zip(rows.tolist(), counts.tolist(), strict=True))


def test_turns_are_numbered_without_the_passages_between_them():
    turns = [TALK[0], *TALK[2:]]
    assert found(turns) == {0: 2, 2: 1}
    notes = snapshot_of(TALK)
    at = [int(notes.is_turn[:note].sum()) for note in range(4) if notes.is_turn[note]]
    assert at == [0, 1, 2]
    assert sorted(found(TALK).values()) == [1, 2]
