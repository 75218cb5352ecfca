"""Numbers of notes -> their columns, a page of lists at a time."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.graph import cypher_read
from graphmem.graph.columns import Columns, fill_tokens, indptr_of
from graphmem.graph.contributions import entity_of
from graphmem.graph.names import ID_TYPE, Names
from graphmem.graph.neo4j_driver import Run
from graphmem.graph.note_block import KIND_NUMBERS
from graphmem.types import ScopeKey

PAGE = 8_192
"""Notes whose lists are held at a time."""

Numbers = NDArray[np.int64]
Lists = dict[str, list[Any]]


class _Numbering:
    """Numbers surfaces: as a table of names has them, new ones behind."""

    def __init__(self, known: Names) -> None:
        self._known = known
        self._next = int(known.numbers.max()) + 1 if len(known.numbers) else 0
        self._numbers: dict[tuple[ScopeKey, str], int] = {}

    def number(self, scope: ScopeKey, surface: str) -> int:
        """Return the number of a surface in a scope."""
        key = (scope, surface)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._found(scope, surface)
        return number

    def names(self) -> Names:
        """Return the table of all surfaces that were numbered."""
        return Names.of(
            [(no, entity_of(scope, name), name) for (scope, name), no in self._numbers.items()]
        )

    def _found(self, scope: ScopeKey, surface: str) -> int:
        known = self._known
        entity = np.array(entity_of(scope, surface), ID_TYPE)
        low, high = (int(np.searchsorted(known.entities, entity, side)) for side in _SIDES)
        place = bisect_left(known.surfaces, surface, low, high)
        if place < high and known.surfaces[place] == surface:
            return int(known.numbers[place])
        self._next += 1
        return self._next - 1


_SIDES: tuple[Any, Any] = ("left", "right")


def block_of(run: Run, scopes: Sequence[ScopeKey], numbers: Numbers, known: Names) -> Columns:
    """Return the notes of these numbers, in this order; names are numbered on from `known`."""
    notes = _collected(run, cypher_read.NOTE_COLUMNS, scopes, numbers)
    numbering = _Numbering(known)
    whose = notes["scope"]
    mention_indptr, mentions = _mentions(run, scopes, numbers, whose, numbering)
    claim_indptr, claims, relations = _claims(run, scopes, numbers, whose, numbering)
    spans = [
        offsets or [0, len(text)]
        for offsets, text in zip(notes["sentences"], notes["text"], strict=True)
    ]
    n = len(numbers)
    block = Columns(
        number=numbers,
        session=np.array(notes["session"], np.int64),
        ids=tuple(notes["id"]),
        texts=tuple(notes["text"]),
        titles=_optional(notes["title"], notes["has_title"]),
        speakers=_optional(notes["speaker"], notes["has_speaker"]),
        is_turn=np.array(notes["is_turn"], bool),
        said_at=_seconds(notes),
        sentence_indptr=indptr_of(np.fromiter(map(len, spans), np.int64, n) // 2),
        sentence_spans=np.fromiter(chain.from_iterable(spans), np.int32).reshape(-1, 2),
        mention_indptr=mention_indptr,
        mentions=mentions,
        claim_indptr=claim_indptr,
        claims=claims,
        relations=relations,
        has_vectors=np.zeros(n, np.int8),
        vectors=None,
        sentence_vectors=None,
        has_tokens=np.zeros(n, bool),
        token_indptr=np.zeros(n + 1, np.int64),
        tokens=np.empty((0, 0), np.uint8),
        names=numbering.names(),
    )
    _fill_vectors(run, scopes, block)
    fill_tokens(block, _token_rows(run, scopes, block))
    return block


def _collected(run: Run, statement: str, scopes: Sequence[ScopeKey], numbers: Numbers) -> Lists:
    """Return the lists of all pages, one behind the other; `note` counts over all of them."""
    whole: Lists = {}
    for first in range(0, max(len(numbers), 1), PAGE):
        page = numbers[first : first + PAGE].tolist()
        ((lists,),) = run(statement, {"numbers": page, "scopes": list(scopes)})
        if first and "note" in lists:
            lists["note"] = [first + i for i in lists["note"]]
        for name, values in lists.items():
            whole.setdefault(name, []).extend(values)
    return whole


def _optional(values: Sequence[str], is_there: Sequence[bool]) -> tuple[str | None, ...]:
    same: dict[str, str] = {}
    return tuple(
        same.setdefault(value, value) if there else None
        for value, there in zip(values, is_there, strict=True)
    )


def _seconds(notes: Lists) -> NDArray[np.float64]:
    microseconds = np.array(notes["second"], np.int64) * 1_000_000
    microseconds += np.array(notes["microsecond"], np.int64)
    return np.where(np.array(notes["has_time"], bool), microseconds / 1e6, np.nan)


def _mentions(
    run: Run,
    scopes: Sequence[ScopeKey],
    numbers: Numbers,
    whose: Sequence[ScopeKey],
    numbering: _Numbering,
) -> tuple[Numbers, NDArray[np.int32]]:
    lists = _collected(run, cypher_read.MENTION_COLUMNS, scopes, numbers)
    rows = lists["note"]
    names = [numbering.number(whose[i], name) for i, name in zip(rows, lists["name"], strict=True)]
    kinds = [KIND_NUMBERS[kind] for kind in lists["kind"]]
    columns = (names, lists["start"], lists["end"], kinds, lists["initial"])
    table = np.array(columns, np.int32).reshape(5, -1).T
    note = np.array(rows, np.int64)
    order = np.lexsort((np.array(lists["place"], np.int64), table[:, 1], note))
    counts = np.bincount(note, minlength=len(numbers))
    return indptr_of(counts), np.ascontiguousarray(table[order])


def _claims(
    run: Run,
    scopes: Sequence[ScopeKey],
    numbers: Numbers,
    whose: Sequence[ScopeKey],
    numbering: _Numbering,
) -> tuple[Numbers, NDArray[np.int32], tuple[str, ...]]:
    lists = _collected(run, cypher_read.CLAIM_COLUMNS, scopes, numbers)
    rows = lists["note"]
    ends = [
        [numbering.number(whose[i], name) for i, name in zip(rows, lists[end], strict=True)]
        for end in ("subject", "object")
    ]
    table = np.array(ends, np.int32).reshape(2, -1).T
    note = np.array(rows, np.int64)
    order = np.lexsort((np.array(lists["place"], np.int64), note))
    counts = np.bincount(note, minlength=len(numbers))
    same: dict[str, str] = {}
    relations = [same.setdefault(relation, relation) for relation in lists["relation"]]
    return (
        indptr_of(counts),
        np.ascontiguousarray(table[order]),
        tuple(relations[i] for i in order.tolist()),
    )


def _fill_vectors(run: Run, scopes: Sequence[ScopeKey], block: Columns) -> None:
    """Read vectors straight into the arrays; a sentence without its own row has its note's."""
    n, indptr = len(block.number), block.sentence_indptr
    for first in range(0, n, PAGE):
        page = block.number[first : first + PAGE].tolist()
        ((places, rows, sentences),) = run(
            cypher_read.VECTOR_COLUMNS,
            {"numbers": page, "scopes": list(scopes), "nothing": b""},
        )
        for place, row_bytes, sentence_bytes in zip(places, rows, sentences, strict=True):
            i, row = first + place, np.frombuffer(row_bytes, "<f4")
            if block.vectors is None:
                block.vectors = np.zeros((n, len(row)), np.float32)
            block.vectors[i] = row
            block.has_vectors[i] = 1
            if sentence_bytes:
                if block.sentence_vectors is None:
                    block.sentence_vectors = np.zeros((int(indptr[-1]), len(row)), np.float16)
                own = np.frombuffer(sentence_bytes, "<f2").reshape(-1, len(row))
                block.sentence_vectors[indptr[i] : indptr[i + 1]] = own
                block.has_vectors[i] = 2
    if block.vectors is not None and block.sentence_vectors is not None:
        for i in np.flatnonzero(block.has_vectors == 1).tolist():
            block.sentence_vectors[indptr[i] : indptr[i + 1]] = block.vectors[i]


def _token_rows(
    run: Run, scopes: Sequence[ScopeKey], block: Columns
) -> Iterator[tuple[int, bytes]]:
    """Yield the signs of each note's tokens with the note's place, in order."""
    for first in range(0, len(block.number), PAGE):
        page = block.number[first : first + PAGE].tolist()
        ((places, signs),) = run(
            cypher_read.TOKEN_COLUMNS, {"numbers": page, "scopes": list(scopes)}
        )
        yield from ((first + place, blob) for place, blob in zip(places, signs, strict=True))
