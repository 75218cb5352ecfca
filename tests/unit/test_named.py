"""Entities and facts have one id however their names are written."""

from graphmem.batches import Claim
from graphmem.named import entity_of, fact_of
from graphmem.types import ScopeKey

ANA = ScopeKey("ana")


def claim(*parts: str, negated: bool = False) -> Claim:
    subject, relation, object_ = parts
    return Claim(
        subject=subject, relation=relation, object=object_, start=0, end=1, negated=negated
    )


def test_case_and_accents_make_no_other_entity_and_a_scope_does() -> None:
    assert entity_of(ANA, "José") == entity_of(ANA, "JOSE")
    assert entity_of(ANA, "José") != entity_of(ScopeKey("ben"), "José")


def test_a_denial_is_a_fact_of_its_own() -> None:
    said = claim("Ana", "likes", "tea")
    assert fact_of(ANA, said) == fact_of(ANA, claim("ANA", "likes", "Tea"))
    assert fact_of(ANA, said) != fact_of(ANA, claim("Ana", "likes", "tea", negated=True))
