"""Columns -> GraphSnapshot: sessions, speakers and entities numbered; shared by every store."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, SnapshotVectors
from graphmem.errors import StoreError
from graphmem.graph.journal import Identities
from graphmem.graph.snapshot.columns import Columns, Sessions
from graphmem.graph.snapshot.graph import ColumnGraph
from graphmem.types import ScopeKey

SEPARATE = Identities()
"""Nobody said of any two entities that they are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Which snapshot it is: of what store, whose, when true, and when read."""

    store: str
    """A token that no other store has."""
    scopes: tuple[ScopeKey, ...]
    as_of: datetime | None
    version: int
    encoder: str
    memos: tuple[int, ...] = ()
    """The store's numbers of the sessions of notes that were added without one."""
    archived: tuple[int, ...] = ()
    """The store's numbers of the notes that are out of search."""
    now: datetime | None = None
    """By the store's clock: decides what has ended if it is not asked as of a moment."""

    @property
    def at(self) -> datetime | None:
        """The moment whose notes are true."""
        return self.as_of or self.now


@dataclass(frozen=True, slots=True)
class Carried:
    """What a snapshot carries for the next one."""

    moment: Moment
    columns: Columns
    """Their names are those of entities that are one of their own."""
    merged: Identities


def in_utc(as_of: datetime | None) -> datetime | None:
    """Return the moment asked about in UTC. Raises StoreError if it has no zone."""
    if as_of is not None and as_of.utcoffset() is None:
        raise StoreError(f"{as_of.isoformat()} has no zone; give an aware time, in UTC")
    return as_of.astimezone(UTC) if as_of is not None else None


def carried(previous: GraphSnapshot | None, moment: Moment) -> Carried | None:
    """Return what a snapshot carries, if it is of the same store, scopes, time and encoder.

    None as well if its vectors went over into a newer snapshot, or one of its notes has ended
    since: then everything is read again.
    """
    if previous is None or not isinstance(previous.carry, Carried) or _has_ended(previous, moment):
        return None
    was = previous.carry.moment
    is_same = (was.store, was.scopes, was.as_of, was.encoder) == (
        moment.store,
        moment.scopes,
        moment.as_of,
        moment.encoder,
    )
    return previous.carry if is_same and previous.carry.columns.is_whole else None


def lent(previous: GraphSnapshot | None, moment: Moment) -> Carried | None:
    """Return what a snapshot of another time carries, if of the same store, scopes and encoder.

    It is a copy that may be used up, for whoever finds out anew which notes are true.
    """
    if previous is None or not isinstance(previous.carry, Carried):
        return None
    carry = previous.carry
    was = (carry.moment.store, carry.moment.scopes, carry.moment.encoder)
    is_same = was == (moment.store, moment.scopes, moment.encoder) and carry.columns.is_whole
    return replace(carry, columns=copy(carry.columns)) if is_same else None


def _has_ended(previous: GraphSnapshot, moment: Moment) -> bool:
    return previous.until is not None and (moment.now is None or moment.now >= previous.until)


def first_end(ends: Iterable[datetime | None], moment: Moment) -> datetime | None:
    """Return the first of some ends of true notes, if what is true now depends on it."""
    later = [end for end in ends if end is not None]
    return min(later, default=None) if moment.as_of is None else None


def still_true(previous: GraphSnapshot | None, moment: Moment) -> GraphSnapshot | None:
    """Return the previous snapshot, its vectors given back, or None if it is not of this moment."""
    last = carried(previous, moment)
    if previous is None or last is None or last.moment.version != moment.version:
        return None
    has_vectors = previous.vectors.notes is last.columns.vectors
    if has_vectors:
        return previous
    return to_snapshot(last.columns, last.moment, last.merged, previous.until)


def to_snapshot(
    columns: Columns,
    moment: Moment,
    merged: Identities = SEPARATE,
    until: datetime | None = None,
) -> GraphSnapshot:
    """Return the snapshot of columns that are sorted by session id, then episode order.

    `until` is when the first of its notes ends.
    """
    sessions = columns.sessions
    return GraphSnapshot(
        scopes=moment.scopes,
        as_of=moment.as_of,
        version=moment.version,
        note_ids=columns.ids,
        episode_ids=columns.episodes,
        texts=columns.texts,
        titles=columns.titles,
        is_turn=columns.is_turn,
        session=_runs(sessions),
        is_memo=_are_memos(columns, moment),
        is_archived=np.isin(columns.number, moment.archived) if moment.archived else None,
        speaker=columns.speakers.codes,
        speakers=columns.speakers.distinct,
        said_at=columns.said_at,
        sentence_indptr=columns.sentence_indptr,
        sentence_spans=columns.sentence_spans,
        until=until,
        graph=ColumnGraph(columns, merged),
        vectors=_vectors(columns, moment.encoder),
        carry=Carried(moment, columns, merged),
    )


def _vectors(columns: Columns, encoder: str) -> SnapshotVectors:
    turns = columns.is_turn
    has_all = columns.has_tokens.any() and turns.any() and columns.has_tokens[turns].all()
    return SnapshotVectors(
        encoder=encoder,
        notes=columns.vectors,
        sentences=columns.sentence_vectors,
        tokens=columns.tokens if has_all else None,
        token_indptr=columns.token_indptr if has_all else None,
    )


def _are_memos(columns: Columns, moment: Moment) -> NDArray[np.bool_]:
    """Return (n,) which notes are of the sessions of notes that were added without one."""
    sessions = columns.sessions
    is_memo = np.zeros(columns.n_notes, np.bool_)
    for place in np.flatnonzero(np.isin(sessions.numbers, moment.memos)).tolist():
        is_memo[sessions.ends[place] : sessions.ends[place + 1]] = True
    return is_memo


def _runs(sessions: Sessions) -> NDArray[np.int32]:
    """Return (n,) the number of each note's session among those that have notes."""
    lengths = sessions.lengths[sessions.lengths > 0]
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
