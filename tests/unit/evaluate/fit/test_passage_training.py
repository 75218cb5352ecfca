"""Training sets of passages: places of gold, recall of a table, what the others' weights find."""

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.fit.passage_training import (
    fit_document_table,
    held_out_recall,
    recall_with,
    training_set,
)
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.registry import open_encoder
from tests.unit.evaluate.sets import write_set


def learned(folder, questions=None):
    (pool,) = load_retrieval(write_set(folder, questions=questions)).pools
    return training_set(pool, TimedEncoder(open_encoder("rules")))


def test_questions_whose_gold_is_in_the_corpus_are_learned_from(tmp_path):
    rows = [
        {"id": "a", "question": "Who wrote Glass Harbour?", "gold_ids": ["p1", "gone"]},
        {"id": "b", "question": "Lost?", "gold_ids": ["gone"]},
        {"id": "c", "question": "No gold?"},
    ]
    found = learned(tmp_path / "set", rows)
    assert [(q.text, q.meaning.plain, len(gold)) for q, gold in found.questions] == [
        ("Who wrote Glass Harbour?", None, 1)
    ]
    _, labels = found.roots
    assert labels.sum() == 1


def test_a_set_without_such_a_question_is_an_error_that_names_it(tmp_path):
    with pytest.raises(InputError, match="set has no question whose gold is in its corpus"):
        learned(tmp_path / "set", [{"question": "?", "gold_ids": ["gone"]}])


def test_rows_are_the_same_each_time(tmp_path):
    one, other = (learned(tmp_path / side / "set") for side in ("x", "y"))
    table, again = (fit_document_table([s], data=["h"], encoder="") for s in (one, other))
    assert table == again
    assert table["data"] == ["h"]


def test_a_table_is_asked_for_as_deep_as_is_wanted(tmp_path):
    found = learned(tmp_path / "set")
    table = fit_document_table([found], data=(), encoder="")
    # four passages: whatever the weights, all gold is among the first four that answer
    assert recall_with(table, found, depths=(4,)) == {"recall@4": 100.0}
    assert set(recall_with(table, found)) == {f"recall@{k}" for k in (1, 2, 5, 10)}


def test_a_set_is_measured_with_weights_of_the_others_and_not_at_all_alone(tmp_path):
    a, b = learned(tmp_path / "a"), learned(tmp_path / "b")
    assert held_out_recall([a], encoder="") == {"a": None}
    both = held_out_recall([a, b], encoder="")
    of_b = fit_document_table([b], data=(), encoder="")
    assert both["a"] == recall_with(of_b, a)
    assert set(both) == {"a", "b"}
