"""Where a text stands among sorted ones: by a compiled loop where they lie end to end as bytes."""

from bisect import bisect_left
from collections.abc import Sequence

from graphmem.rankers.kernel import kernel
from graphmem.runs import Packed, Piece, Runs


def place_of(texts: Sequence[str], text: str) -> int:
    """Return the first place of sorted texts whose text is not before one: `bisect_left`."""
    if not isinstance(texts, Runs):
        return _place_in(texts, text, 0, len(texts))
    run = bisect_left(texts.pieces, text, key=_last)
    if run == len(texts.pieces):
        return len(texts)
    block, start, stop = texts.pieces[run]
    return texts.ends[run] - stop + _place_in(block, text, start, stop)


def _last(piece: Piece[str]) -> str:
    block, _, stop = piece
    return block[stop - 1]


def _place_in(texts: Sequence[str], text: str, first: int, stop: int) -> int:
    loaded = kernel() if isinstance(texts, Packed) else None
    if loaded is None or not isinstance(texts, Packed):
        return bisect_left(texts, text, first, stop)
    wanted = text.encode("utf-8", "surrogatepass")
    place: int = loaded.text_place(*texts.address, first, stop, wanted, len(wanted))
    return place
