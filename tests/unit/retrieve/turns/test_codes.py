"""Coded vectors: near those of floats, and the same bytes from any arrays, compiled or not."""

import numpy as np
import pytest

from graphmem.rankers.kernel import kernel
from graphmem.retrieve.turns import codes
from graphmem.retrieve.turns.codes import coded, exact_sum, in_ones
from graphmem.stacked import Stacked, whole
from graphmem.vectors import unit_rows

DIM = 33


def drawn(n, seed=0, dim=DIM):
    return unit_rows(np.random.default_rng(seed).standard_normal((n, dim)) + 0.2)


def columns(found):
    of = (found.codes, found.units, found.squares, found.norms)
    return [*map(whole, of), found.mean]


def assert_same(one, other):
    for mine, theirs in zip(columns(one), columns(other), strict=True):
        assert mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("dim", [1, 33, 384, 1_024])
def test_products_and_lengths_are_near_those_of_floats(dim):
    rows, row = drawn(50, dim=dim), drawn(1, 1, dim)[0]
    mean = rows.mean(axis=0)
    found = coded(rows, mean)
    np.testing.assert_allclose(found.products(row), rows @ row, atol=0.01)
    norms = np.maximum(np.linalg.norm(rows - mean, axis=1), 1e-3)
    np.testing.assert_allclose(found.norms, norms, atol=0.02)


def test_a_row_of_zeros_is_like_nothing():
    found = coded(np.zeros((2, DIM), np.float32), np.zeros(DIM, np.float32))
    np.testing.assert_array_equal(found.products(drawn(1)[0]), [0, 0])
    np.testing.assert_array_equal(found.products(np.zeros(DIM, np.float32)), [0, 0])


def test_what_was_coded_before_is_used_again_and_gives_the_same():
    base, added = drawn(40), drawn(3, 1)
    first, row = Stacked([(base, 0, 40)]), drawn(1, 2)[0]
    before = coded(first, base.mean(axis=0))
    now = Stacked([(base, 0, 10), (added, 0, 3), (base, 11, 40)])
    for mean in (base.mean(axis=0) + 1e-6, base.mean(axis=0) + 0.1):
        found = coded(now, mean, (first, before))
        assert found.codes.pieces[0][0] is before.codes.pieces[0][0]
        assert_same(found, coded(whole(now), mean))
        np.testing.assert_array_equal(found.products(row), coded(whole(now), mean).products(row))


def test_lengths_are_not_worked_out_anew_for_a_mean_that_hardly_moved():
    rows = drawn(20)
    mean = np.full(DIM, 0.25, np.float32)
    before = coded(rows, mean)
    assert coded(rows, mean + 1e-5, (rows, before)).norms is before.norms
    assert coded(rows, mean + 0.01, (rows, before)).norms is not before.norms


def test_a_sum_is_the_same_in_any_order_and_brought_forward():
    rows, gone = drawn(300), drawn(5, 1)
    total = exact_sum(rows)
    np.testing.assert_allclose(in_ones(total), rows.astype(float).sum(axis=0), atol=1e-8)
    np.testing.assert_array_equal(exact_sum(rows[::-1]), total)
    before = Stacked([(gone, 0, 5), (rows, 0, 200)])
    now = Stacked([(rows, 0, 100), (rows, 100, 300)])
    np.testing.assert_array_equal(exact_sum(now, (before, exact_sum(before))), total)


@pytest.mark.skipif(kernel() is None, reason="nobody compiled the loops")
@pytest.mark.parametrize("dim", [1, 33, 384, 1_024])
def test_numpy_gives_the_same_bytes(dim, monkeypatch):
    monkeypatch.setattr(codes, "_AT_ONCE", 7)
    rows, row = drawn(20, dim=dim), drawn(1, 1, dim)[0]
    found = coded(rows, rows.mean(axis=0))
    product, total = found.products(row), exact_sum(rows)
    monkeypatch.setattr(codes, "kernel", lambda: None)
    assert_same(found, coded(rows, rows.mean(axis=0)))
    np.testing.assert_array_equal(found.products(row), product)
    np.testing.assert_array_equal(exact_sum(rows), total)
