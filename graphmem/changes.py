"""What is written down of an edit: what it is of, from what to what, why, by whom. Frozen.

What may be edited, and into what, stands here too: every store and every proposer goes by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from graphmem.types import ChangeId, EntityId, Episode, Note, NoteId, ScopeKey


@dataclass(frozen=True, slots=True)
class NoteField:
    """What a change edits: a field of a note."""

    note: NoteId
    field: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a change edits: the link of a kind from one note to another.

    Its value is the link's weight, above 0; None: there is no such link.
    """

    source: NoteId
    target: NoteId
    kind: str


@dataclass(frozen=True, slots=True)
class EntityTarget:
    """What a change edits: which entity a named thing is.

    Its value is the id of that entity; None: one of its own.
    """

    entity: EntityId
    name: str | None = None
    """The name as a person gave it, which no note need use: an alias. None: notes name it."""


Target = NoteField | LinkTarget | EntityTarget

Chain = tuple[str, ...]
"""What one value is of: changes of one chain follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One proposed or applied edit: of what, from what to what, why, by whom."""

    id: ChangeId
    scope: ScopeKey
    target: Target
    before: Any
    after: Any
    reason: str
    author: str
    """`user`, `rule:<name>@<version>` or `model:<name>@<prompt version>`."""
    run_id: str = ""
    at: datetime | None = None
    evidence: tuple[str, ...] = ()
    """Ids of the episodes and notes that it was made from: when one is erased, it goes too."""
    depends_on: tuple[ChangeId, ...] = ()
    """Earlier changes without which it has no meaning: when one is taken back, it goes too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where a note came from and what became of it."""

    note: Note
    """As it is now."""
    episodes: tuple[Episode, ...]
    changes: tuple[Change, ...]
    """Those of the note's fields and of the links from it, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An edit that somebody wants: a change before it is checked against what is stored."""

    target: Target
    after: Any
    reason: str
    author: str
    evidence: tuple[str, ...] = ()
    """Ids of the episodes and notes that it was made from."""
    arrival: NoteId | None = None
    """The new note that made a rule or a model propose it: it may touch so many others only."""
    follows: tuple[int, ...] = ()
    """Places, among those proposed with it, of the proposals that it depends on."""
    depends_on: tuple[ChangeId, ...] = ()
    """Changes in the journal that it depends on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A proposal that was not done, and why."""

    proposal: Proposal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A change that was left out, as a note that was useful would not be found with it."""

    change: Change
    question: str
    """What that note was found to answer."""
    note: NoteId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What one verb did to a memory, or would do; `undo(run_id)` takes it back."""

    run_id: str
    changes: tuple[Change, ...] = ()
    """Those that were made, or taken back, in their order."""
    added: tuple[Note, ...] = ()
    """New notes, which an update or a correction wrote."""
    erased: tuple[Note, ...] = ()
    """Notes that an update or a correction had written, erased when it was undone."""
    rejected: tuple[Rejection, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    """What an evolution or a sweep left out for the sake of what was useful."""
    is_dry_run: bool = False
    """Nothing was written: this is what would be."""
    looked_at: int = 0
    """New notes that were compared with the others, of an evolution."""


def owner_of(target: Target) -> str:
    """Return the id under which a store keeps the changes of a target."""
    match target:
        case NoteField():
            return target.note
        case LinkTarget():
            return target.source
        case EntityTarget():
            return target.entity


def chain_of(target: Target) -> Chain:
    """Return what the target's value is of."""
    match target:
        case NoteField():
            return "note", target.note, target.field
        case LinkTarget():
            return "link", target.source, target.target, target.kind
        case EntityTarget():
            return "entity", target.entity


def successor(change: Change) -> NoteId | None:
    """Return the note that supersedes another by a change, if it says so."""
    target = change.target
    is_named = isinstance(target, NoteField) and target.field == "superseded_by"
    return NoteId(change.after) if is_named and isinstance(change.after, str) else None


def notes_named(change: Change) -> set[NoteId]:
    """Return the notes that must be there: those it is of, and a successor."""
    later = successor(change)
    named = set() if later is None else {later}
    match change.target:
        case NoteField(note=note):
            named.add(note)
        case LinkTarget(source=source, target=other):
            named |= {source, other}
    return named


def entities_named(change: Change) -> set[EntityId]:
    """Return the entities that a note must name: the one that it is of, unless it is an alias."""
    if not isinstance(change.target, EntityTarget):
        return set()
    named = set() if change.target.name is not None else {change.target.entity}
    return named if change.after is None else named | {EntityId(change.after)}


def hangs_on(change: Change) -> set[str]:
    """Return the ids of all without which a change cannot be."""
    return {*notes_named(change), *entities_named(change), *change.evidence, *change.depends_on}


def native(target: Target, value: object) -> object:
    """Return a change's value as the record holds it: ISO text as a time, a list as a tuple."""
    if not isinstance(target, NoteField):
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if target.field == "valid_until" and isinstance(value, str):
        return datetime.fromisoformat(value)
    is_listed = target.field in ("keywords", "tags", "probes")
    return tuple(value) if is_listed and isinstance(value, list) else value


def can_hold(target: Target, value: Any) -> bool:
    """Tell whether a target can have a value; a field that never changes can have none."""
    match target:
        case NoteField(field=field):
            return field in CHANGEABLE and CHANGEABLE[field](value)
        case LinkTarget():
            return value is None or (_is_number(value) and value > 0)
        case EntityTarget(entity=entity):
            return _is_id(value) and value != entity


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(map(_is_text, value))


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, str) and value != "")


def _is_moment(value: object) -> bool:
    return value is None or (isinstance(value, datetime) and value.utcoffset() is not None)


def _is_strength(value: Any) -> bool:
    return _is_number(value) and 0 < value <= 1


def _is_days(value: Any) -> bool:
    return value is None or (_is_number(value) and value > 0)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


CHANGEABLE: dict[str, Callable[[Any], bool]] = {
    "context": _is_text,
    "keywords": _is_texts,
    "tags": _is_texts,
    "valid_until": _is_moment,
    "superseded_by": _is_id,
    "strength": _is_strength,
    "half_life_days": _is_days,
    "pinned": _is_flag,
    "archived": _is_flag,
    "probes": _is_texts,
    "shown": _is_flag,
    "evolved_by": _is_text,
}
"""The fields of a note that a change may name, and what each may be. Text and origins are not
among them: they never change. Nor is what vectors are made of, so none is ever stale."""
