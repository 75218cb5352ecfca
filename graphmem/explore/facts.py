"""The facts that some notes state of a name, each with a bar of when it holds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from graphmem.batches import Claim
from graphmem.explore.bars import Axis, Bar, axis_of
from graphmem.memory import Memory
from graphmem.named import entity_of, fact_of
from graphmem.told import told_relation
from graphmem.types import EntityId, FactId, Note, ScopeKey

MOST = 14
"""Facts that are drawn: those that hold no more, then those of the newest notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact, the newest note that states it, and its bar."""

    subject: str
    relation: str
    object: str
    note: str
    times: int
    """Notes that state it."""
    bar: Bar


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by when they began, over one axis."""

    lines: tuple[FactLine, ...]
    axis: Axis
    left: int
    """Facts that are not drawn."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """One note's statement of a fact, and when it holds by that."""

    claim: Claim
    note: Note

    @property
    def begin(self) -> datetime | None:
        return self.claim.valid_from or self.note.valid_from or self.note.said_at

    @property
    def until(self) -> datetime | None:
        return self.claim.valid_until or self.note.valid_until


def facts_in(memory: Memory, ids: Collection[EntityId], notes: Sequence[Note]) -> Facts:
    """Return what notes, the newest first, state of one of some entities.

    A fact holds from the earliest begin that a note gives, until the latest end if all give one.
    """
    by_fact: dict[FactId, list[_Stated]] = {}
    for id_, stated in _stated(memory, ids, notes):
        by_fact.setdefault(id_, []).append(stated)
    ended_first = sorted(by_fact.values(), key=lambda one: _until(one) is None)
    shown = sorted(ended_first[:MOST], key=_order)
    axis = axis_of([(_begin(one), _until(one)) for one in shown], memory.now())
    lines = [_line(one, bar) for one, bar in zip(shown, axis.bars, strict=True)]
    return Facts(tuple(lines), axis, len(by_fact) - len(lines))


def _stated(
    memory: Memory, ids: Collection[EntityId], notes: Sequence[Note]
) -> Iterator[tuple[FactId, _Stated]]:
    scope: ScopeKey = memory.scope.key
    claims = memory.store.read("claim", scope, [note.id for note in notes])
    for note, made in zip(notes, claims, strict=True):
        for claim in made:
            ends = {entity_of(scope, claim.subject), entity_of(scope, claim.object)}
            if not ends.isdisjoint(ids):
                yield fact_of(scope, claim), _Stated(claim, note)


def _begin(stated: Sequence[_Stated]) -> datetime | None:
    return min((one.begin for one in stated if one.begin is not None), default=None)


def _until(stated: Sequence[_Stated]) -> datetime | None:
    ends = [one.until for one in stated if one.until is not None]
    return max(ends) if len(ends) == len(stated) else None


def _order(stated: Sequence[_Stated]) -> tuple[bool, float]:
    begin = _begin(stated)
    return begin is None, begin.timestamp() if begin else 0.0


def _line(stated: Sequence[_Stated], bar: Bar) -> FactLine:
    claim = stated[0].claim
    return FactLine(
        subject=claim.subject,
        relation=told_relation(claim),
        object=claim.object,
        note=stated[0].note.id,
        times=len(stated),
        bar=bar,
    )
