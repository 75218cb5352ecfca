"""What the tools answer, as models: a client gets their schema and structured content."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from graphmem.answers import Hit
from graphmem.changes import Change, Edit
from graphmem.overview import Neighbourhood
from graphmem.types import Entity, Fact, Note


class NoteAnswer(BaseModel):
    """One memory."""

    id: str
    text: str
    speaker: str | None
    title: str | None
    said_at: datetime | None
    valid_until: datetime | None
    superseded_by: str | None
    origins: list[str]

    @classmethod
    def of(cls, note: Note) -> "NoteAnswer":
        """Return a note as an answer."""
        return cls(
            id=note.id,
            text=note.text,
            speaker=note.speaker,
            title=note.title,
            said_at=note.said_at,
            valid_until=note.valid_until,
            superseded_by=note.superseded_by,
            origins=list(note.origins),
        )


class HitAnswer(BaseModel):
    """One memory that answers, with its reasons."""

    rank: int
    score: float
    told: str
    why: list[str]
    marks: list[str]
    note: NoteAnswer

    @classmethod
    def of(cls, hit: Hit) -> "HitAnswer":
        """Return a hit as an answer."""
        return cls(
            rank=hit.rank,
            score=hit.score,
            told=hit.told,
            why=list(hit.why),
            marks=list(hit.marks),
            note=NoteAnswer.of(hit.note),
        )


class HitsAnswer(BaseModel):
    """What answers a question, best first."""

    hits: list[HitAnswer]


class PageAnswer(BaseModel):
    """Some memories, and what to pass as `after` for the next; None: there are no more."""

    notes: list[NoteAnswer]
    after: str | None


class AddedAnswer(BaseModel):
    """What was remembered."""

    ids: list[str]
    added: int
    known: int
    problems: list[str]


class ErasedAnswer(BaseModel):
    """How many episodes were erased for good, or would be."""

    erased: int
    is_dry_run: bool


class ContextAnswer(BaseModel):
    """What answers, as one text for a prompt."""

    text: str
    n_tokens: int
    origins: list[str]


class ChangeAnswer(BaseModel):
    """One change of what is remembered."""

    id: str
    run_id: str
    of: str
    before: str | None
    after: str | None
    reason: str
    author: str
    at: datetime | None

    @classmethod
    def of_(cls, change: Change) -> "ChangeAnswer":
        """Return a change as an answer."""
        return cls(
            id=change.id,
            run_id=change.run_id,
            of=str(change.target),
            before=None if change.before is None else str(change.before),
            after=None if change.after is None else str(change.after),
            reason=change.reason,
            author=change.author,
            at=change.at,
        )


class EditAnswer(BaseModel):
    """What an edit did; `run_id` takes it back."""

    run_id: str
    changes: list[ChangeAnswer]
    added: list[NoteAnswer]
    erased: list[NoteAnswer]

    @classmethod
    def of(cls, edit: Edit) -> "EditAnswer":
        """Return an edit as an answer."""
        return cls(
            run_id=edit.run_id,
            changes=[ChangeAnswer.of_(change) for change in edit.changes],
            added=[NoteAnswer.of(note) for note in edit.added],
            erased=[NoteAnswer.of(note) for note in edit.erased],
        )


class HistoryAnswer(BaseModel):
    """Where a memory came from and what became of it."""

    note: NoteAnswer
    episodes: list[str]
    changes: list[ChangeAnswer]


class FactAnswer(BaseModel):
    """One fact that notes state."""

    id: str
    subject: str
    relation: str
    object: str
    negated: bool
    notes: list[str]


class NodeAnswer(BaseModel):
    """One record of the graph."""

    id: str
    kind: str
    text: str


class EdgeAnswer(BaseModel):
    """One edge of the graph."""

    source: str
    target: str
    kind: str


class GraphAnswer(BaseModel):
    """What was asked of the graph: records and edges between them, or facts."""

    nodes: list[NodeAnswer] = []
    edges: list[EdgeAnswer] = []
    facts: list[FactAnswer] = []
    left_out: int = 0

    @classmethod
    def around(cls, found: Neighbourhood) -> "GraphAnswer":
        """Return a neighbourhood as an answer."""
        return cls(
            nodes=[NodeAnswer(id=n.id, kind=n.kind, text=n.text) for n in found.nodes],
            edges=[EdgeAnswer(source=e.source, target=e.target, kind=e.kind) for e in found.edges],
            left_out=found.left_out,
        )

    @classmethod
    def named(cls, found: Iterable[Entity], limit: int) -> "GraphAnswer":
        """Return entities as an answer."""
        listed = list(found)
        nodes = [NodeAnswer(id=one.id, kind="entity", text=one.name) for one in listed[:limit]]
        return cls(nodes=nodes, left_out=max(len(listed) - limit, 0))

    @classmethod
    def stated(cls, found: Iterable[Fact], limit: int) -> "GraphAnswer":
        """Return facts as an answer."""
        listed = list(found)
        facts = [
            FactAnswer(
                id=one.id,
                subject=one.subject,
                relation=one.relation,
                object=one.object,
                negated=one.negated,
                notes=list(one.notes),
            )
            for one in listed[:limit]
        ]
        return cls(facts=facts, left_out=max(len(listed) - limit, 0))
