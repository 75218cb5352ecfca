"""What reading a kind of record gives: the half of `GraphStore` that is typed kind by kind."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol, overload, runtime_checkable

from graphmem.arrays import Matrix, TokenSigns
from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import Change
from graphmem.receipts import ImportReport
from graphmem.types import (
    ChangeId,
    EncoderIdentity,
    Entity,
    EntityId,
    Episode,
    Fact,
    Link,
    Metadata,
    Note,
    NoteId,
    ScopeKey,
    Session,
    SessionId,
)

Ids = Sequence[str]
Mentions = tuple[Mention, ...]
Claims = tuple[Claim, ...]


class RecordReader(Protocol):
    """Reads the records of one scope, which never show in another.

    A store may have one signature, `kind: RecordKind` giving `list[Any]` and `Iterator[Any]`.
    """

    @overload
    def read(self, kind: Literal["session"], scope: ScopeKey, ids: Ids) -> list[Session]: ...
    @overload
    def read(self, kind: Literal["episode"], scope: ScopeKey, ids: Ids) -> list[Episode]: ...
    @overload
    def read(self, kind: Literal["note"], scope: ScopeKey, ids: Ids) -> list[Note]: ...
    @overload
    def read(self, kind: Literal["entity"], scope: ScopeKey, ids: Ids) -> list[Entity]: ...
    @overload
    def read(self, kind: Literal["fact"], scope: ScopeKey, ids: Ids) -> list[Fact]: ...
    @overload
    def read(self, kind: Literal["mention"], scope: ScopeKey, ids: Ids) -> list[Mentions]: ...
    @overload
    def read(self, kind: Literal["claim"], scope: ScopeKey, ids: Ids) -> list[Claims]: ...
    @overload
    def read(self, kind: Literal["link"], scope: ScopeKey, ids: Ids) -> list[tuple[Link, ...]]: ...
    @overload
    def read(self, kind: Literal["vector"], scope: ScopeKey, ids: Ids) -> list[Matrix]: ...
    @overload
    def read(self, kind: Literal["token"], scope: ScopeKey, ids: Ids) -> list[TokenSigns]: ...
    @overload
    def read(self, kind: Literal["change"], scope: ScopeKey, ids: Ids) -> list[Change]: ...
    @overload
    def read(self, kind: Literal["tombstone"], scope: ScopeKey, ids: Ids) -> list[Tombstone]:
        """Return the records in the order of `ids`, repeats kept; MissingRecordError if absent.

        Mentions, claims, vectors, tokens and links go by note id: a tuple of `Mention` or `Claim`
        as the note's extractor gave them, a float32 matrix (1 + s, dim), `TokenSigns`, a tuple of
        the `Link`s that touch the note. Tombstones go by episode id, all else by its own id.
        """
        ...

    @overload
    def scan(self, kind: Literal["session"], scope: ScopeKey) -> Iterator[Session]: ...
    @overload
    def scan(self, kind: Literal["episode"], scope: ScopeKey) -> Iterator[Episode]: ...
    @overload
    def scan(self, kind: Literal["note"], scope: ScopeKey) -> Iterator[Note]: ...
    @overload
    def scan(self, kind: Literal["entity"], scope: ScopeKey) -> Iterator[Entity]: ...
    @overload
    def scan(self, kind: Literal["fact"], scope: ScopeKey) -> Iterator[Fact]: ...
    @overload
    def scan(
        self, kind: Literal["mention"], scope: ScopeKey
    ) -> Iterator[tuple[NoteId, Mentions]]: ...
    @overload
    def scan(self, kind: Literal["claim"], scope: ScopeKey) -> Iterator[tuple[NoteId, Claims]]: ...
    @overload
    def scan(self, kind: Literal["link"], scope: ScopeKey) -> Iterator[Link]: ...
    @overload
    def scan(self, kind: Literal["vector"], scope: ScopeKey) -> Iterator[tuple[NoteId, Matrix]]: ...
    @overload
    def scan(
        self, kind: Literal["token"], scope: ScopeKey
    ) -> Iterator[tuple[NoteId, TokenSigns]]: ...
    @overload
    def scan(self, kind: Literal["change"], scope: ScopeKey) -> Iterator[Change]: ...
    @overload
    def scan(self, kind: Literal["tombstone"], scope: ScopeKey) -> Iterator[Tombstone]:
        """Yield every record of one kind in one scope, sorted by id, as they are at the first one.

        A store that cannot hold a state still raises StoreBusyError if the scope was written.
        Mentions, claims, vectors and tokens come as (note id, what `read` gives) for the notes
        that have any, token signs of no token included; links one by one.
        """
        ...


class StoreView(RecordReader, Protocol):
    """What is read of a store: as it is, or as it was when `GraphStore.one_state` was entered."""

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        """Return the changes of a note's fields, of the links from it, or of an entity.

        They come in the order in which they were applied. Raises MissingRecordError for an id that
        is neither a note nor an entity and has none.
        """
        ...

    def scopes(self) -> list[ScopeKey]:
        """Return every scope that has a record, sorted."""
        ...

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        """Return the number of records a kind, and under `bytes` the size of the whole store."""
        ...

    def encoder(self) -> EncoderIdentity | None:
        """Return the identity of the encoder that made the vectors; None: not chosen."""
        ...


@runtime_checkable
class JournalReader(Protocol):
    """A store that reads its journal from the end, a page at a time; others are read whole."""

    def journal(
        self,
        scope: ScopeKey,
        *,
        before: ChangeId | None = None,
        run: str | None = None,
        but: str | None = None,
        limit: int,
    ) -> list[Change]:
        """Return up to `limit` changes, the last applied first: of a run, or of none `but` that.

        `before` is a change that they come before; none do if it is not in the journal.
        """
        ...


@runtime_checkable
class LinkReader(Protocol):
    """A store that finds links by their kind; of others all links are gone through."""

    def links_of(self, scope: ScopeKey, kinds: Sequence[str]) -> list[Link]:
        """Return the links of some kinds, sorted as a scan yields them."""
        ...


@runtime_checkable
class ImportLog(Protocol):
    """A store that keeps what the last imports did. It is no record, and in no dump or snapshot."""

    def imports(self, scope: ScopeKey) -> tuple[ImportReport, ...]:
        """Return what the last imports into a scope did, the newest first."""
        ...

    def keep_import(self, scope: ScopeKey, report: ImportReport) -> None:
        """Keep one more, as `with_import` says; twice is once, and the scope's version stays.

        `delete` leaves the counts of those of its scope and erases their words: what was deleted
        may stand in a message or a file's name.
        """
        ...


@runtime_checkable
class ProbedReader(Protocol):
    """A store that finds its probed notes by an index; the journal of others is read whole."""

    def probed(self, scope: ScopeKey) -> list[NoteId]:
        """Return the notes that changes gave questions, sorted; some may have none any more."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A turn or passage of a session that was written, as far as an evolution asks."""

    note: NoteId
    session: SessionId
    is_derived: bool
    """Its own row was written, not only its session. In Neo4j its changes stand there too."""
    evolved_by: str
    metadata: Metadata
    """Of its episode."""


@dataclass(frozen=True, slots=True)
class Written:
    """What of a scope was written since some state of it."""

    token: str
    """Of the state that was read: what `version_token` gives."""
    sessions: frozenset[SessionId]
    """Those that were written and are there."""
    gone: frozenset[SessionId]
    """Those of the known ones that are not there any more."""
    notes: tuple[WrittenNote, ...]
    """All turns and passages of `sessions`."""
    same: Mapping[EntityId, EntityId]
    """What each entity is now that is another one."""


@runtime_checkable
class WatchedView(StoreView, Protocol):
    """A view that knows what was written when, by an index; a store need not have one."""

    def written(self, scope: ScopeKey, since: str, known: Set[SessionId]) -> Written:
        """Return what was written since a state with that token, to one who knows its sessions.

        All of it, if this store was never in that state, or nothing is known of it.
        """
        ...


@runtime_checkable
class WatchedStore(Protocol):
    """A store that tells whether what is done now may still be taken back.

    What an evolution knows of it is then kept for the next one; its views may be `WatchedView`s.
    """

    @property
    def is_in_transaction(self) -> bool:
        """Whether this thread is inside `atomically`."""
        ...
