"""`entities`, `facts`, `timeline` and `neighbourhood`, as typed by a person."""

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError
from tests.browsing import TALK, filled
from tests.typed import Typed


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shell")
    with Memory.open(folder / "memory.db", scope="ana") as memory:
        filled(memory)
    return folder


@pytest.fixture
def shell(folder, monkeypatch, capsys):
    return Typed(folder, monkeypatch, lambda: capsys.readouterr().out, "ana")


def test_entities_are_listed_by_how_often_they_are_named(shell):
    assert shell.json("entities")[0]["name"] == "Nordvik Yard"
    assert [one["name"] for one in shell.json("entities", "dahl")] == ["Erik Dahl"]
    assert len(shell.json("entities", "--limit", "1")) == 1
    assert "Nordvik Yard" in shell.run("entities", "nordvik", "yard")


def test_facts_are_lines(shell):
    (fact,) = shell.json("facts", "--subject", "erik dahl", "--relation", "works at")
    assert fact["object"] == "Nordvik Yard"
    assert "Erik Dahl — works at — Nordvik Yard" in shell.run("facts")


def test_a_timeline_needs_no_quotes_and_shows_the_facts(shell):
    told = shell.run("timeline", "nordvik", "yard")
    assert told.index(TALK[3][2]) < told.index(TALK[1][2])
    assert "· Erik Dahl — works at — Nordvik Yard" in told
    assert len(shell.json("timeline", "Nordvik Yard")) == 3


def test_a_neighbourhood_shows_what_is_around_and_what_joins_it(shell):
    (note,) = shell.json("list", "--speaker", "Milo", "--session", "garage")["notes"]
    told = shell.run("neighbourhood", note["id"])
    assert "  entity Nordvik Yard" in told
    assert "Erik Dahl — works at → Nordvik Yard" in told
    found = shell.json("neighbourhood", "garage-1", "--depth", "2", "--limit", "4")
    assert (found["center"], len(found["nodes"])) == (shell.json("get", "garage-1")[0]["id"], 4)


def test_a_name_that_nothing_has_is_refused_with_the_nearest(shell):
    with pytest.raises(ConfigError, match="did you mean 'Nordvik Yard'"):
        shell.run("timeline", "Nordvick Yard")
