"""Which of some notes were there before: most stand in the same run of a sequence as before."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graphmem.retrieve.words.ragged import Rows
from graphmem.runs import Piece, Runs


def rows_before(before: Sequence[str], now: Sequence[str]) -> Rows:
    """Return (n,) the place of each id among those before, all distinct; -1 for one that is new.

    What both have of the same sequence is found without a look at each id, so that a few notes
    more among many cost little.
    """
    rows = np.full(len(now), -1, np.int64)
    is_left = np.ones(len(before), np.bool_)
    runs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    begin = 0
    for block, start, stop in _pieces(before):
        runs[id(block)].append((start, stop, begin))
        begin += stop - start
    begin = 0
    for block, start, stop in _pieces(now):
        for first, last, at in runs[id(block)]:
            low, high = max(start, first), min(stop, last)
            if low < high:
                old = np.arange(at + low - first, at + high - first)
                rows[begin + low - start : begin + high - start] = old
                is_left[old] = False
        begin += stop - start
    places = np.flatnonzero(is_left).tolist()
    place = {before[at]: at for at in places} if places else {}
    if place:
        new = np.flatnonzero(rows < 0)
        rows[new] = [place.get(now[at], -1) for at in new.tolist()]
    return rows


def _pieces(ids: Sequence[str]) -> Sequence[Piece[str]]:
    return ids.pieces if isinstance(ids, Runs) else [(ids, 0, len(ids))]
