"""What is written down of an edit: what it is of, from what to what, why, by whom. Frozen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphmem.types import ChangeId, EntityId, Episode, Note, NoteId, ScopeKey


@dataclass(frozen=True, slots=True)
class NoteField:
    """What a change edits: a field of a note."""

    note: NoteId
    field: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a change edits: the link of a kind from one note to another."""

    source: NoteId
    target: NoteId
    kind: str


@dataclass(frozen=True, slots=True)
class EntityTarget:
    """What a change edits: which surfaces are one entity."""

    entity: EntityId


Target = NoteField | LinkTarget | EntityTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One proposed or applied edit: of what, from what to what, why, by whom."""

    id: ChangeId
    scope: ScopeKey
    target: Target
    """Stores apply changes of a note's field; those of links and entities they refuse so far."""
    before: Any
    after: Any
    reason: str
    author: str
    """`user`, `rule:<name>@<version>` or `model:<name>@<prompt version>`."""
    run_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where a note came from and what became of it."""

    note: Note
    """As it is now."""
    episodes: tuple[Episode, ...]
    changes: tuple[Change, ...]
    """Those of the note's fields, oldest first."""
