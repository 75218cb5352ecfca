"""The vectors of turns: how near each is to the question, alone, with its neighbours, by sentence.

Vectors of one conversation share a direction that says nothing; it is taken out by subtracting
their mean. Nothing but a mean and a length for each turn is kept: the rows are the snapshot's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, Matrix
from graphmem.retrieve.turns.cosines import Groups, best_of_sentences
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column, decaying, filling, spread
from graphmem.retrieve.turns.neighbours import Turns

VECTOR_KERNEL = decaying(0.5, 0.4, 4)
_FEW_TURNS = 10
"""The mean of fewer turns than some tens is as much theirs as their topic's: it is shrunk."""


@dataclass(frozen=True, slots=True)
class TurnVectors:
    """The vectors of a snapshot, and what centring them needs."""

    notes: Matrix
    """(n, dim) unit rows of the snapshot's notes, passages included."""
    sentences: NDArray[np.float16] | None
    """(s, dim) unit rows; None where the store keeps none."""
    sentence_indptr: NDArray[np.int64]
    """(n + 1,)"""
    mean: NDArray[np.float32]
    """(dim,) of the turns."""
    norms: Column
    """(t,) lengths of the turns' rows less the mean."""
    fill: Column
    """(t,) `filling` of VECTOR_KERNEL."""


def turn_vectors(snapshot: GraphSnapshot, index: TurnIndex) -> TurnVectors | None:
    """Return the vectors of a snapshot's turns; None where its encoder keeps none."""
    rows = snapshot.vectors.notes
    if rows is None or not len(index.notes):
        return None
    n_turns = len(index.notes)
    mean = (snapshot.is_turn.astype(np.float32) @ rows) / np.float32(n_turns + _FEW_TURNS)
    own = np.einsum("ij,ij->i", rows, rows)  # no copy of all rows, as their squares would be
    squares = own - 2 * (rows @ mean) + np.float32(mean @ mean)
    return TurnVectors(
        notes=rows,
        sentences=snapshot.vectors.sentences,
        sentence_indptr=snapshot.sentence_indptr,
        mean=mean,
        norms=np.sqrt(np.maximum(squares[index.notes], 1e-6)).astype(np.float64),
        fill=filling(index.spaced, VECTOR_KERNEL),
    )


def likeness(
    index: TurnIndex, vectors: TurnVectors, row: NDArray[np.float32], cosines: NDArray[np.float32]
) -> Column:
    """Return (t,) the cosine of the question's row with each turn's, less the mean of the turns.

    `cosines` are (n,) those with the rows of the notes as they are.
    """
    along = cosines[index.notes].astype(np.float64)
    return (along - float(vectors.mean @ row)) / vectors.norms


def centred(rows: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit rows of what is left of the rows without the mean."""
    left = rows - mean
    left /= np.maximum(np.sqrt(np.square(left).sum(axis=1, keepdims=True)), np.float32(1e-6))
    return left


def wide_likeness(index: TurnIndex, vectors: TurnVectors, alike: Column) -> Column:
    """Return (t,) the likeness averaged over a turn's neighbours, the near ones counting more."""
    turns = np.arange(len(alike))
    return spread(turns, alike, VECTOR_KERNEL, index.spaced) * vectors.fill


def sentence_likeness(
    index: TurnIndex, vectors: TurnVectors, rows: NDArray[np.float32], around: Turns
) -> Column | None:
    """Return (r, a) the best cosine of each of the question's rows with a sentence of a turn.

    Parameters
    ----------
    rows : (r, dim) unit rows: the question, or its tokens.
    around : (a,) the turns whose sentences are read.

    The mean of the turns is taken out of the sentences, and of tokens beforehand. None where the
    store keeps no sentences.
    """
    if vectors.sentences is None:
        return None
    groups = Groups.of(vectors.sentence_indptr, index.notes[around])
    return best_of_sentences(vectors.sentences, groups, rows, vectors.mean)
