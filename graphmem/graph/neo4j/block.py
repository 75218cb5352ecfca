"""Notes of a server -> their columns, a page of lists at a time."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.errors import MovedError
from graphmem.graph.neo4j import queries
from graphmem.graph.neo4j.driver import Run
from graphmem.graph.snapshot.block import KIND_NUMBERS
from graphmem.graph.snapshot.columns import Columns, fill_tokens, indptr_of
from graphmem.graph.snapshot.surfaces import ID_TYPE, Names
from graphmem.named import entity_of
from graphmem.runs import Coded
from graphmem.types import ScopeKey

PAGE = 8_192
"""Notes whose lists are held at a time."""
N_COLUMNS, N_REQUIRED = 11, 7
"""How many values NOTE_COLUMNS gives of a note, and how many of them are never null."""

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


def refuse_moved(*lists: Sequence[Any]) -> None:
    """Raise MovedError unless the lists are equally long: what is deleted has no properties."""
    if len(set(map(len, lists))) > 1:
        raise MovedError


def block_of(run: Run, at: Sequence[str], numbers: Numbers, known: Names) -> Columns:
    """Return notes by the server's own names of them, in this order, with their own numbers.

    Surfaces are numbered on from `known`. Raises MovedError.
    """
    notes = _notes(run, at)
    n = len(at)
    session, scope, ids, episodes, texts, kinds, sentences, titles, speakers, *moment = notes
    numbering = _Numbering(known)
    mention_indptr, mentions = _mentions(run, at, scope, numbering)
    claim_indptr, claims, relations = _claims(run, at, scope, numbering)
    spans = [offsets or [0, len(text)] for offsets, text in zip(sentences, texts, strict=True)]
    block = Columns(
        number=numbers,
        session=np.array(session, np.int64),
        ids=ids,
        episodes=episodes,
        texts=texts,
        titles=_shared(titles),
        speakers=Coded.of(speakers),
        is_turn=np.array([kind == "turn" for kind in kinds], bool),
        said_at=_seconds(*moment),
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
    _fill_vectors(run, at, block)
    fill_tokens(block, _token_rows(run, at))
    return block


def _pages(at: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield where each page begins, and its notes; one page if there are none."""
    for first in range(0, max(len(at), 1), PAGE):
        yield first, list(at[first : first + PAGE])


def _notes(run: Run, at: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the columns of the notes. Raises MovedError if one is gone."""
    rows: list[list[Any]] = []
    for _, page in _pages(at):
        ((found,),) = run(queries.NOTE_COLUMNS, {"at": page})
        rows += found
    refuse_moved(rows, at)
    if any(None in row[:N_REQUIRED] for row in rows):
        raise MovedError
    return list(zip(*rows, strict=True)) or [()] * N_COLUMNS


def _collected(run: Run, statement: str, at: Sequence[str]) -> Lists:
    """Return the lists of all pages, one behind the other; `note` counts over all of them."""
    whole: Lists = {}
    for first, page in _pages(at):
        ((lists,),) = run(statement, {"at": page})
        refuse_moved(*lists.values())
        if first:
            lists["note"] = [first + i for i in lists["note"]]
        for name, values in lists.items():
            whole.setdefault(name, []).extend(values)
    return whole


def _shared(values: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return the values, equal ones as one object."""
    same: dict[str | None, str | None] = {}
    return tuple(same.setdefault(value, value) for value in values)


def _seconds(second: Sequence[int | None], micro: Sequence[int | None]) -> NDArray[np.float64]:
    pairs = zip(second, micro, strict=True)
    return np.array(
        [np.nan if s is None or us is None else (s * 1_000_000 + us) / 1e6 for s, us in pairs],
        np.float64,
    )


def _mentions(
    run: Run, at: Sequence[str], whose: Sequence[ScopeKey], numbering: _Numbering
) -> tuple[Numbers, NDArray[np.int32]]:
    lists = _collected(run, queries.MENTION_COLUMNS, at)
    rows = lists["note"]
    names = [numbering.number(whose[i], name) for i, name in zip(rows, lists["name"], strict=True)]
    kinds = [KIND_NUMBERS[kind] for kind in lists["kind"]]
    columns = (names, lists["start"], lists["end"], kinds, lists["initial"])
    table = np.array(columns, np.int32).reshape(5, -1).T
    note = np.array(rows, np.int64)
    order = np.lexsort((np.array(lists["place"], np.int64), table[:, 1], note))
    counts = np.bincount(note, minlength=len(at))
    return indptr_of(counts), np.ascontiguousarray(table[order])


def _claims(
    run: Run, at: Sequence[str], whose: Sequence[ScopeKey], numbering: _Numbering
) -> tuple[Numbers, NDArray[np.int32], tuple[str, ...]]:
    lists = _collected(run, queries.CLAIM_COLUMNS, at)
    rows = lists["note"]
    ends = [
        [numbering.number(whose[i], name) for i, name in zip(rows, lists[end], strict=True)]
        for end in ("subject", "object")
    ]
    table = np.array(ends, np.int32).reshape(2, -1).T
    note = np.array(rows, np.int64)
    order = np.lexsort((np.array(lists["place"], np.int64), note))
    counts = np.bincount(note, minlength=len(at))
    same: dict[str, str] = {}
    relations = [same.setdefault(relation, relation) for relation in lists["relation"]]
    return (
        indptr_of(counts),
        np.ascontiguousarray(table[order]),
        tuple(relations[i] for i in order.tolist()),
    )


def _fill_vectors(run: Run, at: Sequence[str], block: Columns) -> None:
    """Read vectors straight into the arrays; a sentence without its own row has its note's."""
    n, indptr = len(block.number), block.sentence_indptr
    vectors: NDArray[np.float32] | None = None
    sentences_of: NDArray[np.float16] | None = None
    for first, page in _pages(at):
        ((places, rows, sentences),) = run(queries.VECTOR_COLUMNS, {"at": page, "nothing": b""})
        refuse_moved(places, rows, sentences)
        for place, row_bytes, sentence_bytes in zip(places, rows, sentences, strict=True):
            i, row = first + place, np.frombuffer(row_bytes, "<f4")
            if vectors is None:
                vectors = np.zeros((n, len(row)), np.float32)
            vectors[i] = row
            block.has_vectors[i] = 1
            if sentence_bytes:
                if sentences_of is None:
                    sentences_of = np.zeros((int(indptr[-1]), len(row)), np.float16)
                own = np.frombuffer(sentence_bytes, "<f2").reshape(-1, len(row))
                sentences_of[indptr[i] : indptr[i + 1]] = own
                block.has_vectors[i] = 2
    if vectors is not None and sentences_of is not None:
        for i in np.flatnonzero(block.has_vectors == 1).tolist():
            sentences_of[indptr[i] : indptr[i + 1]] = vectors[i]
    block.vectors, block.sentence_vectors = vectors, sentences_of


def _token_rows(run: Run, at: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Yield the signs of each note's tokens with the note's place, in order."""
    for first, page in _pages(at):
        ((places, signs),) = run(queries.TOKEN_COLUMNS, {"at": page})
        refuse_moved(places, signs)
        yield from ((first + place, blob) for place, blob in zip(places, signs, strict=True))
