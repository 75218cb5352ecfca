"""New notes -> what they are to older ones: proposed, checked, journalled, a transaction a batch.

A note is looked at once, and marked so by a change of its own: what takes that change back lets it
be looked at again. So a second run changes nothing, a killed one goes on where it stopped, and
undoing a run leaves nothing behind that would keep the next one from doing it again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice

from graphmem.changes import Change, LinkTarget, NoteField, Proposal, Rejection
from graphmem.contracts import GraphStore, Progress
from graphmem.evolve.check import MARK, Checker, Limits
from graphmem.evolve.facts import newer_facts
from graphmem.evolve.names import NameProposer
from graphmem.evolve.neighbours import Neighbours
from graphmem.evolve.propose import MOST_LINKS, Proposer, RuleProposer
from graphmem.evolve.said import Said, said
from graphmem.types import ATOMIC_KINDS, Note, NoteId, ScopeKey

BATCH = 256
"""New notes of one transaction."""
MOST_PROPOSED = 100
"""Proposals of one new note that are heard; a proposer that goes on is cut off, and counted."""

FACT = ("kind", "fact")
"""What an episode's metadata says of a statement that an application marks as a fact."""


@dataclass(slots=True)
class Evolution:
    """One run over the new notes of a scope."""

    store: GraphStore
    scope: ScopeKey
    run_id: str
    at: datetime
    limits: Limits
    proposer: Proposer | None = None
    """None: the rules."""
    batch: int = BATCH
    changes: list[Change] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    looked_at: int = 0
    _neighbours: Neighbours = field(default_factory=Neighbours)

    def run(self, progress: Progress | None = None) -> None:
        """Look at every note that nobody has looked at, and then at the names."""
        facts = self._facts()
        proposer = self.proposer or RuleProposer(self._stored, facts)
        fresh: list[Said] = []
        for note in self.store.scan("note", self.scope):
            if note.kind in ATOMIC_KINDS and note.evolved_by == proposer.name:
                self._neighbours.add(said(note))
            elif note.kind in ATOMIC_KINDS:
                fresh.append(said(note))
        fresh.sort(key=lambda one: one.order)
        for begin in range(0, len(fresh), self.batch):
            batch = fresh[begin : begin + self.batch]
            proposed = [(one, list(self._heard(proposer, one))) for one in batch]
            self.store.atomically(partial(self._do, proposed, proposer.name))
            self.looked_at += len(batch)
            if progress is not None:
                progress("evolve", self.looked_at, len(fresh))
        if self.proposer is None:
            known = [self._neighbours.of[id_] for id_ in sorted(facts & self._neighbours.of.keys())]
            self.store.atomically(partial(self._end, newer_facts(known)))
            self.store.atomically(self._name)

    def _heard(self, proposer: Proposer, one: Said) -> Iterator[Proposal]:
        """Yield what is proposed of a note, which the next ones are then compared with."""
        made = iter(proposer.propose(one, self._neighbours.near(one)))
        yield from islice(made, MOST_PROPOSED)
        for proposal in islice(made, 1):
            why = f"the proposer did not stop after {MOST_PROPOSED}"
            self.rejected.append(Rejection(proposal=proposal, why=why))
        self._neighbours.add(one)

    def _do(self, proposed: Sequence[tuple[Said, list[Proposal]]], author: str) -> None:
        checker = self._checker()
        for one, proposals in proposed:
            done = len(checker.changes)
            checker.check([_signed(proposal, one, author) for proposal in proposals])
            made = checker.changes[done:]
            links = [change for change in made if isinstance(change.target, LinkTarget)]
            checker.check([_mark(one, author, links if len(links) >= MOST_LINKS else ())])
        self._apply(checker)

    def _end(self, proposals: Sequence[Proposal]) -> None:
        """Let newer facts supersede older ones, but where a person has said what is true."""
        checker = self._checker()
        checker.check(proposals)
        checker.rejected.clear()
        self._apply(checker)

    def _name(self) -> None:
        checker = self._checker()
        entities = list(self.store.scan("entity", self.scope))
        checker.check(NameProposer().propose(entities))
        self._apply(checker)

    def _checker(self) -> Checker:
        return Checker(self.store, self.scope, self.run_id, self.at, self.limits)

    def _apply(self, checker: Checker) -> None:
        if checker.changes:
            self.store.apply(checker.changes)
        self.changes += checker.changes
        self.rejected += checker.rejected

    def _stored(self, id_: NoteId) -> tuple[Note, Sequence[Change]]:
        (note,) = self.store.read("note", self.scope, [id_])
        return note, self.store.changes(self.scope, id_)

    def _facts(self) -> frozenset[NoteId]:
        key, value = FACT
        episodes = self.store.scan("episode", self.scope)
        marked = [one.id for one in episodes if one.metadata.get(key) == value]
        return frozenset(self.store.notes_of(self.scope, marked)) if marked else frozenset()


def _signed(proposal: Proposal, one: Said, author: str) -> Proposal:
    """Return a proposal as its author's and of this note, whatever it says of itself."""
    return replace(proposal, author=author, arrival=one.note)


def _mark(one: Said, author: str, needs: Iterable[Change]) -> Proposal:
    """Propose to say that a note was looked at.

    Where all its places are taken another note would stand in the place of one that is deleted:
    then this goes too, and the note is looked at again.
    """
    return Proposal(
        target=NoteField(one.note, MARK),
        after=author,
        reason="looked at",
        author=author,
        depends_on=tuple(change.id for change in needs),
    )
