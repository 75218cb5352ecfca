"""Fit the document model: two logistic regressions, and the table that ships."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.tables import FORMAT

Columns = Mapping[str, NDArray[np.float64]]
Rows = tuple[Columns, NDArray[np.bool_]]
"""Named columns of m rows, and (m,) whether each is what is sought."""

L2 = 10.0
"""Pull of the standardised weights towards 0; a tenth or ten times as much moves no figure."""
BIAS = 2.0
"""Of the walk's edges: their training holds many more wrong pairs than a walk meets."""
RANK_PENALTY = 0.3
ROOT_WORDS = (
    "sentence_words", "sentence_cosine", "title_asked", "title_shared", "names", "first",
)  # fmt: skip
ROOT_VECTORS = (*ROOT_WORDS, "vector", "sentence_vector")
EDGE_WORDS = (
    "name_idf", "is_title", "is_half", "is_number", "in_question",
    "sentence_words_drop", "anchor_title_asked", "gain", "linked_words_left",
    "target_words", "target_sentence_words", "target_title_asked", "target_title_shared",
    "alike_words",
)  # fmt: skip
EDGE_VECTORS = (*EDGE_WORDS, "target_vector", "target_sentence_vector", "alike_vector")


def joined(rows: Sequence[Rows]) -> Rows:
    """Lay the rows of several questions end to end."""
    names = rows[0][0]
    return (
        {name: np.concatenate([columns[name] for columns, _ in rows]) for name in names},
        np.concatenate([labels for _, labels in rows]),
    )


def document_table(
    roots: Sequence[Rows], edges: Sequence[Rows], *, encoder: str, data: Sequence[str]
) -> dict[str, Any]:
    """Fit both models on sets of rows, one of each a data set, and return the table to ship.

    Each data set weighs the same, however many questions it has. `data` are their hashes,
    `encoder` names what made the vectors; empty: there are none.
    """
    return {
        "format": FORMAT,
        "encoder": encoder,
        "data": list(data),
        "root": _fitted(roots, ROOT_VECTORS if encoder else ROOT_WORDS),
        "edge": _fitted(edges, EDGE_VECTORS if encoder else EDGE_WORDS),
        "bias": BIAS,
        "rank_penalty": RANK_PENALTY,
    }


def _fitted(sets: Sequence[Rows], names: Sequence[str]) -> dict[str, Any]:
    matrix = np.concatenate([np.stack([c[name] for name in names], axis=1) for c, _ in sets])
    labels = np.concatenate([labels for _, labels in sets])
    shares = np.concatenate([np.full(len(labels), 1 / len(labels)) for _, labels in sets])
    weights, intercept = fit_logistic(matrix, labels, shares * len(labels) / len(sets), l2=L2)
    rounded = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return {"intercept": round(intercept, 4), "weights": rounded}


def fit_logistic(
    matrix: NDArray[np.float64],
    labels: NDArray[np.bool_],
    row_weights: NDArray[np.float64],
    *,
    l2: float,
) -> tuple[NDArray[np.float64], float]:
    """Fit a logistic regression by L-BFGS; return (f,) weights of the raw columns and intercept.

    Minimises the weighted log loss plus l2 / 2 times the squared weights of the standardised
    columns; a column that never varies gets 0.
    """
    from scipy.optimize import minimize

    mean = np.average(matrix, axis=0, weights=row_weights)
    spread = np.sqrt(np.average(np.square(matrix - mean), axis=0, weights=row_weights))
    spread[spread == 0] = np.inf
    columns = (matrix - mean) / spread
    sign = np.where(labels, 1.0, -1.0)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (columns @ point[:-1] + point[-1])
        pull = -row_weights * sign * 0.5 * (1 - np.tanh(0.5 * margin))
        total = row_weights @ np.logaddexp(0, -margin) + l2 / 2 * point[:-1] @ point[:-1]
        return float(total), np.append(columns.T @ pull + l2 * point[:-1], pull.sum())

    start = np.zeros(matrix.shape[1] + 1)
    point = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    weights = point[:-1] / spread
    return weights, float(point[-1] - weights @ mean)
