"""Questions with gold -> rows to fit the document model on."""

from collections.abc import Collection

import numpy as np

from graphmem.evaluate.fit.passages import Rows
from graphmem.retrieve.passages.edges import edges_from, text_columns
from graphmem.retrieve.passages.features import Features
from graphmem.retrieve.passages.index import Passages

N_ROOTS = 60
"""Negative notes of a question that the root model is fitted on, beside its gold."""
N_NEGATIVES = 300
"""Negative pairs kept of a question."""


def root_rows(features: Features, gold: Collection[int]) -> Rows:
    """Return the question's best notes by the untrained score, and its gold, which is sought."""
    best = np.argsort(-features.channels["first"], kind="stable")[:N_ROOTS]
    notes = np.union1d(best, sorted(gold)).astype(np.int64)
    columns = {name: channel[notes] for name, channel in features.channels.items()}
    return columns, np.isin(notes, sorted(gold))


def edge_rows(
    passages: Passages, features: Features, gold: Collection[int], random: np.random.Generator
) -> Rows:
    """Return the pairs out of gold notes: from one link of the chain, is the target another?

    Of the pairs to other notes N_NEGATIVES are kept, drawn by `random`. Pairs out of notes that
    are not on the chain are left out: the walk asks what is next, given that it stands right.
    """
    found = [edges_from(passages, features, note) for note in sorted(gold)]
    described = [edges.columns | text_columns(passages, features, edges) for edges in found]
    labels = np.concatenate([np.isin(edges.targets, sorted(gold)) for edges in found])
    wrong = np.flatnonzero(~labels)
    if len(wrong) > N_NEGATIVES:
        wrong = random.choice(wrong, N_NEGATIVES, replace=False)
    kept = np.sort(np.concatenate((np.flatnonzero(labels), wrong)))
    columns = {
        name: np.concatenate([columns[name] for columns in described])[kept]
        for name in described[0]
    }
    return columns, labels[kept]
