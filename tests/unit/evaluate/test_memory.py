"""A memory is asked one's own questions, and scored by the evidence that they name."""

import json

import pytest

from graphmem import Memory
from graphmem.evaluate.memory import AskingClock, evaluate_memory

TURNS = (
    ("Ida", "The Éclair sails to Malta in spring."),
    ("Teo", "I sold the blue bicycle."),
    ("Ida", "My violin teacher is called Sorrel."),
)


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "memory.db"
    with Memory.open(path, scope="ida") as memory:
        for day, (speaker, text) in enumerate(TURNS, 1):
            memory.add(text, speaker=speaker, said_at=f"2024-03-0{day}")
    return path


def scored(tmp_path, store, *rows):
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return evaluate_memory(
        path,
        lambda clock: Memory.open(store, scope="ida", clock=clock),
        progress=lambda *_: None,
    )


def found(evaluated):
    figures = evaluated.report["systems"]["graphmem"]["found"]
    return {name: share["questions"] for name, share in list(figures.items())[1:]}


def test_evidence_is_scored_by_its_words(tmp_path, store):
    rows = (
        {"question": "Who sold the bicycle?", "gold": ["blue bicycle"]},
        {"question": "Who teaches Ida the violin?", "gold": ["Sorrel", "Malta"]},
    )
    evaluated = scored(tmp_path, store, *rows)
    assert found(evaluated) == {"first": 2, "within 5": 2, "all within 5": 2}
    assert evaluated.report["worth"].startswith("2 questions: too few")


def test_gold_that_the_memory_lacks_is_lost_and_said(tmp_path, store):
    evaluated = scored(tmp_path, store, {"question": "Who sold it?", "gold": ["grand piano"]})
    assert found(evaluated) == {"first": 0, "within 5": 0, "all within 5": 0}
    assert "grand piano is not in the memory" in evaluated.report["input"]["problems"][0]


def test_any_of_a_list_will_do(tmp_path, store):
    row = {"question": "Who sold the bicycle?", "gold": [["Malta", "bicycle", "grand piano"]]}
    evaluated = scored(tmp_path, store, row)
    assert found(evaluated)["first"] == 1


def test_a_question_of_the_past_sees_no_more_than_was_said_by_then(tmp_path, store):
    row = {"question": "Who teaches the violin?", "gold": ["Sorrel"], "as_of": "2024-03-02"}
    evaluated = scored(tmp_path, store, row)
    assert found(evaluated)["within 5"] == 0
    assert evaluated.result.outcomes[0].gold_ranks == {"hits": {}}


def test_the_memory_s_clock_stands_at_the_moment_of_asking(tmp_path, store):
    clocks = []

    def opened(clock: AskingClock) -> Memory:
        clocks.append(clock)
        return Memory.open(store, scope="ida", clock=clock)

    path = tmp_path / "own.jsonl"
    path.write_text('{"question": "What was sold yesterday?", "now": "2024-03-03T09:00Z"}\n')
    evaluate_memory(path, opened, progress=lambda *_: None)
    assert clocks[0]().isoformat() == "2024-03-03T09:00:00+00:00"


def test_a_report_shows_the_memory_s_own_texts_by_the_names_of_its_source(tmp_path, store):
    evaluated = scored(tmp_path, store, {"question": "Who sold the bicycle?", "gold": ["bicycle"]})
    texts = {passage.text for passage in evaluated.dataset.pools[0].passages}
    assert texts == {text for _, text in TURNS}
