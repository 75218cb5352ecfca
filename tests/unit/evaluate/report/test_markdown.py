"""Markdown tables: numbers to one place, a dash for the unknown, no cell breaks a row."""

import pytest

from graphmem.evaluate.report.markdown import show, table


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, "–"),
        (81.25, "81.2"),
        (0.0, "0.0"),
        (12345, "12,345"),
        ("a|b\nc", "a\\|b c"),
    ],
)
def test_a_cell_is_shown_on_one_line_and_within_its_bars(cell, shown) -> None:
    assert show(cell) == shown


def test_a_table_has_its_head_a_rule_and_a_line_a_row() -> None:
    assert table(("system", "recall"), [("bm25", 50.0), ("none", None)]).splitlines() == [
        "| system | recall |",
        "| --- | --- |",
        "| bm25 | 50.0 |",
        "| none | – |",
    ]
