"""The compiled comparison of texts finds what that of numpy finds."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve import repeats_loop
from graphmem.retrieve.repeats import Repeats
from graphmem.retrieve.repeats_loop import RepeatsLoop
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

SAID = st.lists(st.sampled_from(["gate", "code", "4711", "the", "and", "🙂", "ok"]), max_size=5)
TALK = st.lists(st.tuples(SAID, st.sampled_from(["Ana", "Ben"])), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("loops") / "_kernel.so"
    if shutil.which("cc") is None or not compiled(library=library):
        pytest.skip("no C compiler")
    return kernel(library)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TALK, st.data())
def test_the_same_notes_say_the_same_compiled_and_not(loaded, monkeypatch, talk, data):
    snapshot = snapshot_of([Turn(" ".join(said) or "-", "s", speaker) for said, speaker in talk])
    words = updated(None, snapshot)
    everything = np.arange(len(talk), dtype=np.int32)
    kept = data.draw(st.none() | st.lists(st.booleans(), min_size=len(talk), max_size=len(talk)))
    kept = None if kept is None else np.array(kept, np.bool_)
    monkeypatch.setattr(repeats_loop, "kernel", lambda: loaded)
    repeats = Repeats(snapshot, words)
    loop = RepeatsLoop.of(snapshot, words.tokens, repeats._filler_words)
    for note in range(len(talk)):
        assert loop.same(note, everything, kept) == repeats._same(note, everything, kept)


def test_words_that_nobody_looked_at_are_looked_at_as_often_as_there_is_room_for(
    loaded, monkeypatch
):
    monkeypatch.setattr(repeats_loop, "kernel", lambda: loaded)
    monkeypatch.setattr(repeats_loop, "ROOM", 1)
    talk = [Turn(f"{filler} gate code", "s", "Ana") for filler in ("so", "ok", "hey", "new")]
    snapshot = snapshot_of(talk)
    repeats = Repeats(snapshot, updated(None, snapshot))
    assert repeats.groups(range(4), 4) == [(0, 1, 2), (3,)]


def test_no_library_is_done_without(monkeypatch):
    monkeypatch.setattr(repeats_loop, "kernel", lambda: None)
    snapshot = snapshot_of([Turn("gate code", "s", "Ana"), Turn("ok gate code", "s", "Ana")])
    words = updated(None, snapshot)
    assert Repeats(snapshot, words).groups([0, 1], 2) == [(0, 1)]
