"""The notes of a snapshot as columns, and how blocks of them are joined without a loop over notes.

A store fills one block with the notes it has read. A refresh joins runs of the previous snapshot's
columns with a small block of fresh ones: its cost is that of copying, not of reading.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import TokenSigns
from graphmem.graph.snapshot.surfaces import Names, merged_names
from graphmem.runs import Coded, Runs
from graphmem.types import EpisodeId, NoteId
from graphmem.vectors import token_bytes

Piece = tuple["Columns", int, int]
"""A run of a block's notes: from the first number up to the second."""


@dataclass(slots=True, kw_only=True)
class Columns:
    """n notes in the order of the snapshot; s sentences, m mentions and f claims in theirs."""

    number: NDArray[np.int64]
    """(n,) the store's own number of the note."""
    session: NDArray[np.int64]
    """(n,) the store's own number of its session."""
    ids: Sequence[NoteId]
    episodes: Sequence[EpisodeId]
    """(n,) the first of its origins."""
    texts: Sequence[str]
    titles: Sequence[str | None]
    speakers: Coded
    is_turn: NDArray[np.bool_]
    said_at: NDArray[np.float64]
    """(n,) seconds since 1970 UTC, NaN when unknown."""
    sentence_indptr: NDArray[np.int64]
    """(n + 1,)"""
    sentence_spans: NDArray[np.int32]
    """(s, 2)"""
    mention_indptr: NDArray[np.int64]
    """(n + 1,)"""
    mentions: NDArray[np.int32]
    """(m, 5) name number, start, end, kind, initial."""
    claim_indptr: NDArray[np.int64]
    """(n + 1,)"""
    claims: NDArray[np.int32]
    """(f, 2) name numbers of subject and object."""
    relations: Sequence[str]
    """(f,)"""
    has_vectors: NDArray[np.int8]
    """(n,) 0: none, 1: of the note, 2: of its sentences too."""
    vectors: NDArray[np.float32] | None
    """(n, dim), zeros for a note without; None if no note has one."""
    sentence_vectors: NDArray[np.float16] | None
    """(s, dim); None if no note has vectors of its sentences."""
    has_tokens: NDArray[np.bool_]
    """(n,) whether the signs of its tokens are kept, were there but none."""
    token_indptr: NDArray[np.int64]
    """(n + 1,)"""
    tokens: TokenSigns
    """(w, ceil(dim / 8)); (0, 0) if no note has any."""
    names: Names

    @property
    def is_whole(self) -> bool:
        """Whether its vectors have not gone over into other columns."""
        return self.vectors is not None or not self.has_vectors.any()

    def lose_vectors(self) -> None:
        """Let go of the vectors and tokens."""
        self.vectors = self.sentence_vectors = None
        self.tokens = np.empty((0, 0), np.uint8)


def join(pieces: Sequence[Piece], names: Sequence[Names]) -> Columns:
    """Return the pieces, at least one, one behind the other.

    Vectors and tokens are the bulk: the pieces' blocks lose them (see `is_whole`), and each of
    the arrays is let go of as soon as it is copied, so that only one at a time is there twice.
    `names` are the tables that explain the pieces' name numbers, the newest last.
    """
    mentions = _ragged(pieces, "mention_indptr", "mentions")
    claims = _ragged(pieces, "claim_indptr", "claims")
    has_vectors = _flat(pieces, "has_vectors")
    note_rows = _note_rows(pieces) if np.any(has_vectors > 0) else None
    sentence_rows = _sentence_rows(pieces) if np.any(has_vectors > 1) else None
    token_rows = _token_rows(pieces)
    for block, _, _ in pieces:
        block.lose_vectors()
    return Columns(
        number=_flat(pieces, "number"),
        session=_flat(pieces, "session"),
        ids=_texts(pieces, "ids"),
        episodes=_texts(pieces, "episodes"),
        texts=_texts(pieces, "texts"),
        titles=_texts(pieces, "titles"),
        speakers=Coded.joined([(block.speakers, a, b) for block, a, b in pieces]),
        is_turn=_flat(pieces, "is_turn"),
        said_at=_flat(pieces, "said_at"),
        sentence_indptr=_indptr(pieces, "sentence_indptr"),
        sentence_spans=_ragged(pieces, "sentence_indptr", "sentence_spans"),
        mention_indptr=_indptr(pieces, "mention_indptr"),
        mentions=mentions,
        claim_indptr=_indptr(pieces, "claim_indptr"),
        claims=claims,
        relations=Runs(
            (block.relations, int(block.claim_indptr[start]), int(block.claim_indptr[stop]))
            for block, start, stop in pieces
        ),
        has_vectors=has_vectors,
        vectors=None if note_rows is None else _moved(note_rows),
        sentence_vectors=None if sentence_rows is None else _moved(sentence_rows),
        has_tokens=_flat(pieces, "has_tokens"),
        token_indptr=_indptr(pieces, "token_indptr"),
        tokens=_moved(token_rows),
        names=merged_names(
            names, used=None if _are_whole(pieces, names) else (mentions[:, 0], claims.ravel())
        ),
    )


def _are_whole(pieces: Sequence[Piece], names: Sequence[Names]) -> bool:
    """Return whether all notes of the blocks that some names are of are in the pieces."""
    left = {id(block): len(block.number) for block, _, _ in pieces}
    for block, start, stop in pieces:
        left[id(block)] -= stop - start
    there = {id(block.names) for block, _, _ in pieces}
    return not any(left.values()) and all(id(table) in there for table in names)


def _flat(pieces: Sequence[Piece], column: str) -> NDArray[Any]:
    return np.concatenate([getattr(block, column)[start:stop] for block, start, stop in pieces])


def _texts(pieces: Sequence[Piece], column: str) -> Runs[Any]:
    return Runs((getattr(block, column), start, stop) for block, start, stop in pieces)


def _ragged(pieces: Sequence[Piece], indptr: str, column: str) -> NDArray[Any]:
    return np.concatenate(
        [
            getattr(block, column)[getattr(block, indptr)[start] : getattr(block, indptr)[stop]]
            for block, start, stop in pieces
        ]
    )


def _indptr(pieces: Sequence[Piece], column: str) -> NDArray[np.int64]:
    parts, end = [np.zeros(1, np.int64)], 0
    for block, start, stop in pieces:
        own = getattr(block, column)[start : stop + 1]
        parts.append(own[1:] + (end - own[0]))
        end += int(own[-1] - own[0])
    return np.concatenate(parts)


def indptr_of(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of the counted groups begins, and where the last ends: (n + 1,)."""
    indptr = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=indptr[1:])
    return indptr


def fill_tokens(block: Columns, found: Iterable[tuple[int, bytes]]) -> None:
    """Put signs of tokens, each note's with its place, in order, into a block with vectors.

    They are gathered in one buffer, which becomes the array: there is never a second copy.
    """
    if block.vectors is None:
        return
    width = token_bytes(block.vectors.shape[1])
    counts, signs = np.zeros(len(block.number), np.int64), bytearray()
    for place, blob in found:
        block.has_tokens[place] = True
        counts[place] = len(blob) // width
        signs += blob
    block.token_indptr = indptr_of(counts)
    if block.has_tokens.any():
        block.tokens = np.frombuffer(signs, np.uint8).reshape(-1, width)


def _note_rows(pieces: Sequence[Piece]) -> list[NDArray[np.float32]]:
    dim = next(block.vectors.shape[1] for block, _, _ in pieces if block.vectors is not None)
    return [
        np.zeros((stop - start, dim), np.float32)
        if block.vectors is None
        else block.vectors[start:stop]
        for block, start, stop in pieces
    ]


def _sentence_rows(pieces: Sequence[Piece]) -> list[NDArray[np.float16]]:
    parts = [_sentences_of(block, start, stop) for block, start, stop in pieces]
    dim = max(part.shape[1] for part in parts)
    return [part if part.shape[1] else np.zeros((len(part), dim), np.float16) for part in parts]


def _sentences_of(block: Columns, start: int, stop: int) -> NDArray[np.float16]:
    """Return the rows of a run's sentences; a sentence without its own has its note's."""
    first, last = block.sentence_indptr[start], block.sentence_indptr[stop]
    if block.sentence_vectors is not None:
        return block.sentence_vectors[first:last]
    if block.vectors is None:
        return np.empty((last - first, 0), np.float16)
    counts = np.diff(block.sentence_indptr[start : stop + 1])
    return np.repeat(block.vectors[start:stop].astype(np.float16), counts, axis=0)


def _token_rows(pieces: Sequence[Piece]) -> list[TokenSigns]:
    """Return the runs' tokens; a block without any does not know how wide they are."""
    parts = [
        block.tokens[block.token_indptr[start] : block.token_indptr[stop]]
        for block, start, stop in pieces
    ]
    return [part for part in parts if part.shape[1]] or parts[:1]


def _moved(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """Return the parts end to end, and let go of them."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole
