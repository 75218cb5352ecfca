"""`graphmem consolidate` as typed by a person."""

from graphmem import Memory
from tests.typed import Typed
from tests.unit.test_consolidating import SAID


def test_a_consolidation_is_tried_done_listed_and_taken_back(tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "memory.db", scope="ida") as memory:
        for n, text in enumerate(SAID):
            memory.add(text, speaker="Ida", said_at=f"2024-01-0{n + 1}", session=f"s{n}")
    shell = Typed(tmp_path, monkeypatch, lambda: capsys.readouterr().out, "ida")
    assert "a dry run" in shell.run("consolidate", "--dry-run")
    assert shell.json("list", "--kind", "topic")["notes"] == []
    told = shell.run("consolidate")
    assert "topic Skorpa, 3 turns in 3 sessions" in told
    assert "2 notes, 0 earlier ones give way" in told
    assert len(shell.json("list", "--kind", "insight")["notes"]) == 1
    shell.run("undo", told.rstrip().rpartition("graphmem undo ")[2])
    assert shell.json("list", "--kind", "topic")["notes"] == []
