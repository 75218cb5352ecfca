"""The weights of passages: the tables fitted on questions, the formulas for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.tables import checked_table, shipped_table

UNTRAINED_WORDS: Mapping[str, float] = {
    "words": 0.5, "sentence_words": 0.9, "title_asked": 0.6, "trigrams": 0.6,
    "sentence_trigrams": 0.6,
}  # fmt: skip
"""The channel `first` of a store without vectors: the sum of these, nothing fitted. It is also what
the notes whose vectors are read, and the rows of a fit, are chosen by."""
UNTRAINED_VECTORS: Mapping[str, float] = {
    "words": 0.2, "sentence_words": 0.9, "title_asked": 0.6, "vector": 1.0, "sentence_vector": 0.6,
}  # fmt: skip
"""The same with vectors."""
TABLES = ("documents_words.json", "documents_vectors.json")
TEXT_COLUMNS = frozenset({"alike_words", "alike_vector", "linked_words_left"})
"""The columns of an edge that are expensive to compute."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of named columns."""

    weights: Mapping[str, float]
    intercept: float

    def logits(self, columns: Mapping[str, NDArray[np.floating]], n: int) -> NDArray[np.float64]:
        """Return (n,) the sum for each row; every named column must be there."""
        total = np.full(n, self.intercept)
        for name, weight in self.weights.items():
            total += weight * columns[name]
        return total


UNTRAINED_ROOT = Linear({"vector": 1.5}, -0.5)
UNTRAINED_EDGE = Linear({"target_vector": 2.0, "target_sentence_vector": 2.0}, -2.5)
"""Log odds that vectors add, whatever their encoder: each is 0 to 1, and the intercept takes back
what a middling note gains."""


@dataclass(frozen=True)
class PassageModel:
    """How likely a passage is a link of the chain: as a root, and as the next step from another."""

    root: Linear
    edge: Linear
    bias: float
    """Added to an edge's logit: a fit sees many more wrong pairs than a walk does."""
    rank_penalty: float
    """Taken from it for each better target of the same anchor."""
    data: tuple[str, ...]
    """Hashes of the data sets that it was fitted on."""

    @cached_property
    def edge_parts(self) -> tuple[Linear, Linear]:
        """The edge's sum in two: what is cheap, with the intercept; TEXT_COLUMNS, without it."""
        weights = self.edge.weights
        cheap = {name: weights[name] for name in weights if name not in TEXT_COLUMNS}
        expensive = {name: weights[name] for name in weights if name in TEXT_COLUMNS}
        return Linear(cheap, self.edge.intercept), Linear(expensive, 0.0)


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 / (1 + exp(-x)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


@cache
def passage_model(encoder: str, *, with_vectors: bool) -> PassageModel:
    """Return the model for a store's encoder: that of the table that names it, if one does.

    The table without vectors serves every encoder that keeps none. For vectors of an encoder that
    no table names it is taken with round weights for the vectors: nothing fitted on the vectors of
    one encoder is used with another's.
    """
    table = passage_table(TABLES[with_vectors])
    if not with_vectors or table["encoder"] == encoder:
        return read_passage_model(table, TABLES[with_vectors])
    words = passage_model(encoder, with_vectors=False)
    root, edge = _added(words.root, UNTRAINED_ROOT), _added(words.edge, UNTRAINED_EDGE)
    return replace(words, root=root, edge=edge)


def _added(fitted: Linear, more: Linear) -> Linear:
    """Return the sum of two models of different columns."""
    return Linear({**fitted.weights, **more.weights}, fitted.intercept + more.intercept)


def passage_table(name: str) -> Mapping[str, Any]:
    """Return one of TABLES as it ships."""
    return shipped_table("graphmem.retrieve.passages", name)


def read_passage_model(table: Mapping[str, Any], name: str) -> PassageModel:
    """Read a table; ConfigError if it is of another format."""
    checked_table(table, name)
    return PassageModel(
        root=Linear(table["root"]["weights"], table["root"]["intercept"]),
        edge=Linear(table["edge"]["weights"], table["edge"]["intercept"]),
        bias=table["bias"],
        rank_penalty=table["rank_penalty"],
        data=tuple(table["data"]),
    )
