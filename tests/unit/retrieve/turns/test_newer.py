"""Which newer turns take the place of the best one, without all the words that are asked."""

from collections.abc import Sequence

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock

QUESTION = "Who is the warden of the north lighthouse?"
NOTES = (
    ("2022-01-01", "The warden of the north lighthouse: Ole Fisk."),
    ("2022-01-02", "The warden of the south harbour: Nils Bro."),
    ("2023-05-01", "The keeper of the north lighthouse is Tove Lind."),
    ("2023-06-01", "The warden of the south harbour: Kari Moe."),
    ("2023-07-01", "The roof of the chapel leaks badly."),
)


@pytest.fixture
def memory() -> Memory:
    return holding(NOTES)


def holding(notes: Sequence[tuple[str, str]]) -> Memory:
    made = Memory.open("ram:", scope="ida", clock=standing_clock)
    for number, (day, text) in enumerate(notes):
        made.add(text, speaker="Ida", said_at=f"{day}T10:00:00Z", session=f"s{number}")
    return made


def asked(memory: Memory, question: str = QUESTION, **more: object) -> dict[str, tuple[str, ...]]:
    return {hit.note.text: hit.marks for hit in memory.search(question, k=5, min_score=0, **more)}


def test_what_was_noted_gives_way_to_what_says_it_in_other_words(memory: Memory) -> None:
    texts = list(asked(memory))
    assert texts.index(NOTES[2][1]) < texts.index(NOTES[0][1])


def test_only_what_surely_is_a_newer_value_marks_what_noted_the_question(memory: Memory) -> None:
    assert asked(memory)[NOTES[0][1]] == ()  # in three words of five it is less sure
    place = "north lighthouse on the isle of Amrum"
    notes = [(day, text.replace("north lighthouse", place)) for day, text in NOTES]
    sure = asked(holding(notes), f"Who is the warden of the {place}?")
    assert next(iter(sure)) == notes[2][1]
    assert sure[notes[0][1]][0].startswith("earlier")


def test_the_newer_note_of_another_matter_takes_no_place(memory: Memory) -> None:
    question = "Who is the warden of the south harbour?"
    assert next(iter(asked(memory, question))) == NOTES[3][1]
    assert asked(memory, question)[NOTES[2][1]] == ()


def test_before_it_was_said_the_older_one_stands(memory: Memory) -> None:
    found = asked(memory, as_of="2022-06-01")
    assert next(iter(found)) == NOTES[0][1]
    assert not any(found.values())
