"""Two writing processes and eight reading threads on one file: no error but busy, nothing lost."""

from pathlib import Path

from tests.attack.amount import attacks
from tests.attack.soak import soak


def test_readers_and_writers_of_one_store_see_no_error_but_busy(tmp_path: Path) -> None:
    seen = soak(tmp_path / "memory.db", seconds=attacks(12))
    assert seen.faults == []
    assert min(seen.done[name] for name in ("add", "delete", "search")) > 0
