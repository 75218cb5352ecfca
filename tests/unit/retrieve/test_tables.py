"""Tables that ship: read once, of one format."""

import pytest

from graphmem.errors import ConfigError
from graphmem.retrieve.tables import FORMAT, checked_table, shipped_table


def test_a_table_that_ships_is_read_from_beside_its_code():
    table = shipped_table("graphmem.retrieve.turns", "dialogue_words.json")
    assert table["format"] == FORMAT
    assert table["weights"]


@pytest.mark.parametrize("format_", [None, 0, FORMAT + 1, str(FORMAT)])
def test_another_format_is_refused_with_what_to_type(format_):
    with pytest.raises(ConfigError, match=r"old\.json has format .*graphmem evaluate tune DATA"):
        checked_table({"format": format_, "weights": {}}, "old.json")


def test_a_table_of_this_format_is_returned_as_it_is():
    table = {"format": FORMAT, "weights": {"speaker": 1.0}}
    assert checked_table(table, "new.json") is table
