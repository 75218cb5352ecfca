"""What a question names is sought by every name that somebody said it has."""

from dataclasses import replace

import pytest

from graphmem.memory import Memory
from graphmem.retrieve.question.known_as import KnownAs
from graphmem.retrieve.question.speakers import speaker_names
from graphmem.retrieve.question.written import Written
from graphmem.testing import standing_clock
from tests.unit.retrieve.snapshots import NOTHING_NAMED

KNOWN = KnownAs.of(
    replace(
        Memory.open("ram:", scope="ana")._engines.columns(None).snapshot,
        graph=replace(
            NOTHING_NAMED,
            entity_names=("New York", "Robert"),
            entity_aliases=(("Big Apple", 0), ("Bob", 1), ("NYC", 0)),
        ),
    )
)


def read(text: str, *known: str) -> tuple[str, list[str]]:
    written, others = KNOWN.read(Written.of(text), set(known).__contains__)
    return written.text, [name for _, name in others]


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ("Where is Bob?", "Where is Robert?"),
        ("Is that Bob's car?", "Is that Robert's car?"),
        ("Is the Big Apple big?", "Is the New York big?"),
        ("Who left nyc with bob?", "Who left New York with Robert?"),
        ("Where is Bobby?", "Where is Bobby?"),
    ],
)
def test_a_name_that_no_note_uses_gives_way_to_the_one_they_use(asked: str, sought: str) -> None:
    assert read(asked) == (sought, [])


def test_beside_a_name_that_a_note_uses_the_others_are_sought() -> None:
    assert read("Where is Bob?", "bob") == ("Where is Bob?", ["Robert"])
    assert read("Where is Robert?", "robert") == ("Where is Robert?", ["Bob"])
    assert read("Where is New York?", "new", "york")[1] == ["Big Apple", "NYC"]


def test_where_nobody_said_anything_a_question_is_what_it_was() -> None:
    written = Written.of("Where is Bob?")
    assert KnownAs().read(written, str.isdigit) == (written, ())


def test_another_name_of_a_speaker_names_him() -> None:
    names = speaker_names(["Robert", "Ana"], [("Robert", "Tigger")])
    assert names.number("Tigger") == names.number("Robert") == 0
    assert speaker_names(["Robert", "Ana"], [("Robert", "Ana", "Tigger")]).number("Tigger") is None


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ana", clock=standing_clock)
    for speaker, text in (
        ("Melanie", "I paint boats in the cellar."),
        ("Ana", "I paint fences in the garden."),
        ("Ana", "Yesterday Robert drove to Oslo."),
        ("Ana", "Bob has a red bicycle."),
        ("Ana", "The weather was fine on the way."),
    ):
        made.add(text, speaker=speaker)
    return made


def best(memory: Memory, question: str) -> str:
    return memory.search(question, k=1)[0].note.text


def test_an_alias_of_a_speaker_finds_what_she_said(memory: Memory) -> None:
    question = "What does Tigger paint?"
    memory.alias("Tigger", "Melanie")
    assert best(memory, question) == "I paint boats in the cellar."


def test_merged_names_find_what_was_said_under_either(memory: Memory) -> None:
    def scores() -> dict[str, float]:
        return {hit.note.text: hit.score for hit in memory.search("What about Robert?", k=5)}

    apart, bicycle = scores(), "Bob has a red bicycle."
    edit = memory.merge("Bob", "Robert")
    assert best(memory, "Where did Bob drive?") == "Yesterday Robert drove to Oslo."
    found = [hit.note.text for hit in memory.search("What about Robert?", k=2)]
    assert set(found) == {"Yesterday Robert drove to Oslo.", bicycle}
    assert scores()[bicycle] > apart.get(bicycle, 0)  # where nothing speaks for it, it is no hit
    memory.undo(edit.run_id)
    assert scores() == apart
