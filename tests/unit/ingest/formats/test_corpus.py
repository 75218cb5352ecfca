"""Passage corpora."""

from pathlib import Path

from tests.unit.ingest.read_file import read, write_lines


def test_each_passage_is_a_session_named_by_its_id(tmp_path: Path) -> None:
    lines = [{"id": "p1", "title": "Lisbon", "text": "A city.", "lang": "en"}]
    (passage,), problems = read(write_lines(tmp_path / "corpus.jsonl", lines))
    assert problems == []
    assert (passage.session, passage.source_id, passage.title) == ("p1", "p1", "Lisbon")
    assert (passage.text, passage.is_passage, passage.speaker) == ("A city.", True, None)
    assert passage.collection == f"{tmp_path.name}/corpus.jsonl"
    assert passage.metadata == {"lang": "en"}


def test_a_passage_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "c.jsonl", [{"title": "A", "text": "x"}, {"title": "B", "text": "y"}]
    )
    turns, _ = read(path)
    assert [(turn.session, turn.source_id) for turn in turns] == [
        ("c.jsonl:1", None), ("c.jsonl:2", None),
    ]  # fmt: skip


def test_a_line_that_is_no_passage_is_skipped(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "c.jsonl", [{"id": "p1", "title": "A"}, ["x"], {"text": "kept"}])
    turns, problems = read(path, "corpus")
    assert [turn.text for turn in turns] == ["kept"]
    assert [problem.source for problem in problems] == ["c.jsonl:1", "c.jsonl:2"]


def test_a_real_corpus_is_read_whole(development_data: Path) -> None:
    turns, problems = read(development_data / "musique_train100" / "corpus.jsonl")
    assert (len(turns), problems) == (1890, [])
    assert {turn.collection for turn in turns} == {"musique_train100/corpus.jsonl"}
