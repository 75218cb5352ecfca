"""Slots that are asked for in one way and told in another."""

import pytest

from graphmem import Memory
from graphmem.retrieve.turns.phrases import Way, any_way
from graphmem.retrieve.turns.slots_of_life import SLOTS, slots_asked

WAYS = [(slot.name, way) for slot in SLOTS for way in slot.ways]


@pytest.mark.parametrize(("slot", "way"), WAYS, ids=[f"{s}: {w.example}" for s, w in WAYS])
def test_each_way_to_tell_a_change_is_found_in_its_example(slot: str, way: Way) -> None:
    assert any_way([way]).search(way.example)
    (own,) = [one for one in SLOTS if one.name == slot]
    assert own.changed.search(way.example)


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("where do i live?", "we moved to bergen", "we moved the piano"),
        ("what is my job?", "i got fired", "i got a haircut"),
        ("what car do i drive?", "i bought a van", "i bought a hat"),
        ("how do i commute?", "i take the ferry to work", "i take the blame"),
        ("who is my dentist?", "i switched to dr ek", "i switched to tea"),
        ("is ada married?", "ada got divorced", "ada got lost"),
        ("how much do i weigh?", "i am down to 70", "i am down on my luck"),
        ("do i drink coffee?", "i gave up coffee", "i gave up"),
    ],
)
def test_a_change_of_a_slot_is_known_by_its_own_phrases(
    question: str, told: str, other: str
) -> None:
    slots = slots_asked(question)
    assert any(slot.changed.search(told) for slot in slots)
    assert not any(slot.changed.search(other) for slot in slots)


def test_a_question_of_no_slot_has_none() -> None:
    assert slots_asked("what colour is the fence?") == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [("e-mail", "My e-mail is down."), ("What is my e-mail?", "My e-mail is ida@post.net.")],
)
def test_a_number_to_call_is_no_newer_address_to_write_to(question, answer):
    with Memory.open("ram:", scope="ida") as memory:
        memory.add(answer, speaker="Ida", said_at="2024-01-02")
        memory.add("Call me on 0170 555 019.", speaker="Ida", said_at="2024-03-02")
        assert memory.search(question, asker="Ida", k=1)[0].note.text == answer
