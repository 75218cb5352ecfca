"""Filters -> the notes of a snapshot that may be found, as a mask over its columns."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graphmem.filters import NO_FILTERS, Filters
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.kept import Kept

Mask = NDArray[np.bool_]


def kept_notes(columns: NoteColumns, filters: Filters) -> Kept:
    """Return (n,) which notes meet every condition; None if there is none.

    What is archived is left out unless the filters ask for it.

    A note without a time was said neither since nor until any moment.
    """
    snapshot = columns.snapshot
    hidden = None if filters.archived else snapshot.is_archived
    if hidden is None and replace(filters, archived=False) == NO_FILTERS:
        return None
    kept = np.ones(len(snapshot.note_ids), np.bool_) if hidden is None else ~hidden
    if filters.since is not None:
        kept &= snapshot.said_at >= filters.since.timestamp()
    if filters.until is not None:
        kept &= snapshot.said_at <= filters.until.timestamp()
    if filters.kinds:
        kept &= np.where(snapshot.is_turn, "turn" in filters.kinds, "passage" in filters.kinds)
    if filters.speakers:
        names = (name.casefold() for name in filters.speakers)
        kept &= _marked(columns.speakers_named, names, len(snapshot.speakers))[snapshot.speaker]
    if filters.sessions:
        n_sessions = len(columns.sessions)
        kept &= _marked(columns.sessions_named, filters.sessions, n_sessions)[snapshot.session]
    for condition in filters.where:
        kept &= columns.where(condition)
    return kept


def _marked(numbers: Mapping[str, list[int]], names: Iterable[str], n: int) -> Mask:
    """Return (n + 1,) the numbers that have one of the names; the last stands for nobody's -1."""
    marks = np.zeros(n + 1, np.bool_)
    marks[[number for name in names for number in numbers.get(name, ())]] = True
    return marks
