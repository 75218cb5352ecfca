"""Where the nodes of a small graph are drawn: forces, worked out here and not in the page.

Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991). A page that lays out
300 nodes itself stands still for ten seconds; here 30 nodes take some milliseconds, and the same
graph is drawn the same each time.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ROUNDS = 120


def places_of(n: int, edges: Sequence[tuple[int, int, float]]) -> NDArray[np.float64]:
    """Return (n, 2) places, each coordinate in 0..1; node 0 in the middle.

    `edges` join nodes by number with a weight above 0: the heavier, the nearer.
    """
    if n == 0:
        return np.zeros((0, 2))
    turns = 2 * np.pi * np.arange(n) / max(n - 1, 1)
    at = np.column_stack([np.cos(turns), np.sin(turns)])
    at[0] = 0.0
    pull = np.zeros((n, n))
    for source, target, weight in edges:
        if source != target:
            pull[source, target] = pull[target, source] = max(weight, pull[source, target])
    pull /= max(pull.max(), 1e-9)
    ideal = 1.2 / np.sqrt(n)
    for step in range(ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.linalg.norm(away, axis=2), 1e-3)
        force = ideal**2 / far**2 - (0.3 + 0.7 * pull) * (pull > 0) * far / ideal
        moved = (away * force[:, :, None]).sum(axis=1)
        length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        heat = 0.12 * (1 - step / ROUNDS)
        at += moved / length * np.minimum(length, heat)
        at -= at[0]
    most = np.maximum(np.abs(at).max(axis=0), 1e-9)
    places: NDArray[np.float64] = np.round(at / most / 2 + 0.5, 4)
    return places
