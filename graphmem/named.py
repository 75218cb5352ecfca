"""The ids of entities and facts, from the surfaces that name them."""

from functools import lru_cache

from graphmem.batches import Claim
from graphmem.ids import entity_id, fact_id
from graphmem.text import normalise
from graphmem.types import EntityId, FactId, ScopeKey

REMEMBERED = 50_000
"""Names whose ids are kept at hand: a corpus repeats most of its names."""


@lru_cache(maxsize=REMEMBERED)
def entity_of(scope: ScopeKey, surface: str) -> EntityId:
    """Return the id of the entity that a surface names."""
    return EntityId(entity_id(scope, normalise(surface)))


@lru_cache(maxsize=REMEMBERED)
def _fact_of(scope: ScopeKey, subject: str, relation: str, object_: str) -> FactId:
    return FactId(fact_id(scope, normalise(subject), normalise(relation), normalise(object_)))


def fact_of(scope: ScopeKey, claim: Claim) -> FactId:
    """Return the id of the fact that a claim states; a denial is a fact of its own."""
    relation = f"not {claim.relation}" if claim.negated else claim.relation
    return _fact_of(scope, claim.subject, relation, claim.object)
