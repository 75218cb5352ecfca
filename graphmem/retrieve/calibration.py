"""From what speaks for a hit to how likely it holds evidence: a fitted logistic model, monotone.

A ranking's own scores say which note is likelier than another, not how likely either is. The model
is fitted apart from them, on questions with gold and on questions that nothing answers, so that its
probabilities mean the same from question to question, for turns and for passages, in a store of one
note and in one of thousands. Source: Platt (1999), with more columns than the score; Ayer et al.
(1955), pool adjacent violators, so that the order never contradicts the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.tables import checked_table, shipped_table

Evidence = Mapping[str, NDArray[np.float64]]
"""(h,) columns by name: what speaks for each of h hits, in the order of their ranks."""

DEPTH = 10
"""Hits whose probabilities are made monotone together, however few are asked for: so the score of a
hit does not depend on how many are wanted."""
LEAST = 0.00012
"""The default floor: what is less likely to hold evidence is not shown. What it costs in recall is
in docs/retrieval.md: next to nothing."""


@dataclass(frozen=True)
class Calibration:
    """How likely a hit holds evidence, by what speaks for it."""

    weights: Mapping[str, float]
    intercept: float

    @classmethod
    def read(cls, table: Mapping[str, Any], name: str) -> "Calibration":
        """Read a table; ConfigError if it is of another format."""
        checked_table(table, name)
        return cls(table["weights"], table["intercept"])

    @classmethod
    def shipped(cls, package: str, encoder: str | None) -> "Calibration":
        """Return the table of a kind of search for an encoder's vectors; None: there are none.

        For vectors that no table names it is the one without: what an unknown encoder's cosine is
        worth, nobody measured.
        """
        if encoder is not None:
            table = shipped_table(package, TABLES[1])
            if table["encoder"] == encoder:
                return cls.read(table, TABLES[1])
        return cls.read(shipped_table(package, TABLES[0]), TABLES[0])

    def chances(self, evidence: Evidence, spoken_for: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return (h,) the probability of each hit, never rising with its rank.

        `spoken_for` is (h,) whether anything at all speaks for a hit; where nothing does, all
        get 0. Beside hits that something speaks for, the others keep what little they have: of the
        evidence among the first ten on LoCoMo one in two hundred is of that kind.
        """
        if not spoken_for.any():
            return np.zeros(len(spoken_for))
        logits = np.full(len(spoken_for), self.intercept)
        for name, weight in self.weights.items():
            logits += weight * evidence[name]
        chances = 0.5 * (1 + np.tanh(0.5 * logits))
        return falling(chances)


TABLES = ("chances_words.json", "chances_vectors.json")
"""Of each kind of search: without vectors, and with those of the encoder that the table names."""


def falling(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values that never rise: of the first DEPTH the nearest such, then the least so far."""
    blocks: list[tuple[float, int]] = []
    for value in values[:DEPTH].tolist():
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            (one, n), (other, m) = blocks[-2:]
            blocks[-2:] = [((one * n + other * m) / (n + m), n + m)]
    level = np.concatenate([np.full(n, value) for value, n in blocks]) if blocks else np.zeros(0)
    rest = values[DEPTH:]
    if not len(rest):
        return level
    return np.concatenate((level, np.minimum.accumulate(np.minimum(rest, level[-1]))))
