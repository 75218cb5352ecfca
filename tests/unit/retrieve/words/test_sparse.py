"""The sparse matrix does what scipy's does, to the last bit, empty rows and columns included."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from graphmem.retrieve.words import sparse
from graphmem.retrieve.words.sparse import Sparse

SHAPES = ((7, 5), (1, 1), (4, 0), (0, 3), (30, 40))


@pytest.fixture(params=SHAPES, ids=str)
def both(request):
    rng = np.random.default_rng(sum(request.param))
    whole = rng.random(request.param) * (rng.random(request.param) < 0.3)
    scipys = csr_array(whole)
    ours = Sparse(
        scipys.data,
        scipys.indices,
        scipys.indptr.astype(np.int64),
        (whole.shape[0], whole.shape[1]),
    )
    return ours, scipys


def assert_same(ours: Sparse, scipys: csr_array) -> None:
    assert ours.shape == scipys.shape
    for part in ("data", "indices", "indptr"):
        assert getattr(ours, part).tolist() == getattr(scipys, part).tolist()


def test_transposed(both):
    ours, scipys = both
    assert_same(ours.transposed(), scipys.T.tocsr())


def test_rows_are_taken_in_the_order_named_and_more_than_once(both):
    ours, scipys = both
    n = ours.shape[0]
    rows = np.array([n - 1, 0, 0] if n else [], np.int64)
    assert_same(ours.take(rows), scipys[rows])


def test_joined(both):
    ours, scipys = both
    doubled = np.concatenate((scipys.toarray(), scipys.toarray()))
    assert_same(ours.joined(ours), csr_array(doubled))


def test_a_product_sums_from_left_to_right(both):
    ours, scipys = both
    vector = np.random.default_rng(1).random(ours.shape[1])
    assert (ours @ vector).tolist() == (scipys @ vector).tolist()
    assert (ours @ vector).dtype == np.float64


def test_a_long_matrix_has_the_same_product_to_the_last_bit(both, monkeypatch):
    ours, _ = both
    vector = np.random.default_rng(2).random(ours.shape[1])
    short = (ours @ vector).tolist()
    monkeypatch.setattr(sparse, "LONG", -1)
    assert (ours @ vector).tolist() == short


def test_the_whole_array_is_the_one_it_was_made_of(both):
    ours, scipys = both
    assert ours.toarray().tolist() == scipys.toarray().tolist()
    assert ours.with_data(2 * ours.data).toarray().tolist() == (2 * scipys).toarray().tolist()
