"""`graphmem slot` as typed by a person, at 80 columns."""

import pytest

from graphmem import Memory
from tests.typed import Typed


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        memory.add("My rent is 900 a month.", speaker="Ida", said_at="2024-01-02", id="old")
        memory.add("My rent is 950 a month.", speaker="Ida", said_at="2024-05-02", id="new")
    return Typed(tmp_path, monkeypatch, lambda: capsys.readouterr().out, "ida")


def test_a_slot_is_told_in_order_of_time_with_sources(shell):
    told = shell.run("slot", "Ida's", "rent")
    assert told.index("900") < told.index("current") < told.index("950")
    assert "2024-01-02" in told
    assert max(map(len, told.splitlines())) <= 80
    values = shell.json("slot", "Ida's rent")["values"]
    assert [value["episode"]["source_id"] for value in values] == ["old", "new"]
    assert [value["said"] for value in shell.json("slot", "rent", "--as-of", "2024-02")["values"]]


def test_a_slot_that_nobody_states_says_so(shell):
    assert "no dated turn states “her bicycle”" in shell.run("slot", "her", "bicycle")
