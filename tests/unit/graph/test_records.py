"""Records as JSON values, one line each."""

from graphmem.graph.records import canonical, to_dict
from graphmem.testing.records import turn


def test_times_become_text_and_tuples_lists() -> None:
    made = to_dict(turn(0).note)
    assert made["said_at"] == "2024-05-01T10:00:00+00:00"
    assert made["keywords"] == ["near", "place"]
    assert made["sentences"][0][0] == 0


def test_equal_values_make_equal_lines() -> None:
    assert (
        canonical({"b": 1, "a": [1, "é"]})
        == '{"a":[1,"é"],"b":1}'
        == canonical({"a": [1, "é"], "b": 1})
    )
