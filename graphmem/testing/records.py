"""Invented records, whole and consistent, and what two stores or snapshots are compared by."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from graphmem import ids
from graphmem.arrays import GraphSnapshot, Matrix, SnapshotGraph, SnapshotVectors
from graphmem.batches import Batch, Claim, Extraction, Mention, NoteRecord
from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField, Target, chain_of
from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.named import entity_of
from graphmem.stacked import Stacked, whole
from graphmem.types import (
    ChangeId,
    EncoderIdentity,
    EntityId,
    Episode,
    EpisodeId,
    Link,
    Note,
    NoteId,
    ScopeKey,
    Session,
    SessionId,
)
from graphmem.vectors import packed_signs, unit_rows

ANA = ScopeKey("ana")
BEN = ScopeKey("ben/helper")
START = datetime(2024, 5, 1, 10, tzinfo=UTC)
DIM = 8
ENCODER = EncoderIdentity("test@1", DIM)
PLACES = ("Lisbon", "lisbon", "Porto", "PORTO", "北京大学", "Иван Петров")


@dataclass(frozen=True, slots=True)
class SampleTurn:
    """An episode with the note that comes from it."""

    session: Session
    episode: Episode
    record: NoteRecord

    @property
    def note(self) -> Note:
        """The note that comes from it."""
        return self.record.note


def session(name: str = "s1", scope: ScopeKey = ANA, *, collection: str = "book") -> Session:
    """Return a session by its name."""
    id_ = SessionId(ids.session_id(scope, collection, name))
    return Session(id=id_, scope=scope, collection=collection, name=name)


def turn(
    i: int,
    *,
    name: str = "s1",
    scope: ScopeKey = ANA,
    text: str | None = None,
    collection: str = "book",
) -> SampleTurn:
    """Return the i-th turn of a session: every third has no time, every fourth two sentences."""
    home = session(name, scope, collection=collection)
    first, second = PLACES[i % 6], PLACES[(i * 5 + 2) % 6]
    said = text or f"{first} is near {second}." + (f" So it is, {i}." if i % 4 == 0 else "")
    said_at = None if i % 3 == 2 else START + timedelta(minutes=i)
    episode = Episode(
        id=EpisodeId(ids.episode_id(home.id, str(i), "Ana", str(said_at), said)),
        scope=scope,
        session_id=home.id,
        source_id=f"D1:{i}",
        position=i if said_at is None else 0,
        text=said,
        speaker=("Ana", "Ben", None)[i % 3],
        said_at=said_at,
        title="A map" if i % 7 == 6 else None,
        metadata={"n": i, "nested": {"list": [1, None, "x"]}} if i % 2 else {},
    )
    return SampleTurn(
        home, episode, record_of(episode, kind="passage" if episode.title else "turn")
    )


def record_of(episode: Episode, *, kind: Any = "turn", context: str = "") -> NoteRecord:
    """Return the note of one episode, with two mentions, a claim, vectors, and a turn's tokens."""
    text = episode.text
    dot = text.find(". ") + 1
    note = Note(
        id=NoteId(ids.note_id(kind, episode.session_id, (episode.id,), text)),
        scope=episode.scope,
        session_id=episode.session_id,
        kind=kind,
        text=text,
        origins=(episode.id,),
        context=context or f"{episode.speaker} said",
        keywords=("near", "place"),
        tags=("map",),
        sentences=((0, dot), (dot + 1, len(text))) if dot else ((0, len(text)),),
        speaker=episode.speaker,
        title=episode.title,
        said_at=episode.said_at,
        valid_from=episode.said_at,
        created_by="rule:test@1",
        run_id="run",
        written_at=START,
    )
    names = [place for place in PLACES if place in text] or ["Nowhere"]
    mentions = tuple(
        Mention(name=name, start=0, end=min(4, len(text)), kind="name", initial=i == 0)
        for i, name in enumerate(names)
    )
    claim = Claim(subject=names[0], relation="near", object=names[-1], start=0, end=len(text))
    return NoteRecord(
        note=note,
        extraction=Extraction(mentions=mentions, claims=(claim,)),
        vectors=vectors(text, 1 + (len(note.sentences) if dot else 0)),
        tokens=packed_signs(vectors(text, len(text) % 3)) if kind == "turn" else None,
    )


def vectors(text: str, rows: int) -> Matrix:
    """Return unit rows that depend on the text alone."""
    seed = int.from_bytes(ids.text_hash(text).encode()[:8], "big")
    made = np.random.default_rng(seed).standard_normal((rows, DIM))
    return unit_rows(made)


def summary_of(turns: list[SampleTurn]) -> NoteRecord:
    """Return the segment note of several turns of one session."""
    turns = sorted(turns, key=lambda one: one.episode.order)
    text = "\n".join(one.episode.text for one in turns)
    origins = tuple(one.episode.id for one in turns)
    home = turns[0].session
    return NoteRecord(
        note=Note(
            id=NoteId(ids.note_id("segment", home.id, origins, text)),
            scope=home.scope,
            session_id=home.id,
            kind="segment",
            text=text,
            origins=origins,
        )
    )


def batch_of(*turns: SampleTurn, scope: ScopeKey = ANA, **more: Any) -> Batch:
    """Return a batch of the turns with their sessions and notes; `more` are other fields of it."""
    notes = tuple(one.record for one in turns) + more.pop("notes", ())
    return Batch(
        scope=scope,
        sessions=tuple({one.session.id: one.session for one in turns}.values()),
        episodes=tuple(one.episode for one in turns),
        notes=notes,
        **more,
    )


def change(note: Note, field: str, after: object, *, before: object = None, n: int = 0) -> Change:
    """Return a change of a field from its value in `note`, unless `before` says otherwise."""
    was = getattr(note, field) if before is None else before
    return Change(
        id=ChangeId(ids.change_id(note.id, field, str(was), str(after), str(n))),
        scope=note.scope,
        target=NoteField(note.id, field),
        before=was,
        after=after,
        reason="because",
        author="user",
        at=START + timedelta(days=n),
    )


def superseding(old: Note, new: NoteId, *, until: datetime, n: int = 0) -> list[Change]:
    """Return the two changes by which a newer note supersedes an old one."""
    return [
        change(old, "valid_until", until, n=n),
        change(old, "superseded_by", new, n=n),
    ]


def linking(
    source: Note, target: Note, weight: float | None, *, before: float | None = None, **more: Any
) -> Change:
    """Return a change of the link `about` from one note to another."""
    return _made(LinkTarget(source.id, target.id, "about"), before, weight, **more)


def naming(
    name: str,
    other: str | None,
    *,
    before: EntityId | None = None,
    alias: bool = False,
    **more: Any,
) -> Change:
    """Return a change by which what one name stands for is what another does; None: is not."""
    target = EntityTarget(entity_of(ANA, name), name if alias else None)
    return _made(target, before, None if other is None else entity_of(ANA, other), **more)


def _made(target: Target, before: object, after: object, **more: Any) -> Change:
    id_ = ids.change_id(*chain_of(target), str(before), str(after), str(sorted(more.items())))
    return Change(
        id=ChangeId(id_),
        scope=ANA,
        target=target,
        before=before,
        after=after,
        reason="because",
        author="user",
        at=START,
        **more,
    )


def filled(store: GraphStore) -> GraphStore:
    """Write all that there is: two scopes, a link, a journal, a tombstone; return the store."""
    store.set_encoder(ENCODER)
    turns = [turn(i) for i in range(9)]
    store.write(batch_of(*turns, notes=(summary_of(turns[:2]),)))
    store.write(batch_of(turn(1, scope=BEN), scope=BEN))
    first, second, third = (one.note for one in turns[:3])
    link = Link(source=first.id, target=third.id, kind="about", origin="user", weight=0.25)
    store.write(Batch(scope=ANA, links=(link,)))
    store.apply([change(first, "tags", ("old",)), *superseding(second, third.id, until=START)])
    (now,) = store.read("note", ANA, [first.id])
    store.apply([change(now, "tags", ("new", "newer"), n=1), change(now, "strength", 0.5, n=1)])
    linked = linking(third, second, 0.5, evidence=(turns[3].episode.id, first.id))
    store.apply([linked, naming("Porto", "Lisbon", depends_on=(linked.id,))])
    store.delete([turns[8].episode.id], Batch(scope=ANA))
    return store


def differences(left: GraphSnapshot, right: GraphSnapshot) -> list[str]:
    """Return the names of the fields in which two snapshots differ; versions may."""
    apart = ("version", "carry", "vectors", "graph")
    names = [f.name for f in fields(GraphSnapshot) if f.name not in apart]
    found = [name for name in names if not _equal(getattr(left, name), getattr(right, name))]
    for name in (name for name in vars(SnapshotGraph) if not name.startswith("_")):
        if not _equal(getattr(left.graph, name), getattr(right.graph, name)):
            found.append(name)
    for name in (f.name for f in fields(SnapshotVectors)):
        if not _equal(getattr(left.vectors, name), getattr(right.vectors, name)):
            found.append(name)
    return found


def _equal(left: Any, right: Any) -> bool:
    left, right = (whole(one) if isinstance(one, Stacked) else one for one in (left, right))
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        is_float = left.dtype.kind == "f"
        return left.dtype == right.dtype and np.array_equal(left, right, equal_nan=is_float)
    return bool(left == right)


def without_run(note: Note) -> Note:
    """Return the note without what differs from run to run."""
    return replace(note, run_id="", written_at=None)


def content(store: GraphStore, *, without: str = "") -> list[str]:
    """Return the lines of the store's dump, but for those of a kind."""
    return [line for line in dump(store) if not without or f'"kind":"{without}"' not in line]


def note_now(store: GraphStore, note: Note) -> Note:
    """Return a note as the store gives it."""
    (found,) = store.read("note", note.scope, [note.id])
    assert isinstance(found, Note)
    return found
