"""What the notes of columns name and claim: entities numbered when somebody asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.graph.journal import Identities
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.surfaces import Names
from graphmem.runs import Ids, Picked
from graphmem.types import EntityId
from graphmem.vectors import first_of_runs


@dataclass(frozen=True)
class ColumnGraph:
    """The `SnapshotGraph` of some columns. A search of turns seldom asks for it, so that the notes
    that are added between two searches leave it alone."""

    columns: Columns
    """Their names are those of entities that are one of their own."""
    merged: Identities

    @cached_property
    def _names(self) -> Names:
        merged = self.merged
        return self.columns.names.merged({entity: merged.root(entity) for entity in merged.same})

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """(e,) where the names of each entity begin."""
        return self._names.starts()

    @cached_property
    def _entity_of_name(self) -> NDArray[np.int32]:
        """(k,) the entity of each name."""
        entities = np.zeros(len(self._names.numbers), np.int32)
        entities[self._starts[1:]] = 1
        np.cumsum(entities, out=entities)
        return entities

    @cached_property
    def _entity_of(self) -> NDArray[np.int32]:
        """The entity of each of the store's own numbers of names."""
        return self._entity_of_name[self._names.places()]

    @cached_property
    def entity_ids(self) -> Sequence[EntityId]:
        return Ids(self._names.entities[self._starts])

    @cached_property
    def entity_names(self) -> Sequence[str]:
        """The smallest of equally common surfaces."""
        names, starts = self._names, self._starts
        if not len(starts):
            return ()
        size = int(names.numbers.max()) + 1
        used = self.columns.mentions[:, 0], self.columns.claims.ravel()
        of_number = sum((np.bincount(numbers, minlength=size) for numbers in used), np.zeros(size))
        counts = of_number[names.numbers]
        is_best = counts == np.maximum.reduceat(counts, starts)[self._entity_of_name]
        best = np.flatnonzero(is_best)
        return Picked(names.surfaces, best[first_of_runs(self._entity_of_name[best])])

    @cached_property
    def entity_aliases(self) -> tuple[tuple[str, int], ...]:
        merged = self.merged
        if not merged.called and not merged.same:
            return ()
        names, starts = self._names, self._starts
        places = {entity: place for place, entity in enumerate(names.entities[starts].astype("U"))}
        found = {(name, merged.root(entity)) for entity, name in merged.called.items()}
        ends = np.append(starts, len(names.surfaces))
        for root in {merged.root(entity) for entity in merged.same} & places.keys():
            begin, end = ends[places[root] : places[root] + 2].tolist()
            found |= {(surface, root) for surface in names.surfaces[begin:end]}
        here = [(surface, places[entity]) for surface, entity in found if entity in places]
        return tuple(sorted((s, place) for s, place in here if s != self.entity_names[place]))

    @cached_property
    def mention_note(self) -> NDArray[np.int32]:
        return _owners(self.columns.mention_indptr)

    @cached_property
    def mention_entity(self) -> NDArray[np.int32]:
        return self._entity_of[self.columns.mentions[:, 0]]

    @cached_property
    def mention_kind(self) -> NDArray[np.int8]:
        return self.columns.mentions[:, 3].astype(np.int8)

    @cached_property
    def mention_initial(self) -> NDArray[np.bool_]:
        return self.columns.mentions[:, 4].astype(np.bool_)

    @property
    def mention_span(self) -> NDArray[np.int32]:
        return self.columns.mentions[:, 1:3]

    @cached_property
    def claim_note(self) -> NDArray[np.int32]:
        return _owners(self.columns.claim_indptr)

    @cached_property
    def claim_subject(self) -> NDArray[np.int32]:
        return self._entity_of[self.columns.claims[:, 0]]

    @cached_property
    def claim_object(self) -> NDArray[np.int32]:
        return self._entity_of[self.columns.claims[:, 1]]

    @property
    def claim_relation(self) -> Sequence[str]:
        return self.columns.relations


def _owners(indptr: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(indptr))
