"""What is around a record, step by step: notes name entities, follow each other, are linked."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graphmem.asking.identities import Identities
from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError
from graphmem.named import entity_of
from graphmem.overview import Edge, Neighbourhood, Node
from graphmem.retrieve.columns import read_present
from graphmem.told import told_relation
from graphmem.types import (
    ATOMIC_KINDS,
    Entity,
    EntityId,
    Episode,
    EpisodeId,
    Fact,
    Note,
    ScopeKey,
    Session,
)


def atomic_notes(store: GraphStore, scope: ScopeKey, episodes: Iterable[EpisodeId]) -> list[Note]:
    """Return the turns and passages that came from some episodes, whatever became of them."""
    found = read_present(store, "note", scope, store.notes_of(scope, list(episodes)))
    return [note for note in found.values() if note.kind in ATOMIC_KINDS]


class Around:
    """A neighbourhood while it is walked, breadth first; the walk goes over no speaker.

    Whoever spoke is named by every turn, so that all would be two steps from all.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey, same: Identities, *, limit: int) -> None:
        self._store, self._scope, self._same, self._limit = store, scope, same, limit
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str, str], None] = {}
        self._last: list[Note | Entity | Session] = []
        self._left_out = 0

    def begin(self, record: object) -> None:
        """Put the record there that everything is around. Raises ConfigError for a change."""
        match record:
            case Note() | Session():
                start: list[Note | Entity | Session] = [record]
            case Entity():
                start = list(self._entities([self._same.root(record.id)]))
            case Episode():
                start = list(self._notes_of([record.id]))
            case Fact():
                ends = [self._same.root(end) for end in (record.subject_id, record.object_id)]
                start = list(self._entities(ends))
                self._join(ends[0], ends[1], told_relation(record))
            case _:
                raise ConfigError("only notes, episodes, entities, facts and sessions have a place")
        self._put(start, 0)

    def step(self, distance: int) -> None:
        """Go one step on from all that was reached by the last."""
        reached: dict[str, Note | Entity | Session] = {}
        for record in self._last:
            match record:
                case Note():
                    found: Iterable[Note | Entity] = self._beside(record)
                case Entity():
                    found = self._naming(record)
                case Session():
                    found = self._inside(record)
            reached |= {one.id: one for one in found}
        self._put([one for id_, one in reached.items() if id_ not in self._nodes], distance)

    def found(self, center: str) -> Neighbourhood:
        """Return what was reached, and the edges between."""
        edges = (Edge(source=s, target=t, kind=k) for s, t, k in sorted(self._edges))
        return Neighbourhood(
            center=center,
            nodes=tuple(self._nodes.values()),
            edges=tuple(e for e in edges if e.source in self._nodes and e.target in self._nodes),
            left_out=self._left_out,
        )

    def _put(self, records: Sequence[Note | Entity | Session], distance: int) -> None:
        """Keep what there is room for: entities first, then the newest notes."""
        ordered = sorted(records, key=lambda one: one.id)
        ordered.sort(key=_said, reverse=True)
        ordered.sort(key=lambda one: isinstance(one, Note))
        room = max(self._limit - len(self._nodes), 0)
        self._left_out += max(len(ordered) - room, 0)
        self._last = ordered[:room]
        for one in self._last:
            self._nodes[one.id] = _node(one, distance)

    def _join(self, source: str, target: str, kind: str) -> None:
        self._edges[source, target, kind] = None

    def _beside(self, note: Note) -> list[Note | Entity]:
        """Return what a note names, states, is linked to and stands beside."""
        (mentions,) = self._store.read("mention", self._scope, [note.id])
        (claims,) = self._store.read("claim", self._scope, [note.id])
        (links,) = self._store.read("link", self._scope, [note.id])
        named = {self._entity(m.name) for m in mentions if m.kind != "speaker"}
        for claim in claims:
            ends = [self._entity(end) for end in (claim.subject, claim.object)]
            self._join(ends[0], ends[1], told_relation(claim))
            named |= set(ends)
        for entity in named:
            self._join(note.id, entity, "mentions")
        for link in links:
            self._join(link.source, link.target, link.kind)
        linked = {id_ for link in links for id_ in (link.source, link.target)} - {note.id}
        notes = read_present(self._store, "note", self._scope, sorted(linked))
        return [*self._entities(sorted(named)), *notes.values(), *self._next_to(note)]

    def _next_to(self, note: Note) -> list[Note]:
        """Return the turns or passages before and after one."""
        if note.kind not in ATOMIC_KINDS:
            return self._notes_of(note.origins)
        (episode,) = self._store.read("episode", self._scope, note.origins[:1])
        run = self._store.neighbours(self._scope, note.session_id, episode.order, before=1, after=2)
        found = {other.origins[0]: other for other in self._notes_of([e.id for e in run])}
        notes = [found[e.id] for e in run if e.id in found]
        for earlier, later in pairwise(notes):
            self._join(earlier.id, later.id, "next")
        return notes

    def _naming(self, entity: Entity) -> list[Note]:
        """Return the turns and passages that name an entity otherwise than by who spoke."""
        ids = self._same.one_with(entity.id)
        told = read_present(self._store, "entity", self._scope, ids).values()
        notes = self._notes_of(sorted({origin for one in told for origin in one.origins}))
        root = self._same.root(entity.id)
        mentions = self._store.read("mention", self._scope, [note.id for note in notes])
        named = [
            any(m.kind != "speaker" and self._entity(m.name) == root for m in of_note)
            for of_note in mentions
        ]
        found = [note for note, is_named in zip(notes, named, strict=True) if is_named]
        for note in found:
            self._join(note.id, root, "mentions")
        return found

    def _inside(self, session: Session) -> list[Note]:
        """Return the turns and passages of a session."""
        episodes = self._store.neighbours(
            self._scope, session.id, ("", -(2**62), ""), before=0, after=self._limit
        )
        notes = self._notes_of([episode.id for episode in episodes])
        for note in notes:
            self._join(note.id, session.id, "in")
        return notes

    def _notes_of(self, episodes: Iterable[EpisodeId]) -> list[Note]:
        return atomic_notes(self._store, self._scope, episodes)

    def _entity(self, name: str) -> EntityId:
        """Return what a name names, as one of those that somebody said are one."""
        return self._same.root(entity_of(self._scope, name))

    def _entities(self, ids: Sequence[str]) -> list[Entity]:
        return list(read_present(self._store, "entity", self._scope, ids).values())


def _node(record: Note | Entity | Session, distance: int) -> Node:
    match record:
        case Note():
            return Node(id=record.id, kind="note", text=record.text, distance=distance)
        case Entity():
            return Node(id=record.id, kind="entity", text=record.name, distance=distance)
        case Session():
            return Node(id=record.id, kind="session", text=record.name, distance=distance)


def _said(record: Note | Entity | Session) -> str:
    said_at = record.said_at if isinstance(record, Note) else None
    return said_at.isoformat() if said_at else ""
