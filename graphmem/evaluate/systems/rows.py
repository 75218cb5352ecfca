"""Rows of vectors as a baseline keeps them: sparse where nearly all is zero, only for speed."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from graphmem.arrays import Matrix

SPARSE = 0.1
"""Below this share of entries that are not zero, rows are kept sparse."""

Rows = Any
"""A Matrix, or a csr_array of the same shape: `rows @ vector` and `rows[places]` serve both."""


def compact(rows: Matrix) -> Rows:
    """Return the rows (n, dim), sparse if few entries are not zero."""
    return csr_array(rows) if rows.size and np.count_nonzero(rows) < SPARSE * rows.size else rows


def cosines(some: Rows, rows: Rows) -> Matrix:
    """Return the products of unit rows (m, dim) and (n, dim), as a dense (m, n)."""
    product = some @ rows.T
    return product if isinstance(product, np.ndarray) else product.toarray()


def bytes_of(rows: Rows) -> int:
    """Return the bytes that the rows, or any sparse matrix, hold."""
    if isinstance(rows, np.ndarray):
        return rows.nbytes
    return int(rows.data.nbytes + rows.indices.nbytes + rows.indptr.nbytes)
