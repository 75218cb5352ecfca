"""The path that a hit shows is the one that carried its score."""

from pathlib import Path

import pytest

from graphmem.answers import Hit
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from tests.conftest import SAMPLES

QUESTIONS = (
    "Who printed the book written by the founder of Quillon Glassworks?",
    "Which river flows past the town where the Lantern Run is held?",
)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    with Memory.open(tmp_path / "m.db", scope="ana", clock=standing_clock) as opened:
        opened.ingest(SAMPLES / "documents")
        yield opened


def notes_of(hit: Hit) -> list[str]:
    return [step for step in hit.paths[0].steps if step.startswith("n")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hit_loses_score_when_the_note_before_it_on_its_path_is_gone(
    memory: Memory, question: str
) -> None:
    reached = [hit for hit in memory.search(question, k=5) if len(notes_of(hit)) > 1]
    assert reached
    hit = reached[0]
    memory.delete(notes_of(hit)[-2])
    after = {other.note.id: other.score for other in memory.search(question, k=50)}
    assert after.get(hit.note.id, 0.0) < hit.score


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_path_goes_over_better_hits_and_ends_at_its_own(memory: Memory, question: str) -> None:
    hits = memory.search(question, k=8)
    rank = {hit.note.id: hit.rank for hit in hits}
    for hit in hits:
        path = notes_of(hit)
        assert path[-1] == hit.note.id
        assert [rank[note] for note in path] == sorted(rank[note] for note in path)
        assert hit.paths[0].score == hit.score
