"""Deleting: which episodes are meant, erased with all that came from them, then out of the file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphmem.batches import Batch, NoteRecord, WriteCounts
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
from graphmem.types import (
    ATOMIC_KINDS,
    Episode,
    EpisodeId,
    Note,
    NoteId,
    ScopeKey,
    Session,
    SessionId,
)

SHOWN = 20
"""Episodes that a refusal lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What one deletion is to do, by the records that were stored when it was made."""

    origins: list[EpisodeId]
    """Those of the episodes that are still there."""
    sessions: list[Session]
    """Where they are."""
    rest: Batch
    """What is derived again without them."""


class Deletions:
    """The deletions of one scope; a call that is repeated finds nothing left, and is no error.

    Nor are two calls at once: the one that comes second finds less left, or nothing. What was asked
    for is remembered as hashes while the process lives: an erased session has no tombstone that
    would tell it from one that never was.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey) -> None:
        self._store = store
        self._scope = scope
        self._erased: set[str] = set()

    def records(self, ids: Sequence[str], read: Callable[[Sequence[str]], list[Any]]) -> list[Any]:
        """Return the records of the ids; those that were deleted before, and are gone, are left.

        Raises MissingRecordError for an id that is not known.
        """
        found: list[Any] = []
        for id_ in ids:
            try:
                found += read([id_])
            except MissingRecordError:
                if not self._was_deleted(id_):
                    raise
        return found

    def _was_deleted(self, id_: str) -> bool:
        """Tell whether what is not there any more was deleted; what came back is there."""
        states = self._store.known(self._scope, [EpisodeId(id_)])
        return states.get(EpisodeId(id_)) == "tombstone" or text_hash(id_) in self._erased

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
            self._erase(origins, pipeline, tally=tally, asked=asked)
        rewrite_file(self._store, tally)

    def _erase(
        self,
        origins: Sequence[EpisodeId],
        pipeline: Pipeline,
        *,
        tally: Tally,
        asked: Iterable[str],
    ) -> None:
        """Erase what is still there of some episodes; derive again what stood beside them."""
        remembered: set[str] = set()

        def erase(plan: _Plan) -> WriteCounts:
            if not plan.origins:
                return WriteCounts()
            names = [*asked, *(name for session in plan.sessions for name in _names(session))]
            remembered.update({text_hash(name) for name in names} - self._erased)
            self._erased.update(remembered)  # before another thread can see that they are gone
            return pipeline.store.delete(plan.origins, plan.rest)

        try:
            plan, counts = in_one_transaction(
                pipeline.store,
                self._scope,
                plan=lambda: _planned(origins, pipeline, self._scope),
                write=erase,
            )
        except BaseException:
            self._erased -= remembered
            raise
        pipeline.forget_records()
        tally.deleted(counts, len(plan.origins))


def rewrite_file(store: GraphStore, tally: Tally) -> None:
    """Leave nothing of what was erased in any file; if that cannot be done now, say so."""
    try:
        store.compact()
    except (StoreBusyError, StoreUnavailableError) as error:
        tally.compaction_due(str(error))


def _planned(origins: Sequence[EpisodeId], pipeline: Pipeline, scope: ScopeKey) -> _Plan:
    """Plan to erase those of the episodes that nobody erased meanwhile."""
    store = pipeline.store
    states = store.known(scope, origins)
    left = [id_ for id_ in dict.fromkeys(origins) if states.get(id_) == "live"]
    episodes = store.read("episode", scope, left)
    gone: defaultdict[SessionId, list[EpisodeId]] = defaultdict(list)
    for episode in episodes:
        gone[episode.session_id].append(episode.id)
    sessions = store.read("session", scope, sorted(gone))
    rest = _rest(gone, sessions, pipeline, scope)
    return _Plan(origins=left, sessions=sessions, rest=rest)


def _rest(
    gone: Mapping[SessionId, list[EpisodeId]],
    sessions: Sequence[Session],
    pipeline: Pipeline,
    scope: ScopeKey,
) -> Batch:
    """Return what is derived again when the episodes are gone from their sessions."""
    records: list[NoteRecord] = []
    dropped: list[NoteId] = []
    for session in sessions:
        derived = derive(pipeline.store, session, removed=gone[session.id])
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
