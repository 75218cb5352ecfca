"""Neo4jStore: a memory in a Neo4j database, written by flows, read by people with Cypher."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.batches import Batch, WriteCounts
from graphmem.changes import Change
from graphmem.contracts import Clock, RecordKind, utc_now
from graphmem.errors import MissingRecordError, StoreBusyError
from graphmem.graph.neo4j import erase, index, queries, statements, write
from graphmem.graph.neo4j.cached import Erased, cached_index
from graphmem.graph.neo4j.connect import connect
from graphmem.graph.neo4j.driver import Neo4jDatabase, Run
from graphmem.graph.neo4j.imports import erase_words, imports_of, keep_import
from graphmem.graph.neo4j.journal import append_changes, take_back
from graphmem.graph.neo4j.read import PAGE, Reader, page_of
from graphmem.graph.neo4j.snapshot import consistent_snapshot, read_version
from graphmem.graph.neo4j.states import state_of, writes_since
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.graph.neo4j.written import written
from graphmem.graph.validate import check_batch, refuse_other_encoder
from graphmem.index_files import remove_index
from graphmem.reading import Written
from graphmem.receipts import ImportReport, with_import
from graphmem.types import (
    ChangeId,
    EncoderIdentity,
    Episode,
    EpisodeId,
    Link,
    NoteId,
    ScopeKey,
    SessionId,
)

T = TypeVar("T")


class Neo4jStore:
    """A `GraphStore` in a Neo4j database: `neo4j://HOST:7687`, `/DATABASE` behind it if need be.

    User and password come from the environment, never from the URL. Raises ConfigError for a URL
    that cannot be or a password that is not set, StoreUnavailableError if the server does not
    answer or holds no memory that `must_exist`, StoreError if it refuses or is too old,
    StoreVersionError if a newer graphmem wrote it.
    """

    def __init__(
        self,
        url: str,
        *,
        must_exist: bool = False,
        clock: Clock = utc_now,
        environment: Mapping[str, str] = os.environ,
        user_variable: str = "NEO4J_USER",
        password_variable: str = "NEO4J_PASSWORD",
    ) -> None:
        self._clock = clock
        server = connect(
            url,
            environment=environment,
            user_variable=user_variable,
            password_variable=password_variable,
        )
        self._database = Neo4jDatabase(server, must_exist=must_exist)
        self._encoder: EncoderIdentity | None = None
        whose = (server.address, server.database, environment.get(user_variable))
        self.index_files = cached_index(whose, environment)
        self._erased = Erased()

    def write(self, batch: Batch) -> WriteCounts:
        check_batch(batch, self.encoder())
        return self._database.write(
            lambda run, version: write.write(self._begun(run, version, batch.scope), batch)
        )

    def apply(self, changes: Sequence[Change]) -> None:
        scope_of = attrgetter("scope")
        groups = [
            (scope, list(group))
            for scope, group in groupby(sorted(changes, key=scope_of), key=scope_of)
        ]

        def append(run: Run, version: int) -> None:
            for scope, group in groups:
                append_changes(self._begun(run, version, scope), group)

        self._database.write(append)

    def take_back(self, scope: ScopeKey, changes: Sequence[ChangeId]) -> None:
        self._database.write(
            lambda run, version: take_back(self._begun(run, version, scope), changes)
        )

    def delete(self, origins: Sequence[EpisodeId], rewritten: Batch) -> WriteCounts:
        check_batch(rewritten, self.encoder())
        now = self._clock()

        def deleted(run: Run, version: int) -> WriteCounts:
            tx = self._begun(run, version, rewritten.scope)
            erase_words(run, rewritten.scope)
            return erase.delete(
                tx,
                origins,
                deleted_at=now,
                write_rest=lambda: write.write(tx, rewritten),
            )

        self._erased.is_due = True
        counts = self._database.write(deleted)
        self._remove_erased()
        return counts

    def atomically(self, work: Callable[[], T]) -> T:
        result = self._database.atomically(work)
        self._remove_erased()
        return result

    def read(self, kind: RecordKind, scope: ScopeKey, ids: Sequence[str]) -> list[Any]:
        found = self._database.read(lambda run: Reader(run, scope).records(kind, ids))
        absent = [id_ for id_ in ids if id_ not in found]
        if absent:
            raise MissingRecordError(kind, absent)
        return [found[id_] for id_ in ids]

    def scan(self, kind: RecordKind, scope: ScopeKey) -> Iterator[Any]:
        token, last = self.version_token(scope), ""
        while True:
            ids, records = self._database.read(partial(page_of, scope, kind, last))
            yield from records
            if len(ids) < PAGE:
                break
            last = ids[-1]
        if last and self.version_token(scope) != token:
            raise StoreBusyError(f"scope {scope} was written while it was read; try again")

    @contextmanager
    def one_state(self, scopes: Sequence[ScopeKey] | None = None) -> Iterator["Neo4jStore"]:
        """Give the store itself: Neo4j reads what is committed while it reads.

        So StoreBusyError at the end says that what was read may not fit together.
        """
        before = self._versions(scopes)
        busy = StoreBusyError("the store was written while it was read; let that end, try again")
        try:
            yield self
        except MissingRecordError as error:
            if self._versions(scopes) != before:
                raise busy from error
            raise
        if self._versions(scopes) != before:
            raise busy

    def _versions(self, scopes: Sequence[ScopeKey] | None) -> dict[ScopeKey, str]:
        return {s: self.version_token(s) for s in (self.scopes() if scopes is None else scopes)}

    def known(self, scope: ScopeKey, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        return self._database.read(lambda run: Reader(run, scope).known(ids))

    def neighbours(
        self,
        scope: ScopeKey,
        session: SessionId,
        order: tuple[str, int, str],
        *,
        before: int,
        after: int,
    ) -> list[Episode]:
        def beside(run: Run) -> list[Episode]:
            reader = Reader(run, scope)
            ahead = reader.neighbours(queries.AHEAD, session, order, before)
            return ahead[::-1] + reader.neighbours(queries.BEHIND, session, order, after)

        return self._database.read(beside)

    def notes_of(self, scope: ScopeKey, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        return self._database.read(lambda run: Reader(run, scope).notes_of(episodes))

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        return self._database.read(lambda run: Reader(run, scope).history(id_))

    def journal(
        self,
        scope: ScopeKey,
        *,
        before: ChangeId | None = None,
        run: str | None = None,
        but: str | None = None,
        limit: int,
    ) -> list[Change]:
        asked = {"before": before, "run": run, "but": but, "limit": limit}
        return self._database.read(lambda go: Reader(go, scope).journal_back(asked))

    def links_of(self, scope: ScopeKey, kinds: Sequence[str]) -> list[Link]:
        return self._database.read(lambda run: Reader(run, scope).links_of(kinds))

    def probed(self, scope: ScopeKey) -> list[NoteId]:
        ((ids,),) = self._database.read(lambda run: run(queries.PROBED, {"scope": scope}))
        return sorted(map(NoteId, ids))

    def written(self, scope: ScopeKey, since: str, known: Set[SessionId]) -> Written:
        return self._database.read(lambda run: written(run, scope, since, known))

    @property
    def is_in_transaction(self) -> bool:
        return self._database.is_in_transaction

    def scopes(self) -> list[ScopeKey]:
        rows = self._database.read(lambda run: run(statements.SCOPES, {}))
        return sorted(key for (key,) in rows)

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        """Return the number of records a kind; `bytes` is 0: Community does not tell its size."""
        return self._database.read(lambda run: Reader(run, scope).counts()) | {"bytes": 0}

    def imports(self, scope: ScopeKey) -> tuple[ImportReport, ...]:
        return self._database.read(lambda run: imports_of(run, scope))

    def keep_import(self, scope: ScopeKey, report: ImportReport) -> None:
        if with_import(kept := self.imports(scope), report) != kept:
            self._database.write(lambda run, _: keep_import(run, scope, report))

    def version_token(self, scope: ScopeKey) -> str:
        token, version = self._database.read(lambda run: read_version(run, scope))
        return f"{token}-{version}"

    def state(self, scope: ScopeKey) -> str:
        return self._database.read(lambda run: state_of(run, scope))

    def writes_since(self, scope: ScopeKey, state: str) -> int | None:
        return self._database.read(lambda run: writes_since(run, scope, state))

    def encoder(self) -> EncoderIdentity | None:
        if self._encoder is not None:
            return self._encoder
        rows = self._database.read(lambda run: run(statements.ENCODER, {}))
        found = next((EncoderIdentity(name, dim) for name, dim in rows if name is not None), None)
        if not self._database.is_in_transaction:
            self._encoder = found  # for good: it is recorded once
        return found

    def set_encoder(self, encoder: EncoderIdentity) -> None:
        if self.encoder() is None:
            index.make_vector_index(self._database, encoder.dim)
            parameters = {"encoder": encoder.name, "dim": encoder.dim}
            self._database.write(lambda run, _: run(statements.SET_ENCODER, parameters))
        refuse_other_encoder(self.encoder(), encoder)

    def snapshot(
        self,
        scopes: Sequence[ScopeKey],
        as_of: datetime | None,
        previous: GraphSnapshot | None = None,
    ) -> GraphSnapshot:
        return consistent_snapshot(self._database, scopes, as_of, previous, now=self._clock())

    def nearest(
        self, scope: ScopeKey, row: NDArray[Any], *, k: int, as_of: datetime | None = None
    ) -> list[tuple[NoteId, float]]:
        """Return notes near a unit row by the server's vector index; see `index.nearest`."""
        when = index.When(as_of, self._clock())
        return self._database.read(lambda run: index.nearest(run, scope, row, k, when))

    def matching(
        self, scope: ScopeKey, words: str, *, k: int, as_of: datetime | None = None
    ) -> list[tuple[NoteId, float]]:
        """Return notes by the server's full-text index; see `index.matching`."""
        when = index.When(as_of, self._clock())
        return self._database.read(lambda run: index.matching(run, scope, words, k, when))

    def files(self) -> list[Path]:
        return []

    def compact(self) -> None:
        """Remove the index: the server gives space back by itself; docs/neo4j.md for its logs."""
        remove_index(self.index_files)

    def close(self) -> None:
        self._database.close()

    def _remove_erased(self) -> None:
        """Remove the index once nobody can write an index of what was erased any more."""
        if self._erased.is_due and not self._database.is_in_transaction:
            remove_index(self.index_files)
            self._erased.is_due = False

    def _begun(self, run: Run, version: int, scope: ScopeKey) -> Transaction:
        encoder = self.encoder()
        is_indexed = encoder is not None and encoder.dim <= index.MOST_DIMENSIONS
        return Transaction(run, scope, version, is_indexed)
