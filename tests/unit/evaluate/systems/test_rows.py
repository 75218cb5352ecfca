"""Sparse or dense, the products of rows are the same."""

import numpy as np
import pytest

from graphmem.evaluate.systems.rows import bytes_of, compact, cosines
from graphmem.rules.embed import RuleEncoder

TEXTS = ["a red boat", "a red bridge over the river", "the heron"]


def test_rows_that_are_mostly_zero_take_less_and_give_the_same():
    dense = RuleEncoder().encode(TEXTS)
    sparse = compact(dense)
    assert bytes_of(sparse) < bytes_of(dense) / 10
    np.testing.assert_allclose(cosines(sparse, sparse), cosines(dense, dense), rtol=1e-6)
    np.testing.assert_allclose(sparse[[0, 2]] @ dense[1], dense[[0, 2]] @ dense[1], rtol=1e-6)


@pytest.mark.parametrize("rows", [np.ones((2, 3), np.float32), np.zeros((0, 3), np.float32)])
def test_full_or_no_rows_stay_as_they_are(rows):
    assert compact(rows) is rows
