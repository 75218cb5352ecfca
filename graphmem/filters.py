"""Which notes a caller wants to see at all: by time, speaker, session, kind and metadata."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphmem.types import NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that a note must meet, all of them; an empty one keeps everything."""

    since: datetime | None = None
    """Said at this moment or later, aware UTC."""
    until: datetime | None = None
    """Said before this moment, aware UTC."""
    speakers: tuple[str, ...] = ()
    """Said by one of these."""
    sessions: tuple[str, ...] = ()
    """In one of these sessions, by name or `COLLECTION/NAME`."""
    kinds: tuple[NoteKind, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    """What the source's metadata must say, key by key."""
