"""Reading retrieval sets: what is odd is counted and stated, nothing crashes, nothing is lost."""

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.retrieval import load_retrieval
from tests.unit.evaluate.sets import PASSAGES, write_set


def test_passages_are_sorted_by_id_whatever_the_order_of_the_file(tmp_path):
    rows = [{"id": p.id, "title": p.title, "text": p.text} for p in reversed(PASSAGES)]
    (pool,) = load_retrieval(write_set(tmp_path, rows)).pools
    assert pool.passages == PASSAGES
    assert pool.passages[0].content == "Ada Quill\nAda Quill wrote the novel Glass Harbour in 1931."


def test_steps_come_from_the_decomposition(tmp_path):
    (pool,) = load_retrieval(write_set(tmp_path)).pools
    assert [question.steps for question in pool.questions] == [(), ("p2", "p3")]


def test_what_is_odd_is_counted_with_its_place(tmp_path):
    corpus = [
        {"id": "a", "title": "T", "text": "same"},
        {"id": "b", "title": "T", "text": "same"},
        {"id": "a", "title": "T", "text": "other"},
        {"id": "c"},
    ]
    questions = [
        {"id": "q1", "question": "no gold?"},
        {"id": "q2", "question": "gone?", "gold_ids": ["zz", "a", "a"]},
        {"id": "q2", "question": "again?", "gold_ids": ["a"]},
        {"id": "q3", "question": " "},
    ]
    folder = write_set(tmp_path, corpus, questions)
    with (folder / "corpus.jsonl").open("a") as file:
        file.write("{torn\n[1]\n\n")
    dataset = load_retrieval(folder)
    assert dataset.counts == {
        "duplicate_passages": 1,
        "repeated_ids": 2,
        "bad_lines": 4,
        "without_gold": 1,
        "gold_missing": 1,
    }
    assert [p.id for p in dataset.pools[0].passages] == ["a", "b"]
    assert [q.gold for q in dataset.pools[0].questions] == [(), ("zz", "a")]
    assert len(dataset.problems) == sum(dataset.counts.values())
    assert any(problem.source == "corpus.jsonl:5" for problem in dataset.problems)


def test_an_empty_corpus_is_read_and_said(tmp_path):
    dataset = load_retrieval(write_set(tmp_path, []))
    assert dataset.pools[0].passages == ()
    assert dataset.counts["empty_corpus"] == 1


def test_the_hash_follows_the_content(tmp_path):
    same = load_retrieval(write_set(tmp_path / "a")).hash
    assert load_retrieval(write_set(tmp_path / "b")).hash == same
    assert load_retrieval(write_set(tmp_path / "c", [])).hash != same


def test_a_folder_without_its_files_is_an_error_that_says_what_would_do(tmp_path):
    with pytest.raises(InputError, match=r"has no corpus\.jsonl; a retrieval set is a folder"):
        load_retrieval(tmp_path)
