"""What of a snapshot's turns serves for the next one: their vectors where they stay in place."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.retrieve.turns import vectors
from graphmem.retrieve.turns.parts import TurnParts
from graphmem.retrieve.words.index import updated
from graphmem.stacked import Stacked
from graphmem.vectors import unit_rows
from tests.spelled import DIM, SpelledEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [Turn(f"I sold kayak {i}.", "s1", "Ana") for i in range(6)]
ROWS = unit_rows(np.random.default_rng(0).standard_normal((7, DIM)))
SIGNS = np.packbits(ROWS > 0, axis=1)


def snapshot(talk, rows, signs):
    made = snapshot_of(talk)
    at = np.arange(len(talk) + 1)
    held = replace(made.vectors, encoder="spelled@1", notes=rows, tokens=signs, token_indptr=at)
    return replace(made, vectors=held)


def parts(snapshot, before=None):
    return TurnParts.of(snapshot, updated(None, snapshot), SpelledEncoder(), before)


def test_few_vectors_are_let_go_of():
    rows = ROWS[:6]
    assert parts(snapshot(TALK, rows, SIGNS[:6])).without_vectors().vectors is None


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(vectors, "FEWEST_CODED", 2)


@pytest.mark.usefixtures("many")
def test_vectors_beside_passages_are_let_go_of_however_many():
    talk = [*TALK, Turn("A page.", "p", title="Page")]
    made = parts(snapshot(talk, ROWS, SIGNS))
    assert made.vectors.codes is not None
    assert made.without_vectors().vectors is None


@pytest.mark.usefixtures("many")
def test_what_is_brought_forward_is_what_is_derived_anew():
    first = ROWS[:6]
    before = parts(snapshot(TALK, first, SIGNS[:6]))
    added = ROWS[6:]
    talk = [TALK[0], TALK[1], Turn("I sold kayak 6.", "s1", "Ana"), *TALK[3:]]
    rows = Stacked([(first, 0, 2), (added, 0, 1), (first, 3, 6)])
    held = before.tokens.signs
    signs = Stacked([(held, 0, 2), (SIGNS[6:], 0, 1), (held, 3, 6)])
    found = parts(snapshot(talk, rows, signs), before.without_vectors())
    fresh = parts(snapshot(talk, rows[:], signs[:]))
    assert found.vectors.codes.codes.pieces[0][0] is before.vectors.codes.codes
    for name in ("total", "mean", "norms", "fill"):
        one, other = getattr(found.vectors, name), getattr(fresh.vectors, name)
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(found.tokens.ones, fresh.tokens.ones)
    np.testing.assert_array_equal(found.tokens.mean, fresh.tokens.mean)
    np.testing.assert_array_equal(found.vectors.cosines(ROWS[0]), fresh.vectors.cosines(ROWS[0]))
