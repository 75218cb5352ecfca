"""`graphmem forget` as typed by a person."""

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError
from tests.typed import Typed


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        memory.add("Haha, yes!", speaker="Ida", said_at="2024-01-02")
        memory.add("I carved a walnut flute for Sigrid.", speaker="Ole", said_at="2024-01-03")
    return Typed(tmp_path, monkeypatch, lambda: capsys.readouterr().out, "ida")


def test_a_sweep_is_tried_done_reached_and_taken_back(shell):
    assert "a dry run" in shell.run("forget", "--keep", "0.5", "--dry-run")
    told = shell.run("forget", "--keep", "0.5")
    assert "archived: False → True" in told
    assert "Haha" in told
    assert shell.json("count")["count"] == 1
    assert shell.json("count", "--archived")["count"] == 2
    assert shell.json("search", "haha", "--archived")["hits"][0]["text"] == "Haha, yes!"
    run = told.rstrip().rpartition("graphmem undo ")[2]
    shell.run("undo", run)
    assert shell.json("count")["count"] == 2


def test_a_purge_prints_its_certificate(shell):
    assert "1 episode would be erased of Sigrid" in shell.run(
        "forget", "--subject", "Sigrid", "--purge", "--dry-run"
    )
    told = shell.run("forget", "--subject", "Sigrid", "--purge", "--yes")
    assert "sha256" in told
    assert "nothing of it is left in store, search and files" in told
    assert shell.json("count")["count"] == 1


@pytest.mark.parametrize(
    "options", [("--purge",), ("--subject", "Sigrid", "--keep", "0.5"), ("--keep", "7")]
)
def test_what_makes_no_sense_is_refused(shell, options):
    with pytest.raises(ConfigError):
        shell.run("forget", *options)
