"""What a batch must be before any store takes it: one scope, UTC times, vectors that fit."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from difflib import get_close_matches

import numpy as np

from graphmem.batches import Batch, Claim, Mention, NoteRecord, Tombstone
from graphmem.errors import EncoderMismatchError, MissingRecordError, ScopeError, StoreError
from graphmem.graph.records import canonical
from graphmem.types import (
    DERIVED_KINDS,
    EncoderIdentity,
    Episode,
    EpisodeId,
    Note,
    ScopeKey,
    Session,
)
from graphmem.vectors import token_bytes

Present = Callable[[Collection[str]], Collection[str]]
"""Which of these ids a store holds."""

_UTC = timedelta(0)


SCOPES_LISTED = 10
"""Scopes that a refusal lists."""


def refuse_unknown_scopes(
    there: Collection[ScopeKey], asked: Iterable[ScopeKey], *, where: str = "this store"
) -> None:
    """Raise ScopeError, with what there is, for a scope that a store does not hold."""
    for scope in asked:
        if scope in there:
            continue
        near = get_close_matches(scope, there, n=1)
        listed = [*near, *(other for other in sorted(there) if other not in near)]
        more = f" and {len(listed) - SCOPES_LISTED} more" * (len(listed) > SCOPES_LISTED)
        held = f"there is: {', '.join(listed[:SCOPES_LISTED])}{more}" if listed else "it is empty"
        raise ScopeError(f"there is no scope {scope!r} in {where}; {held}")


def check_batch(batch: Batch, encoder: EncoderIdentity | None) -> None:
    """Refuse a batch that no store could hold. Raises ScopeError or StoreError."""
    for session in batch.sessions:
        _check_scope(session, batch)
        _check_texts(session.id, session)
    for episode in batch.episodes:
        _check_scope(episode, batch)
        _check_times(episode.id, episode.said_at)
        _check_texts(episode.id, episode)
        _check_metadata(episode)
    for stone in batch.buried:
        _check_scope(stone, batch)
        _check_times(stone.episode, stone.deleted_at)
    for record in batch.notes:
        _check_scope(record.note, batch)
        _check_note(record)
        _check_vectors(record, encoder)
        _check_tokens(record, encoder)


def _check_scope(record: Session | Episode | Note | Tombstone, batch: Batch) -> None:
    if record.scope != batch.scope:
        id_ = record.episode if isinstance(record, Tombstone) else record.id
        raise ScopeError(f"{id_} is of scope {record.scope}, its batch of {batch.scope}")


def _check_times(id_: str, *moments: datetime | None) -> None:
    for moment in moments:
        if moment is not None and moment.utcoffset() != _UTC:
            raise StoreError(f"{id_} has the time {moment.isoformat()}; give aware UTC times")


def _check_texts(id_: str, record: Session | Episode) -> None:
    """Refuse half a surrogate pair: no file and no server can hold it."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str) and not value.isascii():
            _check_encodable(id_, value)


def _check_encodable(id_: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise StoreError(f"{id_} holds half a surrogate pair; write U+FFFD in its place") from None


def _check_metadata(episode: Episode) -> None:
    if not episode.metadata:
        return
    try:
        text = canonical(dict(episode.metadata))
    except (TypeError, ValueError) as error:
        raise StoreError(f"the metadata of {episode.id} is not JSON: {error}") from None
    _check_encodable(episode.id, text)


def _check_note(record: NoteRecord) -> None:
    note, found = record.note, record.extraction
    if not note.origins:
        raise StoreError(f"note {note.id} has no origin; every note comes from an episode")
    _check_times(note.id, note.said_at, note.valid_from, note.valid_until, note.written_at)
    parts: tuple[Mention | Claim, ...] = (*found.mentions, *found.claims)
    for part in parts:
        _check_times(note.id, part.valid_from, part.valid_until)
        if not 0 <= part.start <= part.end <= len(note.text):
            raise StoreError(f"a span {part.start, part.end} of {note.id} leaves its text")
    for text in (note.text, note.context, *note.keywords, *note.tags):
        if not text.isascii():
            _check_encodable(note.id, text)


def _check_vectors(record: NoteRecord, encoder: EncoderIdentity | None) -> None:
    rows, note = record.vectors, record.note
    if rows is None:
        return
    if encoder is None:
        raise StoreError("the store has no encoder yet, but the batch has vectors: set_encoder")
    if rows.dtype != np.float32 or rows.ndim != 2 or rows.shape[1] != encoder.dim:
        raise StoreError(
            f"vectors of {note.id} are {rows.dtype} {rows.shape}, not float32 (rows, {encoder.dim})"
        )
    if len(rows) not in (1, 1 + len(note.sentences)):
        raise StoreError(
            f"{note.id} has {len(rows)} vectors for {len(note.sentences)} sentences; "
            "give one, or one and one a sentence"
        )


def _check_tokens(record: NoteRecord, encoder: EncoderIdentity | None) -> None:
    signs, note = record.tokens, record.note
    if signs is None:
        return
    if note.kind != "turn" or record.vectors is None or encoder is None:
        raise StoreError(f"{note.id} has signs of tokens, which only a turn with vectors has")
    width = token_bytes(encoder.dim)
    if signs.dtype != np.uint8 or signs.ndim != 2 or signs.shape[1] != width:
        raise StoreError(
            f"signs of {note.id} are {signs.dtype} {signs.shape}, not uint8 (tokens, {width})"
        )


def check_references(
    batch: Batch, *, sessions: Present, episodes: Mapping[EpisodeId, str], notes: Present
) -> None:
    """Refuse a batch that refers to what is not there, or to an episode of another session.

    `episodes` maps each stored episode that the batch's notes come from to its session. Raises
    MissingRecordError or StoreError.
    """
    given = {session.id for session in batch.sessions}
    _refuse_missing("session", {e.session_id for e in batch.episodes} - given, sessions)
    homes = {**episodes} | {episode.id: episode.session_id for episode in batch.episodes}
    for record in batch.notes:
        note = record.note
        absent = [origin for origin in note.origins if origin not in homes]
        if absent:
            raise MissingRecordError("episode", absent)
        bound = note.origins[:1] if note.kind in DERIVED_KINDS else note.origins
        if any(homes[origin] != note.session_id for origin in bound):
            raise StoreError(f"note {note.id} has an origin outside its session")
    ends = {end for link in batch.links for end in (link.source, link.target)}
    _refuse_missing("note", ends - {record.note.id for record in batch.notes}, notes)


def _refuse_missing(kind: str, ids: Iterable[str], present: Present) -> None:
    wanted = set(ids)
    absent = wanted - set(present(wanted)) if wanted else wanted
    if absent:
        raise MissingRecordError(kind, sorted(absent))


def origins_outside(batch: Batch) -> set[EpisodeId]:
    """Return the origins of a batch's notes that are not among its own episodes."""
    own = {episode.id for episode in batch.episodes}
    return {origin for record in batch.notes for origin in record.note.origins} - own


def buried_message(ids: Sequence[str]) -> str:
    """Say that episodes were deleted before."""
    return f"deleted before: {', '.join(ids[:5])}; leave them out, or list them in `restored`"


def refuse_live(ids: Iterable[str]) -> None:
    """Raise StoreError if there are episodes to be buried that are live."""
    alive = list(ids)
    if alive:
        raise StoreError(f"{', '.join(alive[:5])} is live here and deleted there; delete it first")


def rewritten_message(id_: str) -> str:
    """Say that a note's text and origins stay as they are."""
    return f"note {id_} is stored with another text or other origins; those never change"


def refuse_other_encoder(recorded: EncoderIdentity | None, asked: EncoderIdentity) -> None:
    """Raise EncoderMismatchError unless the recorded encoder is the one that is asked for."""
    if recorded is not None and recorded != asked:
        same_name = recorded.name == asked.name
        stored, wanted = (f"{e.name} ({e.dim})" if same_name else e.name for e in (recorded, asked))
        raise EncoderMismatchError(stored, wanted)
