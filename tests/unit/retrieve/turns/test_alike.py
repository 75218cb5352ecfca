"""What two turns say of one matter: the same value, another, the contrary."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.memory import Memory
from graphmem.retrieve.turns.alike import FOUND, first_hits
from graphmem.testing import standing_clock
from tests.unit.retrieve.snapshots import Turn, snapshot_of


@pytest.mark.parametrize(
    ("older", "newer", "mark"),
    [
        ("The spare key is at Olga Berg's.", "The spare key is at Olga's now.", "said again"),
        ("The spare key is in box 4.", "The spare key is in box 9.", "earlier"),
        ("The spare key is in the shed.", "The spare key is not in the shed.", "earlier"),
        ("The spare key is in the shed.", "The spare key is with my brother.", "earlier"),
    ],
)
def test_a_value_is_the_same_by_its_numbers_what_is_said_and_whether_it_is_denied(
    older: str, newer: str, mark: str
) -> None:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    memory.add("Soup for lunch.", speaker="Ida", said_at="2024-01-01", session="a")
    memory.add(older, speaker="Ida", said_at="2024-01-02", session="b")
    memory.add(newer, speaker="Ida", said_at="2024-01-03", session="c")
    hits = memory.search("Where is the spare key?", k=3, min_score=0)
    (marks,) = [hit.marks for hit in hits if hit.note.text == older]
    assert marks[0].startswith(mark)


def test_a_denial_in_another_part_of_the_sentence_denies_nothing_here() -> None:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    texts = (
        "I flew a kite at the beach today, but I have never liked sand.",
        "I flew a kite at the beach again.",
    )
    for day, text in enumerate(texts, 1):
        memory.add(text, speaker="Ida", said_at=f"2024-01-0{day}", session=f"s{day}")
    hits = memory.search("Have I ever flown a kite at the beach?", k=2, min_score=0)
    assert not [mark for hit in hits for mark in hit.marks if "contradicts" in mark]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(0, 5)), max_size=60),
)
def test_of_hits_that_are_alike_the_newest_come_first(talk):
    days = [None if day is None else datetime(2024, 1, day + 1, tzinfo=UTC) for _, day in talk]
    turns = [Turn(f"Note {at}.", f"s{at}", "Ida", said_at=day) for at, day in enumerate(days)]
    snapshot = snapshot_of(turns)
    scores = np.array([(-np.inf, 0.5, 2.0)[score] for score, _ in talk])
    dated = [n for n in range(len(talk)) if scores[n] > 0 and talk[n][1] is not None]
    best = np.sort(scores)[::-1][:FOUND].min(initial=np.inf)
    ordered = sorted(
        (n for n in dated if scores[n] >= best),
        key=lambda n: (-scores[n], -talk[n][1], snapshot.note_ids[n]),
    )
    assert first_hits(snapshot, scores) == ordered[:FOUND]
