"""A store of turns and passages: the kind that a question is about comes first."""

import pytest

from graphmem.retrieve import Engine
from graphmem.retrieve.asked import Asked
from graphmem.rules.embed import RuleEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("I bought a kayak last week, a red one!", "talk", "Tilda"),
    Turn("Nice, where will you take it?", "talk", "Brom"),
    Turn("Down the river Aune, with my sister.", "talk", "Tilda"),
]
PAGES = [
    Turn("The Aune is a river in the north. It was mapped by Tilda Morgan.", title="Aune"),
    Turn("Tilda Morgan was a painter of rivers, born in Skelde.", title="Tilda Morgan"),
    Turn("A kayak is a narrow boat.", title="Kayak"),
]


def kinds(question):
    """Return whether each hit is a turn, best first, and the hits."""
    snapshot = snapshot_of([*TALK, *PAGES])
    hits = Engine.of(snapshot, encoder=RuleEncoder()).search(Asked(text=question, k=6))
    is_turn = dict(zip(snapshot.note_ids, snapshot.is_turn.tolist(), strict=True))
    return [is_turn[hit.note] for hit in hits], hits


@pytest.mark.parametrize(
    ("question", "is_turn"),
    [
        ("What boat did Tilda buy last week?", True),
        ("Where will Tilda take the kayak?", True),
        ("Where did I take the kayak?", True),
        ("How do I steer my narrow boat?", False),
        ("Where was Tilda Morgan born?", False),
        ("Who mapped the river in the north?", False),
    ],
)
def test_the_kind_that_is_asked_about_comes_first(question, is_turn):
    found, _ = kinds(question)
    assert found[:2] == [is_turn] * 2


def test_both_kinds_are_found_and_each_path_scores_as_its_hit():
    found, hits = kinds("Who knows the river Aune?")
    assert set(found) == {True, False}
    assert all(path.score == pytest.approx(hit.score) for hit in hits for path in hit.paths)
    assert all(0 < hit.score <= 1 for hit in hits)


def test_a_store_of_one_kind_is_scored_as_if_there_were_no_other():
    alone = snapshot_of(PAGES)
    before = Engine.of(alone, encoder=RuleEncoder()).search(
        Asked(text="Where was Tilda Morgan born?", k=3)
    )
    _, hits = kinds("Where was Tilda Morgan born?")
    assert hits[0].score <= before[0].score
    assert hits[0].why == before[0].why
