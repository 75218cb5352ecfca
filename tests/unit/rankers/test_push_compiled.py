"""Push by the compiled loops, step for step beside the one in numpy."""

import numpy as np
import pytest

from graphmem.arrays import Sieve
from graphmem.rankers.bounds import Hubs, Sought
from graphmem.rankers.kernel import kernel
from graphmem.rankers.push_compiled import CompiledPush
from graphmem.rankers.push_numpy import NumpyPush
from graphmem.rankers.spread import Spread
from tests.unit.rankers.graphs import skewed


@pytest.mark.parametrize("is_sieved", [False, True], ids=["whole", "sieved"])
@pytest.mark.parametrize("knows_hubs", [False, True], ids=["degrees", "hubs"])
def test_each_step_gives_the_bytes_of_numpy(is_sieved, knows_hubs):
    if kernel() is None:
        pytest.skip("no compiler was there when graphmem was installed")
    random = np.random.default_rng(2)
    steps = skewed(kinds=random.integers(0, 2, 1200).astype(np.uint8))
    sieve = Sieve(random.random(300) < 0.8, np.array([1.0, 1.7])) if is_sieved else None
    hubs = Hubs.of(steps.degree).under(sieve)
    sought = Sought(6, None, hubs, Spread.of(steps, hubs.nodes, None) if knows_hubs else None)
    walks = (
        NumpyPush(steps, sieve, 0.5, sought),
        CompiledPush(kernel(), steps, sieve, 0.5, sought, []),
    )
    for walk in walks:
        walk.begin(np.array([4, 290]), np.array([0.5, 0.5]))
    for least in (1e-2, 1e-3, 1e-4):
        told = []
        for walk in walks:
            walk.until(least)
            most, best, closed = walk.best()
            best = np.sort(best.copy(), order="node")
            bar = float(best["lower"].min())
            doubts = np.sort(walk.doubtful(most, bar, far=True).copy(), order="node")
            told.append([most, closed, best.tobytes(), doubts.tobytes()])
            walk.tighten(most, doubts)
            told[-1].append(doubts.tobytes())
            for at in range(min(3, len(doubts))):
                told[-1].append(walk.meet(most, doubts[at : at + 1], walk.norm, 500))
            told[-1] += [doubts.tobytes(), walk.norm, walk.work]
        assert told[0] == told[1]
    ends = [walk.end(1.0) for walk in walks]
    for one, other in zip(*ends, strict=True):
        assert np.asarray(one).tobytes() == np.asarray(other).tobytes()
