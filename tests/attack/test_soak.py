"""Two writing processes and eight reading threads on one file: no error but busy, nothing lost."""

from pathlib import Path

import pytest

from tests.attack.soak import soak


@pytest.mark.parametrize("seconds", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_readers_and_writers_of_one_store_see_no_error_but_busy(
    tmp_path: Path, seconds: int
) -> None:
    seen = soak(tmp_path / "memory.db", seconds=seconds)
    assert seen.faults == []
    assert min(seen.done[name] for name in ("add", "delete", "search")) > 0
