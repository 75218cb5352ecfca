"""The store keeps every promise that graphmem asks of one, and its log says who changed what."""

import json
from pathlib import Path

from own_store import open_audited

from graphmem import Memory
from graphmem.contracts import GraphStore
from graphmem.testing import StoreContract, standing_clock


class TestAuditedStore(StoreContract):
    histories = 5

    def new_store(self, folder: Path, number: int) -> GraphStore:
        return open_audited(f"audited:{folder / str(number)}.db", clock=standing_clock)


def test_the_log_counts_what_was_written_and_deleted_and_says_none_of_it(tmp_path: Path) -> None:
    url = f"audited:{tmp_path / 'memory.db'}"
    with Memory.open(url, scope="ana", clock=standing_clock) as memory:
        memory.add("The pottery class starts in June.", speaker="Ben")
        (hit,) = memory.search("When does the class start?")
        memory.delete(hit.episodes[0].id)
    text = (tmp_path / "memory.db.audit.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["what"] for line in lines] == ["write", "delete"]
    assert {line["scope"] for line in lines} == {"ana"}
    assert lines[0]["episodes_added"] == lines[1]["episodes_deleted"] == 1
    assert "pottery" not in text
