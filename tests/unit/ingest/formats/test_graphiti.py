"""Graphiti's episodes and facts, in every form in which they are dumped."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.ingest.read_file import read, write_json, write_lines

WHEN = "2025-02-09T18:05:00Z"
MOMENT = datetime(2025, 2, 9, 18, 5, tzinfo=UTC)
MESSAGES = "Mia(user): Is the soup\nhot?\n(assistant): Nearly.\nNote: stir it."
EPISODE: dict[str, Any] = {
    "uuid": "e1", "name": "kitchen", "group_id": "home", "source": "message", "content": MESSAGES,
    "source_description": "chat", "valid_at": WHEN, "created_at": "2025-03-01T00:00:00Z",
}  # fmt: skip
FACT: dict[str, Any] = {
    "uuid": "f1", "group_id": "home", "name": "LIKES", "fact": "Mia likes soup.",
    "source_node_uuid": "n1", "target_node_uuid": "n2", "episodes": ["e1"], "valid_at": WHEN,
    "invalid_at": "2025-06-01T00:00:00Z", "expired_at": None, "created_at": "2025-03-01T00:00:00Z",
}  # fmt: skip
NODES = [{"uuid": "n1", "name": "Mia", "summary": "Mia cooks."}, {"uuid": "n2", "name": "soup"}]
WHOLE = {"episodes": [EPISODE], "nodes": NODES, "edges": [FACT]}
SAID = [("Mia", "Is the soup\nhot?"), ("assistant", "Nearly.\nNote: stir it.")]


def written(tmp_path: Path, form: str) -> Path:
    if form == "lines":
        return write_lines(tmp_path / "graph.jsonl", [EPISODE, FACT])
    if form == "list":
        return write_json(tmp_path / "graph.json", [EPISODE, FACT])
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(WHOLE, indent=1 if form == "indented" else None), "utf-8")
    return path


@pytest.mark.parametrize("form", ["lines", "list", "indented", "one line"])
def test_messages_are_turns_and_a_fact_is_a_passage(tmp_path: Path, form: str) -> None:
    turns, problems = read(written(tmp_path, form))
    assert [(turn.speaker, turn.text) for turn in turns] == [*SAID, (None, FACT["fact"])]
    assert [turn.source_id for turn in turns] == ["e1:1", "e1:2", "f1"]
    assert [(turn.session, turn.is_passage) for turn in turns] == [
        ("home", False), ("home", False), ("f1", True)
    ]  # fmt: skip
    assert {(turn.collection, turn.said_at) for turn in turns} == {("graphiti", MOMENT)}
    assert not any(problem.skipped for problem in problems)


@pytest.mark.parametrize("form", ["indented", "one line"])
def test_a_fact_says_what_it_was_between_and_when(tmp_path: Path, form: str) -> None:
    turns, problems = read(written(tmp_path, form))
    assert turns[-1].title == "Mia"
    assert dict(turns[-1].metadata) == {
        "graphiti": "fact", "name": "LIKES", "source": "Mia", "target": "soup", "episodes": ["e1"],
        "valid_at": WHEN, "invalid_at": FACT["invalid_at"], "created_at": FACT["created_at"],
        "valid_until": FACT["invalid_at"],
    }  # fmt: skip
    (left_out,) = problems
    assert left_out.message.startswith("1 summaries of nodes")


def test_facts_as_a_search_returns_them_are_read(tmp_path: Path) -> None:
    keys = ("uuid", "name", "fact", "invalid_at", "created_at", "expired_at")
    found = {"message": "found", "facts": [{key: FACT[key] for key in keys} | {"valid_at": None}]}
    (turn,), problems = read(write_json(tmp_path / "facts.json", found))
    assert (turn.text, turn.title) == (FACT["fact"], "LIKES")
    assert turn.said_at == datetime(2025, 3, 1, tzinfo=UTC)
    assert problems == []


@pytest.mark.parametrize(
    ("source", "content", "said"),
    [
        ("text", "Lisbon: a city.", [(None, "Lisbon: a city.")]),
        ("json", '{"a": 1}', [(None, '{"a": 1}')]),
        ("message", "nobody speaks here", [(None, "nobody speaks here")]),
        ("message", "Mia: Hot?\nTom: Yes.\nMia: Good.",
         [("Mia", "Hot?"), ("Tom", "Yes."), ("Mia", "Good.")]),
        ("message", "(user): Hot?", [("user", "Hot?")]),
    ],
)  # fmt: skip
def test_an_episode_is_messages_or_a_passage_of_its_own(
    tmp_path: Path, source: str, content: str, said: list[tuple[str | None, str]]
) -> None:
    episode = EPISODE | {"source": source, "content": content}
    turns, _ = read(write_json(tmp_path / "graph.json", {"episodes": [episode]}))
    assert [(turn.speaker, turn.text) for turn in turns] == said
    is_passage = said[0][0] is None
    assert [(turn.title, turn.session) for turn in turns] == (
        [("kitchen", "e1")] if is_passage else [(None, "home")] * len(said)
    )


def test_what_is_neither_is_said_with_what_is_wanted(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "graph.json", [FACT, {"uuid": "x"}]))
    assert len(turns) == 1
    (problem,) = problems
    assert 'an episode has "content"' in problem.message
    assert problem.source == "graph.json#2"
