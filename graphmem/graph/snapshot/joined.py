"""Blocks of a snapshot's notes joined: a column is copied when somebody asks for it.

A refresh joins runs of the previous snapshot's notes with a small block of fresh ones. Which notes
lie in which block is all that is written down: most searches ask for few of the columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import TokenSigns
from graphmem.graph.snapshot.columns import Columns, Sessions
from graphmem.graph.snapshot.surfaces import Names, merged_names
from graphmem.runs import Coded, Runs, flattened
from graphmem.stacked import Rows, Scalar, Stacked, whole

Piece = tuple[Columns, int, int]
"""A run of a block's notes: from the first number up to the second."""
Run: TypeAlias = tuple[Rows[Scalar], int, int]
"""A run of rows, likewise."""
MANY_PIECES, MOST_PIECES = 32, 128
"""Of joined columns: beyond the first, very short ones next to each other are copied together, as
of a session that grows; beyond the second, short ones, as of turns of sessions here and there."""
VERY_SHORT, SHORT = 64, 4_096
"""Notes of a piece that is copied."""
MOST_TABLES = 32
"""Of names: beyond it they are put together."""
FEWEST_SHARED = 4_096
"""Notes, all turns, whose vectors stay where they lie; of fewer they are copied in milliseconds."""
TEXTS = ("ids", "episodes", "texts", "titles", "relations")
NO_TOKENS: TokenSigns = np.empty((0, 0), np.uint8)


@dataclass(frozen=True, slots=True)
class _Joint:
    """What joined columns are put together of."""

    pieces: Sequence[Piece]
    """Of blocks that were not joined."""
    tables: Sequence[Names]
    """That explain the numbers of names, the newest last."""
    has_all: bool
    """Whether all that the tables name is mentioned or claimed by some note."""

    def column(self, columns: Columns, column: str) -> Any:
        """Return a column of the joined columns."""
        if column != "names":
            return _JOINED[column](self.pieces, column)
        used = None if self.has_all else (columns.mentions[:, 0], columns.claims.ravel())
        return merged_names(self.tables, used)


def join(
    pieces: Sequence[Piece], blocks: Sequence[Columns], sessions: Sessions | None = None
) -> Columns:
    """Return the pieces, at least one, one behind the other.

    Vectors and tokens are the bulk. Those of many turns stay where they lie. Others are copied at
    once, as searches of passages read all of them in one matrix: the pieces' blocks lose them (see
    `is_whole`), and each of the arrays is let go of as soon as it is copied, so that only one at a
    time is there twice. `blocks` are those whose names explain the pieces' name numbers, the newest
    last; `sessions` say where those of the notes stand.
    """
    joined: Columns = Columns.__new__(Columns)
    if sessions is not None:
        joined.__dict__["sessions"] = sessions
    whole, tables = _few(flattened(pieces, _inner)), list(chain.from_iterable(map(_tables, blocks)))
    has_all = _are_whole(pieces, blocks) and all(map(_has_all_names, blocks))
    joined.__dict__["joint"] = _Joint(whole or [(_first(pieces[0][0]), 0, 0)], tables, has_all)
    if len(joined.is_turn) >= FEWEST_SHARED and joined.is_turn.all():
        _share_vectors(joined, pieces)
    else:
        _move_vectors(joined, pieces)
    if len(tables) > MOST_TABLES:
        joined.__dict__["joint"] = _Joint(joined.__dict__["joint"].pieces, [joined.names], True)
    return joined


def _share_vectors(joined: Columns, pieces: Sequence[Piece]) -> None:
    joined.vectors = joined.sentence_vectors = None
    if np.any(joined.has_vectors > 0):
        joined.vectors = Stacked.of(_note_rows(pieces))
    if np.any(joined.has_vectors > 1):
        joined.sentence_vectors = Stacked.of(_sentence_rows(pieces))
    joined.tokens = Stacked.of(_token_rows(pieces))


def _move_vectors(joined: Columns, pieces: Sequence[Piece]) -> None:
    note_rows = _note_rows(pieces) if np.any(joined.has_vectors > 0) else None
    sentence_rows = _sentence_rows(pieces) if np.any(joined.has_vectors > 1) else None
    token_rows = _token_rows(pieces)
    for block, _, _ in pieces:
        block.lose_vectors()
    joined.vectors = None if note_rows is None else _moved(note_rows)
    joined.sentence_vectors = None if sentence_rows is None else _moved(sentence_rows)
    joined.tokens = _moved(token_rows)


def part(columns: Columns, column: str, start: int, stop: int) -> NDArray[Any]:
    """Return a run of a column of one value a note; nothing else of it is copied."""
    if column in columns.__dict__ or start >= stop:
        return getattr(columns, column)[start:stop]  # type: ignore[no-any-return]
    return _flat(flattened([(columns, start, stop)], _inner), column)


def _inner(block: Columns) -> Sequence[Piece]:
    joint = block.__dict__.get("joint")
    return () if joint is None else joint.pieces


def _first(block: Columns) -> Columns:
    """Return the first of the blocks that a block is joined of, or itself."""
    return next((inner for inner, _, _ in _inner(block)), block)


def _tables(block: Columns) -> Sequence[Names]:
    return [block.names] if "names" in block.__dict__ else block.__dict__["joint"].tables


def _has_all_names(block: Columns) -> bool:
    return "names" in block.__dict__ or block.__dict__["joint"].has_all


def _are_whole(pieces: Sequence[Piece], blocks: Sequence[Columns]) -> bool:
    """Return whether all notes of some blocks are in the pieces."""
    left = {id(block): block.n_notes for block in blocks}
    for block, start, stop in pieces:
        left[id(block)] -= stop - start
    return not any(left.values())


def _few(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces; where they are many, the short ones that are neighbours copied together.

    All are, if that is not enough.
    """
    if len(pieces) > MANY_PIECES:
        pieces = _merged(pieces, VERY_SHORT)
    if len(pieces) > MOST_PIECES:
        pieces = _merged(pieces, SHORT)
        return pieces if len(pieces) <= MOST_PIECES // 2 else [_copied(pieces)]
    return pieces


def _merged(pieces: list[Piece], most: int) -> list[Piece]:
    is_short = [stop - start <= most for _, start, stop in pieces]
    merged: list[Piece] = []
    for short, places in groupby(range(len(pieces)), key=is_short.__getitem__):
        group = [pieces[at] for at in places]
        merged += [_copied(group)] if short and len(group) > 1 else group
    return merged


def _copied(pieces: Sequence[Piece]) -> Piece:
    """Return a block of all columns of some pieces, without vectors and names."""
    made = {column: _JOINED[column](pieces, column) for column in _JOINED}
    made |= {column: tuple(made[column]) for column in TEXTS}
    made["sentence_spans"] = whole(made["sentence_spans"])
    block = Columns(
        **made, names=Names.of([]), vectors=None, sentence_vectors=None, tokens=NO_TOKENS
    )
    return block, 0, len(block.number)


def _flat(pieces: Sequence[Piece], column: str) -> NDArray[Any]:
    return np.concatenate([getattr(block, column)[start:stop] for block, start, stop in pieces])


def _texts(pieces: Sequence[Piece], column: str) -> Runs[Any]:
    return Runs((getattr(block, column), start, stop) for block, start, stop in pieces)


def _of(indptr: str) -> Callable[[Sequence[Piece], str], NDArray[Any]]:
    """Return what joins a column of several rows a note, which begin at `indptr`."""

    def joined(pieces: Sequence[Piece], column: str) -> NDArray[Any]:
        bounds = [(block, *getattr(block, indptr)[[a, b]].tolist()) for block, a, b in pieces]
        return np.concatenate([getattr(block, column)[a:b] for block, a, b in bounds])

    return joined


def _spans(pieces: Sequence[Piece], column: str) -> Stacked[np.int32]:
    """Return those of sentences where they lie: only those of what is shown are looked up."""
    bounds = [(block, *block.sentence_indptr[[a, b]].tolist()) for block, a, b in pieces]
    return Stacked.of([(getattr(block, column), a, b) for block, a, b in bounds])


def _speakers(pieces: Sequence[Piece], column: str) -> Coded:
    return Coded.joined([(getattr(block, column), start, stop) for block, start, stop in pieces])


def _relations(pieces: Sequence[Piece], column: str) -> Runs[str]:
    bounds = [(block, *block.claim_indptr[[start, stop]].tolist()) for block, start, stop in pieces]
    return Runs((getattr(block, column), start, stop) for block, start, stop in bounds)


def _indptr(pieces: Sequence[Piece], column: str) -> NDArray[np.int64]:
    indptr, at, end = np.zeros(1 + sum(b - a for _, a, b in pieces), np.int64), 1, 0
    for block, start, stop in pieces:
        own = getattr(block, column)[start : stop + 1]
        np.add(own[1:], end - own[0], out=indptr[at : at + stop - start])
        at += stop - start
        end += int(own[-1] - own[0])
    return indptr


def _note_rows(pieces: Sequence[Piece]) -> list[Run[np.float32]]:
    dim = next(block.vectors.shape[1] for block, _, _ in pieces if block.vectors is not None)
    return [
        (np.zeros((stop - start, dim), np.float32), 0, stop - start)
        if block.vectors is None
        else (block.vectors, start, stop)
        for block, start, stop in pieces
    ]


def _sentence_rows(pieces: Sequence[Piece]) -> list[Run[np.float16]]:
    parts = [_sentences_of(block, start, stop) for block, start, stop in pieces]
    dim = max(rows.shape[1] for rows, _, _ in parts)
    return [
        run if run[0].shape[1] else (np.zeros((len(run[0]), dim), np.float16), *run[1:])
        for run in parts
    ]


def _sentences_of(block: Columns, start: int, stop: int) -> Run[np.float16]:
    """Return the rows of a run's sentences; a sentence without its own has its note's."""
    first, last = block.sentence_indptr[[start, stop]].tolist()
    if block.sentence_vectors is not None:
        return block.sentence_vectors, first, last
    if block.vectors is None:
        return np.empty((last - first, 0), np.float16), 0, last - first
    counts = np.diff(block.sentence_indptr[start : stop + 1])
    return np.repeat(block.vectors[start:stop].astype(np.float16), counts, axis=0), 0, last - first


def _token_rows(pieces: Sequence[Piece]) -> list[Run[np.uint8]]:
    """Return the runs' tokens; a block without any does not know how wide they are."""
    parts: list[Run[np.uint8]] = [
        (block.tokens, *block.token_indptr[[start, stop]].tolist())
        if block.tokens.shape[1]
        else (NO_TOKENS, 0, 0)
        for block, start, stop in pieces
    ]
    return [part for part in parts if part[0].shape[1]] or parts[:1]


def _moved(parts: list[Run[Scalar]]) -> NDArray[Scalar]:
    """Return the parts end to end, and let go of them."""
    moved = np.concatenate([rows[start:stop] for rows, start, stop in parts])
    parts.clear()
    return moved


_JOINED: Mapping[str, Callable[[Sequence[Piece], str], Any]] = {
    "number": _flat,
    "session": _flat,
    "ids": _texts,
    "episodes": _texts,
    "texts": _texts,
    "titles": _texts,
    "speakers": _speakers,
    "is_turn": _flat,
    "said_at": _flat,
    "sentence_indptr": _indptr,
    "sentence_spans": _spans,
    "mention_indptr": _indptr,
    "mentions": _of("mention_indptr"),
    "claim_indptr": _indptr,
    "claims": _of("claim_indptr"),
    "relations": _relations,
    "has_vectors": _flat,
    "has_tokens": _flat,
    "token_indptr": _indptr,
}
