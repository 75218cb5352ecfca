"""Records <-> rows of the SQLite tables."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import numpy as np

from graphmem.arrays import MENTION_KINDS, Matrix
from graphmem.batches import Claim, Mention
from graphmem.changes import Change, NoteField, chain_of, native, owner_of
from graphmem.graph.journal import read_target
from graphmem.graph.records import canonical, json_value, time_text
from graphmem.graph.snapshot.block import KIND_NUMBERS, StoredVectors, whole
from graphmem.graph.sqlite.keys import fact_key
from graphmem.graph.sqlite.values import (
    BEFORE_ALL,
    as_moment,
    as_number,
    as_place,
    as_spans,
    as_text,
    as_text_or_none,
    as_texts,
    time_number,
)
from graphmem.named import fact_of
from graphmem.types import ChangeId, Episode, EpisodeId, Link, Note, NoteKind, ScopeKey

Row = Sequence[Any]
NOTE_KINDS = frozenset(get_args(NoteKind))
_NO_TIME = ""
"""What stood for BEFORE_ALL up to version 7; a damaged file of those days is still salvaged."""


def as_json(values: Iterable[str | int]) -> str:
    """Return ids or numbers as the JSON array that `json_each` takes."""
    return json.dumps(list(values))


def episode_row(episode: Episode, no: int, scope_no: int, session_no: int) -> Row:
    """Return the row of table `episode`."""
    return (
        no, scope_no, session_no, episode.id, episode.source_id, episode.position, episode.text,
        episode.speaker, _stands_at(episode), episode.title,
        canonical(dict(episode.metadata)), episode.utc_offset,
        int(episode.said_at is None and episode.placed_at is not None),
    )  # fmt: skip


def _stands_at(episode: Episode) -> int:
    number = time_number(episode.stands_at)
    return BEFORE_ALL if number is None else number


def read_episode(row: Row, scope: ScopeKey) -> Episode:
    """Return the episode of a row of EPISODES."""
    (
        id_, session, source_id, position, said, speaker, stands_at, title, metadata, utc_offset,
        is_placed,
    ) = row  # fmt: skip
    moment = as_moment(None if stands_at in (BEFORE_ALL, _NO_TIME) else stands_at)
    return Episode(
        id=as_text(id_),
        scope=scope,
        session_id=as_text(session),
        source_id=as_text(source_id),
        position=int(position),
        text=as_text(said),
        speaker=as_text_or_none(speaker),
        said_at=None if is_placed else moment,
        placed_at=moment if is_placed else None,
        utc_offset=None if utc_offset is None else int(utc_offset),
        title=as_text_or_none(title),
        metadata=json.loads(metadata) if metadata != "{}" else {},
    )


def note_row(
    note: Note, no: int, place: tuple[int, int, int, int], version: int, text: str | None
) -> Row:
    """Return the row of table `note`.

    `place` numbers its scope, session, first episode and maker; `text` is None if origins say it.
    """
    return (
        no, *place, note.id, note.kind, text, note.title, note.context,
        canonical(list(note.keywords)), canonical(list(note.tags)),
        np.array(note.sentences, "<i4").tobytes(), note.speaker, note.addressee,
        time_number(note.said_at), time_number(note.valid_from), time_number(note.valid_until),
        note.superseded_by, note.strength, note.half_life_days, time_number(note.written_at),
        version,
    )  # fmt: skip


def read_note(row: Row, scope: ScopeKey, origins: Sequence[EpisodeId]) -> Note:
    """Return the note of a row of NOTES, as it was derived."""
    (
        _, id_, session, kind, text, context, keywords, tags, sentences, speaker, addressee, title,
        said_at, valid_from, valid_until, superseded_by, strength, half_life_days, created_by,
        run_id, written_at,
    ) = row  # fmt: skip
    return Note(
        id=as_text(id_),
        scope=scope,
        session_id=as_text(session),
        kind=kind_of(kind),
        text=as_text(text),
        origins=tuple(origins),
        context=as_text(context),
        keywords=as_texts(keywords),
        tags=as_texts(tags),
        sentences=as_spans(sentences, len(text)),
        speaker=as_text_or_none(speaker),
        addressee=as_text_or_none(addressee),
        title=as_text_or_none(title),
        said_at=as_moment(said_at),
        valid_from=as_moment(valid_from),
        valid_until=as_moment(valid_until),
        superseded_by=as_text_or_none(superseded_by),
        strength=as_number(strength),
        half_life_days=None if half_life_days is None else as_number(half_life_days),
        created_by=as_text(created_by),
        run_id=as_text(run_id),
        written_at=as_moment(written_at),
    )


def kind_of(value: object) -> NoteKind:
    """Return a note's kind. Raises ValueError."""
    if value not in NOTE_KINDS:
        raise ValueError(f"no note is a {value!r}")
    return value  # type: ignore[return-value]


def mention_row(mention: Mention, key: tuple[int, int, int], name_no: int) -> Row:
    """Return the row of table `mention`; `key` is note number, place, scope number."""
    return (
        *key, name_no, mention.start, mention.end, KIND_NUMBERS[mention.kind],
        mention.initial, time_number(mention.valid_from), time_number(mention.valid_until),
    )  # fmt: skip


def read_mention(row: Row) -> Mention:
    """Return the mention of a row of MENTIONS, its note's id left off."""
    name, start, end, kind, initial, valid_from, valid_until = row
    return Mention(
        name=as_text(name),
        start=int(start),
        end=int(end),
        kind=MENTION_KINDS[as_place(kind, len(MENTION_KINDS) - 1)],
        initial=bool(initial),
        valid_from=as_moment(valid_from),
        valid_until=as_moment(valid_until),
    )


def claim_row(
    claim: Claim, key: tuple[int, int, int], scope: ScopeKey, ends: tuple[int, int]
) -> Row:
    """Return the row of table `claim`; `ends` are the name numbers of subject and object."""
    return (
        *key, fact_key(fact_of(scope, claim)), ends[0], claim.relation, ends[1], claim.start,
        claim.end, claim.negated, time_number(claim.valid_from), time_number(claim.valid_until),
    )  # fmt: skip


def read_claim(row: Row) -> Claim:
    """Return the claim of a row of CLAIMS, its note's id left off."""
    subject, relation, object_, start, end, negated, valid_from, valid_until = row
    return Claim(
        subject=as_text(subject),
        relation=as_text(relation),
        object=as_text(object_),
        start=int(start),
        end=int(end),
        negated=bool(negated),
        valid_from=as_moment(valid_from),
        valid_until=as_moment(valid_until),
    )


def vector_blobs(vectors: StoredVectors) -> tuple[bytes, bytes | None]:
    """Return a note's vectors as little-endian bytes."""
    row, sentences = vectors
    return row.astype("<f4").tobytes(), (
        None if sentences is None else sentences.astype("<f2").tobytes()
    )


def read_vectors(note_blob: bytes, sentence_blob: bytes | None) -> Matrix:
    """Return a note's vectors as one float32 matrix (1 + s, dim)."""
    row = np.frombuffer(note_blob, "<f4")
    if sentence_blob is None:
        return whole((row, None))
    return whole((row, np.frombuffer(sentence_blob, "<f2").reshape(-1, len(row))))


def read_link(row: Row) -> Link:
    """Return the link of a row of LINKS_FROM."""
    source, target, kind, origin, weight = row
    return Link(
        source=as_text(source),
        target=as_text(target),
        kind=as_text(kind),
        origin=as_text(origin),
        weight=as_number(weight),
    )


def change_row(change: Change, scope_no: int, note_no: int | None) -> Row:
    """Return the row of table `change`, its place in the journal left off.

    `note_no` numbers the note whose field it is of.
    """
    target = change.target
    kind, *_ = chain_of(target)
    return (
        scope_no, change.id, owner_of(target), kind, note_no,
        target.field if isinstance(target, NoteField) else None, canonical(json_value(target)),
        canonical(json_value(change.before)), canonical(json_value(change.after)), change.reason,
        change.author, change.run_id, time_text(change.at), canonical(list(change.evidence)),
        canonical(list(change.depends_on)),
    )  # fmt: skip


def read_change(row: Row, scope: ScopeKey) -> Change:
    """Return the change of a row of CHANGES."""
    id_, named, before, after, reason, author, run_id, at, evidence, depends_on = row
    target = read_target(json.loads(named))
    return Change(
        id=as_text(id_),
        scope=scope,
        target=target,
        before=native(target, json.loads(before)),
        after=native(target, json.loads(after)),
        reason=as_text(reason),
        author=as_text(author),
        run_id=as_text(run_id),
        at=as_moment(at),
        evidence=as_texts(evidence),
        depends_on=tuple(map(ChangeId, as_texts(depends_on))),
    )
