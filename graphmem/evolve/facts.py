"""Of what an application marked as facts, the newer supersedes the older one about its slot."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from graphmem.changes import NoteField, Proposal
from graphmem.evolve.relate import slot_of
from graphmem.evolve.said import Said
from graphmem.types import NoteId

AUTHOR = "rule:facts@1"

Slot = tuple[str, tuple[str, ...]]
"""Whose a statement is, and its words but the values."""


def newer_facts(facts: Iterable[Said]) -> list[Proposal]:
    """Propose that each fact is true until the next one that differs from it by its value alone.

    All facts are looked at each time: one that was deleted leaves its place to the next. Facts
    without a time, and those of more than one sentence, say nothing of which is newer.
    """
    slots: defaultdict[object, list[Said]] = defaultdict(list)
    for fact in facts:
        slot = slot_of(fact)
        if slot is not None and fact.at is not None:
            slots[slot].append(fact)
    made: list[Proposal] = []
    for same in slots.values():
        for old, new in pairwise(sorted(same, key=lambda one: one.order)):
            made += _superseding(old, new, len(made))
    return made


@dataclass(slots=True)
class KnownFacts:
    """The facts of one scope, by what they state a value of."""

    of: dict[NoteId, Said] = field(default_factory=dict)
    _sharing: defaultdict[Slot, set[NoteId]] = field(default_factory=lambda: defaultdict(set))
    _due: set[Slot] = field(default_factory=set)
    """What something was said about, or done to, since it was last settled."""

    def add(self, fact: Said) -> None:
        """Let a fact count, as it is given here."""
        self.discard(fact.note)
        slot = slot_of(fact)
        self.of[fact.note] = fact
        if slot is not None:
            self._sharing[slot].add(fact.note)
            self._due.add(slot)

    def discard(self, note: NoteId) -> None:
        """Let a fact count no more."""
        self.touch(note)
        fact = self.of.pop(note, None)
        slot = None if fact is None else slot_of(fact)
        if slot is not None:
            self._sharing[slot].discard(note)

    def touch(self, note: NoteId) -> None:
        """Note that something was done to a note, which may be a fact."""
        slot = slot_of(self.of[note]) if note in self.of else None
        if slot is not None:
            self._due.add(slot)

    def newer(self) -> list[Proposal]:
        """Propose what `newer_facts` proposes of all of them, but what was settled already."""
        due = sorted(id_ for slot in self._due for id_ in self._sharing[slot])
        return newer_facts(self.of[id_] for id_ in due)

    def settle(self, left: Iterable[NoteId]) -> None:
        """Note that all was done as proposed, except to some notes."""
        self._due.clear()
        for note in left:
            self.touch(note)


def _superseding(old: Said, new: Said, place: int) -> list[Proposal]:
    reason = "a newer fact: the same but for its value"
    if old.parts[0].values == new.parts[0].values:
        reason = "the same fact again"
    return [
        Proposal(
            target=NoteField(old.note, "superseded_by"),
            after=new.note,
            reason=reason,
            author=AUTHOR,
        ),
        Proposal(
            target=NoteField(old.note, "valid_until"),
            after=new.at,
            reason=reason,
            author=AUTHOR,
            evidence=(new.note,),
            follows=(place,),
        ),
    ]
