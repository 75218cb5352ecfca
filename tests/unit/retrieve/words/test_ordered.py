"""Ascending numbers are held against each other the same compiled and by numpy."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve.words import ordered

NUMBERS = st.sets(st.integers(0, 90)).map(lambda found: np.array(sorted(found), np.int32))
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("loops") / "_kernel.so"
    if shutil.which("cc") is None or not compiled(library=library):
        pytest.skip("no C compiler")
    return kernel(library)


@pytest.fixture
def both(loaded, monkeypatch):
    """Return what a call gives with the compiled loops, and without."""

    def called(call):
        found = []
        for library in (loaded, None):
            monkeypatch.setattr(ordered, "kernel", lambda library=library: library)
            found.append(call())
        return found

    return called


@SETTINGS
@given(NUMBERS, NUMBERS, st.integers(-1, 1))
def test_what_two_lists_have_in_common_is_found_and_weighed(both, first, second, shift):
    def told():
        sums = np.full(len(first), 0.1)
        ordered.add_common(sums, first, second, 0.2, shift=shift)
        return sums.tolist(), ordered.common(first, second).tolist()

    one, other = both(told)
    assert one == other
    assert one[1] == sorted(set(first.tolist()) & set(second.tolist()))
    assert one[0] == [0.1 + 0.2 * (n + shift in second) for n in first.tolist()]


@SETTINGS
@given(NUMBERS, NUMBERS, st.lists(st.integers(0, 4), min_size=91, max_size=91))
def test_numbers_that_lie_in_rows_are_found(both, numbers, rows, lengths):
    indptr = np.concatenate(([0], np.cumsum(lengths)))
    wanted = rows.astype(np.int64)
    one, other = both(lambda: ordered.in_rows(numbers, wanted, indptr).tolist())
    inside = {at for row in rows.tolist() for at in range(indptr[row], indptr[row + 1])}
    assert one == other == [n for n in numbers.tolist() if n in inside]


@SETTINGS
@given(st.lists(st.integers(0, 3)), st.lists(st.booleans(), min_size=4, max_size=4))
def test_turns_of_some_sorts_are_found(both, sorts, meant):
    sort, is_meant = np.array(sorts, np.int32), np.array(meant)
    one, other = both(lambda: ordered.of_sorts(sort, is_meant).tolist())
    assert one == other == [at for at, number in enumerate(sorts) if meant[number]]


@SETTINGS
@given(st.lists(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_a_weight_is_added_where_numbers_are_among_others(both, wanted, others):
    def added():
        sums = np.ones(len(wanted))
        numbers = np.array(wanted, np.int64), np.array(sorted(others), np.int32)
        ordered.add_among(sums, *numbers, 0.3)
        return sums.tolist()

    one, other = both(added)
    assert one == other == [1.3 if number in others else 1.0 for number in wanted]
