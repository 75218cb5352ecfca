"""The weights of passages: the tables fitted on questions, the formulas for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """Hashes of the data sets that it was fitted on; none for an untrained formula."""

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
    """Return the model for a store's encoder: fitted if a table names it, else untrained.

    The table without vectors serves every encoder that keeps none.
    """
    table = passage_table(TABLES[with_vectors])
    if with_vectors and table["encoder"] != encoder:
        return UNTRAINED
    return read_passage_model(table, TABLES[with_vectors])


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


UNTRAINED = PassageModel(
    root=Linear(
        {"sentence_words": 1.0, "title_asked": 3.0, "title_shared": 2.0, "names": 2.0,
         "vector": 2.0},
        -6.0,
    ),
    edge=Linear(
        {"name_idf": 4.0, "is_title": 1.5, "gain": 7.0, "linked_words_left": 4.0,
         "target_title_asked": 4.0, "alike_words": 6.0, "target_vector": 2.0,
         "target_sentence_vector": 2.0},
        -10.0,
    ),
    bias=2.0,
    rank_penalty=0.3,
    data=(),
)  # fmt: skip
"""For vectors of an encoder that no table was fitted for: round numbers, each what one whole
channel adds to the log odds."""
