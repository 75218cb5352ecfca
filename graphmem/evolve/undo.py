"""Taking changes back: those of a run or one alone, with what an update wrote, byte for byte."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphmem.batches import Batch
from graphmem.changes import (
    Chain,
    Change,
    chain_of,
    entities_named,
    hangs_on,
    owner_of,
    successor,
)
from graphmem.contracts import GraphStore
from graphmem.errors import DependentChangesError, MissingRecordError
from graphmem.evolve.supersede import name_of_update
from graphmem.types import ChangeId, EpisodeId, Note, NoteId, ScopeKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What one undoing takes back, and erases."""

    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    """Those that an update or a correction wrote, each the only one of its session."""


def undoing(store: GraphStore, scope: ScopeKey, id_: str, *, cascade: bool) -> Undoing:
    """Return what undoing a change, or all changes of a run, takes back; nothing is done yet.

    What the same run made dependent on it goes along. Raises MissingRecordError for an id that is
    neither a change nor a run, DependentChangesError with the later changes of other runs that
    depend on it, unless `cascade`: then they go too, and what depends on those.
    """
    journal = _Journal.of(store, scope)
    asked = [c for c in journal.changes.values() if id_ in (c.id, c.run_id)]
    if not asked:
        raise MissingRecordError("change or run", [id_])
    found = journal.with_dependents(asked)
    runs = {change.run_id for change in asked}
    others = [c for c in found.changes if c not in asked and c.run_id not in runs]
    if others and not cascade:
        raise DependentChangesError(id_, [change.id for change in others])
    return found


def take_back(store: GraphStore, scope: ScopeKey, found: Undoing) -> None:
    """Take the changes back and erase the notes; they leave no tombstone, as they never were."""
    store.take_back(scope, [change.id for change in found.changes])
    episodes: list[EpisodeId] = [origin for note in found.notes for origin in note.origins]
    if episodes:
        store.delete(episodes, Batch(scope=scope))
        store.write(Batch(scope=scope, restored=tuple(episodes)))


@dataclass(slots=True)
class _Journal:
    """The changes of a scope, and what follows what."""

    store: GraphStore
    scope: ScopeKey
    changes: Mapping[ChangeId, Change]
    chains: dict[Chain, list[Change]] = field(default_factory=dict)
    needed: dict[str, list[Change]] = field(default_factory=dict)
    """The changes that hang on an id."""

    @classmethod
    def of(cls, store: GraphStore, scope: ScopeKey) -> "_Journal":
        """Read the journal of a scope."""
        found = {change.id: change for change in store.scan("change", scope)}
        journal = cls(store, scope, found)
        for owner in sorted({owner_of(change.target) for change in found.values()}):
            for change in store.changes(scope, owner):
                journal.chains.setdefault(chain_of(change.target), []).append(change)
                for id_ in hangs_on(change):
                    journal.needed.setdefault(id_, []).append(change)
        return journal

    def with_dependents(self, asked: Sequence[Change]) -> Undoing:
        """Return some changes, and all that cannot stay without them, in journal order."""
        found: dict[ChangeId, Change] = {}
        notes: dict[str, Note] = {}
        left = list(asked)
        while left or (left := self._nameless(found, notes.values())):
            change = left.pop()
            if change.id in found:
                continue
            found[change.id] = change
            chain = self.chains[chain_of(change.target)]
            left += chain[chain.index(change) + 1 :]
            left += self._needing([change.id])
            written = self._written_by(change)
            if written is not None:
                notes[written.id] = written
                left += self._needing([written.id, *written.origins])
        ordered = [c for chain in self.chains.values() for c in chain if c.id in found]
        return Undoing(changes=tuple(ordered), notes=tuple(notes.values()))

    def _needing(self, ids: Iterable[str]) -> list[Change]:
        return [change for id_ in ids for change in self.needed.get(id_, ())]

    def _nameless(self, found: Mapping[ChangeId, Change], erased: Iterable[Note]) -> list[Change]:
        """Return the changes of entities that no note would name without the erased ones."""
        gone = {origin for note in erased for origin in note.origins}
        if not gone:
            return []
        others = [c for c in self.changes.values() if c.id not in found and entities_named(c)]
        ids = sorted({id_ for change in others for id_ in entities_named(change)})
        entities = self.store.read("entity", self.scope, ids)
        lost = {entity.id for entity in entities if gone.issuperset(entity.origins)}
        return [change for change in others if not lost.isdisjoint(entities_named(change))]

    def _written_by(self, change: Change) -> Note | None:
        """Return the note that an update wrote to supersede the change's, if it did."""
        new = successor(change)
        if new is None:
            return None
        (note,) = self.store.read("note", self.scope, [new])
        (session,) = self.store.read("session", self.scope, [note.session_id])
        is_update = (session.collection, session.name) == ("", name_of_update(_old(change)))
        return note if is_update else None


def _old(change: Change) -> NoteId:
    return NoteId(owner_of(change.target))
