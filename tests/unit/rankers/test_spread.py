"""How walks from hubs spread: against dense matrices, with and without C, on parallel edges too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.rankers import spread as module
from graphmem.rankers.bounds import Hubs
from graphmem.rankers.kernel import kernel
from graphmem.rankers.spread import GROUPS, Spread
from graphmem.rankers.steps import undirected
from tests.unit.rankers.graphs import skewed

PARTS = ("nodes", "groups", "heaviest", "norms", "near", "ascending", "places")


def of(steps, loaded=None):
    return Spread.of(steps, Hubs.of(steps.degree).nodes, loaded)


def parallel(n=30, m=60):
    """Edges of which many join the same two nodes and stay apart, as those with makers do."""
    random = np.random.default_rng(5)
    left, right = random.integers(0, n, m), random.integers(0, n // 5, m)
    return undirected(left, right, random.random(m) + 0.1, n=n, makers=np.full(m, -1, np.int32))


def norm(steps, values):
    return np.sqrt((steps.degree * values * values).sum())


@pytest.mark.parametrize("steps", [skewed(n=60, m=200), parallel()], ids=["skewed", "parallel"])
def test_norms_weights_and_neighbours_are_those_of_the_matrix(steps):
    found, step = of(steps), steps.moves.toarray().T  # step[u, v]: from u to v
    n = len(steps.degree)
    assert len(found.nodes) == n
    for place, hub in enumerate(found.nodes):
        alone = np.eye(n)[hub]
        assert found.norms[place] == pytest.approx(norm(steps, step @ (step @ alone)))
        assert found.heaviest[place] == pytest.approx((step[:, hub] * steps.degree).max())
        marked = found.near >> np.uint32(found.groups[place]) & 1 == 1
        assert marked[step[:, hub] > 0].all()


def test_a_group_marks_the_neighbours_of_its_hubs_alone():
    steps = skewed(n=GROUPS + 5, m=60)
    found, step = of(steps), steps.moves.toarray()
    for group in range(GROUPS):
        hubs = found.nodes[found.groups == group]
        marked = found.near >> np.uint32(group) & 1 == 1
        assert marked.tolist() == (step[hubs] > 0).any(axis=0).tolist()


@pytest.mark.parametrize("enough", [0, 700, 10**6])
@pytest.mark.parametrize("steps", [skewed(), parallel()], ids=["skewed", "parallel"])
def test_the_compiled_loops_give_the_same_bytes(monkeypatch, steps, enough):
    if kernel() is None:
        pytest.skip("no compiler was there when graphmem was installed")
    monkeypatch.setattr(module, "FEW", 300)
    monkeypatch.setattr(module, "ENOUGH", enough)
    plain, fast = of(steps), of(steps, kernel())
    for part in PARTS:
        assert getattr(plain, part).tobytes() == getattr(fast, part).tobytes(), part


def test_where_second_steps_are_too_many_to_read_first_ones_bound_them(monkeypatch):
    steps = skewed()
    all_read = of(steps)
    monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(module, "ENOUGH", 0)
    few = of(steps)
    hub = few.nodes[0]
    step = steps.moves.toarray().T
    assert few.norms[0] == pytest.approx(norm(steps, step[:, hub]))
    assert 0 < len(few.nodes) < len(all_read.nodes)
    assert (few.norms >= all_read.norms[: len(few.norms)]).all()


def test_a_node_stands_among_the_hubs_or_nowhere(monkeypatch):
    monkeypatch.setattr(module, "MOST", 10)
    found = of(skewed())
    assert found.places_of(found.nodes.astype(np.int64)).tolist() == list(range(10))
    others = np.setdiff1d(np.arange(300), found.nodes)
    assert set(found.places_of(others).tolist()) == {-1}


@given(seed=st.integers(0, 2**32 - 1), damping=st.floats(0, 0.95))
def test_what_a_hub_lacks_is_no_more_than_the_bound(seed, damping):
    random = np.random.default_rng(seed)
    steps = skewed(n=25, m=70, seed=seed)
    found, step = of(steps), steps.moves.toarray().T
    left = random.random(25) * (random.random(25) < 0.4)  # what is left over degree
    met = np.linalg.solve(np.eye(25) - damping * step, (1 - damping) * left)
    for place, hub in enumerate(found.nodes):
        lacks = steps.degree[hub] * met[hub]
        near = found.near >> np.uint32(found.groups[place]) & 1 == 1
        first = found.heaviest[place] * left[near].sum()
        later = found.norms[place] * norm(steps, left)
        own = (1 - damping) * steps.degree[hub] * left[hub]
        assert lacks <= own + damping * ((1 - damping) * first + damping * later) + 1e-12
