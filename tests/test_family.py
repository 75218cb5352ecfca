"""The family's week: twenty questions are answered no worse than when they were first asked."""

from pathlib import Path

import pytest

from graphmem.evaluate.memory import evaluate_memory
from graphmem.memory import Memory
from tests.conftest import SAMPLES

FAMILY = SAMPLES / "family"


@pytest.mark.parametrize(
    ("questions", "first", "within_five"), [("questions", 10, 14), ("other_words", 4, 12)]
)
def test_evidence_is_found_for_as_many_questions_as_before(
    questions: str, first: int, within_five: int, tmp_path: Path
) -> None:
    store = tmp_path / "family.db"
    with Memory.open(store, scope="family") as memory:
        memory.ingest(FAMILY / "week.jsonl")
    found = evaluate_memory(
        FAMILY / f"{questions}.jsonl",
        lambda clock: Memory.open(store, scope="family", clock=clock),
        progress=lambda *_: None,
    ).report["systems"]["graphmem"]["found"]
    assert found["first"]["questions"] >= first
    assert found["within 5"]["questions"] >= within_five


def test_a_year_of_friends_is_found_in_other_words_than_it_was_told_in(tmp_path: Path) -> None:
    store = tmp_path / "friends.db"
    with Memory.open(store, scope="friends") as memory:
        memory.ingest(SAMPLES / "friends" / "year.jsonl")
    found = evaluate_memory(
        SAMPLES / "friends" / "questions.jsonl",
        lambda clock: Memory.open(store, scope="friends", clock=clock),
        progress=lambda *_: None,
    ).report["systems"]["graphmem"]["found"]
    assert found["first"]["questions"] >= 16
    assert found["within 5"]["questions"] >= 27
