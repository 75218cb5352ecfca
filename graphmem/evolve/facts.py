"""Of what an application marked as facts, the newer supersedes the older one about its slot."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from graphmem.changes import NoteField, Proposal
from graphmem.evolve.relate import slot_of
from graphmem.evolve.said import Said

AUTHOR = "rule:facts@1"


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
