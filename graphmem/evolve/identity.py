"""Which named things are one, by a person's word; both keep their names and can be parted."""

from graphmem.changes import EntityTarget, Proposal
from graphmem.errors import InputError
from graphmem.evolve.check import USER
from graphmem.named import entity_of
from graphmem.text import normalise
from graphmem.types import Entity, EntityId, ScopeKey


def merged(entity: Entity, into: Entity, *, reason: str) -> list[Proposal]:
    """Propose that an entity is another one."""
    if entity.id == into.id:
        raise InputError(f"{entity.name!r} and {into.name!r} are one entity already: {into.id}")
    return [_proposed(EntityTarget(entity.id), into.id, reason)]


def unmerged(entity: Entity, *, reason: str) -> list[Proposal]:
    """Propose that an entity is one of its own again."""
    if entity.same_as is None:
        raise InputError(f"{entity.name!r} is merged into no other entity")
    return [_proposed(EntityTarget(entity.id), None, reason)]


def aliased(scope: ScopeKey, name: str, entity: Entity, *, reason: str) -> list[Proposal]:
    """Propose that a name, which no note need use, is one of an entity's."""
    if not normalise(name):
        raise InputError(f"{name!r} holds no letter that could name anybody")
    named = entity_of(scope, name)
    if named == entity.id:
        raise InputError(f"{name!r} is a name of {entity.name!r} already")
    return [_proposed(EntityTarget(named, name), entity.id, reason)]


def _proposed(target: EntityTarget, after: EntityId | None, reason: str) -> Proposal:
    return Proposal(target=target, after=after, reason=reason, author=USER)
