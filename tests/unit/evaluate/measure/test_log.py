"""The log of a run: what was put is there again, torn lines are not, a stranger's file is kept."""

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.measure.log import RunLog


def test_what_was_put_is_read_by_a_later_log(tmp_path) -> None:
    path = tmp_path / "new" / "runs.jsonl"
    log = RunLog(path)
    log.put("bm25", "question 1", {"ranked": [["p1", 0.5]]})
    log.put("bm25", "question 1", {"ranked": []})
    assert RunLog(path).get("bm25", "question 1") == {"ranked": []}
    assert RunLog(path).get("dense", "question 1") is None


def test_without_a_path_rows_are_held_and_nothing_is_written(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    log = RunLog()
    log.put("k", "i", {"a": 1})
    assert log.get("k", "i") == {"a": 1}
    assert not list(tmp_path.iterdir())


def test_a_torn_line_is_as_if_it_had_not_been_written(tmp_path) -> None:
    path = tmp_path / "runs.jsonl"
    RunLog(path).put("k", "whole", {})
    with path.open("ab") as file:
        file.write(b'{"key": "k", "item": "torn", "ro')
    assert RunLog(path).get("k", "torn") is None
    assert RunLog(path).get("k", "whole") == {}


def test_a_log_whose_first_line_is_torn_is_a_log(tmp_path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_bytes(b'{"ke')
    assert RunLog(path).get("k", "i") is None


def test_a_file_that_is_no_log_is_refused_and_left_as_it_was(tmp_path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_text('{"distance_km": 12}\n')
    with pytest.raises(InputError, match=r"runs\.jsonl is no log of a run; give another folder"):
        RunLog(path)
    assert path.read_text() == '{"distance_km": 12}\n'
