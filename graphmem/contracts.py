"""What the parts promise each other: small Protocols, batch in, batch out, in the order given.

Equal scores are ordered by id, and nothing stands in for an error. `tests/contract/` is the full
specification: every implementation that the registry names runs it.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from graphmem.answers import Hit
from graphmem.arrays import (
    GraphSnapshot,
    Matrix,
    Ranking,
    Restarts,
    Sieve,
    Steps,
    TokenVectors,
    TopRanking,
)  # fmt: skip
from graphmem.batches import Batch, Extraction, WriteCounts
from graphmem.changes import Change
from graphmem.index_files import IndexFiles
from graphmem.reading import StoreView
from graphmem.types import (
    ChangeId,
    EncoderIdentity,
    Episode,
    EpisodeId,
    Note,
    NoteId,
    ScopeKey,
    SessionId,
)

T = TypeVar("T")

Clock = Callable[[], datetime]
"""The time now, aware UTC."""


def utc_now() -> datetime:
    """Return the machine's time, aware UTC: the clock used unless another is given."""
    return datetime.now(UTC)


class Progress(Protocol):
    """Hears how far long work is; what it raises stops the work."""

    def __call__(self, what: str, done: int, total: int | None, /) -> None:
        """Hear what is at work, and how many items of how many are done; None: nobody knows."""
        ...


RecordKind = Literal[
    "session", "episode", "note", "entity", "fact", "mention", "claim",
    "link", "vector", "token", "change", "tombstone",
]  # fmt: skip


class Encoder(Protocol):
    """Turns texts into vectors."""

    name: str
    """Identity that a store records; another name is another vector space."""
    dim: int
    keeps_vectors: bool
    """False: search computes the vectors from the words each time, and a store keeps none."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows, (len(texts), dim); the same text gives the same row."""
        ...


def identity_of(encoder: Encoder) -> EncoderIdentity:
    """Return what a store records of an encoder."""
    return EncoderIdentity(encoder.name, encoder.dim)


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also returns its tokens' vectors, for late interaction."""

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, in order, as far as the encoder reads it.

        It costs hardly more than `encode`, which need not be called for the same texts.
        """
        ...


class Extractor(Protocol):
    """Finds entities and facts in notes."""

    name: str
    """`rule:<name>@<version>` or `model:<name>@<prompt version>`; becomes `created_by`."""

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        """Return one extraction a note, in order; every span lies inside the note's text.

        A note's `said_at` is in the speaker's zone here, so that "today" is the speaker's day.
        """
        ...


class Chat(Protocol):
    """Completes prompts."""

    def complete(self, prompts: Sequence[str]) -> list[str]:
        """Return one reply a prompt, in order."""
        ...


class GraphStore(StoreView, Protocol):
    """Holds records. Each method is one transaction: all of it happens, or none.

    Times are aware UTC. Records of one scope never show in another.
    """

    def write(self, batch: Batch) -> WriteCounts:
        """Upsert the batch; twice is once.

        A note record replaces the note's derived values, mentions and claims, and its vectors
        and token signs unless its vectors are None; the journal stays. Raises StoreError for an
        episode under a tombstone (see `known` and `Batch.restored`) or a tombstone for a live one
        (see `Batch.buried`), MissingRecordError for a session, episode or note that is referred
        to and not there.
        """
        ...

    def apply(self, changes: Sequence[Change]) -> None:
        """Append changes to the journal; reads show notes, links and names with them applied.

        Refused whole with StoreError if a field may not change, a value has no meaning, a `before`
        is not what is stored now, or an entity would be itself by a detour; MissingRecordError for
        a note, an entity that no note names, evidence or an earlier change that is not there.
        """
        ...

    def take_back(self, scope: ScopeKey, changes: Sequence[ChangeId]) -> None:
        """Take changes out of the journal: all is as if they had never been applied.

        Refused whole with StoreError if a change that stays depends on one of them, or follows it
        on the same value; MissingRecordError for one that is not in the journal.
        """
        ...

    def delete(self, origins: Sequence[EpisodeId], rewritten: Batch) -> WriteCounts:
        """Erase the episodes and every note that came from them, leave tombstones.

        Changes that name an erased note or episode, or an entity that no note names any more, are
        taken back, with those that depend on them: what an erased note had superseded is open
        again, `valid_until` too (same author, run and time). Sessions left empty go. `rewritten`
        (its scope counts) is what the caller derives again from the episodes that stay. Raises
        MissingRecordError for an unknown id before anything happens.
        """
        ...

    def atomically(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; all that it does to this store is one transaction.

        Nobody else writes meanwhile, so what `work` reads is what is stored when it writes. It
        runs in this thread and lets through what the store raises; then nothing was written. It
        may be called again, after a server went away: it must have no other effect. Raises
        StoreBusyError if another writer does not finish in time.
        """
        ...

    def one_state(
        self, scopes: Sequence[ScopeKey] | None = None
    ) -> AbstractContextManager[StoreView]:
        """Give what reads the state that the store has now, whoever writes while it is held.

        `scopes` are those that will be read, None: all. A store that cannot hold a state raises
        StoreBusyError at the end if one of them was written meanwhile. Inside `atomically` of
        the same thread it is the state of that transaction.
        """
        ...

    def known(self, scope: ScopeKey, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        """Return `live` or `tombstone` for those of `ids` that are either."""
        ...

    def neighbours(
        self,
        scope: ScopeKey,
        session: SessionId,
        order: tuple[str, int, str],
        *,
        before: int,
        after: int,
    ) -> list[Episode]:
        """Return up to `before` episodes ahead of `order` and `after` from it on, in order."""
        ...

    def notes_of(self, scope: ScopeKey, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        """Return the ids of the notes that have one of the episodes as origin, sorted."""
        ...

    def version_token(self, scope: ScopeKey) -> str:
        """Return a text that each write of the scope changes and no other store has."""
        ...

    def set_encoder(self, encoder: EncoderIdentity) -> None:
        """Record the encoder, once; EncoderMismatchError if another one is recorded."""
        ...

    def snapshot(
        self,
        scopes: Sequence[ScopeKey],
        as_of: datetime | None,
        previous: GraphSnapshot | None = None,
    ) -> GraphSnapshot:
        """Return what is true at `as_of` (None: now) as arrays.

        `previous`, an older snapshot of this store for the same scopes, makes it cheaper. Of the
        same time, once: what it carries goes over into the new one, its arrays stay, and it is
        returned itself if nothing was written since and it has its vectors.
        """
        ...

    def files(self) -> list[Path]:
        """Return the files in which this store's records stand; none where others keep them."""
        ...

    def compact(self) -> None:
        """Give back unused space, so that nothing deleted is left in any file."""
        ...

    def close(self) -> None:
        """Let go of files and connections; closing twice is fine."""
        ...


@runtime_checkable
class IndexedStore(GraphStore, Protocol):
    """A store with a place for what is derived of it, where nothing is left of what it deleted."""

    index_files: IndexFiles

    def state(self, scope: ScopeKey) -> str:
        """Return a text that no other state of the scope has, nor of a copy put in its place."""

    def writes_since(self, scope: ScopeKey, state: str) -> int | None:
        """Return how many writes ago it was; None: never, or long, or another client deleted."""
        ...


class Ranker(Protocol):
    """Personalised PageRank: scores every node of a graph by how often a walker visits it.

    A walker follows an edge with probability `damping`, else, and from a node without an edge, it
    jumps to a node drawn from its restart.
    """

    @property
    def damping(self) -> float:
        """In [0, 1)."""

    @property
    def name(self) -> str:
        """What runs here."""

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), each the same alone and among others.

        Raises ValueError if a row is no distribution over the n nodes: not negative, sum 1;
        NoConvergenceError if the scores do not settle.
        """
        ...

    def top(
        self,
        steps: Steps,
        restarts: Restarts,
        *,
        k: int,
        among: NDArray[np.bool_] | None = None,
        sieve: Sieve | None = None,
    ) -> list[TopRanking]:
        """Return the k best nodes for each row of `restarts`, of those in `among` (n,) alone.

        The walk goes over what `sieve` leaves. Fewer than k where fewer are visited. Raises as
        `rank`, and ValueError for a k below 1 or a mask that does not fit.
        """
        ...


class Retriever(Protocol):
    """Finds the notes that answer a question."""

    def search(self, question: str, *, k: int) -> list[Hit]:
        """Return at most k hits, best first, ties by id; [] for a blank question."""
        ...
