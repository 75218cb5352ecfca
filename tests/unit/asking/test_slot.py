"""A slot's values stand in order of time, each with its source and what it is among the others."""

import pytest

from graphmem.asking.slot import asked_plainly
from graphmem.errors import ConfigError
from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    ("Ida", "2024-01-02", "I live in Bergen, close to the fish market."),
    ("Ole", "2024-01-03", "Where do you live these days?"),
    ("Ole", "2024-01-04", "I live in a houseboat."),
    ("Ida", "2024-02-02", "Yes, I still live in Bergen."),
    ("Ida", "2024-03-02", "I don't live in Bergen any longer."),
    ("Ida", "2024-04-02", "It rained. I live in Oslo with two cats."),
)


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ida", clock=standing_clock)
    for number, (speaker, day, text) in enumerate(SAID):
        made.add(text, speaker=speaker, said_at=day, session=f"s{number}", id=f"t{number}")
    return made


def note_of(memory: Memory, id_: str) -> str:
    return memory.history(id_).note.id


def told(memory: Memory, about: str, **more: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(value.episode.source_id, value.marks) for value in memory.slot(about, **more).values]


@pytest.mark.parametrize("about", ["where Ida lives", "Where does Ida live?", "where I live now"])
def test_the_values_of_one_person_stand_in_order_of_time(memory: Memory, about: str) -> None:
    first, again, denial, now = (note_of(memory, id_) for id_ in ("t0", "t3", "t4", "t5"))
    assert told(memory, about) == [
        ("t0", (f"earlier; newer: {denial}",)),
        ("t3", ("said again",)),
        ("t4", (f"earlier; newer: {now}", f"contradicts {first}")),
        ("t5", ("current",)),
    ]
    assert again != first


def test_each_value_is_the_sentence_that_states_it_with_speaker_day_and_turn(
    memory: Memory,
) -> None:
    current = memory.slot("where Ida lives").current
    assert current is not None
    assert current.said == "I live in Oslo with two cats."
    assert (current.note.speaker, current.session.name) == ("Ida", "s5")
    assert current.episode.said_at.date().isoformat() == "2024-04-02"


def test_as_of_a_moment_the_slot_is_what_was_known_then(memory: Memory) -> None:
    assert told(memory, "where Ida lives", as_of="2024-02-10") == [
        ("t0", ("current",)),
        ("t3", ("said again",)),
    ]
    assert memory.slot("where Ida lives", as_of="2023-05").values == ()


def test_what_somebody_replaced_or_corrected_stays_in_the_timeline(memory: Memory) -> None:
    old, now = note_of(memory, "t2"), memory.update("t2", text="I live in a lighthouse.")
    (new,) = now.added
    assert told(memory, "where Ole lives") == [
        ("t2", (f"earlier; newer: {new.id}",)),
        ("t2", ("current",)),
    ]
    fixed = memory.correct(new.id, text="I live in a windmill.").added[0]
    marks = {value.note.id: value.marks for value in memory.slot("where Ole lives").values}
    assert marks == {
        old: (f"earlier; newer: {new.id}",),
        new.id: (f"corrected; newer: {fixed.id}",),
        fixed.id: ("current",),
    }


def test_what_is_deleted_leaves_the_slot_as_if_never_said(memory: Memory) -> None:
    memory.delete("t5", "t4")
    assert told(memory, "where Ida lives")[0][1] == ("current",)


def test_a_slot_that_nobody_states_is_empty_and_a_blank_one_is_refused(memory: Memory) -> None:
    nothing = memory.slot("the colour of Ida's bicycle")
    assert (nothing.values, nothing.current) == ((), None)
    assert memory.slot("  ").values == ()
    with pytest.raises(ConfigError, match="about"):
        memory.slot(3)  # type: ignore[arg-type]


def test_a_verb_after_whoever_does_it_is_no_plural() -> None:
    assert asked_plainly("where Ida lives") == "where Ida live"
    assert asked_plainly("when she leaves") == "when she leave"
    assert asked_plainly("our lives") == "our lives"
