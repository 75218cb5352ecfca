"""The surfaces that a snapshot's mentions and claims use, sorted by entity, then surface."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphmem.runs import Runs
from graphmem.vectors import put_in

ID_TYPE = np.dtype("S25")
"""An entity's id: a letter and 24 hexadecimal digits."""


@dataclass(slots=True)
class Names:
    """k surfaces; an entity's stand next to each other."""

    numbers: NDArray[np.int32]
    """(k,) the store's own number of the surface."""
    entities: NDArray[np.bytes_]
    """(k,) id of the entity that the surface names."""
    surfaces: Sequence[str]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, str, str]]) -> "Names":
        """Return the table of (number, entity id, surface) rows in any order."""
        ordered = sorted(rows, key=lambda row: row[1:])
        return cls(
            numbers=np.array([number for number, _, _ in ordered], np.int32),
            entities=np.array([entity for _, entity, _ in ordered], ID_TYPE),
            surfaces=[surface for _, _, surface in ordered],
        )

    def starts(self) -> NDArray[np.int64]:
        """Return where each entity's surfaces begin, (entities,)."""
        if len(self.numbers) == 0:
            return np.empty(0, np.int64)
        is_new = self.entities[1:] != self.entities[:-1]
        return np.concatenate([[0], np.flatnonzero(is_new) + 1])

    def merged(self, roots: Mapping[str, str]) -> "Names":
        """Return the table with some entities named by what they are; itself if none is there."""
        if not roots or not np.isin(self.entities, np.array(list(roots), ID_TYPE)).any():
            return self
        entities = self.entities.astype("U").tolist()
        renamed = [roots.get(entity, entity) for entity in entities]
        return Names.of(list(zip(self.numbers.tolist(), renamed, self.surfaces, strict=True)))

    def places(self) -> NDArray[np.int32]:
        """Return the row of each number, -1 for numbers that are not in the table."""
        size = int(self.numbers.max()) + 1 if len(self.numbers) else 0
        places = np.full(size, -1, np.int32)
        places[self.numbers] = np.arange(len(self.numbers), dtype=np.int32)
        return places


def merged_names(tables: Sequence[Names], used: Sequence[NDArray[np.int32]] | None) -> Names:
    """Return the used names of all tables; where two explain a number, the later is right.

    None: all are used. A number is reused once the name it stood for is gone, so an earlier table
    may be stale.
    """
    merged = Names(np.empty(0, np.int32), np.empty(0, ID_TYPE), [])
    for table in tables:
        stale = _among(merged.numbers, [table.numbers])
        merged = _inserted(_kept(merged, ~stale), table)
    return merged if used is None else _kept(merged, _among(merged.numbers, used))


def _among(numbers: NDArray[np.int32], others: Sequence[NDArray[np.int32]]) -> NDArray[np.bool_]:
    """Return which of the numbers, all small, are among the others."""
    size = max((int(some.max()) + 1 for some in (numbers, *others) if len(some)), default=0)
    is_there = np.zeros(size, bool)
    for some in others:
        is_there[some] = True
    return is_there[numbers]


def _kept(names: Names, keep: NDArray[np.bool_]) -> Names:
    if keep.all():
        return names
    rows = np.flatnonzero(keep)
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], keep.view(np.int8), [0]))))
    kept = Runs((names.surfaces, a, b) for a, b in bounds.reshape(-1, 2).tolist())
    return Names(names.numbers[rows], names.entities[rows], kept)


def _inserted(names: Names, added: Names) -> Names:
    """Return the sorted names with those of another sorted table put in their places."""
    if not len(names.numbers) or not len(added.numbers):
        return names if len(names.numbers) else added
    left = np.searchsorted(names.entities, added.entities, "left").tolist()
    right = np.searchsorted(names.entities, added.entities, "right").tolist()
    at = [
        bisect_left(names.surfaces, surface, low, high)
        for surface, low, high in zip(added.surfaces, left, right, strict=True)
    ]
    ends = [0, *at, len(names.surfaces)]
    pieces = [
        ((names.surfaces, ends[i], ends[i + 1]), (added.surfaces, i, i + 1)) for i in range(len(at))
    ]
    surfaces = Runs([*chain.from_iterable(pieces), (names.surfaces, ends[-2], ends[-1])])
    return Names(
        put_in(names.numbers, at, added.numbers),
        put_in(names.entities, at, added.entities),
        surfaces,
    )
