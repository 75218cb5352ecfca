"""The compiled loops over counts give the bytes of whole tables in numpy."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve.words import loops
from graphmem.retrieve.words.cosines import Norms
from graphmem.retrieve.words.counts import counts_of, counts_with
from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.trigrams import trigram_scores

TEXTS = st.lists(st.lists(st.integers(-1, 6), max_size=12), min_size=1, max_size=8)
WORTH = st.lists(st.sampled_from([0.0, 0.1, 1 / 3, 2.7]), min_size=7, max_size=7)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("scores") / "_kernel.so"
    if shutil.which("cc") is None or not compiled(library=library):
        pytest.skip("no C compiler")
    return kernel(library)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS, TEXTS, WORTH, st.data())
def test_lengths_and_likeness_are_the_same(loaded, monkeypatch, texts, later, worth, data):
    """Of all texts or of a part, with others that came since or without."""
    n = len(texts) + len(later)
    put = np.array(sorted(data.draw(st.permutations(range(n)))[: len(later)]), np.int64)
    same = np.arange(7, dtype=np.int32)
    counts = counts_of(Ragged.of(texts), 7)
    counts = counts_with(
        counts, Ragged.of(later), put, same, 7, few=data.draw(st.sampled_from([0, 99]))
    )
    part = data.draw(st.none() | st.sets(st.integers(0, n - 1)))
    counts = counts if part is None else counts.of_part(np.array(sorted(part), np.int64))
    found, n_texts = [], len(counts.lengths)
    asked = np.array(
        data.draw(st.lists(st.integers(0, 1), min_size=n_texts, max_size=n_texts)), float
    )
    for library in (loaded, None):
        monkeypatch.setattr(loops, "kernel", lambda library=library: library)
        weights = np.array(worth)
        own = Norms.of(counts, weights)
        some = own.where(asked).copy()
        whole = own.where(np.ones(n_texts))
        assert (some[asked == 0] < 0).all()
        assert (some[asked > 0] == whole[asked > 0]).all()
        found.append((whole.tobytes(), trigram_scores(weights, counts, own).tobytes()))
    assert found[0] == found[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 0.1, 1 / 3, 2.7]), max_size=40), max_size=5))
def test_shares_lengths_and_the_best_of_rows_are_the_same(loaded, monkeypatch, rows):
    values = np.array([value for row in rows for value in row])
    starts = np.cumsum([0, *map(len, rows)])
    lengths = np.where(np.arange(len(values)) % 5, 1 / 7, 0.0)
    found = []
    for library in (loaded, None):
        monkeypatch.setattr(loops, "kernel", lambda library=library: library)
        shares, over = values - 0.2, values.copy()
        loops.as_shares(shares)
        loops.over_norms(over, lengths, 1 / 3)
        best = loops.best_of_rows(starts, values)
        found.append((shares.tobytes(), over.tobytes(), best.tolist()))
    assert found[0] == found[1]
    assert found[0][2] == [max(row, default=0.0) for row in rows]


def test_no_library_is_done_without(monkeypatch):
    monkeypatch.setattr(loops, "kernel", lambda: None)
    counts = counts_of(Ragged.of([[0, 0], [1]]), 2)
    assert loops.CountLoops.of(counts) is None
    assert Norms.of(counts, np.ones(2)).where(np.ones(2)).tolist() == pytest.approx(
        [1 + np.log(2), 1]
    )
