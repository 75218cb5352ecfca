"""The layout of small graphs."""

import numpy as np
import pytest

from graphmem.explore.drawing import places_of

STAR = [(0, i, 1.0) for i in range(1, 8)]


@pytest.mark.parametrize("n", [0, 1, 2, 3, 17, 30])
def test_every_node_has_a_place_inside_whatever_their_number(n):
    places = places_of(n, [(0, i, float(i)) for i in range(1, n)])
    assert places.shape == (n, 2)
    assert ((places >= 0) & (places <= 1)).all()


def test_the_first_node_stands_in_the_middle():
    assert places_of(8, STAR)[0].tolist() == [0.5, 0.5]


def test_no_two_nodes_stand_at_one_place():
    places = places_of(8, STAR)
    far = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(8)
    assert far.min() > 0.05


def test_the_same_graph_is_drawn_the_same():
    assert (places_of(8, STAR) == places_of(8, STAR)).all()


def test_a_heavier_edge_is_shorter():
    places = places_of(3, [(0, 1, 10.0), (0, 2, 1.0), (1, 2, 1.0)])
    heavy, light = (np.linalg.norm(places[0] - places[i]) for i in (1, 2))
    assert heavy < light
