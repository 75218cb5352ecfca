"""Taking changes back: those of a run or one alone, with what an update wrote, byte for byte."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphmem.batches import Batch
from graphmem.changes import (
    Change,
    NoteField,
    chain_of,
    entities_named,
    hangs_on,
    owner_of,
    successor,
)
from graphmem.contracts import GraphStore
from graphmem.errors import DependentChangesError, MissingRecordError
from graphmem.evolve.check import EVOLUTION, MARK, RULE
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
    erased = {id_ for note in found.notes for id_ in (note.id, *note.origins)}
    others = [
        change
        for change in found.changes
        if change not in asked and change.run_id not in runs and not _goes_along(change, erased)
    ]
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
    needed: Mapping[str, list[Change]]
    """The changes that hang on an id."""
    runs: Mapping[str, list[Change]]
    _of_record: dict[str, list[Change]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: GraphStore, scope: ScopeKey) -> "_Journal":
        """Read the journal of a scope."""
        found = {change.id: change for change in store.scan("change", scope)}
        needed: defaultdict[str, list[Change]] = defaultdict(list)
        runs: defaultdict[str, list[Change]] = defaultdict(list)
        for change in found.values():
            runs[change.run_id].append(change)
            for id_ in hangs_on(change):
                needed[id_].append(change)
        return cls(store, scope, found, needed, runs)

    def with_dependents(self, asked: Sequence[Change]) -> Undoing:
        """Return some changes, and all that cannot stay without them, in journal order."""
        found: dict[ChangeId, Change] = {}
        written_by = filter(None, map(self._written_by, asked))
        notes: dict[str, Note] = {note.id: note for note in written_by}
        left = list(asked)
        while left or (left := self._nameless(found, notes.values())):
            change = left.pop()
            if change.id in found:
                continue
            found[change.id] = change
            left += self._whole(self._behind(change), notes)
            left += self._whole(self._needing([change.id]), notes)
            written = self._written_by(change)
            if written is not None:
                notes[written.id] = written
                left += self._needing([written.id, *written.origins])
        records = sorted({owner_of(change.target) for change in found.values()})
        ordered = [c for id_ in records for c in self._record(id_) if c.id in found]
        return Undoing(changes=tuple(ordered), notes=tuple(notes.values()))

    def _record(self, id_: str) -> list[Change]:
        """Return the changes of one record in journal order."""
        if id_ not in self._of_record:
            self._of_record[id_] = self.store.changes(self.scope, id_)
        return self._of_record[id_]

    def _whole(self, changes: Iterable[Change], erased: Mapping[str, Note]) -> list[Change]:
        """Return some changes, of a rule's its whole run: the next evolution does it anew.

        Only what says who has looked at a note, and what is of one that goes, goes alone.
        """
        found: list[Change] = []
        for change in changes:
            is_rule = change.author.startswith(EVOLUTION) and not _goes_along(change, set(erased))
            found += self.runs[change.run_id] if is_rule else [change]
        return found

    def _behind(self, change: Change) -> list[Change]:
        """Return the later changes of the same value."""
        chain = chain_of(change.target)
        same = [c for c in self._record(owner_of(change.target)) if chain_of(c.target) == chain]
        return same[[c.id for c in same].index(change.id) + 1 :]

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


def _goes_along(change: Change, erased: set[str]) -> bool:
    """Tell whether a change is a rule's, of a note that goes, or says only who looked at one.

    Nobody has to be asked about those: what still holds is found again by the next evolution.
    """
    is_rule = change.author.startswith(RULE)
    return _is_mark(change) or (is_rule and not erased.isdisjoint(hangs_on(change)))


def _is_mark(change: Change) -> bool:
    """Tell whether a change says only who has looked at a note."""
    return isinstance(change.target, NoteField) and change.target.field == MARK


def _old(change: Change) -> NoteId:
    return NoteId(owner_of(change.target))
