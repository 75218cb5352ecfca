"""Pools as the files that a user would have: without questions, turns in the order said."""

import json

from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.systems.source_files import write_source
from tests.unit.evaluate.sets import CONVERSATION, PASSAGES, write_locomo


def test_a_conversation_is_written_as_it_was_without_its_questions(tmp_path):
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    (written,) = json.loads(write_source(pool.passages, tmp_path).read_text())
    assert written["conversation"] == CONVERSATION["conversation"]
    assert "qa" not in written


def test_turns_are_written_in_the_order_in_which_they_were_said(tmp_path):
    ids = [f"D1:{number}" for number in (1, 10, 2)]
    turns = [Passage(id=id_, text="Hi.", speaker="Ana", session="session_1") for id_ in ids]
    (written,) = json.loads(write_source(turns, tmp_path).read_text())
    said = [turn["dia_id"] for turn in written["conversation"]["session_1"]]
    assert said == ["D1:1", "D1:2", "D1:10"]


def test_passages_are_written_a_line_each_whatever_their_script(tmp_path):
    passages = (*PASSAGES[:1], Passage(id="z", text="里斯本\n在特茹河边"))
    path = write_source(passages, tmp_path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert path.name == "corpus.jsonl"
    assert rows == [{"id": p.id, "title": p.title, "text": p.text} for p in passages]
