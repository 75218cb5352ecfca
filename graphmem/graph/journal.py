"""Changes over records: whether one fits, what a note and the names are with them applied."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from typing import Any

from graphmem.changes import (
    CHANGEABLE,
    Chain,
    Change,
    EntityTarget,
    LinkTarget,
    NoteField,
    Target,
    can_hold,
    chain_of,
    entities_named,
    hangs_on,
    native,
    notes_named,
    successor,
)
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.records import json_value
from graphmem.types import ChangeId, EntityId, Link, Note, NoteId

_LISTED = ", ".join(CHANGEABLE)


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What is stored of all that some changes name, and becomes as they are accepted, in order."""

    notes: dict[NoteId, Note]
    """As they are now."""
    episodes: Collection[str]
    entities: Collection[EntityId]
    """Those that a note names."""
    values: dict[Chain, Any]
    """The present value of each link and each entity's identity that the journal has."""
    same: dict[EntityId, EntityId]
    """What each merged entity is, as the journal says it; chains are not followed."""
    known: set[ChangeId]
    """Those of the changes, and of what they depend on, that are in the journal already."""
    accepted: list[Change] = field(default_factory=list)

    def accept(self, change: Change) -> Change:
        """Return the change with native values, if it fits what is stored now.

        Raises MissingRecordError for an id that is not there, StoreError for a field that never
        changes, a value that the target cannot hold, a `before` that is not the present value, a
        change that is in the journal already, or an entity that would be itself by a detour.
        """
        self._check_ids(change)
        target = change.target
        if isinstance(target, NoteField) and target.field not in CHANGEABLE:
            raise StoreError(f"a note's {target.field} never changes; one of these may: {_LISTED}")
        before, after = native(target, change.before), native(target, change.after)
        if not can_hold(target, after):
            raise StoreError(f"{json_value(after)!r} cannot be {_named(change)}")
        self._refuse_circle(change)
        now = self._now(change)
        if before != now:
            raise StoreError(
                f"change {change.id} expects {_named(change)} to be {json_value(before)!r}, but it "
                f"is {json_value(now)!r} now"
            )
        made = replace(change, before=before, after=after)
        self._put(made)
        return made

    def _check_ids(self, change: Change) -> None:
        if change.id in self.known:
            raise StoreError(f"change {change.id} is in the journal already")
        named: dict[str, set[Any]] = {
            "note": notes_named(change) - self.notes.keys(),
            "entity": entities_named(change) - set(self.entities),
            "episode or note": set(change.evidence) - self.notes.keys() - set(self.episodes),
            "change": set(change.depends_on) - self.known,
        }
        for kind, absent in named.items():
            if absent:
                raise MissingRecordError(kind, sorted(absent))

    def _refuse_circle(self, change: Change) -> None:
        match change.target:
            case LinkTarget(source=source, target=other) if source == other:
                raise StoreError(f"change {change.id} links note {source} with itself")
            case NoteField(note=note) if successor(change) == note:
                raise StoreError(f"change {change.id} has note {note} supersede itself")
            case EntityTarget(entity=entity) if change.after is not None:
                if root_of(EntityId(change.after), self.same) == entity:
                    raise StoreError(f"entity {change.after} is {entity} already; unmerge it first")

    def _now(self, change: Change) -> object:
        match change.target:
            case NoteField(note=note, field=name):
                return getattr(self.notes[note], name)
            case target:
                return self.values.get(chain_of(target))

    def _put(self, change: Change) -> None:
        match change.target:
            case NoteField(note=note):
                self.notes[note] = with_changes(self.notes[note], [change])
            case EntityTarget(entity=entity):
                self.same.pop(entity, None)
                if change.after is not None:
                    self.same[entity] = EntityId(change.after)
        self.values[chain_of(change.target)] = change.after
        self.known.add(change.id)
        self.accepted.append(change)


def _named(change: Change) -> str:
    match change.target:
        case NoteField(note=note, field=name):
            return f"{name} of {note}"
        case LinkTarget(source=source, target=other, kind=kind):
            return f"the link {kind} from {source} to {other}"
        case EntityTarget(entity=entity):
            return f"what entity {entity} is"


def read_target(data: Mapping[str, Any]) -> Target:
    """Return the target whose fields a store has. Raises ValueError for those of none."""
    for kind in (NoteField, LinkTarget, EntityTarget):
        if data.keys() == {one.name for one in fields(kind)}:
            return kind(**data)
    raise ValueError(f"no change is of {', '.join(data)}")


def with_changes(note: Note, changes: Iterable[Change]) -> Note:
    """Return the note with the changes of its fields applied in journal order."""
    values: dict[str, Any] = {
        change.target.field: change.after
        for change in changes
        if isinstance(change.target, NoteField)
    }
    return replace(note, **values) if values else note


def values_of(changes: Iterable[Change]) -> dict[Chain, Any]:
    """Return the value that the last change of each link and identity gives it."""
    return {
        chain_of(change.target): change.after
        for change in changes
        if not isinstance(change.target, NoteField)
    }


def links_made(changes: Iterable[Change]) -> list[Link]:
    """Return the links that changes in journal order leave, each contributed by its last change."""
    last = {c.target: c for c in changes if isinstance(c.target, LinkTarget)}
    return [
        Link(
            source=target.source,
            target=target.target,
            kind=target.kind,
            origin=change.id,
            weight=change.after,
        )
        for target, change in last.items()
        if change.after is not None
    ]


@dataclass(frozen=True, slots=True)
class Identities:
    """Which named things are one, by the journal."""

    same: Mapping[EntityId, EntityId] = field(default_factory=dict)
    """What each merged entity is; chains are not followed."""
    called: Mapping[EntityId, str] = field(default_factory=dict)
    """The names of those of them that a person named."""

    @classmethod
    def of(cls, changes: Iterable[Change]) -> "Identities":
        """Return what changes in journal order leave."""
        last = {c.target.entity: c for c in changes if isinstance(c.target, EntityTarget)}
        merged = {entity: change for entity, change in last.items() if change.after is not None}
        return cls(
            same={entity: EntityId(change.after) for entity, change in merged.items()},
            called={
                entity: change.target.name
                for entity, change in merged.items()
                if isinstance(change.target, EntityTarget) and change.target.name is not None
            },
        )

    def root(self, entity: EntityId) -> EntityId:
        """Return what an entity is in the end; stores hold no circle."""
        return root_of(entity, self.same)


def root_of(entity: EntityId, same: Mapping[EntityId, EntityId]) -> EntityId:
    """Return what an entity is in the end; stores hold no circle."""
    while entity in same:
        entity = same[entity]
    return entity


def without(
    changes: Sequence[Change], erased: Collection[str]
) -> tuple[tuple[Change, ...], set[ChangeId]]:
    """Take back those changes that hang on something erased, and what depends on them.

    A change of `valid_until` goes with the one of `superseded_by` that has the same author, run
    and time. A later change of the same chain then starts from what was before; one that is left
    with nothing to change would never have been made, and goes too. Returns the changes that stay,
    and the ids of those that go.
    """
    left = set(erased)
    gone: set[ChangeId] = set()
    was = {change.id: change.before for change in changes}
    while True:
        while found := {c.id for c in changes if not left.isdisjoint(hangs_on(c))} - gone:
            gone |= found
            acts = {_act(c) for c in changes if c.id in gone and successor(c) is not None}
            gone |= {c.id for c in changes if _is_end(c) and _act(c) in acts}
            left |= gone
        kept = rebased(changes, gone)
        idle = {c.id for c in kept if c.before == c.after and c.before != was[c.id]}
        if not idle:
            return kept, gone
        gone |= idle
        left |= idle


def without_owners(
    erased: Set[str],
    *,
    in_need: Callable[[Set[str]], Set[str]],
    journal_of: Callable[[Set[str]], list[Change]],
) -> tuple[list[Change], tuple[Change, ...], set[ChangeId]]:
    """Do as `without` in a store that keeps changes by record.

    `in_need` returns the records with a change that hangs on one of some ids, `journal_of` the
    changes of records in order. Returns what they were, which stay, and the ids of those that go.
    """
    owners: set[str] = set()
    was: list[Change] = []
    kept: tuple[Change, ...] = ()
    gone: set[ChangeId] = set()
    left = erased
    while fresh := in_need(left) - owners:
        owners |= fresh
        was = journal_of(owners)
        kept, gone = without(was, erased)
        left = gone
    return was, kept, gone


def _act(change: Change) -> tuple[object, ...]:
    return change.author, change.run_id, change.at, getattr(change.target, "note", None)


def _is_end(change: Change) -> bool:
    return isinstance(change.target, NoteField) and change.target.field == "valid_until"


def rebased(changes: Sequence[Change], gone: Collection[ChangeId]) -> tuple[Change, ...]:
    """Leave some changes out; the next one of the same chain starts from what was before them."""
    kept: list[Change] = []
    start: dict[Chain, object] = {}
    for change in changes:
        chain = chain_of(change.target)
        if change.id in gone:
            start.setdefault(chain, change.before)
        elif chain in start:
            kept.append(replace(change, before=start.pop(chain)))
        else:
            kept.append(change)
    return tuple(kept)


def refuse_dependents(changes: Iterable[Change], gone: Collection[ChangeId]) -> None:
    """Refuse to take changes back while a later one depends on them. Raises StoreError.

    That is a later change of the same chain, or one that names one of them.
    """
    chains: set[Chain] = set()
    for change in changes:
        chain = chain_of(change.target)
        if change.id in gone:
            chains.add(chain)
        elif chain in chains or not set(change.depends_on).isdisjoint(gone):
            raise StoreError(f"change {change.id} depends on one that is to be taken back")
