"""Long sequences of texts that are never copied whole: runs of others, codes, bytes, choices.

A memory of a hundred thousand turns differs from the one before by a turn. As tuples, each would
be copied for it, and looked through by the collector of garbage.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Generic, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Block = TypeVar("Block")
Piece: TypeAlias = tuple[Sequence[T], int, int]
"""A run of a sequence: from the first place up to the second."""

MOST_RUNS = 128
"""Of a sequence: beyond it, short runs are copied together."""
SHORT = 4_096
"""Items of a run that is copied."""


class Lazy(Sequence[T], Generic[T]):
    """A sequence whose items are made as they are asked for; equal to any of the same items."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # as of a list

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> "T | tuple[T, ...]":
        if isinstance(at, slice):
            return tuple(map(self.item, range(*at.indices(len(self)))))
        if at < 0:
            at += len(self)
            if at < 0:
                raise IndexError(at)
        return self.item(at)

    def item(self, at: int) -> T:
        """Return the item at a place from 0. Raises IndexError for one behind the last."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[T]:
        return map(self.item, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Sequence) or len(self) != len(other):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(one == two for one, two in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Runs(Lazy[T]):
    """Runs of other sequences, one behind the other."""

    __slots__ = ("ends", "pieces")

    def __init__(self, pieces: Iterable[Piece[T]]) -> None:
        self.pieces = flattened(pieces, _inner)
        if len(self.pieces) > MOST_RUNS:
            self.pieces = _copied(self.pieces)
        self.ends = list(accumulate(stop - start for _, start, stop in self.pieces))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    def item(self, at: int) -> T:
        """Return the item at a place from 0."""
        run = bisect_right(self.ends, at)
        block, _, stop = self.pieces[run]
        return block[stop - self.ends[run] + at]

    def __iter__(self) -> Iterator[T]:
        for block, start, stop in self.pieces:
            yield from block[start:stop]


def _inner(block: Sequence[T]) -> Sequence[Piece[T]]:
    return block.pieces if isinstance(block, Runs) else ()


def flattened(
    pieces: Iterable[tuple[Block, int, int]],
    inner: Callable[[Block], Sequence[tuple[Block, int, int]]],
) -> list[tuple[Block, int, int]]:
    """Return some runs of blocks as runs of what the blocks are runs of: `inner` says of what.

    `inner` of a block that is none is empty. Empty runs are left out; what lies behind each other
    in one block is one run.
    """
    joined: list[tuple[Block, int, int]] = []
    for piece in pieces:
        for block, start, stop in _within(piece, inner(piece[0])):
            if start >= stop:
                continue
            follows = joined and joined[-1][0] is block and joined[-1][2] == start
            joined.append((block, joined.pop()[1] if follows else start, stop))
    return joined


def _within(
    piece: tuple[Block, int, int], inner: Sequence[tuple[Block, int, int]]
) -> Iterator[tuple[Block, int, int]]:
    """Yield the runs of a piece of runs; another piece as it is."""
    _, start, stop = piece
    if not inner:
        yield piece
        return
    begin = 0
    for block, first, last in inner:
        end = begin + last - first
        if begin < stop and end > start:
            yield block, first + max(start - begin, 0), last - max(end - stop, 0)
        begin = end


def _copied(pieces: list[Piece[T]]) -> list[Piece[T]]:
    """Return the pieces with neighbouring short ones copied together, all if that is not enough."""
    copied: list[Piece[T]] = []
    short: list[T] = []
    for block, start, stop in pieces:
        if stop - start <= SHORT:
            short += block[start:stop]
            continue
        if short:
            copied.append((tuple(short), 0, len(short)))
            short = []
        copied.append((block, start, stop))
    if short:
        copied.append((tuple(short), 0, len(short)))
    if len(copied) <= MOST_RUNS // 2:
        return copied
    whole = tuple(chain.from_iterable(block[start:stop] for block, start, stop in copied))
    return [(whole, 0, len(whole))]


class Coded(Lazy[str | None]):
    """Texts of which many are the same: the distinct ones, sorted, and which each is."""

    __slots__ = ("_counts", "codes", "distinct")

    def __init__(self, distinct: Sequence[str], codes: NDArray[np.int32]) -> None:
        """`codes` (n,) are places in the distinct ones, -1 for None."""
        self.distinct, self.codes = tuple(distinct), codes
        self._counts: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> "Coded":
        """Return some texts as codes."""
        distinct = sorted(text for text in set(texts) if text is not None)
        place: dict[str | None, int] = {text: at for at, text in enumerate(distinct)}
        place[None] = -1
        return cls(distinct, np.fromiter(map(place.__getitem__, texts), np.int32, len(texts)))

    @classmethod
    def joined(cls, pieces: Sequence[tuple["Coded", int, int]]) -> "Coded":
        """Return runs of some, one behind the other; what none of them uses is no longer there."""
        runs: dict[int, list[tuple[int, int]]] = {id(one): [] for one, _, _ in pieces}
        for one, start, stop in pieces:
            runs[id(one)].append((start, stop))
        blocks = {id(one): one for one, _, _ in pieces}
        used = {
            one.distinct[at]
            for number, one in blocks.items()
            for at in one._used(sorted(runs[number]))
        }
        distinct = sorted(used)
        place = {text: at for at, text in enumerate(distinct)}
        moved = {
            number: np.array([*(place.get(text, -1) for text in one.distinct), -1], np.int32)
            for number, one in blocks.items()
        }
        parts = [_renumbered(one.codes[a:b], moved[id(one)]) for one, a, b in pieces]
        return cls(distinct, np.concatenate([np.empty(0, np.int32), *parts]))

    def _used(self, runs: Sequence[tuple[int, int]]) -> list[int]:
        """Return the codes that are not -1 in some runs, ascending and apart: what lies between
        them is less, and counted off from all, which are counted once."""
        if self._counts is None:
            self._counts = np.bincount(self.codes + 1, minlength=len(self.distinct) + 1)
        counts, end = self._counts.copy(), 0
        for start, stop in [*runs, (len(self.codes), len(self.codes))]:
            if end < start:
                counts -= np.bincount(self.codes[end:start] + 1, minlength=len(counts))
            end = stop
        used: list[int] = np.flatnonzero(counts[1:]).tolist()
        return used

    def __len__(self) -> int:
        return len(self.codes)

    def item(self, at: int) -> str | None:
        """Return the item at a place from 0."""
        code = int(self.codes[at])
        return None if code < 0 else self.distinct[code]


def _renumbered(codes: NDArray[np.int32], moved: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the new numbers of codes, the last of these that of -1; no copy if all stay."""
    return codes if (moved[:-1] == np.arange(len(moved) - 1)).all() else moved[codes]


class Packed(Lazy[Any]):
    """Texts end to end in UTF-8, decoded one by one; None has no length."""

    __slots__ = ("_bytes", "_ends", "_lengths", "_raw", "address")

    def __init__(self, raw: NDArray[np.uint8], lengths: NDArray[np.signedinteger[Any]]) -> None:
        """`lengths` (n,) are in bytes, -1 for None. Raises ValueError if they do not fit."""
        self._raw, self._lengths, self._bytes = raw, lengths, raw.data
        self._ends = np.cumsum(np.maximum(lengths, 0), dtype=np.int64)
        if (self._ends[-1] if len(lengths) else 0) != len(raw):
            raise ValueError("texts that do not fill their bytes")
        self.address = (raw.ctypes.data, self._ends.ctypes.data)
        """Where the bytes, and the end of each text in them, lie in memory: for compiled loops."""

    def part(
        self, start: int, stop: int
    ) -> tuple[NDArray[np.uint8], NDArray[np.signedinteger[Any]]]:
        """Return the bytes of a run of the texts, and their lengths."""
        ends = self._ends[start:stop]
        begin = self._ends.item(start - 1) if start else 0
        return self._raw[begin : ends[-1] if len(ends) else begin], self._lengths[start:stop]

    def __len__(self) -> int:
        return len(self._lengths)

    def item(self, at: int) -> Any:
        """Return the item at a place from 0."""
        length, end = self._lengths.item(at), self._ends.item(at)
        if length < 0:
            return None
        return str(self._bytes[end - length : end], "utf-8", "surrogatepass")


class Ids(Lazy[Any]):
    """Ids as they stand in an array of bytes."""

    __slots__ = ("array",)

    def __init__(self, array: NDArray[np.bytes_]) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def item(self, at: int) -> Any:
        """Return the item at a place from 0."""
        return self.array[at].decode()


class Picked(Lazy[T]):
    """Some items of another sequence."""

    __slots__ = ("among", "places")

    def __init__(self, texts: Sequence[T], places: NDArray[np.signedinteger[Any]]) -> None:
        self.among, self.places = texts, places

    def __len__(self) -> int:
        return len(self.places)

    def item(self, at: int) -> T:
        """Return the item at a place from 0."""
        return self.among[int(self.places[at])]
