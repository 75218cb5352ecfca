"""The rivals' PageRank agrees with networkx, dangling nodes and parallel edges included."""

import networkx
import numpy as np

from graphmem.evaluate.walk import DAMPING, personalized_pagerank, transitions

LEFT = np.array([0, 1, 1, 2, 0])
RIGHT = np.array([1, 2, 3, 3, 1])
WEIGHTS = np.array([1.0, 0.5, 2.0, 1.0, 3.0])


def test_visits_equal_those_of_networkx():
    graph = networkx.MultiGraph()
    graph.add_nodes_from(range(5))
    edges = zip(LEFT.tolist(), RIGHT.tolist(), WEIGHTS.tolist(), strict=True)
    graph.add_weighted_edges_from(edges)
    restart = np.array([0.2, 0.0, 0.0, 1.0, 0.3])
    wanted = networkx.pagerank(
        graph, alpha=DAMPING, personalization=dict(enumerate(restart)), tol=1e-12
    )
    visits = personalized_pagerank(transitions((LEFT, RIGHT), WEIGHTS, n=5), restart)
    np.testing.assert_allclose(visits, [wanted[node] for node in range(5)], atol=1e-8)


def test_a_graph_without_edges_gives_back_the_restart():
    none = np.array([], np.int64)
    walk = transitions((none, none), np.array([]), n=3)
    visits = personalized_pagerank(walk, np.array([1.0, 3.0, 0.0]))
    np.testing.assert_allclose(visits, [0.25, 0.75, 0.0])
