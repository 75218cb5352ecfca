"""The notes of a snapshot in an order, page by page, and what sessions and speakers add up to."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.errors import ConfigError, did_you_mean
from graphmem.overview import Page, SessionOverview, SpeakerOverview
from graphmem.reading import StoreView
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.kept import Kept
from graphmem.types import ScopeKey

ORDERS = ("oldest", "newest")
"""By when it was said, then by place in its session; what has no time comes last."""

Rows = NDArray[np.intp]


def ordered_rows(snapshot: GraphSnapshot, kept: Kept, order: str) -> Rows:
    """Return the kept notes in an order. Raises ConfigError for one that is not of ORDERS."""
    if order not in ORDERS:
        raise ConfigError(f"no order {order!r}; {did_you_mean(order, ORDERS)}")
    rows = np.arange(len(snapshot.note_ids)) if kept is None else np.flatnonzero(kept)
    said_at = snapshot.said_at[rows]
    if order == "oldest":  # NaN sorts last
        return rows[np.argsort(said_at, kind="stable")]
    said_at = np.where(np.isnan(said_at), -np.inf, said_at)
    return rows[np.argsort(said_at, kind="stable")][::-1]


def cursor_at(snapshot: GraphSnapshot, row: int) -> str:
    """Return what names a place in a list, also when the note there is deleted meanwhile."""
    return f"{snapshot.note_ids[row]}@{float(snapshot.said_at[row])!r}"


def rows_after(snapshot: GraphSnapshot, rows: Rows, order: str, cursor: str) -> Rows:
    """Return those of the ordered rows that are behind a cursor, which may be a note's id alone.

    If its note is gone, they are those of the same time and behind: one may come twice, none is
    left out. Raises ConfigError for a text that is no cursor, and for the id of a note that is not
    in the list.
    """
    note, _, time = cursor.partition("@")
    at = next((i for i, row in enumerate(rows) if snapshot.note_ids[row] == note), -1)
    if at >= 0:
        return rows[at + 1 :]
    try:
        said_at = float(time)
    except ValueError:
        raise ConfigError(
            f"no note {cursor!r} in this list to go on after; pass a page's `after`"
        ) from None
    times = snapshot.said_at[rows]
    if np.isnan(said_at):
        return rows[np.isnan(times)]
    behind = times >= said_at if order == "oldest" else times <= said_at
    return rows[behind | np.isnan(times)]


def derived_page(store: StoreView, scope: ScopeKey, kind: str, *, order: str, limit: int) -> Page:
    """Return the notes of a kind that consolidation made, and that hold still, in an order.

    Raises ConfigError for an order that is not of ORDERS.
    """
    if order not in ORDERS:
        raise ConfigError(f"no order {order!r}; {did_you_mean(order, ORDERS)}")
    found = [
        note
        for note in store.scan("note", scope)
        if note.kind == kind and note.superseded_by is None and not note.archived
    ]
    found.sort(key=lambda note: (_or_end(note.said_at), note.id), reverse=order == "newest")
    return Page(notes=tuple(found[: max(limit, 0)]))


def session_overviews(columns: NoteColumns) -> list[SessionOverview]:
    """Return the sessions of a snapshot, the earliest first, those without times last."""
    snapshot = columns.snapshot
    found = []
    for number, rows in _groups(snapshot.session).items():
        session = columns.sessions[number]
        if session is None:  # deleted since the snapshot was read
            continue
        speakers = {snapshot.speakers[i] for i in set(snapshot.speaker[rows].tolist()) if i >= 0}
        first, last = _span(snapshot, rows)
        found.append(
            SessionOverview(
                session=session,
                notes=len(rows),
                speakers=tuple(sorted(speakers)),
                first=first,
                last=last,
            )
        )
    return sorted(found, key=lambda one: (_or_end(one.first), one.session.name, one.session.id))


def speaker_overviews(snapshot: GraphSnapshot) -> list[SpeakerOverview]:
    """Return who speaks in a snapshot, who said most first."""
    found = []
    for number, rows in _groups(snapshot.speaker).items():
        if number < 0:
            continue
        first, last = _span(snapshot, rows)
        found.append(
            SpeakerOverview(
                name=snapshot.speakers[number],
                notes=len(rows),
                sessions=len(set(snapshot.session[rows].tolist())),
                first=first,
                last=last,
            )
        )
    return sorted(found, key=lambda one: (-one.notes, one.name))


def _span(snapshot: GraphSnapshot, rows: Rows) -> tuple[datetime | None, datetime | None]:
    """Return when the first and the last of some notes were said."""
    times = snapshot.said_at[rows]
    times = times[~np.isnan(times)]
    if not len(times):
        return None, None
    return _moment(float(times.min())), _moment(float(times.max()))


def said_span(snapshot: GraphSnapshot) -> tuple[datetime | None, datetime | None]:
    """Return when the first and the last note were said."""
    return _span(snapshot, np.arange(len(snapshot.said_at)))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _or_end(moment: datetime | None) -> datetime:
    return moment or datetime.max.replace(tzinfo=UTC)


def _groups(numbers: NDArray[np.int32]) -> Mapping[int, Rows]:
    """Return the rows of each number."""
    rows = np.argsort(numbers, kind="stable")
    if not len(rows):
        return {}
    begin = np.flatnonzero(np.diff(numbers[rows], prepend=numbers[rows[0]] - 1))
    parts = np.split(rows, begin[1:])
    return {int(numbers[part[0]]): part for part in parts}
