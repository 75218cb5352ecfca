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
    neighbours: Neighbours = field(default_factory=Neighbours)
    """What an earlier run of this process has read; it makes this one cheaper, never different."""

    def run(self, progress: Progress | None = None) -> None:
        """Look at every note that nobody has looked at, and then at the names."""
        notes = [n for n in self.store.scan("note", self.scope) if n.kind in ATOMIC_KINDS]
        self._read(notes)
        told = {note.id: self.neighbours.read[note.id] for note in notes}
        facts = frozenset(id_ for id_, (_, is_fact) in told.items() if is_fact)
        proposer = self.proposer or RuleProposer(self._stored, facts)
        old = {note.id for note in notes if note.evolved_by == proposer.name}
        self.neighbours.keep(old)
        for id_ in sorted(old - self.neighbours.of.keys()):
            self.neighbours.add(told[id_][0])
        fresh = [one for id_, (one, _) in told.items() if id_ not in old]
        fresh.sort(key=lambda one: one.order)
        for begin in range(0, len(fresh), self.batch):
            batch = fresh[begin : begin + self.batch]
            proposed = [(one, list(self._heard(proposer, one))) for one in batch]
            self.store.atomically(partial(self._do, proposed, proposer.name))
            self.looked_at += len(batch)
            if progress is not None:
                progress("evolve", self.looked_at, len(fresh))
        if self.proposer is None:
            known = [told[id_][0] for id_ in sorted(facts)]
            self.store.atomically(partial(self._end, newer_facts(known)))
            self.store.atomically(self._name)

    def _heard(self, proposer: Proposer, one: Said) -> Iterator[Proposal]:
        """Yield what is proposed of a note, which the next ones are then compared with."""
        made = iter(proposer.propose(one, self.neighbours.near(one)))
        yield from islice(made, MOST_PROPOSED)
        for proposal in islice(made, 1):
            why = f"the proposer did not stop after {MOST_PROPOSED}"
            self.rejected.append(Rejection(proposal=proposal, why=why))
        self.neighbours.add(one)

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

    def _read(self, notes: Sequence[Note]) -> None:
        """Read what notes say that were not read before, and forget those that are gone."""
        known = self.neighbours.read
        for id_ in known.keys() - {note.id for note in notes}:
            del known[id_]
        key, value = FACT
        unread = [note for note in notes if note.id not in known]
        for begin in range(0, len(unread), BATCH):
            part = unread[begin : begin + BATCH]
            episodes = self.store.read("episode", self.scope, [note.origins[0] for note in part])
            for note, episode in zip(part, episodes, strict=True):
                known[note.id] = said(note), episode.metadata.get(key) == value


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
