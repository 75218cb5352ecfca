"""Restarts, dense and sparse."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from graphmem.arrays import Sieve
from graphmem.rankers.restarts import checked_among, dense_restarts, sparse_restarts
from tests.unit.rankers.graphs import skewed

ROW = np.array([[0.25, 0.0, 0.75]])


def test_dense_and_sparse_rows_are_read_alike():
    steps = skewed(n=3, m=4)
    for given in (ROW, csr_array(ROW)):
        assert dense_restarts(steps, given).tolist() == ROW.tolist()
        ((nodes, shares),) = sparse_restarts(steps, given)
        assert (nodes.tolist(), shares.tolist()) == ([0, 2], [0.25, 0.75])


def test_a_sparse_restart_without_any_share_is_refused():
    with pytest.raises(ValueError, match="sums to 0"):
        sparse_restarts(skewed(n=3, m=4), csr_array((1, 3)))


def test_what_is_not_kept_is_not_found():
    steps, kept = skewed(n=3, m=4), np.array([True, True, False])
    among = np.array([False, True, True])
    assert checked_among(steps, 1, None, None) is None
    assert checked_among(steps, 1, among, Sieve(kept)).tolist() == [False, True, False]
