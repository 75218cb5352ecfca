"""The vectors of turns: how near each is to the question, alone, with its neighbours, by sentence.

Vectors of one conversation share a direction that says nothing; it is taken out by subtracting
their mean. Of few notes the rows are compared as they are, of many by their codes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.codes import RowCodes, Sums, coded, exact_sum, in_ones
from graphmem.retrieve.turns.cosines import Groups, best_of_sentences
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column, decaying, spread
from graphmem.retrieve.turns.neighbours import Turns
from graphmem.stacked import Rows, whole

VECTOR_KERNEL = decaying(0.5, 0.4, 4)
FEWEST_CODED = 4_096
"""Turns whose vectors are read as codes: of fewer, to read all of each takes a millisecond."""
_FEW_TURNS = 10
"""The mean of fewer turns than some tens is as much theirs as their topic's: it is shrunk."""


@dataclass(frozen=True, slots=True, eq=False)
class TurnVectors:
    """The vectors of a snapshot, and what centring them needs."""

    notes: Rows[np.float32]
    """(n, dim) unit rows of the snapshot's notes, passages included."""
    codes: RowCodes | None
    """Of the same; None where they are few."""
    sentences: Rows[np.float16] | None
    """(s, dim) unit rows; None where the store keeps none."""
    sentence_indptr: NDArray[np.int64]
    """(n + 1,)"""
    total: Sums
    """(dim,) `exact_sum` of the turns."""
    mean: NDArray[np.float32]
    """(dim,) of the turns."""
    norms: Column
    """(t,) lengths of the turns' rows less the mean."""
    fill: Column
    """(t,) `filling` of VECTOR_KERNEL."""

    @property
    def is_light(self) -> bool:
        """Whether those of the next snapshot lie where these do: then they may well be held."""
        return self.codes is not None and self.is_of_turns

    @property
    def is_of_turns(self) -> bool:
        """Whether every note is a turn."""
        return len(self.norms) == len(self.notes)

    def cosines(self, row: NDArray[np.float32]) -> NDArray[np.floating]:
        """Return (n,) those of a row with each note."""
        return whole(self.notes) @ row if self.codes is None else self.codes.products(row)


def turn_vectors(
    snapshot: GraphSnapshot, index: TurnIndex, before: TurnVectors | None = None
) -> TurnVectors | None:
    """Return the vectors of a snapshot's turns; None where its encoder keeps none.

    Earlier ones spare what is known of rows that lie where they lay. The result is the same.
    """
    rows = snapshot.vectors.notes
    if rows is None or not len(index.notes):
        return None
    n_turns = len(index.notes)
    total = _total(rows, index, before)
    mean = (in_ones(total) / (n_turns + _FEW_TURNS)).astype(np.float32)
    codes = None
    if n_turns >= FEWEST_CODED:
        codes = coded(rows, mean, (before.notes, before.codes) if before and before.codes else None)
    norms = _norms(whole(rows), mean) if codes is None else whole(codes.norms)
    return TurnVectors(
        notes=rows,
        codes=codes,
        sentences=snapshot.vectors.sentences,
        sentence_indptr=snapshot.sentence_indptr,
        total=total,
        mean=mean,
        norms=norms if n_turns == len(rows) else norms[index.notes],
        fill=sum(weight for _, weight in VECTOR_KERNEL) / _spread(index, np.ones(n_turns)),
    )


def _total(rows: Rows[np.float32], index: TurnIndex, before: TurnVectors | None) -> Sums:
    if len(index.notes) < len(rows):
        return exact_sum(rows[index.notes])
    return exact_sum(rows, (before.notes, before.total) if before and before.is_light else None)


def _norms(rows: NDArray[np.float32], mean: NDArray[np.float32]) -> Column:
    """Return (n,) the lengths of rows less their mean."""
    own = np.einsum("ij,ij->i", rows, rows)  # no copy of all rows, as their squares would be
    squares = own - 2 * (rows @ mean) + np.float32(mean @ mean)
    norms: Column = np.sqrt(np.maximum(squares, 1e-6)).astype(np.float64)
    return norms


def likeness(
    index: TurnIndex, vectors: TurnVectors, row: NDArray[np.float32], cosines: NDArray[np.floating]
) -> Column:
    """Return (t,) the cosine of the question's row with each turn's, less the mean of the turns.

    `cosines` are (n,) those with the rows of the notes as they are.
    """
    along = cosines if len(cosines) == len(index.notes) else cosines[index.notes]
    return (along.astype(np.float64, copy=False) - float(vectors.mean @ row)) / vectors.norms


def centred(rows: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit rows of what is left of the rows without the mean."""
    left = rows - mean
    left /= np.maximum(np.sqrt(np.square(left).sum(axis=1, keepdims=True)), np.float32(1e-6))
    return left


def wide_likeness(index: TurnIndex, vectors: TurnVectors, alike: Column) -> Column:
    """Return (t,) the likeness averaged over a turn's neighbours, the near ones counting more."""
    return _spread(index, alike) * vectors.fill


def _spread(index: TurnIndex, values: Column) -> Column:
    """Return (t,) `spread` of a value of each turn by VECTOR_KERNEL."""
    loaded = kernel()
    if loaded is None:
        return spread(np.arange(len(values)), values, VECTOR_KERNEL, index.spaced)
    weights, total = np.array([weight for _, weight in VECTOR_KERNEL]), np.empty(len(values))
    first, last = (ends.astype(np.int32, copy=False) for ends in (index.first, index.last))
    loaded.spread_inside(
        address_of(values), address_of(first), address_of(last), len(first),
        address_of(weights), len(weights) // 2, address_of(total),
    )  # fmt: skip
    return total


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
