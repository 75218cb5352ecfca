"""Long sequences of texts as they lie: their bytes, or which of a few each is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.runs import Packed, Picked, Piece, Runs

Numbers = NDArray[np.signedinteger[Any]]


def packed(texts: Sequence[str | None]) -> tuple[NDArray[np.uint8], Numbers]:
    """Return texts end to end in UTF-8, and their lengths in bytes, -1 for None."""
    parts = [
        block.part(start, stop) if isinstance(block, Packed) else _encoded(block[start:stop])
        for block, start, stop in _pieces(texts)
    ]
    raw, lengths = zip(_encoded(()), *parts, strict=True)
    return np.concatenate(raw), np.concatenate(lengths)


def is_packed(texts: Sequence[Any]) -> bool:
    """Return whether most of some texts lie end to end already: those were seen to be distinct."""
    pieces = _pieces(texts)
    lying = sum(stop - start for block, start, stop in pieces if isinstance(block, Packed))
    return 2 * lying > len(texts)


def picked_of(texts: Sequence[Any]) -> tuple[Sequence[Any], Numbers] | None:
    """Return of what some texts are a choice, and which; None: not of one sequence alone."""
    pieces = _pieces(texts)
    picked = [
        (block.among, block.places[start:stop])
        for block, start, stop in pieces
        if isinstance(block, Picked)
    ]
    if not picked or len(picked) < len(pieces):
        return None
    among = picked[0][0]
    if any(other is not among for other, _ in picked):
        return None
    return among, np.concatenate([places for _, places in picked])


def _pieces(texts: Sequence[Any]) -> Sequence[Piece[Any]]:
    return texts.pieces if isinstance(texts, Runs) else [(texts, 0, len(texts))]


def _encoded(texts: Sequence[str | None]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    coded = [None if text is None else text.encode("utf-8", "surrogatepass") for text in texts]
    lengths = np.fromiter((-1 if t is None else len(t) for t in coded), np.int32, len(coded))
    return np.frombuffer(b"".join(text for text in coded if text is not None), np.uint8), lengths
