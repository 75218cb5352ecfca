"""Numbers of notes -> their columns, a page of rows at a time."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS
from graphmem.graph.snapshot.columns import Columns, fill_tokens, indptr_of
from graphmem.graph.snapshot.surfaces import Names
from graphmem.graph.sqlite import queries as sql
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.rows import as_json
from graphmem.graph.sqlite.values import as_seconds, as_text, as_text_or_none
from graphmem.runs import Coded
from graphmem.stacked import whole
from graphmem.types import EpisodeId, NoteId
from graphmem.vectors import distinct

PAGE = 8_192
"""Notes whose rows are held at a time."""

SPAN_BYTES = 8
"""Of a sentence: start and end, four bytes each."""

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class _Notes:
    """What table `note` says of n notes."""

    session: Numbers
    ids: list[NoteId]
    episodes: list[EpisodeId]
    texts: list[str]
    titles: list[str | None]
    speakers: list[str | None]
    is_turn: NDArray[np.bool_]
    said_at: NDArray[np.float64]
    spans: list[bytes]

    @classmethod
    def empty(cls, n: int) -> "_Notes":
        """Return room for n notes."""
        return cls(
            session=np.zeros(n, np.int64),
            ids=[NoteId("")] * n,
            episodes=[EpisodeId("")] * n,
            texts=[""] * n,
            titles=[None] * n,
            speakers=[None] * n,
            is_turn=np.zeros(n, bool),
            said_at=np.full(n, np.nan),
            spans=[b""] * n,
        )


def block_of(db: sqlite3.Connection, numbers: Numbers) -> Columns:
    """Return the notes of these numbers, in this order, inside an open transaction."""
    notes = _notes(db, numbers)
    sentence_indptr = indptr_of(
        np.fromiter(map(len, notes.spans), np.int64, len(numbers)) // SPAN_BYTES
    )
    mention_indptr, mentions = _mentions(db, numbers)
    claim_indptr, claims, relations = _claims(db, numbers)
    names = _names(db, distinct(np.concatenate([mentions[:, 0], claims.ravel()])))
    block = Columns(
        number=numbers,
        session=notes.session,
        ids=tuple(notes.ids),
        episodes=tuple(notes.episodes),
        texts=tuple(notes.texts),
        titles=tuple(notes.titles),
        speakers=Coded.of(notes.speakers),
        is_turn=notes.is_turn,
        said_at=notes.said_at,
        sentence_indptr=sentence_indptr,
        sentence_spans=np.frombuffer(b"".join(notes.spans), "<i4").reshape(-1, 2).astype(np.int32),
        mention_indptr=mention_indptr,
        mentions=mentions,
        claim_indptr=claim_indptr,
        claims=claims,
        relations=relations,
        has_vectors=np.zeros(len(numbers), np.int8),
        vectors=None,
        sentence_vectors=None,
        has_tokens=np.zeros(len(numbers), bool),
        token_indptr=np.zeros(len(numbers) + 1, np.int64),
        tokens=np.empty((0, 0), np.uint8),
        names=names,
    )
    check_spans(block)
    _fill_vectors(db, numbers, block)
    with rows_of("token"):
        fill_tokens(block, _token_rows(db, numbers))
    return block


def check_spans(block: Columns) -> None:
    """Refuse sentences and mentions outside of their texts, which searching would trip over.

    Raises StoreDamagedError.
    """
    lengths = np.fromiter(map(len, block.texts), np.int64, len(block.texts))
    spans = whole(block.sentence_spans)
    with rows_of("note"):
        _refuse_outside(spans[:, 0], spans[:, 1], np.repeat(lengths, _sizes(block.sentence_indptr)))
    _, starts, ends, kinds, _ = block.mentions.T
    with rows_of("mention"):
        _refuse_outside(starts, ends, np.repeat(lengths, _sizes(block.mention_indptr)))
        if np.any((kinds < 0) | (kinds >= len(MENTION_KINDS))):
            raise ValueError("a kind of mention that is none")


def _sizes(indptr: Numbers) -> Numbers:
    return np.diff(indptr)


def _refuse_outside(starts: NDArray[np.int32], ends: NDArray[np.int32], lengths: Numbers) -> None:
    if np.any((starts < 0) | (starts > ends) | (ends > lengths)):
        raise ValueError("a span outside of its text")


def _pages(numbers: NDArray[np.integer]) -> Iterator[tuple[int, str]]:
    """Yield each page's first place, and its numbers as the parameter of a statement."""
    for first in range(0, len(numbers), PAGE):
        yield first, as_json(numbers[first : first + PAGE].tolist())


@rows_of("note")
def _notes(db: sqlite3.Connection, numbers: Numbers) -> _Notes:
    notes = _Notes.empty(len(numbers))
    same: dict[str | None, str | None] = {}
    for first, page in _pages(numbers):
        for (
            key, session_no, id_, episode, text, title, speaker, is_turn, said, sentences,
        ) in db.execute(sql.NOTE_ROWS, (page,)):  # fmt: skip
            i = first + key
            notes.episodes[i] = as_text(episode)
            notes.session[i], notes.ids[i], notes.texts[i] = session_no, as_text(id_), as_text(text)
            notes.titles[i] = same.setdefault(title, as_text_or_none(title))
            notes.speakers[i] = same.setdefault(speaker, as_text_or_none(speaker))
            notes.is_turn[i] = is_turn
            if said is not None:
                notes.said_at[i] = as_seconds(said)
            if not isinstance(sentences, bytes) or len(sentences) % SPAN_BYTES:
                raise ValueError("sentences that are no spans")
            notes.spans[i] = sentences or np.array([0, len(text)], "<i4").tobytes()
    return notes


@rows_of("mention")
def _mentions(db: sqlite3.Connection, numbers: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
    counts = np.zeros(len(numbers), np.int64)
    parts = [np.empty((0, 5), np.int32)]
    for first, page in _pages(numbers):
        rows = db.execute(sql.MENTION_ROWS, (page,))
        table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 6)
        _count(counts, first, table[:, 0])
        parts.append(table[:, 1:].astype(np.int32))
    return indptr_of(counts), np.concatenate(parts)


@rows_of("claim")
def _claims(
    db: sqlite3.Connection, numbers: Numbers
) -> tuple[Numbers, NDArray[np.int32], tuple[str, ...]]:
    counts = np.zeros(len(numbers), np.int64)
    parts = [np.empty((0, 2), np.int32)]
    relations: list[str] = []
    same: dict[str, str] = {}
    for first, page in _pages(numbers):
        rows = db.execute(sql.CLAIM_ROWS, (page,)).fetchall()
        relations += [same.setdefault(row[3], as_text(row[3])) for row in rows]
        table = np.array([row[:3] for row in rows], np.int64).reshape(-1, 3)
        _count(counts, first, table[:, 0])
        parts.append(table[:, 1:].astype(np.int32))
    return indptr_of(counts), np.concatenate(parts), tuple(relations)


def _count(counts: Numbers, first: int, keys: Numbers) -> None:
    found = np.bincount(keys)
    counts[first : first + len(found)] += found


@rows_of("name")
def _names(db: sqlite3.Connection, numbers: NDArray[np.int32]) -> Names:
    rows: list[tuple[int, str, str]] = []
    for _, page in _pages(numbers):
        rows += db.execute(sql.NAME_ROWS, (page,))
    if len(rows) != len(numbers) or not all(isinstance(name, str) for _, _, name in rows):
        raise ValueError("mentions or claims of names that are not there")
    return Names.of(rows)


@rows_of("vector")
def _fill_vectors(db: sqlite3.Connection, numbers: Numbers, block: Columns) -> None:
    """Read vectors straight into the arrays; a sentence without its own row has its note's."""
    n, indptr = len(numbers), block.sentence_indptr
    vectors: NDArray[np.float32] | None = None
    sentences_of: NDArray[np.float16] | None = None
    for first, page in _pages(numbers):
        for key, note_row, sentence_rows in db.execute(sql.VECTOR_ROWS, (page,)):
            i, row = first + key, np.frombuffer(note_row, "<f4")
            if vectors is None:
                vectors = np.zeros((n, len(row)), np.float32)
            vectors[i] = row
            block.has_vectors[i] = 1
            if sentence_rows is not None:
                if sentences_of is None:
                    sentences_of = np.zeros((int(indptr[-1]), len(row)), np.float16)
                rows = np.frombuffer(sentence_rows, "<f2").reshape(-1, len(row))
                sentences_of[indptr[i] : indptr[i + 1]] = rows
                block.has_vectors[i] = 2
    if vectors is not None and sentences_of is not None:
        for i in np.flatnonzero(block.has_vectors == 1).tolist():
            sentences_of[indptr[i] : indptr[i + 1]] = vectors[i]
    block.vectors, block.sentence_vectors = vectors, sentences_of


def _token_rows(db: sqlite3.Connection, numbers: Numbers) -> Iterator[tuple[int, bytes]]:
    """Yield the signs of each note's tokens with the note's place, in order."""
    for first, page in _pages(numbers):
        yield from ((first + key, signs) for key, signs in db.execute(sql.TOKEN_ROWS, (page,)))
