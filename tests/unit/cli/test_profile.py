"""`graphmem profile` as typed by a person, at 80 columns."""

import pytest

from graphmem import Memory
from tests.typed import Typed


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        memory.add("I live in Bergen.", speaker="Ida", said_at="2024-01-02", id="old")
        memory.add("I moved to Oslo.", speaker="Ida", said_at="2024-05-02", id="new")
        memory.add("Good morning.", speaker="Ole", said_at="2024-05-02")
    return Typed(tmp_path, monkeypatch, lambda: capsys.readouterr().out, "ida")


def test_a_profile_shows_the_current_value_first_and_its_turn(shell):
    told = shell.run("profile", "ida")
    assert told.index("I moved to Oslo.") < told.index("home, current") < told.index("Bergen")
    assert "2024-05-02 00:00 Ida, n" in told
    lines = shell.json("profile", "Ida", "--limit", "1")["lines"]
    assert [line["episode"]["source_id"] for line in lines] == ["new"]
    assert "1 more: type --limit" in shell.run("profile", "ida", "--limit", "1")


def test_a_person_of_whom_nothing_is_stated_says_so(shell):
    assert "nothing is stated of Ole" in shell.run("profile", "ole")
