"""The compiled loops over turns give the bytes of the columns of numpy."""

import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.rankers.compiling import compiled
from graphmem.rankers.kernel import kernel
from graphmem.retrieve.question.kind import question_kind
from graphmem.retrieve.turns import bm25, channels, evidence, loops, reference
from graphmem.retrieve.turns.bm25 import kernel_bm25, rank_channel, session_bm25, word_counts
from graphmem.retrieve.turns.channels import Channels
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.reference import Reference
from graphmem.retrieve.turns.replies import asked_alike
from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.turns.score import TurnScores
from graphmem.retrieve.words import ordered
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.similar import sought_words
from tests.unit.retrieve.snapshots import Turn, snapshot_of

WORDS = ("kiln", "harbor", "harbors", "violin", "lemon")
TALK = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)),
    min_size=1,
    max_size=60,
)
ASKED = st.sets(st.sampled_from(["kiln", "harbor", "violin", "lemonade"]), min_size=1)
VALUES = st.lists(st.sampled_from([0.0, 0.25, 1 / 3, 2.5, 7.1]), min_size=1, max_size=400)
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
            for module in (bm25, channels, loops, ordered, reference):
                monkeypatch.setattr(module, "kernel", lambda library=library: library)
            found.append(call())
        return found

    return called


def index_of(talk):
    turns = [Turn(" ".join(said), f"s{at}", "AB"[len(said) % 2]) for at, said in sorted(talk)]
    words = updated(None, snapshot_of(turns))
    return turn_index(snapshot_of(turns), words.notes), words


def asked_of(index, words, asked):
    return sought_words(words, dict.fromkeys(sorted(asked), 0.7), index.holds)


@SETTINGS
@given(TALK, ASKED)
def test_words_and_what_is_like_them_score_the_same(both, talk, asked):
    def scored():
        index, words = index_of(talk)
        sought = asked_of(index, words, asked)
        found = (*kernel_bm25(index, sought), session_bm25(index, sought))
        return [column.tobytes() for column in found]

    one, other = both(scored)
    assert one == other


@SETTINGS
@given(VALUES, st.data())
def test_columns_are_scaled_and_ranked_the_same(both, values, data):
    n = len(values)
    inside = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    column, counted = np.array(values), np.array(inside, np.bool_)
    cell = np.zeros(n, np.int32)

    def scaled():
        rows = np.flatnonzero(counted).astype(np.int32)
        about = Reference(counted, rows, cell, np.array([n, 0, 0, 0]), {"asks": np.zeros(1)})
        ranks = rank_channel(column, about.rows)
        return about.calibrated(column).column.tobytes(), ranks.tobytes()

    one, other = both(scaled)
    assert one == other


@settings(SETTINGS, max_examples=10)
@given(st.integers(0, 2**32), st.booleans(), st.floats(1e-6, 300))
def test_many_scores_are_ranked_the_same(both, seed, is_part, most):
    dice = np.random.default_rng(seed)
    scores = np.maximum(dice.random(40_000) ** 3 * most - dice.random() * most / 3, 0)
    ranked = np.flatnonzero(dice.random(40_000) < 0.8).astype(np.int32) if is_part else None
    one, other = both(lambda: rank_channel(scores, ranked).tobytes())
    assert one == other


@SETTINGS
@given(TALK, st.lists(st.integers(0, 3), max_size=3, unique=True))
def test_turns_are_put_in_the_same_cells(both, talk, speakers):
    def found():
        about = index_of(talk)[0].reference(tuple(speakers))
        rows = np.arange(len(talk)) if about.rows is None else about.rows
        columns = about.turns, rows, about.cell, about.n_of_cell, about.standard("first_person")
        return [column.tobytes() for column in columns]

    one, other = both(found)
    assert one == other


@SETTINGS
@given(VALUES)
def test_channels_are_summed_the_same(both, values):
    column = np.array(values)
    cell = np.arange(len(values), dtype=np.int32) % 3
    cells = {"asks": np.array([0.1, 0.2, 0.3]), "present": np.array([0.7, 0.0, 1 / 7])}
    own = {"day": column, "order": column[::-1], "words": Scaled(column, 1 / 3, 1.7)}
    mixed = Channels(cell, cells, own, None, cell // 2, {"sessions": np.array([0.9, 1 / 9])})
    weights = {"asks": 0.3, "day": 1.1, "order": 0.9, "present": 1 / 3, "absent": 2.0}
    weights |= {"sessions": 0.7, "words": 1.3}
    one, other = both(lambda: mixed.weighted_sum(weights).tobytes())
    assert one == other


@SETTINGS
@given(TALK, ASKED, st.data())
def test_what_is_said_around_turns_is_the_same(both, talk, asked, data):
    n = len(talk)
    found = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    scores = np.where(found, 1.0, -np.inf)
    named = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), np.bool_)

    def told():
        index, words = index_of(talk)
        scored = TurnScores(scores, Channels.of({}, n), {})
        shown = np.arange(n)[::3]
        covered = evidence._covered(index, asked_of(index, words, asked), shown)
        rival = covered.rival(index, scored, named)
        return covered.own.tobytes(), covered.near.tobytes(), covered.known, rival

    one, other = both(told)
    assert one == other


@SETTINGS
@given(TALK, ASKED)
def test_what_somebody_asks_before_a_turn_is_the_same(both, talk, asked):
    turns = [
        Turn(f"When is the {' '.join(said)}{'?' * (len(said) % 2)}", f"s{at}", "A")
        for at, said in sorted(talk)
    ]

    def told():
        words = updated(None, snapshot_of(turns))
        index = turn_index(snapshot_of(turns), words.notes)
        sought = asked_of(index, words, asked)
        kind = question_kind("when is the harbor?")
        alike = asked_alike(index, kind, sought, word_counts(index, sought))
        return alike is not None and (alike.turns.tobytes(), alike.values.tobytes())

    one, other = both(told)
    assert one == other


def test_more_terms_than_a_turn_has_marks_are_counted_by_place(both):
    talk = [(0, [f"harbor{letter}"]) for letter in "abcdefghij"]

    def told():
        index, words = index_of(talk)
        many = asked_of(index, words, {"harborz"}) * 10
        assert sum(len(word.similar) for word in many) > 64
        scored = TurnScores(np.ones(10), Channels.of({}, 10), {})
        covered = evidence._covered(index, many, np.arange(2))
        return covered.rival(index, scored, np.arange(10) < 5)

    one, other = both(told)
    assert one == other


def test_no_library_is_done_without(monkeypatch):
    monkeypatch.setattr(loops, "kernel", lambda: None)
    index, _ = index_of([(0, ["kiln"])])
    assert index.loops is None
    assert kernel_bm25(index, ())[0].tolist() == [0]
