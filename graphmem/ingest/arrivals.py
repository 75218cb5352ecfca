"""Turns on their way to becoming episodes, and what one reading of a source remembers of them."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from graphmem.contracts import GraphStore
from graphmem.ingest.alignment import Occurrences, last_of
from graphmem.ingest.places import Places
from graphmem.ingest.reading.turns import SourceFile, Turn
from graphmem.types import Episode, EpisodeId, Session


@dataclass(slots=True)
class Group:
    """The turns of one session and time, as far as one reading has come to them."""

    places: Places | None = None
    start: int | None = None
    """Place at which the reading begins among what was stored; None: behind all of it."""
    read: Counter[EpisodeId] = field(default_factory=Counter)
    """How often each saying was met, by the id of its first occurrence."""
    stored: dict[EpisodeId, Occurrences] = field(default_factory=dict)
    """What was stored of each saying when this reading first met it."""
    owner: object = None
    """Of the numbering that may change it; a copy of that one copies it first."""

    def copy(self, owner: object) -> "Group":
        """Return the same for another owner to change."""
        places = replace(self.places) if self.places else None
        return replace(
            self, places=places, read=self.read.copy(), stored=self.stored.copy(), owner=owner
        )


@dataclass(slots=True)
class Reading:
    """One session as one reading meets it: a file from its beginning, or turns of a program."""

    session: Session
    file: SourceFile | None
    is_whole: bool
    """Whether the file is all there is of the session, so that its places are those in the file."""
    stored: list[Episode] | None = None
    """The last stored episode when the reading came to the session, if any; None: not read."""
    said_at: datetime | None = None
    """What an undated turn takes: the time of the turn before; of a program's, the latest time."""
    groups: dict[str, Group] = field(default_factory=dict)
    compared: int = 0
    """Turns said at a time at which one of them was stored."""
    again: int = 0
    """Those among them that begin inside what was stored."""
    latest: EpisodeId | None = None
    """The turn of it that was read last."""
    has_new: bool = False
    """Whether one of its turns was not stored before."""
    seen: set[EpisodeId] = field(default_factory=set)
    """Of a document: the passages that the file holds."""
    owner: object = None
    """As of a group."""

    def copy(self, owner: object) -> "Reading":
        """Return the same for another owner to change."""
        return replace(self, groups=self.groups.copy(), seen=self.seen.copy(), owner=owner)

    @property
    def goes_on(self) -> bool:
        """Whether the turns come from a program, behind all that is stored."""
        return self.file is None

    def last(self, store: GraphStore) -> Episode | None:
        """Return the last episode that was stored before."""
        if self.stored is None:
            found = last_of(store, self.session)
            self.stored = [found] if found else []
        return self.stored[0] if self.stored else None


def _offset(moment: datetime | None) -> int | None:
    """Return a clock's minutes east of UTC; None for those of UTC, or of nobody knows which."""
    offset = moment.utcoffset() if moment else None
    return round(offset.total_seconds() / 60) if offset else None


@dataclass(slots=True)
class Arrival:
    """A turn with the episode that it becomes."""

    turn: Turn
    reading: Reading
    stands_at: datetime | None
    """When it was said, or the time of the turn before it."""
    when: str
    """`stands_at` as text, which sorts as times do; empty if it is not known."""
    first: EpisodeId
    """Its id, if it is the first to say this then."""
    id: EpisodeId
    state: str = ""
    """`live` or `tombstone` as in the store; empty if it is new."""
    position: int = 0
    behind: EpisodeId | None = None
    """The turn of its session that was read before it."""
    is_first_new: bool = False
    """Whether all turns of its session that were read before it were stored."""

    @property
    def session(self) -> Session:
        """The session it belongs to."""
        return self.reading.session

    def episode(self) -> Episode:
        """Return the episode."""
        turn = self.turn
        return Episode(
            id=self.id,
            scope=self.session.scope,
            session_id=self.session.id,
            source_id=turn.source_id or "",
            position=self.position,
            text=turn.text,
            speaker=turn.speaker,
            said_at=self.stands_at if turn.said_at else None,
            placed_at=None if turn.said_at else self.stands_at,
            utc_offset=_offset(turn.said_at),
            title=(turn.title or "") if turn.is_passage else None,
            metadata=dict(turn.metadata),
        )
