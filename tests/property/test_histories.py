"""However a session of 1 to 300 turns grows, it holds what one fresh build would give."""

import random
from pathlib import Path

import pytest

from tests.property.histories import HISTORIES, ended

SEEDS = 6
"""A short form; tests/attack/test_histories.py runs as many as are asked for."""


@pytest.mark.parametrize("store", ["ram", "sqlite"])
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_any_history_of_a_session_ends_in_what_one_fresh_build_gives(
    history, seed, store, tmp_path: Path
):
    wanted, found = ended(history, random.Random(seed), store, tmp_path)
    assert found == wanted
