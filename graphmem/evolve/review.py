"""The review queue: what may have changed, for a person to say; and what their word makes of it.

A doubt is the link `changes` or `contradicts` that an evolution made between two notes: it is asked
in Cypher, walked and taken back as any link, and goes with either note. Accepted, the newer note
supersedes the older one; refused, the link goes; if both are true, they are of the same topic.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from graphmem.changes import Change, LinkTarget, Proposal
from graphmem.contracts import GraphStore
from graphmem.errors import InputError, MissingRecordError
from graphmem.evolve.check import USER
from graphmem.evolve.supersede import replaced
from graphmem.ids import KINDS
from graphmem.reading import LinkReader
from graphmem.types import ChangeId, Note, ScopeKey

ASKED = ("contradicts", "changes")
"""The kinds of links that a person is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two statements of which the newer may have taken the older one's place."""

    id: ChangeId
    """Of the change that made the link; `review accept` and the others take it."""
    kind: str
    old: Note
    new: Note
    reason: str
    change: Change


def doubts(store: GraphStore, scope: ScopeKey) -> list[Doubt]:
    """Return what waits for a person's word, the newest statement first."""
    found = [doubt for doubt in _made(store, scope) if _is_open(doubt)]
    return sorted(found, key=lambda one: (_said(one.new), one.id), reverse=True)


def doubt_of(store: GraphStore, scope: ScopeKey, id_: str) -> Doubt:
    """Return the doubt of an id. Raises MissingRecordError, InputError if it waits no more."""
    found = next((one for one in doubts(store, scope) if one.id == id_), None)
    if found is not None:
        return found
    try:
        store.read("change", scope, [id_])
    except MissingRecordError:
        raise MissingRecordError("doubt", [id_]) from None
    raise InputError(f"{id_} waits for nobody's word; type: graphmem review list")


def accepted(doubt: Doubt, *, reason: str, now: datetime) -> list[Proposal]:
    """Propose that the newer note supersedes the older one, on the strength of the doubt."""
    made = replaced(doubt.old, doubt.new, reason=reason, at=None, now=now)
    return [_after(proposal, doubt) for proposal in made]


def not_so(doubt: Doubt, *, reason: str) -> list[Proposal]:
    """Propose that the two have nothing to do with each other: no rule links them so again."""
    return [Proposal(target=_link(doubt, doubt.kind), after=None, reason=reason, author=USER)]


def both_true(doubt: Doubt, *, reason: str) -> list[Proposal]:
    """Propose that both are true, of one topic."""
    topic = Proposal(
        target=_link(doubt, "same_topic"),
        after=doubt.change.after,
        reason=reason,
        author=USER,
        follows=(0,),
    )
    return [*not_so(doubt, reason=reason), topic]


def _made(store: GraphStore, scope: ScopeKey) -> Iterator[Doubt]:
    of_change = next(letter for letter, kind in KINDS.items() if kind == "change")
    found = (
        store.links_of(scope, ASKED)
        if isinstance(store, LinkReader)
        else (one for one in store.scan("link", scope) if one.kind in ASKED)
    )
    links = [one for one in found if one.origin.startswith(of_change)]
    changes = store.read("change", scope, [link.origin for link in links])
    news = store.read("note", scope, [link.source for link in links])
    olds = store.read("note", scope, [link.target for link in links])
    for link, change, new, old in zip(links, changes, news, olds, strict=True):
        yield Doubt(
            id=change.id, kind=link.kind, old=old, new=new, reason=change.reason, change=change
        )


def _is_open(doubt: Doubt) -> bool:
    ended = (doubt.old.superseded_by, doubt.new.superseded_by, doubt.old.valid_until)
    return not any(ended)


def _said(note: Note) -> str:
    return note.said_at.isoformat() if note.said_at else ""


def _link(doubt: Doubt, kind: str) -> LinkTarget:
    return LinkTarget(doubt.new.id, doubt.old.id, kind)


def _after(proposal: Proposal, doubt: Doubt) -> Proposal:
    return Proposal(
        target=proposal.target,
        after=proposal.after,
        reason=proposal.reason,
        author=proposal.author,
        follows=proposal.follows,
        depends_on=(doubt.id,),
    )
