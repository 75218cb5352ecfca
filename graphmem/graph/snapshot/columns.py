"""The notes of a snapshot as columns: one block that a store has read, or blocks joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphmem.graph.snapshot.surfaces import Names
from graphmem.runs import Coded
from graphmem.stacked import Rows
from graphmem.types import EpisodeId, NoteId
from graphmem.vectors import first_of_runs, token_bytes


@dataclass(frozen=True, slots=True)
class Sessions:
    """Where the notes of each of s sessions stand; some have none."""

    numbers: NDArray[np.int64]
    """(s,) the store's own, as they stand in the snapshot."""
    ends: NDArray[np.int64]
    """(s + 1,) the notes of session i are those from `ends[i]` up to `ends[i + 1]`."""

    @classmethod
    def of_notes(cls, sessions: NDArray[np.int64]) -> "Sessions":
        """Return those that have notes, given (n,) the session of each note."""
        first = first_of_runs(sessions)
        return cls(sessions[first], np.append(first, len(sessions)))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(s,) notes in each."""
        return np.diff(self.ends)

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the notes of some sessions begin and end, the same where one has none."""
        size = max(self.numbers.max(initial=-1), numbers.max(initial=-1)) + 1
        bounds = np.zeros((2, size), np.int64)
        bounds[:, self.numbers] = self.ends[:-1], self.ends[1:]
        return bounds[0, numbers], bounds[1, numbers]


@dataclass(kw_only=True, eq=False)
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
    sentence_spans: Rows[np.int32]
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
    vectors: Rows[np.float32] | None
    """(n, dim), zeros for a note without; None if no note has one."""
    sentence_vectors: Rows[np.float16] | None
    """(s, dim); None if no note has vectors of its sentences."""
    has_tokens: NDArray[np.bool_]
    """(n,) whether the signs of its tokens are kept, were there but none."""
    token_indptr: NDArray[np.int64]
    """(n + 1,)"""
    tokens: Rows[np.uint8]
    """(w, ceil(dim / 8)); (0, 0) if no note has any."""
    names: Names

    @cached_property
    def sessions(self) -> Sessions:
        """The sessions that have notes; of refreshed columns, those without as well."""
        return Sessions.of_notes(self.session)

    @property
    def n_notes(self) -> int:
        """How many notes there are."""
        return int(self.sessions.ends[-1]) if "sessions" in self.__dict__ else len(self.number)

    def take_all_sessions(self, sessions: Sessions) -> None:
        """Take all sessions of the store, those without notes as well."""
        self.sessions, self._knows_all = sessions, True

    _knows_all = False

    @property
    def knows_all_sessions(self) -> bool:
        """Whether its sessions are all that the store had: an index keeps those with notes."""
        return self._knows_all or "joint" in self.__dict__

    @property
    def is_whole(self) -> bool:
        """Whether its vectors have not gone over into other columns."""
        return self.vectors is not None or not self.has_vectors.any()

    def lose_vectors(self) -> None:
        """Let go of the vectors and tokens."""
        self.vectors = self.sentence_vectors = None
        self.tokens = np.empty((0, 0), np.uint8)

    if not TYPE_CHECKING:  # else any name would do

        def __getattr__(self, column: str) -> Any:
            """Put a column of joined blocks together, once."""
            joint = self.__dict__.get("joint")
            if joint is None or column not in self.__dataclass_fields__:
                raise AttributeError(column)
            value = joint.column(self, column)
            setattr(self, column, value)
            return value


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
