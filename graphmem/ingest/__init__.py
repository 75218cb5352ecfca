"""Turns -> episodes, segments, notes, extractions, vectors, written in that order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from graphmem.batches import Batch, NoteRecord
from graphmem.contracts import Clock, Encoder, Extractor, GraphStore
from graphmem.ingest.derive import derive
from graphmem.ingest.embed import WholeTexts, with_vectors
from graphmem.ingest.episodes import EpisodeNumbering
from graphmem.ingest.extract import Describer, extract
from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.checked import checked
from graphmem.ingest.reading.dates import parse_as_of, parse_said_at
from graphmem.ingest.reading.given import given_turn
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.tally import Tally, reporting
from graphmem.types import Episode, EpisodeId, Note, NoteId, Problem, ScopeKey, Session, SessionId

__all__ = [
    "Pipeline",
    "Tally",
    "Turn",
    "WholeTexts",
    "checked",
    "forget",
    "given_turn",
    "ingest",
    "parse_as_of",
    "parse_said_at",
    "read_source",
    "reporting",
    "with_vectors",
]

EPISODES_PER_WRITE = 512
"""Episodes in one transaction: what a kill can cost, and what is in memory at one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The parts that make notes of episodes, and where they are written."""

    store: GraphStore
    extractor: Extractor
    describe: Describer
    encoder: Encoder
    """Recorded by the store with the first write; the store keeps its vectors unless they are
    derived from the words."""
    clock: Clock
    run_id: str


def ingest(
    items: Iterable[Turn | Problem],
    pipeline: Pipeline,
    *,
    scope: ScopeKey,
    tally: Tally,
    restore: bool = False,
) -> None:
    """Write everything that `items` hold and the store does not, a transaction at a time.

    What is there already is counted and left; what was deleted before stays deleted unless
    `restore`. Stopped at any point, a second call goes on where the first one was.
    """
    numbering = EpisodeNumbering(scope)
    pending: dict[EpisodeId, tuple[Session, Episode]] = {}
    for item in items:
        if isinstance(item, Problem):
            tally.problem(item)
            continue
        session, episode = numbering.number(item)
        tally.read(session)
        pending.setdefault(episode.id, (session, episode))
        if len(pending) >= EPISODES_PER_WRITE:
            _write(list(pending.values()), pipeline, tally, restore)
            pending.clear()
    if pending:
        _write(list(pending.values()), pipeline, tally, restore)


def _write(
    arrivals: Sequence[tuple[Session, Episode]], pipeline: Pipeline, tally: Tally, restore: bool
) -> None:
    """Write those of the arrivals that are new, with all that follows from them."""
    scope = arrivals[0][1].scope
    known = pipeline.store.known(scope, [episode.id for _, episode in arrivals])
    tombstoned = [id_ for id_, state in known.items() if state == "tombstone"]
    wanted = set(tombstoned) if restore else set()
    new = [(s, e) for s, e in arrivals if e.id not in known or e.id in wanted]
    tally.known(sum(state == "live" for state in known.values()))
    if not restore:
        tally.tombstoned(len(tombstoned))
    if not new:
        return
    sessions = {session.id: session for session, _ in new}
    records: list[NoteRecord] = []
    dropped: list[NoteId] = []
    for session_id, added in _by_session(episode for _, episode in new):
        derived = derive(pipeline.store, sessions[session_id], added=added)
        records += _records(derived.atomic, pipeline, fresh={e.id for e in added})
        records += [NoteRecord(note=note) for note in derived.composed]
        dropped += derived.dropped
    batch = Batch(
        scope=scope,
        sessions=tuple(sessions.values()),
        episodes=tuple(episode for _, episode in new),
        notes=tuple(_stamped(record, pipeline) for record in records),
        dropped=tuple(dropped),
        restored=tuple(tombstoned) if restore else (),
    )
    pipeline.store.set_encoder(pipeline.encoder.name, pipeline.encoder.dim)
    tally.written(pipeline.store.write(batch))


def forget(
    origins: Sequence[EpisodeId], pipeline: Pipeline, *, scope: ScopeKey, tally: Tally
) -> None:
    """Erase episodes and all that came from them, and derive their neighbours anew."""
    episodes: list[Episode] = pipeline.store.read("episode", scope, origins)
    records: list[NoteRecord] = []
    dropped: list[NoteId] = []
    for session_id, gone in _by_session(episodes):
        (session,) = pipeline.store.read("session", scope, [session_id])
        derived = derive(pipeline.store, session, added=(), removed=[e.id for e in gone])
        records += _records(derived.atomic, pipeline, fresh=())
        records += [NoteRecord(note=note) for note in derived.composed]
        dropped += derived.dropped
    rewritten = Batch(
        scope=scope,
        notes=tuple(_stamped(record, pipeline) for record in records),
        dropped=tuple(dropped),
    )
    tally.deleted(pipeline.store.delete(list(origins), rewritten), len(episodes))


def _by_session(episodes: Iterable[Episode]) -> list[tuple[SessionId, list[Episode]]]:
    ordered = sorted(episodes, key=lambda episode: (episode.session_id, episode.order))
    return [(id_, list(run)) for id_, run in groupby(ordered, key=lambda e: e.session_id)]


def _records(
    notes: Sequence[Note], pipeline: Pipeline, *, fresh: Collection[EpisodeId]
) -> list[NoteRecord]:
    """Extract from the notes; those of fresh episodes get vectors too, the others have theirs."""
    records = extract(notes, extractor=pipeline.extractor, describe=pipeline.describe)
    new = [record for record in records if record.note.origins[0] in fresh]
    old = [record for record in records if record.note.origins[0] not in fresh]
    return with_vectors(new, None if pipeline.encoder.derived else pipeline.encoder) + old


def _stamped(record: NoteRecord, pipeline: Pipeline) -> NoteRecord:
    note = replace(record.note, run_id=pipeline.run_id, written_at=pipeline.clock())
    return replace(record, note=note)
