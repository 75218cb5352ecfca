"""Filters -> the notes of a snapshot that may be found, as a mask over its columns."""

import numpy as np
from numpy.typing import NDArray

from graphmem.filters import NO_FILTERS, Filters
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.kept import Kept
from graphmem.types import Session

Mask = NDArray[np.bool_]


def kept_notes(columns: NoteColumns, filters: Filters) -> Kept:
    """Return (n,) which notes meet every condition; None if there is none.

    A note without a time was said neither since nor until any moment.
    """
    if filters == NO_FILTERS:
        return None
    snapshot = columns.snapshot
    kept = np.ones(len(snapshot.note_ids), np.bool_)
    if filters.since is not None:
        kept &= snapshot.said_at >= filters.since.timestamp()
    if filters.until is not None:
        kept &= snapshot.said_at <= filters.until.timestamp()
    if filters.kinds:
        kept &= np.where(snapshot.is_turn, "turn" in filters.kinds, "passage" in filters.kinds)
    if filters.speakers:
        kept &= _named(snapshot.speakers, filters.speakers)[snapshot.speaker]
    if filters.sessions:
        wanted = set(filters.sessions)
        is_wanted = [not wanted.isdisjoint(_names(session)) for session in columns.sessions]
        kept &= np.array(is_wanted, np.bool_)[snapshot.session]
    for condition in filters.where:
        kept &= columns.where(condition)
    return kept


def _named(speakers: tuple[str, ...], wanted: tuple[str, ...]) -> Mask:
    """Return (speakers + 1,) who is wanted; the last stands for nobody's -1."""
    folded = {name.casefold() for name in wanted}
    return np.array([*(name.casefold() in folded for name in speakers), False], np.bool_)


def _names(session: Session | None) -> tuple[str, ...]:
    if session is None:
        return ()
    return session.id, session.name, f"{session.collection}/{session.name}"
