"""Rows put in between those of a base, against matrices into which numpy inserts them."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve.words import overlay as overlay_
from graphmem.retrieve.words.counts import counts_of
from graphmem.retrieve.words.overlay import Overlay, Table, moved, rows_then
from graphmem.retrieve.words.ragged import Ragged

ROW = st.lists(st.integers(0, 5), max_size=4)


def matrix_of(rows, n_columns):
    return counts_of(Ragged.of(rows), n_columns).by_row


@st.composite
def puttings(draw):
    """Draw a base, and steps: the columns that come, the rows that come and where they then are."""
    n_rows, n_columns = draw(st.integers(0, 4)), draw(st.integers(6, 8))
    base = [draw(ROW) for _ in range(n_rows)]
    steps = []
    width = n_columns
    for _ in range(draw(st.integers(1, 3))):
        added = sorted(draw(st.sets(st.integers(0, width), max_size=2)))
        width += len(added)
        rows = [draw(ROW) for _ in range(draw(st.integers(1, 3)))]
        n_rows += len(rows)
        at = draw(st.sets(st.integers(0, n_rows - 1), min_size=len(rows), max_size=len(rows)))
        steps.append((added, rows, sorted(at)))
    return base, n_columns, steps


@pytest.fixture(params=["compiled", "numpy"])
def loops(request, tmp_path_factory, monkeypatch):
    """Have the loops compiled, or none."""
    found = None
    if request.param == "compiled":
        library = tmp_path_factory.mktemp("overlay") / "_kernel.so"
        if shutil.which("cc") is None or not compiled(library=library):
            pytest.skip("no C compiler")
        found = kernel(library)
    monkeypatch.setattr(overlay_, "kernel", lambda: found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(puttings())
@pytest.mark.usefixtures("loops")
def test_what_is_looked_up_is_that_of_one_whole_table(drawn):
    base, n_columns, steps = drawn
    table, whole = Table.of(matrix_of(base, n_columns)), matrix_of(base, n_columns).toarray()
    overlay = Overlay.nothing(n_columns)
    for added, rows, at in steps:
        kept = np.setdiff1d(np.arange(whole.shape[1] + len(added)), added)
        wider = np.zeros((len(whole), whole.shape[1] + len(added)), np.float32)
        wider[:, kept] = whole
        new = matrix_of(rows, wider.shape[1])
        whole = np.insert(wider, np.array(at) - np.arange(len(at)), new.toarray(), axis=0)
        overlay = overlay.with_rows(new, np.array(at), kept.astype(np.int32))
    for row, entries in enumerate(whole):
        columns, counts = overlay.row(table.by_row, row)
        assert columns.tolist() == np.flatnonzero(entries).tolist()
        assert counts.tolist() == entries[columns].tolist()
    for column, entries in enumerate(whole.T):
        rows, counts = overlay.column(table.by_column, column)
        assert rows.dtype == np.int32
        assert rows.tolist() == np.flatnonzero(entries).tolist()
        assert counts.tolist() == entries[rows].tolist()
    merged = overlay.merged(table)
    np.testing.assert_array_equal(merged.by_row.toarray(), whole)
    np.testing.assert_array_equal(merged.by_column.toarray(), whole.T)


@pytest.mark.parametrize(
    ("put", "stand"), [([], [0, 1, 2]), ([0], [1, 2, 3]), ([3], [0, 1, 2]), ([1, 2, 5], [0, 3, 4])]
)
def test_rows_move_up_behind_what_is_put_before_them(put, stand):
    put = np.array(put, np.int64)
    assert moved(np.arange(3), put).tolist() == stand
    then = rows_then(put, 3 + len(put))
    assert then[stand].tolist() == [0, 1, 2]
    assert (then[put] == -1).all()
