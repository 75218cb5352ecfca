"""What filters read of a snapshot's notes beyond its arrays: sessions, metadata; read when asked.

Both are read from the store once a snapshot, by the first filter that needs them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.errors import ConfigError, MissingRecordError
from graphmem.filters import Condition
from graphmem.reading import RecordReader
from graphmem.retrieve.metadata import MetadataColumn, Values
from graphmem.types import Metadata, NoteId, ScopeKey, Session


@dataclass(frozen=True)
class NoteColumns:
    """The n notes of a snapshot, with what filters need to know of them."""

    snapshot: GraphSnapshot
    source: RecordReader | None = None
    """The store that the snapshot is of; None: sessions and metadata are not known."""

    def next(self, snapshot: GraphSnapshot) -> "NoteColumns":
        """Return the columns of a later snapshot of the same store."""
        return NoteColumns(snapshot, self.source)

    @cached_property
    def sessions(self) -> tuple[Session | None, ...]:
        """The session of each number in `GraphSnapshot.session`; None: deleted meanwhile."""
        runs = self.snapshot.session
        first = np.flatnonzero(np.diff(runs, prepend=-1))
        ids = [self.snapshot.note_ids[row] for row in first.tolist()]
        found: dict[NoteId, Session] = {}
        for scope in self.snapshot.scopes:
            notes = read_present(self._source, "note", scope, ids)
            wanted = sorted({note.session_id for note in notes.values()})
            sessions = read_present(self._source, "session", scope, wanted)
            known = ((id_, sessions.get(note.session_id)) for id_, note in notes.items())
            found |= {id_: session for id_, session in known if session is not None}
        return tuple(found.get(id_) for id_ in ids)

    @cached_property
    def _offsets(self) -> dict[int, float]:
        """By row, as far as read: seconds that the clock was ahead of UTC, NaN if unknown."""
        return {}

    def offsets(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return (m,) how many seconds the speaker's clock was ahead of UTC at some notes.

        NaN where the source did not say.
        """
        known = self._offsets
        unread = [row for row in rows.tolist() if row not in known] if self.source else []
        if unread:
            ids = {self.snapshot.episode_ids[row]: row for row in unread}
            known |= dict.fromkeys(unread, np.nan)
            for scope in self.snapshot.scopes:
                for id_, episode in read_present(self._source, "episode", scope, list(ids)).items():
                    if episode.utc_offset is not None:
                        known[ids[id_]] = 60.0 * episode.utc_offset
        return np.array([known.get(row, np.nan) for row in rows.tolist()], np.float64)

    @cached_property
    def metadata(self) -> Mapping[str, MetadataColumn]:
        """Each key that a note's source gave, those inside objects as `outer.inner`."""
        ids = self.snapshot.episode_ids
        rows = {id_: row for row, id_ in enumerate(ids)}
        said: dict[str, Values] = {}
        for scope in self.snapshot.scopes:
            for episode in self._source.scan("episode", scope):
                row = rows.get(episode.id, -1)
                if row >= 0 and episode.metadata:
                    for key, value in _flat(episode.metadata):
                        if key not in said:
                            said[key] = Values(len(ids))
                        said[key].put(row, value)
        return {key: values.column() for key, values in said.items()}

    @cached_property
    def sessions_named(self) -> Mapping[str, list[int]]:
        """The numbers of the sessions by id, by name and by `COLLECTION/NAME`."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        for number, session in enumerate(self.sessions):
            if session is not None:
                full = f"{session.collection}/{session.name}"
                for name in {session.id, session.name, full}:
                    named[name].append(number)
        return named

    @cached_property
    def speakers_named(self) -> Mapping[str, list[int]]:
        """The numbers of the speakers by name, however its letters are cased."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.snapshot.speakers):
            named[name.casefold()].append(number)
        return named

    def where(self, condition: Condition) -> NDArray[np.bool_]:
        """Return (n,) which notes' metadata meet a condition."""
        column = self.metadata.get(condition.key)
        if column is None:
            return np.zeros(len(self.snapshot.note_ids), np.bool_)
        return column.where(condition)

    @property
    def _source(self) -> RecordReader:
        if self.source is None:
            raise ConfigError("sessions and metadata are known to a store, not to its snapshot")
        return self.source


def read_present(
    source: RecordReader, kind: Any, scope: ScopeKey, ids: Sequence[str]
) -> dict[Any, Any]:
    """Return those of the records that are in a scope, by id."""
    left = list(ids)
    while left:
        try:
            return dict(zip(left, source.read(kind, scope, left), strict=True))
        except MissingRecordError as error:
            absent = set(error.ids)
            if absent.isdisjoint(left):
                raise
            left = [id_ for id_ in left if id_ not in absent]
    return {}


def _flat(metadata: Metadata, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in metadata.items():
        yield f"{prefix}{key}", value
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
