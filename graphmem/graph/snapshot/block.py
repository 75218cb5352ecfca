"""Notes in snapshot order -> one block of columns, for stores that hold records."""

from collections.abc import Iterable, Sequence, Sized
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, Matrix, TokenSigns
from graphmem.batches import Claim, Mention, NoteRecord
from graphmem.graph.snapshot.columns import Columns, indptr_of
from graphmem.graph.snapshot.surfaces import Names
from graphmem.named import entity_of
from graphmem.runs import Coded
from graphmem.types import Note, ScopeKey
from graphmem.vectors import token_bytes

StoredVectors = tuple[NDArray[np.float32], NDArray[np.float16] | None]
"""Of one note: its row (dim,), and its sentences' rows (s, dim) if they have their own."""

KIND_NUMBERS = {kind: number for number, kind in enumerate(MENTION_KINDS)}


def stored_vectors(rows: NDArray[np.float32]) -> StoredVectors:
    """Return a note's vectors (1 + s, dim) in the precisions that stores keep."""
    return rows[0].copy(), rows[1:].astype(np.float16) if len(rows) > 1 else None


def whole(vectors: StoredVectors) -> Matrix:
    """Return stored vectors as one float32 matrix (1 + s, dim)."""
    row, sentences = vectors
    if sentences is None:
        return row[None, :]
    return np.concatenate([row[None, :], sentences.astype(np.float32)])


def read_tokens(signs: bytes, dim: int) -> TokenSigns:
    """Return the signs of a note's tokens from the bytes that stores keep."""
    return np.frombuffer(signs, np.uint8).reshape(-1, token_bytes(dim))


def in_span_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Return a note's mentions by where they start; equal starts as the extractor gave them."""
    return sorted(mentions, key=lambda mention: mention.start)


def block_of(
    records: Sequence[NoteRecord], vectors: Sequence[StoredVectors | None], sessions: Sequence[int]
) -> Columns:
    """Return the records as columns, names numbered as they come."""
    notes = [record.note for record in records]
    claims = [record.extraction.claims for record in records]
    mentions = [in_span_order(record.extraction.mentions) for record in records]
    spans = [note.sentences or ((0, len(note.text)),) for note in notes]
    numbers: dict[tuple[ScopeKey, str], int] = {}
    mention_rows = _mention_rows(notes, mentions, numbers)
    claim_rows = _claim_rows(notes, claims, numbers)
    names = [(i, entity_of(scope, name), name) for (scope, name), i in numbers.items()]
    sentence_indptr = _indptr(spans)
    return Columns(
        number=np.arange(len(notes), dtype=np.int64),
        session=np.asarray(sessions, np.int64),
        ids=tuple(note.id for note in notes),
        episodes=tuple(note.origins[0] for note in notes),
        texts=tuple(note.text for note in notes),
        titles=tuple(note.title for note in notes),
        speakers=Coded.of([note.speaker for note in notes]),
        is_turn=np.array([note.kind == "turn" for note in notes], bool),
        said_at=np.array(
            [note.said_at.timestamp() if note.said_at else np.nan for note in notes], np.float64
        ),
        sentence_indptr=sentence_indptr,
        sentence_spans=_table(list(chain.from_iterable(spans)), 2),
        mention_indptr=_indptr(mentions),
        mentions=_table(mention_rows, 5),
        claim_indptr=_indptr(claims),
        claims=_table(claim_rows, 2),
        relations=tuple(claim.relation for claim in chain.from_iterable(claims)),
        has_vectors=_has_vectors(vectors),
        vectors=_note_rows(vectors),
        sentence_vectors=_sentence_rows(vectors, sentence_indptr),
        has_tokens=np.array([record.tokens is not None for record in records], bool),
        token_indptr=_indptr([() if r.tokens is None else r.tokens for r in records]),
        tokens=_token_rows([record.tokens for record in records]),
        names=Names.of(names),
    )


def _mention_rows(
    notes: Sequence[Note],
    mentions: Sequence[Sequence[Mention]],
    numbers: dict[tuple[ScopeKey, str], int],
) -> list[tuple[int, int, int, int, bool]]:
    """Return the rows of `Columns.mentions`; names that are new get the next numbers."""
    return [
        (_number(numbers, note, m.name), m.start, m.end, KIND_NUMBERS[m.kind], m.initial)
        for note, found in zip(notes, mentions, strict=True)
        for m in found
    ]


def _claim_rows(
    notes: Sequence[Note],
    claims: Sequence[Sequence[Claim]],
    numbers: dict[tuple[ScopeKey, str], int],
) -> list[tuple[int, int]]:
    """Return the rows of `Columns.claims`; names that are new get the next numbers."""
    return [
        (_number(numbers, note, c.subject), _number(numbers, note, c.object))
        for note, found in zip(notes, claims, strict=True)
        for c in found
    ]


def _number(numbers: dict[tuple[ScopeKey, str], int], note: Note, surface: str) -> int:
    return numbers.setdefault((note.scope, surface), len(numbers))


def _has_vectors(vectors: Sequence[StoredVectors | None]) -> NDArray[np.int8]:
    return np.array(
        [0 if found is None else 1 + (found[1] is not None) for found in vectors], np.int8
    )


def _indptr(groups: Sequence[Sized]) -> NDArray[np.int64]:
    return indptr_of(np.array([len(group) for group in groups], np.int64))


def _table(rows: Sequence[Sequence[Any]], width: int) -> NDArray[np.int32]:
    return np.array(rows, np.int32).reshape(-1, width)


def _note_rows(vectors: Sequence[StoredVectors | None]) -> NDArray[np.float32] | None:
    dim = next((len(found[0]) for found in vectors if found is not None), None)
    if dim is None:
        return None
    rows = np.zeros((len(vectors), dim), np.float32)
    for place, found in enumerate(vectors):
        if found is not None:
            rows[place] = found[0]
    return rows


def _sentence_rows(
    vectors: Sequence[StoredVectors | None], indptr: NDArray[np.int64]
) -> NDArray[np.float16] | None:
    dim = next((len(v[0]) for v in vectors if v is not None and v[1] is not None), None)
    if dim is None:
        return None
    rows = np.zeros((int(indptr[-1]), dim), np.float16)
    for place, found in enumerate(vectors):
        if found is not None:
            whole, sentences = found
            own = rows[indptr[place] : indptr[place + 1]]
            own[:] = whole if sentences is None else sentences
    return rows


def _token_rows(tokens: Sequence[TokenSigns | None]) -> TokenSigns:
    given = [found for found in tokens if found is not None]
    return np.concatenate(given) if given else np.empty((0, 0), np.uint8)
