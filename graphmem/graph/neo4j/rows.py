"""Records <-> properties of Neo4j's nodes and relationships. Times are temporal values there."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from graphmem.arrays import Matrix, TokenSigns
from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import CHANGEABLE, NoteField, native
from graphmem.graph.records import TIMES, canonical, json_value
from graphmem.graph.snapshot.block import StoredVectors, whole
from graphmem.types import Episode, Link, Note, NoteId, ScopeKey, Session

Properties = dict[str, Any]
Found = Mapping[str, Any]
"""A map that a statement returned."""


def as_moment(text: str | None) -> datetime | None:
    """Return what the server's `toString` made of a moment, as aware UTC."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def sent_moment(moment: datetime | None) -> str | None:
    """Return a moment as the text that the server's `datetime` takes."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def parted(properties: Properties) -> Properties:
    """Return a statement's `properties` and `times`; the server makes temporal values of those."""
    return {
        "properties": {name: v for name, v in properties.items() if name not in TIMES},
        "times": {name: v for name, v in properties.items() if name in TIMES},
    }


def session_properties(session: Session, no: int) -> Properties:
    """Return a session's properties beside scope and id."""
    return {"no": no, "collection": session.collection, "name": session.name}


def read_session(found: Found, scope: ScopeKey) -> Session:
    """Return the session of a map of SESSIONS."""
    return Session(scope=scope, **found)


def place_properties(episode: Episode) -> Properties:
    """Return what a source may renew of an episode."""
    return {
        "position": episode.position,
        "source_id": episode.source_id,
        "title": episode.title,
        "metadata": canonical(dict(episode.metadata)),
    }


def episode_properties(episode: Episode) -> Properties:
    """Return an episode's properties beside scope and id."""
    return {
        **place_properties(episode),
        "session_id": episode.session_id,
        "text": episode.text,
        "speaker": episode.speaker,
        "said_at": sent_moment(episode.said_at),
        "placed_at": sent_moment(episode.placed_at),
        "utc_offset": episode.utc_offset,
    }


def read_episode(found: Found, scope: ScopeKey) -> Episode:
    """Return the episode of a map of EPISODES."""
    return Episode(
        **{
            **found,
            "scope": scope,
            "said_at": as_moment(found["said_at"]),
            "placed_at": as_moment(found["placed_at"]),
            "metadata": json.loads(found["metadata"]),
        }
    )


def note_properties(derived: Note, now: Note) -> Properties:
    """Return a note's properties beside scope and id: as it is now, and what it was derived as.

    `as_derived` holds the fields that its changes cover, so that undoing them is exact.
    """
    return {
        "session_id": now.session_id,
        "kind": now.kind,
        "text": now.text,
        "origins": list(now.origins),
        "sentences": [offset for span in now.sentences for offset in span],
        "speaker": now.speaker,
        "addressee": now.addressee,
        "title": now.title,
        "said_at": sent_moment(now.said_at),
        "valid_from": sent_moment(now.valid_from),
        "created_by": now.created_by,
        "run_id": now.run_id,
        "written_at": sent_moment(now.written_at),
        **changeable_properties(derived, now),
    }


def changeable_properties(derived: Note, now: Note) -> Properties:
    """Return those of a note's properties that its changes decide."""
    covered = {
        field: json_value(getattr(derived, field))
        for field in CHANGEABLE
        if getattr(derived, field) != getattr(now, field)
    }
    return {
        "context": now.context,
        "keywords": list(now.keywords),
        "tags": list(now.tags),
        "valid_until": sent_moment(now.valid_until),
        "superseded_by": now.superseded_by,
        "strength": now.strength,
        "half_life_days": now.half_life_days,
        "pinned": now.pinned or None,
        "archived": now.archived or None,
        "probes": list(now.probes) or None,
        "shown": now.shown or None,
        "evolved_by": now.evolved_by or None,
        "as_derived": canonical(covered) if covered else None,
    }


def read_note(found: Found, scope: ScopeKey) -> Note:
    """Return the note of a map of NOTES, its changes applied."""
    offsets = found["sentences"]
    return Note(
        **{
            **found,
            "scope": scope,
            "origins": tuple(found["origins"]),
            "pinned": bool(found["pinned"]),
            "archived": bool(found["archived"]),
            "probes": tuple(found["probes"] or ()),
            "shown": bool(found["shown"]),
            "evolved_by": found["evolved_by"] or "",
            "keywords": tuple(found["keywords"]),
            "tags": tuple(found["tags"]),
            "sentences": tuple(zip(offsets[::2], offsets[1::2], strict=True)),
            "said_at": as_moment(found["said_at"]),
            "valid_from": as_moment(found["valid_from"]),
            "valid_until": as_moment(found["valid_until"]),
            "written_at": as_moment(found["written_at"]),
        }
    )


def read_derived_note(found: Found, scope: ScopeKey) -> Note:
    """Return the note of a map of DERIVED_NOTES, without its changes."""
    shown = {name: value for name, value in found.items() if name != "as_derived"}
    note = read_note(shown, scope)
    covered = json.loads(found["as_derived"] or "{}")
    values: dict[str, Any] = {
        field: native(NoteField(note.id, field), value) for field, value in covered.items()
    }
    return Note(**{**{name: getattr(note, name) for name in note.__slots__}, **values})


def mention_row(mention: Mention, place: int) -> Properties:
    """Return the properties of a mention's relationship."""
    return {
        "properties": {
            "place": place,
            "name": mention.name,
            "start": mention.start,
            "end": mention.end,
            "kind": mention.kind,
            "initial": mention.initial,
        },
        "times": _validity(mention),
    }


def _validity(found: Mention | Claim) -> Properties:
    times = {"valid_from": found.valid_from, "valid_until": found.valid_until}
    return {name: sent_moment(moment) for name, moment in times.items() if moment is not None}


def read_mention(found: Found) -> Mention:
    """Return the mention of a relationship's map."""
    return Mention(
        name=found["name"],
        start=found["start"],
        end=found["end"],
        kind=found["kind"],
        initial=found["initial"],
        valid_from=as_moment(found["valid_from"]),
        valid_until=as_moment(found["valid_until"]),
    )


def claim_row(claim: Claim, place: int) -> Properties:
    """Return the properties of a claim's relationship."""
    return {
        "properties": {
            "place": place,
            "subject": claim.subject,
            "relation": claim.relation,
            "object": claim.object,
            "start": claim.start,
            "end": claim.end,
            "negated": claim.negated,
        },
        "times": _validity(claim),
    }


def read_claim(found: Found) -> Claim:
    """Return the claim of a relationship's map."""
    return Claim(
        subject=found["subject"],
        relation=found["relation"],
        object=found["object"],
        start=found["start"],
        end=found["end"],
        negated=found["negated"],
        valid_from=as_moment(found["valid_from"]),
        valid_until=as_moment(found["valid_until"]),
    )


def vector_properties(vectors: StoredVectors, tokens: TokenSigns | None) -> Properties:
    """Return a note's vectors and the signs of its tokens as little-endian bytes."""
    row, sentences = vectors
    return {
        "vector_bytes": row.astype("<f4").tobytes(),
        "sentence_bytes": None if sentences is None else sentences.astype("<f2").tobytes(),
        "token_bytes": None if tokens is None else tokens.tobytes(),
    }


def read_vectors(note_bytes: bytes, sentence_bytes: bytes | None) -> Matrix:
    """Return a note's vectors as one float32 matrix (1 + s, dim)."""
    row = np.frombuffer(note_bytes, "<f4")
    if sentence_bytes is None:
        return whole((row, None))
    return whole((row, np.frombuffer(sentence_bytes, "<f2").reshape(-1, len(row))))


def read_link(found: Sequence[Any]) -> Link:
    """Return the link of a list of LINKS."""
    source, target, kind, origin, weight = found
    return Link(
        source=NoteId(source), target=NoteId(target), kind=kind, origin=origin, weight=weight
    )


def read_tombstone(found: Found, scope: ScopeKey) -> Tombstone:
    """Return the tombstone of a map of TOMBSTONES."""
    deleted_at = as_moment(found["deleted_at"])
    if deleted_at is None:
        raise ValueError(f"tombstone {found['id']} has no time")
    return Tombstone(episode=found["id"], scope=scope, deleted_at=deleted_at)
