"""Deleting: which episodes are meant, erased with all that came from them, then out of the file."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from graphmem.batches import Batch, NoteRecord
from graphmem.contracts import GraphStore
from graphmem.errors import (
    ConfigError,
    MissingRecordError,
    StoreBusyError,
    StoreUnavailableError,
)
from graphmem.ids import text_hash
from graphmem.ingest.derive import derive
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.tally import Tally
from graphmem.ingest.transaction import in_one_transaction
from graphmem.types import ATOMIC_KINDS, Episode, EpisodeId, Note, NoteId, ScopeKey, Session

SHOWN = 20
"""Episodes that a refusal lists."""


class Deletions:
    """The deletions of one scope; a call that is repeated finds nothing left, and is no error.

    What was asked for is remembered as hashes while the process lives: an erased session has no
    tombstone that would tell it from one that never was.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey) -> None:
        self._store = store
        self._scope = scope
        self._erased: set[str] = set()

    def pending(self, ids: Sequence[str]) -> list[str]:
        """Return the ids without those that were deleted before."""
        states = self._store.known(self._scope, [EpisodeId(id_) for id_ in ids])
        return [
            id_
            for id_ in ids
            if states.get(EpisodeId(id_)) == "live"
            or (EpisodeId(id_) not in states and text_hash(id_) not in self._erased)
        ]

    def of_session(self, name: str) -> list[EpisodeId]:
        """Return the episodes of a session: its name, `COLLECTION/NAME` or id.

        Raises MissingRecordError, or ConfigError if several sessions have the name.
        """
        sessions = list(self._store.scan("session", self._scope))
        found = [session for session in sessions if name in _names(session)]
        if len(found) > 1:
            full = ", ".join(sorted(f"{s.collection}/{s.name}" for s in found))
            raise ConfigError(f"several sessions are named {name!r}; type one of: {full}")
        if not found and text_hash(name) not in self._erased:
            raise MissingRecordError("session", [name])
        ids = {session.id for session in found}
        return [e.id for e in self._store.scan("episode", self._scope) if e.session_id in ids]

    def run(
        self,
        origins: Sequence[EpisodeId],
        pipeline: Pipeline,
        *,
        tally: Tally,
        asked: Iterable[str] = (),
    ) -> None:
        """Erase episodes, and rewrite the file, also for a deletion that was stopped before.

        If the file cannot be rewritten now, the tally says so: the episodes are gone all the same.
        """
        if origins:
            episodes = self._store.read("episode", self._scope, origins)
            homes = sorted({episode.session_id for episode in episodes})
            sessions = self._store.read("session", self._scope, homes)
            erase(origins, pipeline, scope=self._scope, tally=tally)
            self._erased |= {text_hash(name) for name in asked}
            self._erased |= {text_hash(name) for session in sessions for name in _names(session)}
        rewrite_file(self._store, tally)


def rewrite_file(store: GraphStore, tally: Tally) -> None:
    """Leave nothing of what was erased in any file; if that cannot be done now, say so."""
    try:
        store.compact()
    except (StoreBusyError, StoreUnavailableError) as error:
        tally.compaction_due(str(error))


def erase(
    origins: Sequence[EpisodeId], pipeline: Pipeline, *, scope: ScopeKey, tally: Tally
) -> None:
    """Erase episodes and all that came from them; derive again what stood beside them."""
    _, counts = in_one_transaction(
        pipeline.store,
        scope,
        plan=lambda: _rest(origins, pipeline, scope),
        write=lambda rest: pipeline.store.delete(list(origins), rest),
    )
    pipeline.forget_records()
    tally.deleted(counts, len(set(origins)))


def _rest(origins: Sequence[EpisodeId], pipeline: Pipeline, scope: ScopeKey) -> Batch:
    """Return what is derived again when the episodes are gone. Raises MissingRecordError."""
    episodes = pipeline.store.read("episode", scope, origins)
    episodes.sort(key=lambda episode: episode.session_id)
    records: list[NoteRecord] = []
    dropped: list[NoteId] = []
    for session_id, gone in groupby(episodes, key=lambda episode: episode.session_id):
        (session,) = pipeline.store.read("session", scope, [session_id])
        derived = derive(pipeline.store, session, removed=[episode.id for episode in gone])
        records += pipeline.records(derived)
        dropped += derived.dropped
    return Batch(scope=scope, notes=tuple(records), dropped=tuple(dropped))


def origins_of(records: Iterable[Any]) -> list[EpisodeId]:
    """Return the episodes that episodes and notes of one turn or passage stand for.

    Raises ConfigError for a record of another kind, and for a note of several episodes.
    """
    found: dict[EpisodeId, None] = {}
    for record in records:
        match record:
            case Episode():
                found[record.id] = None
            case Note(kind=kind) if kind in ATOMIC_KINDS:
                found |= dict.fromkeys(record.origins)
            case Note():
                covered = ", ".join(record.origins[:SHOWN])
                more = f" and {len(record.origins) - SHOWN} more" * (len(record.origins) > SHOWN)
                raise ConfigError(
                    f"{record.id} is the note of a {record.kind}; delete those of its episodes "
                    f"that you mean: {covered}{more}"
                )
            case _:
                raise ConfigError(f"{record.id} is no episode or note: only those are deleted")
    return list(found)


def _names(session: Session) -> tuple[str, ...]:
    return session.id, session.name, f"{session.collection}/{session.name}"
