"""A graph for the tests of rankers: some names in many notes, most in few, drawn from a seed."""

import numpy as np

from graphmem.rankers.steps import undirected


def skewed(n=300, m=1200, seed=0, **more):
    """Return steps on n nodes and m edges; low numbers have most of them."""
    random = np.random.default_rng(seed)
    left = (n * random.random(m) ** 2).astype(np.int64)
    right = random.integers(0, n, m)
    return undirected(left, right, random.random(m) + 0.1, n=n, **more)


def restart_at(n, *nodes):
    """Return one restart with the same share for each node."""
    row = np.zeros((1, n))
    row[0, list(nodes)] = 1 / len(nodes)
    return row
