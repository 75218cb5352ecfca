"""LoCoMo conversations."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read, write_json

CONVERSATION = {
    "sample_id": "conv-1",
    "qa": [{"question": "Where does Ana live?", "answer": "Lisbon", "evidence": ["D1:1"]}],
    "observation": {"session_1_observation": {"Ana": [["Ana lives in Lisbon", "D1:1"]]}},
    "session_summary": {"session_1_summary": "Ana moved."},
    "conversation": {
        "speaker_a": "Ana",
        "speaker_b": "Ben",
        "session_10_date_time": "9:00 am on 2 June, 2023",
        "session_10": [{"speaker": "Ana", "dia_id": "D10:1", "text": "Back."}],
        "session_2_date_time": "1:56 pm on 8 May, 2023",
        "session_2": [
            {"speaker": "Ana", "dia_id": "D2:1", "text": "I moved."},
            {
                "speaker": "Ben", "dia_id": "D2:2", "text": "Look!", "img_url": ["http://x/y.jpg"],
                "blip_caption": "a photo of a cat", "query": "cat on sofa",
            },
        ],
        "session_3_date_time": "1:56 pm on 9 May, 2023",
    },
}  # fmt: skip


def test_sessions_come_in_their_order_with_their_dates_and_ids(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", [CONVERSATION]))
    assert problems == []
    assert {turn.collection for turn in turns} == {"conv-1"}
    assert [(turn.session, turn.source_id, turn.speaker) for turn in turns] == [
        ("session_2", "D2:1", "Ana"), ("session_2", "D2:2", "Ben"), ("session_10", "D10:1", "Ana"),
    ]  # fmt: skip
    assert turns[0].said_at == datetime(2023, 5, 8, 13, 56, tzinfo=UTC)


def test_pictures_are_metadata(tmp_path: Path) -> None:
    turns, _ = read(write_json(tmp_path / "a.json", [CONVERSATION]))
    assert turns[1].metadata == {
        "caption": "a photo of a cat", "image_query": "cat on sofa", "image_urls": ["http://x/y.jpg"],
    }  # fmt: skip


def test_questions_and_what_models_wrote_are_not_memory(tmp_path: Path) -> None:
    turns, _ = read(write_json(tmp_path / "a.json", [CONVERSATION]))
    assert not any("Lisbon" in turn.text for turn in turns)


@pytest.mark.parametrize("wrapped", [CONVERSATION, [CONVERSATION], CONVERSATION["conversation"]])
def test_a_conversation_alone_is_read_like_one_in_a_list(tmp_path: Path, wrapped: object) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", wrapped))
    assert len(turns) == 3
    assert problems == []


def test_what_is_no_conversation_or_turn_is_skipped_and_the_rest_taken(tmp_path: Path) -> None:
    broken = {"conversation": {"session_1": [{"speaker": "Ana"}, 3, {"text": "kept"}]}}
    turns, problems = read(write_json(tmp_path / "a.json", [[1], {}, broken]), "locomo")
    assert [(turn.text, turn.collection) for turn in turns] == [("kept", "conv-3")]
    assert [problem.source for problem in problems] == [
        "a.json#1", "a.json#2", "a.json#3 session_1:1", "a.json#3 session_1:2",
    ]  # fmt: skip
    assert all(problem.skipped for problem in problems)


def test_the_five_real_conversations_have_no_problem(development_data: Path) -> None:
    turns, problems = read(development_data / "locomo5" / "locomo5.json")
    assert problems == []
    assert len(turns) == 2760
    assert all(turn.said_at and turn.speaker and turn.source_id for turn in turns)
