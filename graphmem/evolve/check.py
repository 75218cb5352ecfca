"""Proposals -> changes that fit what is stored, and the rest with the reason against each.

A proposer may be anything: one that names unknown ids, would change text, goes in circles or
floods is refused proposal by proposal, and never reaches the store. After A-MEM (Xu et al. 2025),
whose library rewrites notes that its model was never shown (agiresearch/A-mem#32).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphmem.changes import (
    CHANGEABLE,
    Chain,
    Change,
    Dropped,
    EntityTarget,
    LinkTarget,
    NoteField,
    Proposal,
    Rejection,
    can_hold,
    chain_of,
    native,
    owner_of,
    successor,
)
from graphmem.contracts import GraphStore, RecordKind
from graphmem.errors import MissingRecordError
from graphmem.ids import change_id
from graphmem.named import entity_of
from graphmem.types import ChangeId, Note, NoteId, ScopeKey

USER = "user"
"""The author whose word has no limits."""

RULE = "rule:"
"""What the name of an author begins with that is a rule."""

EVOLUTION = ("rule:evolve@", "rule:facts@", "rule:names@")
"""The same of the rules of an evolution, which the next one asks again."""

SAID_ONLY = ("probes", "shown")
"""The fields that tell what happened outside: no rule or model knows that."""

MARK = "evolved_by"
"""The field that says who has looked at a note: no rewrite of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much rules and models may do; a person may do all."""

    neighbours: int = 10
    """Other notes that one arrival may touch in a run."""
    rewrites_a_day: int = 5
    """Changes of one note's fields in one UTC day."""


class _RefusedError(Exception):
    """Why a proposal is not done."""


@dataclass(slots=True)
class Checker:
    """Checks proposals in order, each against the store as the accepted ones before leave it."""

    store: GraphStore
    scope: ScopeKey
    run_id: str
    at: datetime
    limits: Limits
    changes: list[Change] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    """What a gate left out of the changes."""
    unchanged: int = 0
    """Proposals of what is so already."""
    _values: dict[Chain, Any] = field(default_factory=dict)
    _journals: dict[str, list[Change]] = field(default_factory=dict)
    _by_place: dict[int, ChangeId] = field(default_factory=dict)
    _touched: dict[NoteId, set[str]] = field(default_factory=dict)
    _rewrites: Counter[str] = field(default_factory=Counter)

    def check(self, proposals: Sequence[Proposal]) -> None:
        """Sort proposals into `changes`, `rejected` and `unchanged`; they may follow each other."""
        self._by_place = {}
        for place, proposal in enumerate(proposals):
            try:
                self._accept(place, proposal)
            except _RefusedError as why:
                self.rejected.append(Rejection(proposal=proposal, why=str(why)))

    def _accept(self, place: int, proposal: Proposal) -> None:
        after = native(proposal.target, proposal.after)
        _refuse_unless_it_may(proposal, after)
        self._refuse_unknown(proposal)
        before = self._now(proposal)
        if before == after:
            self.unchanged += 1
            self._refer_to_what_made_it(place, proposal)
            return
        depends_on = self._depends_on(proposal)
        change = Change(
            id=self._id(proposal, after),
            scope=self.scope,
            target=proposal.target,
            before=before,
            after=after,
            reason=proposal.reason,
            author=proposal.author,
            run_id=self.run_id,
            at=self.at,
            evidence=proposal.evidence,
            depends_on=depends_on,
        )
        self._refuse_circle(change)
        if proposal.author != USER:
            self._refuse_over_a_person(proposal)
            self._refuse_flood(proposal)
        self._by_place[place] = change.id
        self._values[chain_of(proposal.target)] = after
        self._journal(owner_of(proposal.target)).append(change)
        self.changes.append(change)

    def _refuse_unknown(self, proposal: Proposal) -> None:
        match proposal.target:
            case NoteField(note=note, field=name):
                named: list[tuple[RecordKind, str]] = [("note", note)]
                if name == "superseded_by" and proposal.after is not None:
                    named.append(("note", proposal.after))
            case LinkTarget(source=source, target=target):
                named = [("note", source), ("note", target)]
            case EntityTarget(entity=entity, name=called):
                named = [] if called is not None else [("entity", entity)]
                if proposal.after is not None:
                    named.append(("entity", proposal.after))
                if called is not None and entity_of(self.scope, called) != entity:
                    raise _RefusedError(f"{called!r} is not the name of {entity}")
        named += [("episode" if id_[:1] == "e" else "note", id_) for id_ in proposal.evidence]
        for kind, id_ in named:
            try:
                self.store.read(kind, self.scope, [id_])
            except MissingRecordError:
                raise _RefusedError(f"there is no {kind} {id_}") from None

    def _now(self, proposal: Proposal) -> object:
        """Return the present value of a target, the accepted changes applied."""
        chain, target = chain_of(proposal.target), proposal.target
        if chain in self._values:
            return self._values[chain]
        if isinstance(target, NoteField):
            return getattr(self._note(target.note), target.field)
        journal = self._journal(owner_of(target))
        return next((c.after for c in reversed(journal) if chain_of(c.target) == chain), None)

    def _note(self, id_: NoteId) -> Note:
        (note,) = self.store.read("note", self.scope, [id_])
        return note

    def _journal(self, owner: str) -> list[Change]:
        if owner not in self._journals:
            try:
                self._journals[owner] = self.store.changes(self.scope, owner)
            except MissingRecordError:  # an alias that nobody mentions
                self._journals[owner] = []
        return self._journals[owner]

    def _refer_to_what_made_it(self, place: int, proposal: Proposal) -> None:
        chain = chain_of(proposal.target)
        journal = self._journal(owner_of(proposal.target))
        made = [change.id for change in journal if chain_of(change.target) == chain]
        if made:
            self._by_place[place] = made[-1]

    def _depends_on(self, proposal: Proposal) -> tuple[ChangeId, ...]:
        absent = [place for place in proposal.follows if place not in self._by_place]
        if absent:
            raise _RefusedError("what it depends on was not done")
        return (*proposal.depends_on, *(self._by_place[place] for place in proposal.follows))

    def _id(self, proposal: Proposal, after: object) -> ChangeId:
        """Return the id of a change: by what it says, and how often that was said of it before."""
        said = (*chain_of(proposal.target), repr(after), proposal.author, proposal.reason)
        same = [
            c
            for c in self._journal(owner_of(proposal.target))
            if (*chain_of(c.target), repr(c.after), c.author, c.reason) == said
        ]
        taken = {change.id for change in same}
        count = len(same)
        while (id_ := ChangeId(change_id(self.scope, *said, str(count)))) in taken:
            count += 1
        return id_

    def _refuse_circle(self, change: Change) -> None:
        met: Any
        match change.target:
            case NoteField(note=note) if (met := successor(change)) is not None:
                while met is not None and met != note:
                    target = NoteField(met, "superseded_by")
                    known = self._values.get(chain_of(target), ...)
                    met = self._note(met).superseded_by if known is ... else known
                if met == note:
                    raise _RefusedError(f"note {note} would supersede itself")
            case LinkTarget(source=source, target=target) if source == target:
                raise _RefusedError(f"note {source} would be linked with itself")
            case EntityTarget(entity=entity) if change.after is not None:
                met = change.after
                while met is not None and met != entity:
                    met = self._same_as(met)
                if met == entity:
                    raise _RefusedError(f"{change.after} is {entity} already; unmerge it first")

    def _same_as(self, entity: Any) -> Any:
        target = EntityTarget(entity)
        asked = Proposal(target=target, after=None, reason="", author=USER)
        return self._now(asked)

    def _refuse_over_a_person(self, proposal: Proposal) -> None:
        """Refuse to change what a person has decided."""
        chain = chain_of(proposal.target)
        for change in self._journal(owner_of(proposal.target)):
            if chain_of(change.target) == chain and change.author == USER:
                raise _RefusedError(f"a person has decided that ({change.id})")

    def _refuse_flood(self, proposal: Proposal) -> None:
        target = proposal.target
        if proposal.arrival is not None:
            touched = self._touched.setdefault(proposal.arrival, set())
            ids = {id_ for id_ in chain_of(target)[1:3] if id_[:1] == "n"} - {proposal.arrival}
            if len(touched | ids) > self.limits.neighbours:
                most = self.limits.neighbours
                raise _RefusedError(f"{proposal.arrival} has touched {most} other notes already")
            touched |= ids
        if isinstance(target, NoteField) and target.field != MARK:
            written = [c for c in self._journal(target.note) if self._is_rewrite_of_today(c)]
            if len(written) >= self.limits.rewrites_a_day:
                most = self.limits.rewrites_a_day
                raise _RefusedError(f"{target.note} was rewritten {most} times today")

    def _is_rewrite_of_today(self, change: Change) -> bool:
        is_today = change.at is not None and change.at.date() == self.at.date()
        is_rewrite = isinstance(change.target, NoteField) and change.target.field != MARK
        return is_today and is_rewrite and change.author != USER


def _refuse_unless_it_may(proposal: Proposal, after: object) -> None:
    """Refuse what no change may be, whatever is stored."""
    target = proposal.target
    if isinstance(target, NoteField) and target.field not in CHANGEABLE:
        raise _RefusedError(f"a note's {target.field} never changes")
    if isinstance(target, NoteField) and target.field in SAID_ONLY and proposal.author != USER:
        raise _RefusedError(f"only a person or an application says a note's {target.field}")
    if not can_hold(target, after):
        raise _RefusedError(f"{after!r} is nothing that it can be")
    if not proposal.reason or not proposal.author:
        raise _RefusedError("it does not say why, or who proposes it")
