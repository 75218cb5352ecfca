"""Joining columns: what is large is there twice one array at a time."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from graphmem.graph.snapshot.block import block_of, stored_vectors
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.joined import join
from graphmem.testing.records import turn

DIM = 1 << 14


@pytest.fixture
def _traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def columns_of(numbers: range) -> Columns:
    """Return turns with vectors, and of the same size tokens, that dwarf all else."""
    rows, tokens = np.ones((2, DIM), np.float32), np.ones((32, DIM // 8), np.uint8)
    records = [replace(turn(i, text="Oslo is far.").record, tokens=tokens) for i in numbers]
    return block_of(records, [stored_vectors(rows) for _ in numbers], [0 for _ in numbers])


@pytest.mark.usefixtures("_traced")
def test_joining_lets_go_of_each_array_before_it_copies_the_next() -> None:
    old, fresh = columns_of(range(60)), columns_of(range(60, 62))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    joined = join([(old, 0, 20), (fresh, 0, 2), (old, 20, 60)], [old, fresh])
    now, peak = tracemalloc.get_traced_memory()
    assert joined.vectors is not None
    assert joined.vectors.nbytes == 62 * DIM * 4
    assert abs(now - held) < joined.vectors.nbytes / 10
    assert peak - held < joined.vectors.nbytes * 1.1
    assert (old.is_whole, fresh.is_whole, joined.is_whole) == (False, False, True)
