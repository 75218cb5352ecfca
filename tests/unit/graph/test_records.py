"""Records as JSON values, one line each."""

from datetime import UTC, datetime

from graphmem.graph.records import canonical, imports_text, read_imports, to_dict
from graphmem.receipts import ImportReport, ProblemGroup, Receipt
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


def test_what_is_kept_of_imports_comes_back_as_it_was() -> None:
    group = ProblemGroup(message="no date", skipped=True, count=2, places=("tea.txt:3",))
    receipt = Receipt(run_id="r", files=1, seconds=0.5, problem_groups=(group,))
    kept = (ImportReport.of(receipt, datetime(2026, 5, 1, tzinfo=UTC)),)
    assert read_imports(imports_text(kept)) == kept
    assert read_imports(None) == ()
