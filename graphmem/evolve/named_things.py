"""The named things of a scope and the pairs among them that rules take for one, kept as notes come.

It comes to what `pairs` finds among all of them, and compares those alone that one which changed
may be in a pair with.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphmem.arrays import MENTION_KINDS
from graphmem.batches import Claim, Mention
from graphmem.changes import Proposal
from graphmem.evolve.names import Key, Pair, asked_of, is_named, offered_by, pairs, same_names
from graphmem.named import entity_of
from graphmem.types import Entity, EntityId, MentionKind, ScopeKey

Use = tuple[str, MentionKind | None]
"""A surface that a note names a thing by, and as what; None: in a claim."""


def uses_of(mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Use, ...]:
    """Return how one note names things."""
    ends = (end for claim in claims for end in (claim.subject, claim.object))
    return (*((m.name, m.kind) for m in mentions), *((end, None) for end in ends))


@dataclass(slots=True)
class NamedThings:
    """What the notes of one scope name."""

    scope: ScopeKey
    same: dict[EntityId, EntityId] = field(default_factory=dict)
    """What the things are that are another one."""
    _uses: defaultdict[EntityId, Counter[Use]] = field(default_factory=lambda: defaultdict(Counter))
    _named: dict[EntityId, Entity] = field(default_factory=dict)
    _asking: defaultdict[Key, set[EntityId]] = field(default_factory=lambda: defaultdict(set))
    _offering: defaultdict[Key, set[EntityId]] = field(default_factory=lambda: defaultdict(set))
    _pairs: dict[EntityId, list[Pair]] = field(default_factory=dict)
    """Those of which a thing is the first."""
    _changed: set[EntityId] = field(default_factory=set)
    _kept: dict[Use, Use] = field(default_factory=dict)

    def named(self, uses: Iterable[Use]) -> tuple[Use, ...]:
        """Note how a note names things; the same ways are one object, as they are many."""
        found = tuple(self._kept.setdefault(use, use) for use in uses)
        for use in found:
            entity = entity_of(self.scope, use[0])
            self._uses[entity][use] += 1
            self._changed.add(entity)
        return found

    def gone(self, uses: Iterable[Use]) -> None:
        """Note that a note does not name them so any more."""
        for use in uses:
            entity = entity_of(self.scope, use[0])
            self._uses[entity][use] -= 1
            self._changed.add(entity)

    def merges(self) -> list[Proposal]:
        """Propose what `same_names` proposes of all of them."""
        others = {id_ for entity in self._changed for id_ in self._concerned(entity)}
        for id_ in others:
            self._pairs.pop(id_, None)
        others &= self._named.keys()
        asked = {key for id_ in others for key in asked_of(self._named[id_])}
        near = others.union(*(self._offering[key] for key in asked))
        for pair in pairs(self._named[id_] for id_ in near):
            if pair.one.id in others:
                self._pairs.setdefault(pair.one.id, []).append(pair)
        self._changed.clear()
        found = (pair for mine in self._pairs.values() for pair in mine)
        return same_names(sorted(found, key=lambda pair: pair.order), self.same)

    def _concerned(self, id_: EntityId) -> set[EntityId]:
        """Bring one thing up to date; return whose pairs are others now, if it is another one."""
        was, now = self._named.get(id_), self._entity(id_)
        if was == now:
            return set()
        if was is not None:
            del self._named[id_]
        if now is not None:
            self._named[id_] = now
        concerned = {id_}
        for one, is_now in ((was, False), (now, True)):
            if one is None:
                continue
            for held, keys in ((self._asking, asked_of(one)), (self._offering, offered_by(one))):
                for key in keys:
                    (held[key].add if is_now else held[key].discard)(id_)
            concerned.update(*(self._asking[key] for key in offered_by(one)))
        return concerned

    def _entity(self, id_: EntityId) -> Entity | None:
        """Return a thing by its commonest name; None if no note names it, or by no name."""
        uses = self._uses[id_] = +self._uses[id_]
        if not uses:
            del self._uses[id_]
            return None
        kinds = {kind for _, kind in uses}
        named = Entity(
            id=id_,
            scope=self.scope,
            name=_commonest(uses),
            aliases=(),
            kinds=tuple(kind for kind in MENTION_KINDS if kind in kinds),
            origins=(),
        )
        return named if is_named(named) else None


def _commonest(uses: Mapping[Use, int]) -> str:
    """Return the commonest surface, the smallest of equals, as a store does."""
    counts: Counter[str] = Counter()
    for (surface, _), count in uses.items():
        counts[surface] += count
    return min(counts.items(), key=lambda item: (-item[1], item[0]))[0]
