"""What every command prints with."""

import csv
import io
import json

import pytest

from graphmem.cli.options import csv_cell, json_line, shown
from graphmem.text import visible_json


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\x9bb\x7f", "a\\x9bb\\x7f"),
        ("\u202egnp", "\\u202egnp"),
        ("a\tb\nc", "a\tb\nc"),
        ("[red]x", "\\[red]x"),
        ("Ümit 東京 🎈", "Ümit 東京 🎈"),
    ],
)
def test_a_text_is_shown_without_what_acts(text: str, printed: str) -> None:
    assert shown(text) == printed


@pytest.mark.parametrize("value", ["\x9b", "\x7f\u202e\u2028", 2**70, "\ud800", {"a": [None, 1.5]}])
def test_a_json_line_means_the_same_and_holds_nothing_that_acts(value: object) -> None:
    line = json_line(value)
    assert json.loads(line) == value
    assert line == visible_json(line)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\\r=1"),
        (-1, "-1"),
        (None, ""),
        (["=a"], '["=a"]'),
        ("a\x1bb", "a\\x1bb"),
    ],
)
def test_a_cell_of_csv_is_no_formula(value: object, cell: str) -> None:
    assert csv_cell(value) == cell
    written = io.StringIO()
    csv.writer(written).writerow([csv_cell(value)])
    assert next(csv.reader(io.StringIO(written.getvalue())), [""]) == [cell]
