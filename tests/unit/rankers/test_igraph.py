"""igraph's communities: the same each time, numbered by size."""

import sys

import numpy as np
import pytest

from graphmem.errors import MissingExtraError
from graphmem.rankers.igraph import IgraphRanker, communities
from graphmem.rankers.steps import undirected
from tests.unit.rankers.graphs import skewed


def cliques(*sizes):
    """Return cliques of some sizes, each joined to the next by one light edge."""
    ends, weights, first = [], [], 0
    for size in sizes:
        inside = [(first + a, first + b) for a in range(size) for b in range(a)]
        ends += inside
        weights += [1.0] * len(inside)
        if first:
            ends.append((first - 1, first))
            weights.append(0.1)
        first += size
    left, right = np.array(ends).T
    return undirected(left, right, np.array(weights), n=first)


def test_cliques_are_communities_the_largest_first():
    pytest.importorskip("igraph")
    assert communities(cliques(3, 5, 4)).tolist() == [2] * 3 + [0] * 5 + [1] * 4


def test_the_same_seed_gives_the_same_communities():
    pytest.importorskip("igraph")
    steps = skewed()
    assert communities(steps, seed=3).tobytes() == communities(steps, seed=3).tobytes()


def test_a_graph_without_nodes_has_no_communities():
    pytest.importorskip("igraph")
    none = np.zeros(0, np.int64)
    assert communities(undirected(none, none, np.zeros(0), n=0)).tolist() == []


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingExtraError, match=r"graphmem\[igraph\]"):
        IgraphRanker()
