"""How a verb is called by the names of the API."""

import pytest

from graphmem.memory import Memory
from graphmem.server.api import answering as do
from graphmem.types import ScopeKey

LISTS = {
    do.sessions: Memory.sessions,
    do.speakers: Memory.speakers,
    do.entities: Memory.entities,
    do.facts: Memory.facts,
    do.doubts: Memory.doubts,
}


@pytest.fixture
def memory(memories) -> Memory:
    opened = memories.of(ScopeKey("ana"))
    opened.add("Ben met Ana in Porto on 4 May 2024.", speaker="Ben", session="b")
    opened.add("Ana moved to Lisbon.", speaker="Ana", session="c")
    return opened


@pytest.mark.parametrize("listed", LISTS, ids=lambda one: one.__name__)
def test_the_pages_of_a_list_are_what_the_verb_gives(memory, listed) -> None:
    seen, after = [], None
    while True:
        page = listed(memory, limit=2, after=after)
        seen += page["items"]
        after = page["after"]
        if after is None:
            break
    assert seen == LISTS[listed](memory)
    assert seen or listed is do.doubts


def test_what_is_asked_by_parts_reaches_the_verb(memory) -> None:
    assert [one.name for one in do.entities(memory, name="Porto")["items"]] == ["Porto"]
    assert do.facts(memory, subject="nobody")["items"] == []
    assert do.timeline(memory, entity="Ana")["items"] == memory.timeline("Ana")
    assert do.count(memory, speaker="Ben") == {"count": 1}
    assert do.search(memory, question="Porto")["hits"][0] == memory.search("Porto")[0].to_dict()
    (note,) = do.notes(memory, session="b")["items"]
    assert do.record(memory, id=note.id) == note
    assert do.of_id(Memory.history)(memory, id=note.id).note == note


def test_a_note_that_answered_is_kept_for_its_question_until_that_is_let_go_of(memory) -> None:
    note = memory.list()[0]
    do.useful(memory, id=note.id, question="Who was it?")
    assert [(probe.question, probe.note) for probe in memory.probes()] == [("Who was it?", note.id)]
    do.useful(memory, id=note.id, question="Who was it?", off=True)
    assert memory.probes() == []
