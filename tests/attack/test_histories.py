"""Random histories of one session against fresh builds.

GRAPHMEM_ATTACKS=1000 python -m pytest tests/attack/test_histories.py
"""

import pytest

from tests.attack.amount import attacks
from tests.property.histories import difference


@pytest.mark.parametrize("store", ["ram", "sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_no_random_history_differs_from_a_fresh_build(store: str) -> None:
    differing = [seed for seed in range(attacks(8)) if difference(seed, store)[1]]
    assert differing == []
