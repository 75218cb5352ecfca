"""One's own questions: what goes with a question is read, what is odd is counted with its place."""

import json
from datetime import UTC, datetime

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.asked import read_asked
from graphmem.evaluate.data.reading import Oddities


def written(tmp_path, *rows):
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_all_that_search_may_be_told_is_read(tmp_path):
    row = {
        "id": 7,
        "question": "And when does she come?",
        "gold": ["D1:2", ["D3:1", "by the night train"]],
        "asker": "Ida",
        "history": "Who visits us?",
        "as_of": "2024-05-02",
        "now": "2024-05-09T10:00:00+02:00",
        "timezone": "Europe/Paris",
        "category": "follow-up",
    }
    (asked,) = read_asked(written(tmp_path, row), Oddities())
    assert (asked.id, asked.asker, asked.history) == ("7", "Ida", ("Who visits us?",))
    assert asked.gold == (("D1:2",), ("D3:1", "by the night train"))
    assert asked.as_of == datetime(2024, 5, 2, 23, 59, 59, 999999, UTC)
    assert asked.now == datetime(2024, 5, 9, 8, tzinfo=UTC)
    assert (asked.timezone, asked.category) == ("Europe/Paris", "follow-up")


def test_no_gold_is_not_scored_and_empty_gold_means_that_nobody_says_it(tmp_path):
    rows = ({"question": "Who sings?"}, {"question": "Who swims?", "gold": []})
    odd = Oddities()
    first, second = read_asked(written(tmp_path, *rows), odd)
    assert (first.gold, second.gold) == (None, ())
    assert odd.counts == {"without_gold": 1}


def test_gold_may_be_called_evidence_and_be_one_text(tmp_path):
    rows = ({"question": "Who sings?", "evidence": "Ida sings"}, {"question": "?", "gold_ids": [3]})
    first, second = read_asked(written(tmp_path, *rows), Oddities())
    assert (first.gold, second.gold) == ((("Ida sings",),), (("3",),))


@pytest.mark.parametrize(
    "row", [{"question": " "}, {"gold": ["x"]}, {"question": "When?", "as_of": "soon", "gold": []}]
)
def test_a_line_that_cannot_be_asked_is_skipped_and_counted(tmp_path, row):
    odd = Oddities()
    asked = read_asked(written(tmp_path, row, {"question": "Who?", "gold": ["x"]}), odd)
    assert [question.text for question in asked] == ["Who?"]
    assert odd.counts == {"bad_lines": 1}


def test_a_file_without_questions_is_an_error_that_shows_a_line(tmp_path):
    with pytest.raises(InputError, match=r"holds no question.*\"gold\""):
        read_asked(written(tmp_path), Oddities())
    with pytest.raises(InputError, match="is not there"):
        read_asked(tmp_path / "none.jsonl", Oddities())
