"""The models that tools answer with; most of them are tested with the server."""

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from graphmem.integrations.mcp.answers import GraphAnswer, NoteAnswer


def test_a_note_says_where_it_comes_from(memory):
    note = memory.list(limit=1).notes[0]
    answer = NoteAnswer.of(note)
    assert (answer.id, answer.text) == (note.id, note.text)
    assert answer.origins == list(note.origins)
    assert NoteAnswer.model_validate_json(answer.model_dump_json()) == answer


def test_what_is_over_the_limit_is_counted(memory):
    entities = memory.entities()
    answer = GraphAnswer.named(entities, 1)
    assert [node.text for node in answer.nodes] == [entities[0].name]
    assert answer.left_out == len(entities) - 1
    facts = GraphAnswer.stated(memory.facts(), 0)
    assert (facts.facts, facts.left_out) == ([], len(memory.facts()))
