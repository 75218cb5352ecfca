"""Turns -> Sessions and Episodes: who is who across files, so that re-reading adds nothing."""

import re
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from graphmem.ids import episode_id, session_id
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Episode, EpisodeId, ScopeKey, Session, SessionId

SESSIONS_REMEMBERED = 1_000
"""Sessions whose turns are being counted at one time while a file is read; bounds the memory."""

_TRAILING_NUMBER = re.compile(r"(\d{1,9})$")


@dataclass(slots=True)
class _SessionCounts:
    """What has been read of one session so far: enough to tell equal turns apart."""

    read: int = 0
    same_time: Counter[str] = field(default_factory=Counter)
    same_words: Counter[bytes] = field(default_factory=Counter)
    last_said_at: datetime | None = None


class EpisodeNumbering:
    """Gives each turn of one reading its session, its place and its id.

    A turn that its source names is known by that name; one without a name by its words, and by
    how often they were said before at the same time. So a longer version of a file, or one with
    turns put in between, names the old turns as before.
    """

    def __init__(self, scope: ScopeKey) -> None:
        self._scope = scope
        self._counts: OrderedDict[SessionId, _SessionCounts] = OrderedDict()

    def number(self, turn: Turn) -> tuple[Session, Episode]:
        """Return the session and the episode that a turn becomes."""
        session = Session(
            id=SessionId(session_id(self._scope, turn.collection, turn.session)),
            scope=self._scope,
            collection=turn.collection,
            name=turn.session,
        )
        counts = self._of(session.id)
        said_at = turn.said_at or counts.last_said_at  # an undated turn was said after the last
        counts.last_said_at = said_at
        when = said_at.isoformat() if said_at else ""
        ordinal = counts.same_time[when]
        counts.same_time[when] += 1
        counts.read += 1
        place = turn.source_id if turn.source_id is not None else _nth(counts, when, turn)
        episode = Episode(
            id=EpisodeId(episode_id(session.id, place, turn.speaker or "", when, turn.text)),
            scope=self._scope,
            session_id=session.id,
            source_id=turn.source_id if turn.source_id is not None else str(counts.read),
            position=_position(turn, ordinal),
            text=turn.text,
            speaker=turn.speaker,
            said_at=said_at,
            title=(turn.title or "") if turn.is_passage else None,
            metadata=dict(turn.metadata),
        )
        return session, episode

    def _of(self, session: SessionId) -> _SessionCounts:
        counts = self._counts.pop(session, None) or _SessionCounts()
        self._counts[session] = counts
        if len(self._counts) > SESSIONS_REMEMBERED:
            self._counts.popitem(last=False)
        return counts


def _nth(counts: _SessionCounts, when: str, turn: Turn) -> str:
    """Return a place for a turn without a name: `#0` when its words are new at that time."""
    words = episode_id("", "", turn.speaker or "", when, turn.text).encode("ascii")
    nth = counts.same_words[words]
    counts.same_words[words] += 1
    return f"#{nth}"


def _position(turn: Turn, ordinal: int) -> int:
    """Return the place among turns of one time: given, else the name's number, else as read."""
    if turn.position is not None:
        return turn.position
    number = _TRAILING_NUMBER.search(turn.source_id) if turn.source_id else None
    return int(number.group(1)) if number else ordinal
