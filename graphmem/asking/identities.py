"""Which entities are one by somebody's word, as a snapshot has it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graphmem.arrays import GraphSnapshot
from graphmem.named import entity_of
from graphmem.types import EntityId


@dataclass(frozen=True, slots=True)
class Identities:
    """The entities that were merged; all others are themselves alone."""

    roots: Mapping[EntityId, EntityId]
    """What each merged one is, itself if others are it."""
    members: Mapping[EntityId, tuple[EntityId, ...]]
    """All that are one, by the one that they are."""

    @classmethod
    def of(cls, snapshot: GraphSnapshot) -> "Identities":
        """Read them off a snapshot of one scope."""
        (scope,) = snapshot.scopes
        members: defaultdict[EntityId, set[EntityId]] = defaultdict(set)
        for surface, place in snapshot.graph.entity_aliases:
            root = snapshot.graph.entity_ids[place]
            names = (surface, snapshot.graph.entity_names[place])
            members[root] |= {root, *(entity_of(scope, name) for name in names)}
        groups = {root: tuple(sorted(ids)) for root, ids in members.items() if len(ids) > 1}
        return cls({id_: root for root, ids in groups.items() for id_ in ids}, groups)

    def root(self, id_: EntityId) -> EntityId:
        """Return what an entity is."""
        return self.roots.get(id_, id_)

    def one_with(self, id_: EntityId) -> tuple[EntityId, ...]:
        """Return all entities that are the same as one, itself included."""
        return self.members.get(self.root(id_), (id_,))
