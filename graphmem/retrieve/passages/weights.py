"""Fitted weights as data: small versioned tables that ship with the package."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.errors import ConfigError

FORMAT = 1
"""Of the tables this code reads."""


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


TOLD_BY_TEXTS = frozenset({"alike_words", "alike_vector", "linked_words_left"})
"""The features of an edge that are dear to tell."""


@dataclass(frozen=True)
class DocumentModel:
    """What a passage is worth as a root, and as the next step from another."""

    root: Linear
    edge: Linear
    bias: float
    """Added to an edge's logit: how many roots one more step is worth."""
    rank_penalty: float
    """Taken from it for each better target of the same anchor."""
    data: tuple[str, ...]
    """Hashes of the data sets that it was fitted on."""

    @cached_property
    def edge_parts(self) -> tuple[Linear, Linear]:
        """The edge's sum in two: with the intercept what is cheap, without it TOLD_BY_TEXTS."""
        weights = self.edge.weights
        cheap = {name: weights[name] for name in weights if name not in TOLD_BY_TEXTS}
        dear = {name: weights[name] for name in weights if name in TOLD_BY_TEXTS}
        return Linear(cheap, self.edge.intercept), Linear(dear, 0.0)


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 / (1 + exp(-x)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


@cache
def document_model(*, with_vectors: bool) -> DocumentModel:
    """Return the shipped model for stores with an encoder's vectors, or for those without."""
    name = "documents_vectors.json" if with_vectors else "documents_words.json"
    text = files("graphmem.retrieve.passages").joinpath("tables", name).read_text(encoding="utf-8")
    return read_document_model(json.loads(text), name)


def read_document_model(table: Mapping[str, Any], name: str) -> DocumentModel:
    """Read a table; ConfigError if it is of another format."""
    if table.get("format") != FORMAT:
        raise ConfigError(
            f"{name} has format {table.get('format')!r}, this graphmem reads {FORMAT}; "
            "type: graphmem evaluate tune"
        )
    return DocumentModel(
        root=Linear(table["root"]["weights"], table["root"]["intercept"]),
        edge=Linear(table["edge"]["weights"], table["edge"]["intercept"]),
        bias=table["bias"],
        rank_penalty=table["rank_penalty"],
        data=tuple(table["data"]),
    )
