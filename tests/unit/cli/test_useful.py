"""`graphmem useful` as typed by a person, and what evolve and forget then say, in 80 columns."""

import pytest

from graphmem import Memory
from graphmem.errors import InputError
from tests.typed import Typed
from tests.unit.test_probing import Superseding

QUESTION = "How did Tove like the long evening at the boathouse of the two sisters, and why?"


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        memory.add("Haha, yes!", speaker="Ida", said_at="2024-01-02")
        memory.add("Thanks, the evening was lovely!", speaker="Tove", said_at="2024-01-03", id="t")
    return Typed(tmp_path, monkeypatch, lambda: capsys.readouterr().out, "ida")


def test_what_answered_is_kept_listed_held_to_and_let_go_of(shell):
    assert "nothing is kept" in shell.run("useful")
    told = shell.run("useful", QUESTION, "t")
    assert "probes: " in told
    assert "take it back: graphmem undo" in told
    listed = shell.run("useful")
    assert listed.splitlines()[0].startswith("How did Tove like")
    assert "“Thanks, the evening was lovely!”" in listed
    assert max(map(len, listed.splitlines())) <= 80
    for options in (["--dry-run"], []):
        told = shell.run("forget", "--keep", "0", *options)
        assert "left out, as something useful would be lost: 1 change" in told
        left = told[told.index("left out") :].splitlines()[:5]
        assert "archived: False → True" in left[2]
        assert left[4].strip().startswith("“How did Tove")
        assert max(map(len, left)) <= 80
    assert "probes: " in shell.run("useful", QUESTION, "t", "--off")
    assert "nothing is kept" in shell.run("useful")
    assert shell.json("useful") == []


def test_no_id_is_refused_in_a_line(shell):
    with pytest.raises(InputError, match="which notes"):
        shell.run("useful", QUESTION)


def test_what_a_search_showed_is_written_down_when_asked(shell):
    shell.run("search", "evening")
    assert shell.json("history", "t")["changes"] == []
    shell.run("search", "evening", "--keep-shown")
    (change,) = shell.json("history", "t")["changes"]
    assert (change["target"]["field"], change["after"]) == ("shown", True)


def test_an_evolution_says_what_it_left_out_and_for_which_question(shell, tmp_path, monkeypatch):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        for place in ("one", "two", "three", "four", "five"):
            memory.add(f"Tove likes pier {place}, and the evening.", said_at="2024-01-01")
        memory.add("Good night then.", speaker="Ole", said_at="2024-01-04", id="new")
        old, new = (memory.history(id_).note.id for id_ in ("t", "new"))
    shell.run("useful", QUESTION, "t")
    real = Memory.evolve
    proposer = Superseding([(old, new)])
    monkeypatch.setattr(
        Memory, "evolve", lambda memory, dry_run: real(memory, dry_run=dry_run, proposer=proposer)
    )
    for options in (["--dry-run"], []):
        told = shell.run("evolve", *options)
        left = told[told.index("left out") :].splitlines()[:9]
        assert left[0] == "left out, as something useful would be lost: 2 changes"
        assert left[2].strip() == f"superseded_by: nothing → {new}"
        assert left[3].strip() == f"would lose {old} for"
        assert left[4].strip().startswith("“How did Tove")
        assert max(map(len, left)) <= 80
    assert shell.json("history", "t")["note"]["superseded_by"] is None
