"""ConsolidatingMemory: topic and insight notes over sessions, taken back run by run."""

from abc import ABC
from collections.abc import Collection
from dataclasses import replace
from uuid import uuid4

from graphmem.arrays import GraphSnapshot
from graphmem.asking.plain import says_something
from graphmem.batches import Batch, Claim, NoteRecord
from graphmem.changes import Change, Edit, hangs_on
from graphmem.errors import DependentChangesError
from graphmem.evolve.consolidate import THEME, consolidated, outdated
from graphmem.evolve.dry_run import in_one_go
from graphmem.evolve.themes import themes as themes_of
from graphmem.evolve.topics import Topic
from graphmem.evolving import EvolvingMemory
from graphmem.named import entity_of
from graphmem.types import DERIVED_KINDS, EntityId, Note

PAGE = 500
"""Notes that are written in one transaction: a run that is killed goes on where it was."""


class ConsolidatingMemory(EvolvingMemory, ABC):
    """A memory that can write what its sessions have in common."""

    def consolidate(self, *, themes: bool = False, dry_run: bool = False) -> Edit:
        """Write topic and insight notes of what several sessions say, with their turns as origins.

        With `themes` also a topic note for each group of things that are spoken of together, found
        as communities of the graph of things and turns (Leiden; MissingExtraError without the extra
        `igraph`). Without it, themes that were written before stay as they are.

        Search does not rank them; `list(kind="topic")` and `list(kind="insight")` show them. A note
        goes when one of its turns is deleted. What is there already is left, what would not be made
        any more is superseded or archived; twice is once. `undo(run_id)` takes a run back.
        """
        scope, run_id, now = self.scope.key, uuid4().hex, self._clock()
        snapshot = self._engines.columns(None).snapshot
        ids = snapshot.note_ids
        notes = dict(zip(ids, self.store.read("note", scope, ids), strict=True))
        before = [note for note in self._derived() if themes or note.tags[:1] != (THEME,)]
        people = {entity_of(scope, speaker) for speaker in snapshot.speakers}
        wanted = consolidated(
            snapshot,
            notes,
            self.store.scan("claim", scope),
            lambda said, claim, note: _is_worth(said, claim, note, people),
            _themes(snapshot) if themes else (),
        )
        known = {note.id for note in before}
        fresh = [
            replace(note, run_id=run_id, written_at=now) for note in wanted if note.id not in known
        ]

        def work() -> Edit:
            for begin in range(0, len(fresh), PAGE):
                page = tuple(NoteRecord(note=note) for note in fresh[begin : begin + PAGE])
                self.store.write(Batch(scope=scope, notes=page))
            return self._applied(outdated(before, wanted), run_id=run_id)

        made = in_one_go(self.store, work, dry_run=True) if dry_run else work()
        return replace(made, added=tuple(fresh), is_dry_run=dry_run)

    def undo(self, id_: str, *, cascade: bool = False, dry_run: bool = False) -> Edit:
        """Take back a change or a run, with what depends on it; of a consolidation its notes."""
        written = [note for note in self._derived() if note.run_id == id_]
        if not written:
            return super().undo(id_, cascade=cascade, dry_run=dry_run)
        ids = {note.id for note in written}
        journal = list(self.store.scan("change", self.scope.key))
        mine = [change for change in journal if change.run_id == id_]
        others = [c for c in journal if c.run_id != id_ and not ids.isdisjoint(hangs_on(c))]
        if others and not cascade:
            raise DependentChangesError(id_, [change.id for change in others])

        def work() -> Edit:
            gone: tuple[Change, ...] = ()
            if mine:
                gone = super(ConsolidatingMemory, self).undo(id_, cascade=cascade).changes
            drop = tuple(sorted(ids))
            self.store.write(Batch(scope=self.scope.key, dropped=drop))
            return Edit(run_id=id_, changes=gone, erased=tuple(written), is_dry_run=dry_run)

        return in_one_go(self.store, work, dry_run=dry_run)

    def _derived(self) -> list[Note]:
        found = self.store.scan("note", self.scope.key)
        return [note for note in found if note.kind in DERIVED_KINDS]


def _themes(snapshot: GraphSnapshot) -> list[Topic]:
    from graphmem.rankers.igraph import communities  # under the GPL: only where it is asked for

    return themes_of(snapshot, communities)


def _is_worth(sentence: str, claim: Claim, note: Note, people: Collection[EntityId]) -> bool:
    """Tell whether a claim says something of one of the people who speak."""
    about = entity_of(note.scope, claim.subject)
    is_own = note.speaker is not None and entity_of(note.scope, note.speaker) == about
    return about in people and says_something(sentence, claim, is_own=is_own)
