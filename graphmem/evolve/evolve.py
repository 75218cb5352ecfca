"""New notes -> what they are to older ones: proposed, checked, journalled, a transaction a batch.

A note is looked at once, and marked so by a change of its own: what takes that change back lets it
be looked at again. So a second run changes nothing, a killed one goes on where it stopped, and
undoing a run leaves nothing behind that would keep the next one from doing it again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from graphmem.changes import (
    Change,
    Dropped,
    LinkTarget,
    NoteField,
    Proposal,
    Rejection,
    Target,
)
from graphmem.contracts import GraphStore, Progress
from graphmem.evolve.apply import carry_out
from graphmem.evolve.check import MARK, Checker, Limits
from graphmem.evolve.gate import Gate
from graphmem.evolve.known import Known
from graphmem.evolve.propose import MOST_LINKS, Proposer, RuleProposer
from graphmem.evolve.said import Said
from graphmem.types import ChangeId, Note, NoteId, ScopeKey

BATCH = 256
"""New notes of one transaction."""
MOST_PROPOSED = 100
"""Proposals of one new note that are heard; a proposer that goes on is cut off, and counted."""


Heard = Sequence[tuple[Said, list[Proposal]]]
"""New notes, and what is proposed of each."""


@dataclass(slots=True)
class Evolution:
    """One run over the new notes of a scope."""

    store: GraphStore
    scope: ScopeKey
    run_id: str
    at: datetime
    limits: Limits
    known: Known
    """What an earlier run of this process has read; it makes this one cheaper, never different."""
    proposer: Proposer | None = None
    """None: the rules."""
    gate: Gate | None = None
    """Leaves out what would lose a probe; None: nobody asks."""
    batch: int = BATCH
    changes: list[Change] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    looked_at: int = 0
    _keeps: bool = True
    """Whether what is known follows what is done: not where that may still be taken back."""

    def run(self, progress: Progress | None = None) -> None:
        """Look at every note that nobody has looked at, and then at facts and names.

        Each batch is one transaction, and what comes last is in that of the last one.
        """
        self._begin()
        proposer = self.proposer or RuleProposer(self._stored, self.known.facts.of.keys())
        fresh = self.known.fresh(proposer.name)
        begins = range(0, len(fresh), self.batch) or range(1)
        try:
            for begin in begins:
                batch = fresh[begin : begin + self.batch]
                heard = [(one, list(self._heard(proposer, one))) for one in batch]
                self._do(heard, proposer.name, is_last=begin == begins[-1])
                self.looked_at += len(batch)
                if batch and progress is not None:
                    progress("evolve", self.looked_at, len(fresh))
        finally:
            self.known.forget_unlooked(fresh)

    def _begin(self) -> None:
        """Bring what is known up to date; what may be taken back is kept out of it."""
        if not self.known.catch_up(self.store):
            self._keeps = self.known.token != self.store.version_token(self.scope)
            if self._keeps:
                self.known = Known(self.scope)
                self.known.refresh(self.store)

    def _heard(self, proposer: Proposer, one: Said) -> Iterator[Proposal]:
        """Yield what is proposed of a note, which the next ones are then compared with."""
        made = iter(proposer.propose(one, self.known.neighbours.near(one)))
        yield from islice(made, MOST_PROPOSED)
        for proposal in islice(made, 1):
            why = f"the proposer did not stop after {MOST_PROPOSED}"
            self.rejected.append(Rejection(proposal=proposal, why=why))
        self.known.neighbours.add(one)

    def _do(self, heard: Heard, author: str, *, is_last: bool) -> None:
        """Do in one transaction what was proposed of a batch, and at the end of facts and names."""
        known, is_end = self.known, is_last and self.proposer is None
        if not heard and not (is_end and (known.facts.newer() or known.things.merges())):
            return

        def work() -> tuple[list[Checker], bool, str]:
            if is_end and self._keeps:
                known.refresh(self.store)  # others may have written since
            is_known = self._keeps and known.token == self.store.version_token(self.scope)
            checkers = [self._looked(heard, author)]
            if is_end:
                checkers.append(self._checked(known.facts.newer()))
                checkers.append(self._checked(known.things.merges()))
            return checkers, is_known, self.store.version_token(self.scope)

        checkers, is_known, token = self.store.atomically(work)
        made = [change for checker in checkers for change in checker.changes]
        if is_known:
            known.adopt(made, token)
            if is_end:
                rejected = (one.proposal.target for one in checkers[1].rejected)
                dropped = (one.change.target for one in checkers[1].dropped)
                known.facts.settle(_notes_of([*rejected, *dropped]))
        if is_end:
            checkers[1].rejected.clear()  # where a person has said what is true
        self.changes += made
        self.rejected += [one for checker in checkers for one in checker.rejected]
        self.dropped += [one for checker in checkers for one in checker.dropped]

    def _looked(self, heard: Heard, author: str) -> Checker:
        checker, marks = self._checker(), dict[ChangeId, ChangeId]()
        for one, proposals in heard:
            done = len(checker.changes)
            checker.check([_signed(proposal, one, author) for proposal in proposals])
            made = checker.changes[done:]
            links = [change for change in made if isinstance(change.target, LinkTarget)]
            checker.check([_mark(one, author, links if len(links) >= MOST_LINKS else ())])
            marks.update((change.id, checker.changes[-1].id) for change in made)
        self._applied(checker)
        if checker.dropped:
            self._tie(checker, marks)
        return checker

    def _tie(self, checker: Checker, marks: Mapping[ChangeId, ChangeId]) -> None:
        """Let marks depend on the words for whose sake something of their notes was left out.

        Who takes such a word back lets the note be looked at again.
        """
        needs: defaultdict[ChangeId, set[ChangeId]] = defaultdict(set)
        for one in checker.dropped:
            mark = marks.get(one.change.id, one.change.id)
            for change in self.store.changes(self.scope, one.note):
                if isinstance(change.target, NoteField) and change.target.field == "probes":
                    needs[mark].add(change.id)
        tied = {
            change.id: replace(change, depends_on=(*change.depends_on, *sorted(needs[change.id])))
            for change in checker.changes
            if change.id in needs
        }
        self.store.take_back(self.scope, list(tied))
        self.store.apply(list(tied.values()))
        checker.changes = [tied.get(change.id, change) for change in checker.changes]

    def _checked(self, proposals: Sequence[Proposal]) -> Checker:
        checker = self._checker()
        checker.check(proposals)
        return self._applied(checker)

    def _checker(self) -> Checker:
        return Checker(self.store, self.scope, self.run_id, self.at, self.limits)

    def _applied(self, checker: Checker) -> Checker:
        carry_out(checker, self.gate)
        return checker

    def _stored(self, id_: NoteId) -> tuple[Note, Sequence[Change]]:
        (note,) = self.store.read("note", self.scope, [id_])
        return note, self.store.changes(self.scope, id_)


def _notes_of(targets: Iterable[Target]) -> list[NoteId]:
    return [target.note for target in targets if isinstance(target, NoteField)]


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
