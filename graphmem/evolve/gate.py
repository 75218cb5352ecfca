"""Changes are kept if what was found useful is found with them; what would lose it is left out.

After gradient episodic memory (Lopez-Paz and Ranzato 2017), which lets no update raise the loss on
stored examples: here no rule's change may take a note out of the first hits of its question.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from graphmem.changes import (
    Change,
    Dropped,
    EntityTarget,
    LinkTarget,
    NoteField,
    chain_of,
    notes_named,
)
from graphmem.contracts import GraphStore
from graphmem.evolve.useful import Probe, probed_notes, probes_of
from graphmem.text import STOPWORDS, stem, words
from graphmem.types import Note, NoteId, ScopeKey

SEEN = ("superseded_by", "valid_until", "archived")
"""The fields of a note that decide what search finds; the others are shown and not ranked by."""

Search = Callable[[str], Collection[str]]
"""From a question to the ids of the first notes that answer it, and of the episodes that say the
same, in the state that the open transaction has made of the store."""

Group = list[int]
"""Places of changes that are kept or left out together, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Applies changes to one scope, inside a transaction that somebody has opened."""

    store: GraphStore
    scope: ScopeKey
    rehearse: Callable[[], Search]
    """Gives a search whose work nobody sees: what it reads may be taken back."""

    def apply(self, changes: Sequence[Change]) -> list[Dropped]:
        """Apply changes but those that would lose a probe; return these, each with the probe.

        A probe is lost if its note, or what supersedes it, was among the first hits of its question
        before and is not afterwards. Asked are those that share a note, a session or a word with
        what is changed, all if names become one. A batch that loses none is applied as it is. Of
        one that does, what hides the note of a probe is tried by itself, and the rest is halved
        until what does harm is alone. The same changes always fare the same.
        """
        seen = [change for change in changes if _is_seen(change)]
        notes = {note.id: note for note in probed_notes(self.store, self.scope)} if seen else {}
        asked = self._touched(seen, notes) if notes else []
        if not asked:
            self.store.apply(changes)
            return []
        return _Trial(self.store, self.scope, changes, self.rehearse()).run(asked)

    def _touched(self, seen: Sequence[Change], notes: Mapping[NoteId, Note]) -> list[Probe]:
        probes = probes_of(notes.values())
        if any(isinstance(change.target, EntityTarget) for change in seen):
            return probes
        ids = sorted({note for change in seen for note in notes_named(change)})
        changed = self.store.read("note", self.scope, ids)
        sessions = {note.session_id for note in changed}
        said = {term for note in changed for term in _terms(note.text)}
        return [
            probe
            for probe in probes
            if notes[probe.note].session_id in sessions
            or not said.isdisjoint(_terms(probe.question))
            or _last(self.store, self.scope, probe.note).id in ids
        ]


@dataclass(slots=True)
class _Trial:
    """One batch of changes, tried group by group."""

    store: GraphStore
    scope: ScopeKey
    changes: Sequence[Change]
    search: Search
    held: list[Probe] = field(default_factory=list)
    """The probes that must not be lost; the one that was lost last is asked first."""
    dropped: dict[int, Dropped] = field(default_factory=dict)
    """What is left out, by its place."""
    _of_note: defaultdict[NoteId, list[Probe]] = field(default_factory=lambda: defaultdict(list))
    """Which probes each note answers before the batch."""

    def run(self, asked: Sequence[Probe]) -> list[Dropped]:
        """Apply what loses none of some probes, and tell the rest."""
        for probe in asked:
            note = _last(self.store, self.scope, probe.note)
            if self._is_found(probe):
                self.held.append(probe)
                self._of_note[note.id].append(probe)
        groups = self._without_archived() if self.held else _grouped(self.changes)
        self._apply(groups)
        if self._lost() is not None:
            seen = [group for group in groups if any(map(_is_seen, self._of(group)))]
            self._take_back(seen)
            hiding = [group for group in seen if self._hidden(group)]
            self._settle_one_by_one(hiding)
            self._settle([group for group in seen if group not in hiding])
        return [self.dropped[place] for place in sorted(self.dropped)]

    def _without_archived(self) -> list[Group]:
        """Drop what puts the very note of a probe away, which needs no search; return the rest."""
        left = []
        for group in _grouped(self.changes):
            lost = [probe for change in self._of(group) for probe in self._put_away(change)]
            if lost:
                self._drop(group, lost[0])
            else:
                left.append(group)
        return left

    def _settle_one_by_one(self, groups: Sequence[Group]) -> None:
        """Keep those of some groups, each of which hides a probe's note, that lose nothing."""
        kept = []
        for group in groups:
            self._apply([group])
            lost = self._lost_of(self._hidden(group))
            if lost is None:
                kept.append(group)
            else:
                self._take_back([group])
                self._drop(group, lost)
        if kept and self._lost() is not None:
            self._take_back(kept)
            self._settle(kept)

    def _settle(self, groups: Sequence[Group]) -> None:
        """Keep those of some groups that lose nothing, beside what is kept already."""
        self._apply(groups)
        lost = self._lost() if groups else None
        if lost is None:
            return
        self._take_back(groups)
        if len(groups) == 1:
            self._drop(groups[0], lost)
            return
        half = len(groups) // 2
        self._settle(groups[:half])
        self._settle(groups[half:])

    def _lost(self) -> Probe | None:
        lost = self._lost_of(self.held)
        if lost is not None:
            self.held.remove(lost)
            self.held.insert(0, lost)
        return lost

    def _lost_of(self, probes: Sequence[Probe]) -> Probe | None:
        return next((probe for probe in probes if not self._is_found(probe)), None)

    def _is_found(self, probe: Probe) -> bool:
        """Tell whether a note, or what supersedes it, is among the first hits of its question."""
        note = _last(self.store, self.scope, probe.note)
        return not {note.id, *note.origins}.isdisjoint(self.search(probe.question))

    def _hidden(self, group: Group) -> list[Probe]:
        """Return the probes whose own note a group may hide."""
        fields = (one.target for one in self._of(group) if _is_seen(one))
        notes = (target.note for target in fields if isinstance(target, NoteField))
        return [probe for note in dict.fromkeys(notes) for probe in self._of_note.get(note, ())]

    def _put_away(self, change: Change) -> Sequence[Probe]:
        """Return the probes whose own note a change archives."""
        match change.target:
            case NoteField(field="archived", note=note) if change.after:
                return self._of_note.get(note, ())
            case _:
                return ()

    def _of(self, group: Group) -> list[Change]:
        return [self.changes[place] for place in group]

    def _drop(self, group: Group, lost: Probe) -> None:
        for place in group:
            change = self.changes[place]
            self.dropped[place] = Dropped(change=change, question=lost.question, note=lost.note)

    def _apply(self, groups: Sequence[Group]) -> None:
        if places := sorted(place for group in groups for place in group):
            self.store.apply([self.changes[place] for place in places])

    def _take_back(self, groups: Sequence[Group]) -> None:
        ids = [self.changes[place].id for group in groups for place in group]
        if ids:
            self.store.take_back(self.scope, ids)


def _grouped(changes: Sequence[Change]) -> list[Group]:
    """Return the places of changes that cannot be without each other: of a value, or dependent."""
    at: dict[str, set[int]] = {change.id: {place} for place, change in enumerate(changes)}
    chains: defaultdict[object, list[str]] = defaultdict(list)
    for change in changes:
        chains[chain_of(change.target)].append(change.id)
        for id_ in (*change.depends_on, chains[chain_of(change.target)][0]):
            if id_ in at and at[id_] is not at[change.id]:
                joined = at[id_] | at[change.id]
                at.update((changes[place].id, joined) for place in joined)
    groups = {min(group): sorted(group) for group in at.values()}
    return [groups[first] for first in sorted(groups)]


def _is_seen(change: Change) -> bool:
    """Tell whether a change may alter what a search finds."""
    match change.target:
        case NoteField(field=name):
            return name in SEEN
        case LinkTarget():
            return False
        case EntityTarget():
            return True


def _last(store: GraphStore, scope: ScopeKey, id_: NoteId) -> Note:
    """Return a note, or what stands in its place now."""
    (note,) = store.read("note", scope, [id_])
    while note.superseded_by is not None:
        (note,) = store.read("note", scope, [note.superseded_by])
    return note


def _terms(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOPWORDS}
