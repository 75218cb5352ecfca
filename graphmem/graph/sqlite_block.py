"""Numbers of notes -> their columns, a page of rows at a time."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphmem.graph import sqlite_queries as sql
from graphmem.graph.columns import Columns, indptr_of
from graphmem.graph.names import Names
from graphmem.graph.sqlite_rows import as_json
from graphmem.types import NoteId

PAGE = 8_192
"""Notes whose rows are held at a time."""

Numbers = NDArray[np.int64]


def block_of(db: sqlite3.Connection, numbers: Numbers) -> Columns:
    """Return the notes of these numbers, in this order, inside an open transaction."""
    block = _notes(db, numbers)
    block.mention_indptr, block.mentions = _mentions(db, numbers)
    block.claim_indptr, block.claims, block.relations = _claims(db, numbers)
    used = np.unique(np.concatenate([block.mentions[:, 0], block.claims.ravel()]))
    block.names = _names(db, used.astype(np.int64))
    _fill_vectors(db, numbers, block)
    return block


def _pages(numbers: Numbers) -> Iterator[tuple[int, str]]:
    """Yield each page's first place, and its numbers as the parameter of a statement."""
    for first in range(0, len(numbers), PAGE):
        yield first, as_json(numbers[first : first + PAGE].tolist())


def _notes(db: sqlite3.Connection, numbers: Numbers) -> Columns:
    n = len(numbers)
    session, said_at, is_turn = np.zeros(n, np.int64), np.full(n, np.nan), np.zeros(n, bool)
    ids, texts, spans = [NoteId("")] * n, [""] * n, [b""] * n
    titles: list[str | None] = [None] * n
    speakers: list[str | None] = [None] * n
    same: dict[str | None, str | None] = {}
    for first, page in _pages(numbers):
        for key, session_no, id_, text, title, speaker, turn, said, sentences in db.execute(
            sql.NOTE_ROWS, (page,)
        ):
            i = first + key
            session[i], ids[i], texts[i], is_turn[i] = session_no, id_, text, turn
            titles[i], speakers[i] = (
                same.setdefault(title, title),
                same.setdefault(speaker, speaker),
            )
            if said is not None:
                said_at[i] = datetime.fromisoformat(said).timestamp()
            spans[i] = sentences or np.array([0, len(text)], "<i4").tobytes()
    counts = np.fromiter(map(len, spans), np.int64, n) // 8
    none = np.zeros(n + 1, np.int64)
    return Columns(
        number=numbers,
        session=session,
        ids=tuple(ids),
        texts=tuple(texts),
        titles=tuple(titles),
        speakers=tuple(speakers),
        is_turn=is_turn,
        said_at=said_at,
        sentence_indptr=indptr_of(counts),
        sentence_spans=np.frombuffer(b"".join(spans), "<i4").reshape(-1, 2).astype(np.int32),
        mention_indptr=none,
        mentions=np.empty((0, 5), np.int32),
        claim_indptr=none,
        claims=np.empty((0, 2), np.int32),
        relations=(),
        has_vectors=np.zeros(n, np.int8),
        vectors=None,
        sentence_vectors=None,
        names=Names.of([]),
    )


def _mentions(db: sqlite3.Connection, numbers: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
    counts = np.zeros(len(numbers), np.int64)
    parts = [np.empty((0, 5), np.int32)]
    for first, page in _pages(numbers):
        rows = db.execute(sql.MENTION_ROWS, (page,))
        table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 6)
        _count(counts, first, table[:, 0])
        parts.append(table[:, 1:].astype(np.int32))
    return indptr_of(counts), np.concatenate(parts)


def _claims(
    db: sqlite3.Connection, numbers: Numbers
) -> tuple[Numbers, NDArray[np.int32], tuple[str, ...]]:
    counts = np.zeros(len(numbers), np.int64)
    parts = [np.empty((0, 2), np.int32)]
    relations: list[str] = []
    same: dict[str, str] = {}
    for first, page in _pages(numbers):
        rows = db.execute(sql.CLAIM_ROWS, (page,)).fetchall()
        relations += [same.setdefault(row[3], row[3]) for row in rows]
        table = np.array([row[:3] for row in rows], np.int64).reshape(-1, 3)
        _count(counts, first, table[:, 0])
        parts.append(table[:, 1:].astype(np.int32))
    return indptr_of(counts), np.concatenate(parts), tuple(relations)


def _count(counts: Numbers, first: int, keys: Numbers) -> None:
    found = np.bincount(keys)
    counts[first : first + len(found)] += found


def _names(db: sqlite3.Connection, numbers: Numbers) -> Names:
    rows: list[tuple[int, str, str]] = []
    for _, page in _pages(numbers):
        rows += db.execute(sql.NAME_ROWS, (page,))
    return Names.of(rows)


def _fill_vectors(db: sqlite3.Connection, numbers: Numbers, block: Columns) -> None:
    """Read vectors straight into the arrays; a sentence without its own row has its note's."""
    n, indptr = len(numbers), block.sentence_indptr
    for first, page in _pages(numbers):
        for key, note_row, sentence_rows in db.execute(sql.VECTOR_ROWS, (page,)):
            i, row = first + key, np.frombuffer(note_row, "<f4")
            if block.vectors is None:
                block.vectors = np.zeros((n, len(row)), np.float32)
            block.vectors[i] = row
            block.has_vectors[i] = 1
            if sentence_rows is not None:
                if block.sentence_vectors is None:
                    block.sentence_vectors = np.zeros((int(indptr[-1]), len(row)), np.float16)
                rows = np.frombuffer(sentence_rows, "<f2").reshape(-1, len(row))
                block.sentence_vectors[indptr[i] : indptr[i + 1]] = rows
                block.has_vectors[i] = 2
    if block.vectors is not None and block.sentence_vectors is not None:
        for i in np.flatnonzero(block.has_vectors == 1).tolist():
            block.sentence_vectors[indptr[i] : indptr[i + 1]] = block.vectors[i]
