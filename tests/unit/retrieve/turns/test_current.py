"""Of the turns that state what is asked the newest stands first, and the older ones are marked."""

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    ("Ida", "2024-01-02", "The key of the shed is under the red pot."),
    ("Ole", "2024-01-05", "The shed needs paint, and the fence too."),
    ("Ida", "2024-02-02", "The key of the shed is in the kitchen drawer."),
    ("Ida", "2024-02-09", "Where is the key of the shed?"),
    ("Ole", "2024-03-01", "The key of the shed is with my brother."),
    ("Ida", "2024-03-02", "Soup for lunch again."),
)
QUESTION = "Where is Ida's key of the shed?"


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ida", clock=standing_clock)
    for number, (speaker, day, text) in enumerate(SAID):
        made.add(text, speaker=speaker, said_at=f"{day}T10:00:00Z", session=f"s{number}")
    return made


def found(memory: Memory, question: str = QUESTION, **more: object) -> dict[str, tuple[str, ...]]:
    return {hit.note.text: hit.marks for hit in memory.search(question, k=6, min_score=0, **more)}


def test_the_newest_statement_stands_first_and_the_older_one_says_so(memory: Memory) -> None:
    hits = memory.search(QUESTION, k=6, min_score=0)
    assert hits[0].note.text == SAID[2][2]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert found(memory)[SAID[0][2]] == (f"earlier; newer: {hits[0].note.id}",)


def test_nothing_is_hidden_and_no_score_but_its_place_changes(memory: Memory) -> None:
    on = memory.search(QUESTION, k=6, min_score=0)
    off = memory.search(QUESTION, k=6, min_score=0, current=False)
    assert {hit.note.id for hit in on} == {hit.note.id for hit in off}
    assert [hit.score for hit in on] == pytest.approx([hit.score for hit in off])
    assert all(hit.marks == () for hit in off)


def test_a_turn_that_only_asks_and_what_another_speaker_said_are_no_newer_value(
    memory: Memory,
) -> None:
    marks = found(memory)
    assert marks[SAID[3][2]] == marks[SAID[4][2]] == ()


def test_as_of_a_moment_the_newest_of_then_stands_first(memory: Memory) -> None:
    then = memory.search(QUESTION, k=6, min_score=0, as_of="2024-01-20")
    assert then[0].note.text == SAID[0][2]
    assert then[0].marks == ()


def test_the_same_said_again_is_no_other_value(memory: Memory) -> None:
    memory.add(SAID[2][2], speaker="Ida", said_at="2024-04-01", session="later")
    hits = memory.search(QUESTION, k=6, min_score=0)
    (hit,) = [hit for hit in hits if hit.note.text == SAID[2][2]]
    assert hit.marks == ()
    assert {e.said_at.month for e in (*hit.episodes, *hit.repeats)} == {2, 4}


@pytest.mark.parametrize(
    "question", ["Where was Ida's key of the shed before?", "What about the shed?", "Ida?"]
)
def test_a_past_or_too_little_is_asked_as_it_always_was(memory: Memory, question: str) -> None:
    on = memory.search(question, k=6, min_score=0)
    off = memory.search(question, k=6, min_score=0, current=False)
    assert [(h.note.id, h.score, h.marks) for h in on] == [
        (h.note.id, h.score, h.marks) for h in off
    ]


def test_by_one_word_only_what_is_asked_for_now_has_a_newest_value(memory: Memory) -> None:
    memory.add("My bicycle is in the shed.", speaker="Ida", said_at="2024-01-01", session="a")
    memory.add("I sold it, the bicycle is gone.", speaker="Ida", said_at="2024-05-01", session="b")
    best = memory.search("Where is my bicycle now?", k=1, asker="Ida")[0]
    assert best.note.text == "I sold it, the bicycle is gone."
