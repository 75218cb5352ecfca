"""Bases: the engine of a scope's memory as it is now, kept beside its store for the next process.

A base is used as it is if the store is in the state that it was made of, to the write. One that is
some writes behind is brought forward as a snapshot in memory is; one of another store, another
state, another graphmem or another encoder is made anew.
"""

import logging
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer

from graphmem.arrays import GraphSnapshot, SnapshotVectors
from graphmem.contracts import Clock, Encoder, GraphStore, IndexedStore, TokenEncoder
from graphmem.errors import StoreError
from graphmem.graph.journal import Identities
from graphmem.graph.snapshot.build import Carried, Moment
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.graph import ColumnGraph
from graphmem.graph.snapshot.surfaces import Names as Surfaces
from graphmem.index.container import read_container, write_container
from graphmem.index.tree import Packer, Unpacker
from graphmem.retrieve.engine import EngineParts
from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.links import Links
from graphmem.retrieve.names.postings import NamePostings
from graphmem.retrieve.passages.index import Passages, PassageVectors
from graphmem.retrieve.passages.walk import Namesakes
from graphmem.retrieve.question.period import Moments
from graphmem.retrieve.turns.codes import RowCodes
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.late_interaction import TokenIndex
from graphmem.retrieve.turns.parts import TurnParts
from graphmem.retrieve.turns.vectors import TurnVectors
from graphmem.retrieve.turns.windows import Windows
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.overlay import Overlay, Table
from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.said import Said
from graphmem.retrieve.words.sparse import Sparse
from graphmem.retrieve.words.spliced import Spliced
from graphmem.retrieve.words.tokens import Tokens
from graphmem.retrieve.words.trigrams import Trigrams
from graphmem.retrieve.words.vocabulary import Vocabulary
from graphmem.types import ScopeKey

_log = logging.getLogger(__name__)

FEWEST_NOTES = 2_000
"""Of a memory that is kept: a smaller one is derived in less than a fifth of a second."""
MOST_BEHIND, NOTES_A_WRITE, FARTHEST = 64, 4_096, 256
"""Writes after which a base is written again by a process that goes on: of a large memory one for
so many notes, but no more than the last."""
NOTES_A_START = 32_768
"""A new process brings a base forward by a write for so many notes before it writes it again: to
bring forward takes far less, to write it in proportion to the notes."""
GROWN = 0.05
"""Share of notes more or fewer from which it is written again at once."""

TYPES = (
    EngineParts, GraphSnapshot, ColumnGraph, SnapshotVectors, Carried, Moment, Columns, Surfaces,
    Identities, WordIndex, Tokens, Said, Vocabulary, Ragged, Counts, Table, Overlay, Sparse,
    Spliced, Trigrams, TurnParts, TurnIndex, Windows, TurnVectors, RowCodes, TokenIndex, Passages,
    PassageVectors, Moments, Links, Names, NamePostings, Namesakes,
)  # fmt: skip
"""The records that a base is made of; no other is made when one is read."""


class _UnusableError(Exception):
    """A base is whole, and of no use here."""


class StoreBases:
    """The bases of one store, for one encoder."""

    def __init__(self, store: IndexedStore, encoder: Encoder, clock: Clock) -> None:
        self._store, self._encoder, self._clock = store, encoder, clock
        self._kept: tuple[str, int] | None = None
        """State and number of notes of what this process has read or written last."""
        self._is_behind = False
        """Whether what was read has to be brought forward, and was not yet."""

    def load(self, scopes: Sequence[ScopeKey]) -> EngineParts | None:
        """Return what was kept of a scope; None if that is nothing, or nothing of use."""
        if len(scopes) != 1:
            return None
        path = self._store.index_files.path(scopes[0])
        try:
            return self._read(path, scopes[0])
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, _UnusableError) as error:
            _log.warning("the index %s is made anew: %s", path, error)
            self._store.index_files.forget(scopes[0])
            return None

    def _read(self, path: Path, scope: ScopeKey) -> EngineParts:
        try:
            tree, arrays = read_container(path)
        except ValueError as error:
            raise _UnusableError(str(error)) from error
        if tree["made"] != self._made():
            raise _UnusableError("another version of graphmem, or another encoder, made it")
        try:
            parts: EngineParts = Unpacker(arrays, TYPES).unpack(tree["parts"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise _UnusableError("it is damaged") from error
        moment = _moment(parts)
        state = tree["state"]
        if moment is None or moment.scopes != (scope,) or not self._is_before(moment, state):
            raise _UnusableError("it is of another state of the store")
        self._kept = state, len(parts.snapshot.note_ids)
        self._is_behind = not self.is_of(parts, self._store.version_token(scope))
        return parts

    def is_of(self, parts: EngineParts, version: str) -> bool:
        """Tell whether parts are of a state of the store."""
        moment = _moment(parts)
        return moment is not None and version == f"{moment.store}-{moment.version}"

    def keep(self, parts: EngineParts) -> None:
        """Write down the engine of a scope if there is no base, or one that is far behind."""
        n_notes, moment = len(parts.snapshot.note_ids), _moment(parts)
        if moment is None or len(moment.scopes) != 1 or n_notes < FEWEST_NOTES:
            return
        (scope,) = moment.scopes
        if self._kept is not None and self._store.index_files.path(scope).exists():
            (state, n_kept), most = self._kept, self._most_behind(n_notes)
            self._is_behind = False
            behind = self._store.writes_since(scope, state)
            is_near = abs(n_notes - n_kept) <= GROWN * n_kept
            if behind is not None and behind < most and is_near:
                return
        self.write(parts)

    def _most_behind(self, n_notes: int) -> int:
        """Return after how many writes the base of a memory of so many notes is written again."""
        least, notes = (1, NOTES_A_START) if self._is_behind else (MOST_BEHIND, NOTES_A_WRITE)
        return max(min(n_notes // notes, FARTHEST), least)

    def write(self, parts: EngineParts) -> bool:
        """Write a base; False: another process does, it cannot be, or the store was written since.

        Its file is there when it is whole.
        """
        moment = _moment(parts)
        if moment is None:
            return False
        (scope,) = moment.scopes
        try:
            with self._store.index_files.writing(scope) as part:
                if part is None:
                    return False
                state = self._store.state(scope)
                if not self.is_of(parts, self._store.version_token(scope)):
                    part.unlink()
                    return False
                packer = Packer()
                tree = {"made": self._made(), "state": state, "parts": packer.pack(parts)}
                with part.open("r+b") as out:
                    write_container(out, tree, packer.arrays)
        except OSError as error:  # the disk is full, or a deletion took the file away
            _log.warning("the index of %s was not written: %s", scope, error)
            return False
        self._kept, self._is_behind = (state, len(parts.snapshot.note_ids)), False
        return True

    def _is_before(self, moment: Moment, state: str) -> bool:
        """Tell whether the store was once in the state of a base, and is not long past it."""
        if moment.now is not None and self._clock() < moment.now:
            return False
        (scope,) = moment.scopes
        try:
            token = self._store.version_token(scope)
        except StoreError:
            return False
        store, _, _ = token.rpartition("-")
        return store == moment.store and self._store.writes_since(scope, state) is not None

    def _made(self) -> str:
        """Return what makes one engine differ from another of the same records."""
        encoder = self._encoder
        has_tokens = isinstance(encoder, TokenEncoder)
        return f"{code_digest()} {encoder.name} {encoder.dim} {has_tokens}"


def apart(parts: EngineParts) -> EngineParts:
    """Return the same parts, which share nothing with what they were made of: neither texts that
    were erased nor a file that is mapped."""
    packer = Packer()
    tree = packer.pack(parts)
    made: EngineParts = Unpacker([np.array(one) for one in packer.arrays], TYPES).unpack(tree)
    return made


def bases_of(store: GraphStore, encoder: Encoder, clock: Clock, index: str) -> StoreBases | None:
    """Return the bases of a store; None if it has no place for them, or `index` is not `disk`."""
    if index != "disk" or not isinstance(store, IndexedStore):
        return None
    return StoreBases(store, encoder, clock)


def _moment(parts: EngineParts) -> Moment | None:
    carry = parts.snapshot.carry
    return carry.moment if isinstance(carry, Carried) else None


@cache
def code_digest() -> str:
    """Return a digest of all that derives an engine: this package's code, and what it builds on.

    An index that other code made might answer otherwise, if by a bit.
    """
    state = blake2b(digest_size=12)
    facts: list[Any] = [sys.version_info[:3], sys.byteorder, np.__version__, Stemmer.version()]
    state.update(repr([*facts, version("graphmem")]).encode())
    folder = Path(__file__).parents[1]
    rooms = ("", "dates", "graph", "graph/snapshot", "retrieve", "retrieve/*", "index")
    for path in sorted(path for room in rooms for path in folder.glob(f"{room}/*.py".lstrip("/"))):
        state.update(path.read_bytes())
    return state.hexdigest()
