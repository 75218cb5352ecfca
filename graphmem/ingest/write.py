"""Arrivals -> one transaction: what is new, what a file says otherwise now, and what follows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from logging import DEBUG

from graphmem.batches import Batch, NoteRecord, WriteCounts
from graphmem.contracts import GraphStore, identity_of
from graphmem.ingest.alignment import FIRST, PAGE, last_of, stored_from
from graphmem.ingest.arrivals import Arrival, Reading
from graphmem.ingest.derive import derive
from graphmem.ingest.episodes import Numbering
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.tally import Tally
from graphmem.ingest.transaction import in_one_transaction
from graphmem.steps import step
from graphmem.types import Episode, EpisodeId, Metadata, NoteId, ScopeKey, Session, SessionId


@dataclass(slots=True)
class _Edit:
    """What one transaction does to one session."""

    session: Session
    added: dict[EpisodeId, Episode] = field(default_factory=dict)
    changed: dict[EpisodeId, Episode] = field(default_factory=dict)
    removed: list[EpisodeId] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one transaction is to do, by the records that were stored when it was made."""

    numbering: Numbering
    """As it is with the turns numbered."""
    arrivals: list[Arrival]
    known: int = 0
    tombstoned: int = 0
    removed: list[EpisodeId] = field(default_factory=list)
    batch: Batch | None = None
    """None: everything is stored as it is."""


def write(
    turns: Sequence[Turn],
    numbering: Numbering,
    pipeline: Pipeline,
    *,
    scope: ScopeKey,
    tally: Tally,
    restore: bool,
) -> Numbering:
    """Write what is new of the turns, with all that follows from them, in one transaction.

    Returns the numbering that goes on behind them; the one that was given stays as it was.
    """
    with step("write", level=DEBUG) as done:
        plan, counts = in_one_transaction(
            pipeline.store,
            scope,
            plan=lambda: planned(turns, numbering.copy(), pipeline, restore=restore),
            write=lambda plan: _commit(plan.batch, plan.removed, pipeline),
        )
        done.told(run=pipeline.run_id, turns=len(turns), removed=len(plan.removed))
    pipeline.forget_records()
    for arrival in plan.arrivals:
        is_there = restore or arrival.state != "tombstone"
        tally.read(arrival.turn, arrival.session, arrival.id if is_there else None)
    tally.known(plan.known)
    tally.tombstoned(plan.tombstoned)
    if plan.removed:
        tally.deleted(counts, len(plan.removed))
    else:
        tally.written(counts)
    return plan.numbering


def planned(
    turns: Sequence[Turn], numbering: Numbering, pipeline: Pipeline, *, restore: bool
) -> Plan:
    """Return what is to be written of the turns; `numbering` goes on. Nothing is written."""
    store = pipeline.store
    arrivals = numbering.number(turns)
    wanted = [a for a in arrivals if not a.state or (restore and a.state == "tombstone")]
    known = [a for a in arrivals if a.state == "live"]
    edits = {a.session.id: _Edit(a.session) for a in arrivals}
    again = 0
    for arrival in wanted:
        added = edits[arrival.session.id].added
        first = added.get(arrival.id)
        again += first is not None
        added[arrival.id] = _renewed(first, arrival) if first else arrival.episode()
    _change_known(store, edits, known)
    _make_room(store, edits, arrivals)
    _remove_left_out(store, edits, arrivals, numbering.ended)
    needed = [e for e in edits.values() if e.added or e.changed or e.removed]
    return Plan(
        numbering=numbering,
        arrivals=arrivals,
        known=again + len(known),
        tombstoned=len(arrivals) - len(wanted) - len(known),
        removed=[id_ for edit in needed for id_ in edit.removed],
        batch=_batch(needed, {a.id for a in wanted if a.state}, pipeline) if needed else None,
    )


def write_episodes(
    arrivals: Iterable[tuple[Session, Episode]], pipeline: Pipeline, *, tally: Tally
) -> None:
    """Write episodes of one scope as they are, with all that follows from them."""
    edits: dict[SessionId, _Edit] = {}
    for session, episode in arrivals:
        edits.setdefault(session.id, _Edit(session)).added[episode.id] = episode
    if not edits:
        return
    _, counts = in_one_transaction(
        pipeline.store,
        next(iter(edits.values())).session.scope,
        plan=lambda: _batch(list(edits.values()), set(), pipeline),
        write=lambda batch: _commit(batch, (), pipeline),
    )
    pipeline.forget_records()
    tally.written(counts)


def _change_known(store: GraphStore, edits: dict[SessionId, _Edit], known: list[Arrival]) -> None:
    """Note the stored episodes that a file, or new metadata, renews."""
    compared = [a for a in known if a.turn.file is not None or a.turn.metadata]
    if not compared:
        return
    scope, ids = compared[0].session.scope, [a.id for a in compared]
    for arrival, stored in zip(compared, store.read("episode", scope, ids), strict=True):
        changed = edits[arrival.session.id].changed
        before: Episode = changed.get(arrival.id, stored)
        now = _renewed(before, arrival)
        if now != before:
            changed[arrival.id] = now


def _renewed(stored: Episode, arrival: Arrival) -> Episode:
    """Return an episode as it is after it was read once more.

    A passage is what its document says now. Of two records of one turn, each key of the metadata
    keeps the larger value and the source's place is the larger one, so that their order is nothing.
    """
    turn = arrival.turn
    if turn.is_passage:
        return replace(arrival.episode(), source_id=turn.source_id or "")
    position = stored.position
    if turn.position is not None:
        position = max(stored.position, turn.position)
    elif turn.file is not None:
        position = arrival.position
    return replace(stored, position=position, metadata=_merged(stored.metadata, turn.metadata))


def _merged(one: Metadata, other: Metadata) -> Metadata:
    if one == other or not other:
        return one
    keys = sorted({*one, *other})
    return {key: max((m[key] for m in (one, other) if key in m), key=_canonical) for key in keys}


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _make_room(
    store: GraphStore, edits: dict[SessionId, _Edit], arrivals: Sequence[Arrival]
) -> None:
    """Move what stands where a file that begins inside a session puts something new."""
    inside = [a for a in arrivals if _begins_inside(a)]
    inside.sort(key=lambda a: (a.session.id, a.when))
    for _, run in groupby(inside, key=lambda a: (a.session.id, a.when)):
        group = list(run)
        places = [a.position for a in group if not a.state and a.turn.position is None]
        if not places:
            continue
        ids = {a.id for a in group}
        order = (group[0].when, min(places), "")
        behind = [e for e in stored_from(store, group[0].session, order) if e.id not in ids]
        taken = max(a.position for a in group) + 1
        shift = taken - min((e.position for e in behind), default=taken)
        if shift > 0:
            moved = {e.id: replace(e, position=e.position + shift) for e in behind}
            edits[group[0].session.id].changed |= moved


def _begins_inside(arrival: Arrival) -> bool:
    group = arrival.reading.groups.get(arrival.when)
    return group is not None and group.start is not None


def _remove_left_out(
    store: GraphStore,
    edits: dict[SessionId, _Edit],
    arrivals: Sequence[Arrival],
    ended: Iterable[Reading],
) -> None:
    """Note what a document no longer holds, and a file's last turn that has gone on since."""
    for arrival in arrivals:
        if arrival.is_first_new and arrival.reading.is_whole and not arrival.turn.is_passage:
            last = last_of(store, arrival.session)
            if last and last.id != arrival.behind and _goes_on(last, arrival):
                edits[arrival.session.id].removed.append(last.id)
    for reading in ended:
        if _may_leave_out(store, reading):
            edit = edits.setdefault(reading.session.id, _Edit(reading.session))
            stored = stored_from(store, reading.session, FIRST, all_times=True)
            left_out = (e.id for e in stored if e.title is not None and e.id not in reading.seen)
            edit.removed += left_out


def _may_leave_out(store: GraphStore, reading: Reading) -> bool:
    """Tell whether passages that a file held before may be stored that it holds no longer."""
    is_own = reading.file is not None and reading.session.name == reading.file.name
    if reading.seen or not (reading.is_whole and is_own and reading.has_new):
        return bool(reading.seen) and (is_own or reading.has_new)
    head = store.neighbours(reading.session.scope, reading.session.id, FIRST, before=0, after=PAGE)
    return any(e.title is not None for e in head)  # a document before, read as a dialogue now


def _goes_on(last: Episode, arrival: Arrival) -> bool:
    """Tell whether a turn is the last stored one, read when it was not yet written to its end."""
    turn = arrival.turn
    return (
        (last.speaker, last.stands_at) == (turn.speaker, arrival.stands_at)
        and turn.source_id in (None, last.source_id)
        and turn.text != last.text
        and turn.text.startswith(last.text)
    )


def _batch(edits: Sequence[_Edit], lifted: set[EpisodeId], pipeline: Pipeline) -> Batch:
    """Return what is written of the edits, with all that is derived from them."""
    records: list[NoteRecord] = []
    dropped: list[NoteId] = []
    removed = [id_ for edit in edits for id_ in edit.removed]
    for edit in sorted(edits, key=lambda edit: edit.session.id):
        changed = [e for id_, e in edit.changed.items() if id_ not in edit.removed]
        derived = derive(
            pipeline.store,
            edit.session,
            added=list(edit.added.values()),
            removed=edit.removed,
            changed=changed,
        )
        records += pipeline.records(derived)
        dropped += derived.dropped
    return Batch(
        scope=edits[0].session.scope,
        sessions=tuple(edit.session for edit in edits if edit.added),
        episodes=tuple(
            e
            for edit in edits
            for e in (*edit.added.values(), *edit.changed.values())
            if e.id not in removed
        ),
        notes=tuple(records),
        dropped=tuple(dropped),
        restored=(*lifted, *removed),
    )


def _commit(batch: Batch | None, removed: Sequence[EpisodeId], pipeline: Pipeline) -> WriteCounts:
    if batch is None:
        return WriteCounts()
    with pipeline.timed("write"):
        pipeline.store.set_encoder(identity_of(pipeline.encoder))
        if removed:
            return pipeline.store.delete(removed, batch)
        return pipeline.store.write(batch)
