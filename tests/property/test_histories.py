"""However a session of 1 to 300 turns grows, it holds what one fresh build would give."""

import random
from pathlib import Path

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock
from tests.property.histories import HISTORIES, content

SEEDS = 6
"""A short form; tests/attack/test_histories.py runs as many as are asked for."""


@pytest.mark.parametrize("store", ["ram", "sqlite"])
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_any_history_of_a_session_ends_in_what_one_fresh_build_gives(
    history, seed, store, tmp_path: Path
):
    url = "ram:" if store == "ram" else tmp_path / "memory.db"
    with Memory.open(url, scope="ida", clock=standing_clock) as memory:
        expected = history(memory, random.Random(seed), tmp_path)
        assert content(memory) == expected
