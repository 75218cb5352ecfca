"""What channels are standardised over: the sessions of the speakers who are asked about."""

import numpy as np
import pytest

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("Where is it?", "s1", "Ana"),
    Turn("Behind the market.", "s1", "Ben"),
    Turn("I moved.", "s2", "Cleo"),
    Turn("Why?", "s2", None),
    Turn("Ana, I like it.", "s3", "Ben"),
]
ANA, BEN, CLEO = range(3)


@pytest.fixture
def index():
    snapshot = snapshot_of(TALK)
    assert snapshot.speakers == ("Ana", "Ben", "Cleo")
    return turn_index(snapshot, updated(None, snapshot).notes)


def test_the_turns_are_those_of_the_sessions_in_which_a_named_speaker_spoke(index):
    assert index.reference((ANA,)).turns.tolist() == [True, True, False, False, False]
    assert index.reference((BEN, CLEO)).turns.all()


@pytest.mark.parametrize("speakers", [(), (9,)])
def test_all_turns_count_where_nobody_who_spoke_is_named(index, speakers):
    reference = index.reference(speakers)
    assert reference.is_all
    assert reference.present[reference.cell].all()
    assert not reference.said_by_named[reference.cell].any()


def test_a_cell_knows_who_says_a_turn_and_whose_session_it_is_in(index):
    reference = index.reference((BEN, ANA))
    assert reference.said_by_first[reference.cell].tolist() == [0, 1, 0, 0, 1]
    assert reference.said_by_named[reference.cell].tolist() == [1, 1, 0, 0, 1]
    assert reference.present[reference.cell].tolist() == [1, 1, 0, 0, 1]


@pytest.mark.parametrize("speakers", [(), (ANA,), (BEN, ANA), (CLEO,)])
def test_a_feature_of_cells_is_that_of_their_turns_standardised_over_the_reference(index, speakers):
    reference = index.reference(speakers)
    for name, values in index.features.items():
        of_turns = values[index.sort]
        np.testing.assert_array_equal(reference.of_cells(name)[reference.cell], of_turns)
        np.testing.assert_array_equal(
            reference.standard(name)[reference.cell],
            Scaled.over(of_turns, of_turns[reference.turns]).column,
        )


def test_a_reference_is_found_once_and_again_after_many_others(index):
    first = index.reference((ANA,))
    assert index.reference((ANA,)) is first
    for other in range(40):
        index.reference((other, ANA))
    assert index.reference((ANA,)).turns.tolist() == first.turns.tolist()
