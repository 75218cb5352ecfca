"""Search over passages: roots from the channels, the best-first walk over learned pairs."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.passages.edges import edges_from, told_by_texts
from graphmem.retrieve.passages.features import Asked, Vector, ask, kth_best
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.walk import Walked, best_first_walk
from graphmem.retrieve.passages.weights import DocumentModel, sigmoid
from graphmem.retrieve.words.tokens import first_of_runs

N_ANCHORS = 4
"""Notes that lead on: no chain asked about is longer. The five best notes are what they would be if
all did, the ten best nearly so, for a third less time."""
N_TOLD = 48
"""Pairs of an anchor whose texts are compared: the best by all that is cheaper to tell. A target
beyond them would stand so late among the anchor's that the place alone rules it out."""


def walk_passages(
    passages: Passages, model: DocumentModel, question: str, vector: Vector | None, *, k: int
) -> Walked:
    """Return the k passages that answer best. `vector` is the question's unit row, if there is one.

    Notes are numbers within `passages`; names are numbers of its inventory. A question that shares
    no word with anything and has no vector finds nothing.
    """
    asked = ask(passages, question, vector)
    roots = root_scores(passages, model, asked)
    if not roots.any():
        return Walked((), (), ())

    def expand(
        anchor: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        return best_edges(passages, asked, model, anchor)

    return best_first_walk(roots, expand, k=k, anchors=N_ANCHORS, called=passages.called)


def root_scores(passages: Passages, model: DocumentModel, asked: Asked) -> NDArray[np.float64]:
    """Return (n,) F0, how likely each passage is a link of the chain; 0 where nothing answers."""
    if not asked.channels["first"].any():
        return np.zeros(len(passages.notes))
    return sigmoid(model.root.logits(asked.channels, len(passages.notes)))


def best_edges(
    passages: Passages, asked: Asked, model: DocumentModel, anchor: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the anchor's targets, the best name to each, and the factor of the step.

    The factor is sigmoid(logit + bias - rank_penalty · place among the anchor's targets). Texts are
    compared for the N_TOLD best pairs only, by all that is cheaper to tell; the others go.
    """
    edges = edges_from(passages, asked, anchor)
    cheap, dear = model.edge_parts
    told = cheap.logits(edges.features, len(edges.targets))
    kept = np.flatnonzero(told >= kth_best(told, N_TOLD))
    edges = edges.take(kept)
    logits = told[kept] + dear.logits(told_by_texts(passages, asked, edges), len(kept))
    order = np.lexsort((edges.names, -logits, edges.targets))
    best = order[first_of_runs(edges.targets[order])]
    logits = logits[best]
    place = np.empty(len(best))
    place[np.argsort(-logits, kind="stable")] = np.arange(len(best))
    factors = sigmoid(logits + model.bias - model.rank_penalty * place)
    return edges.targets[best], edges.names[best], factors
