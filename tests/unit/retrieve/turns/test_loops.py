"""The compiled loop over a word's turns gives the bytes of the columns of numpy."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve.turns import bm25, loops
from graphmem.retrieve.turns.bm25 import kernel_bm25
from graphmem.retrieve.turns.index import turn_index
from graphmem.retrieve.turns.loops import WordLoop
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.similar import sought_words
from tests.unit.retrieve.snapshots import Turn, snapshot_of

WORDS = ("kiln", "harbor", "harbors", "violin", "lemon")
TALK = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)),
    min_size=1,
    max_size=60,
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("loops") / "_kernel.so"
    if shutil.which("cc") is None or not compiled(library=library):
        pytest.skip("no C compiler")
    return kernel(library)


def scored(talk, asked, monkeypatch, library):
    turns = [Turn(" ".join(said), f"s{session}") for session, said in sorted(talk)]
    words = updated(None, snapshot_of(turns))
    index = turn_index(snapshot_of(turns), words.notes)
    monkeypatch.setattr(loops, "kernel", lambda: library)
    found = kernel_bm25(index, sought_words(words, dict.fromkeys(asked, 0.7), index.holds))
    return [column.tobytes() for column in found]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TALK, st.sets(st.sampled_from(["kiln", "harbor", "violin", "lemonade"]), min_size=1))
def test_words_and_what_is_like_them_score_the_same_compiled_and_not(
    loaded, monkeypatch, talk, asked
):
    asked = sorted(asked)
    assert scored(talk, asked, monkeypatch, loaded) == scored(talk, asked, monkeypatch, None)


def test_no_library_is_done_without(monkeypatch):
    monkeypatch.setattr(loops, "kernel", lambda: None)
    snapshot = snapshot_of([Turn("kiln", "s")])
    index = turn_index(snapshot, updated(None, snapshot).notes)
    assert WordLoop.of(index, np.ones(1)) is None
    assert bm25.kernel_bm25(index, ())[0].tolist() == [0]
