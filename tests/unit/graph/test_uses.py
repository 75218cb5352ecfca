"""Entities and facts are what the notes that use them make of them together."""

from datetime import UTC, datetime

from graphmem.batches import Claim
from graphmem.graph.uses import (
    EntityUse,
    FactUse,
    commonest,
    entity_from,
    fact_from,
)
from graphmem.named import entity_of, fact_of
from graphmem.types import EpisodeId, NoteId, ScopeKey

ANA = ScopeKey("ana")


def claim(*, until: int | None = None, since: int | None = None, negated: bool = False) -> Claim:
    return Claim(
        subject="Ana",
        relation="lives in",
        object="Lisbon",
        start=0,
        end=5,
        negated=negated,
        valid_from=datetime(since, 1, 1, tzinfo=UTC) if since else None,
        valid_until=datetime(until, 1, 1, tzinfo=UTC) if until else None,
    )


def use(one: Claim, note: str = "n1", author: str = "rule:b@1") -> FactUse:
    return FactUse(one, NoteId(note), (EpisodeId(f"e-{note}"),), author)


def test_the_commonest_surface_names_and_equals_go_by_the_alphabet() -> None:
    assert commonest(["Porto", "porto", "porto"]) == "porto"
    assert commonest(["b", "a"]) == "a"


def test_an_entity_has_the_other_surfaces_as_aliases_and_every_origin_once() -> None:
    uses = [
        EntityUse("Lisbon", "name", (EpisodeId("e2"),)),
        EntityUse("lisbon", None, (EpisodeId("e1"), EpisodeId("e2"))),
        EntityUse("Lisbon", "title", (EpisodeId("e1"),)),
    ]
    found = entity_from(entity_of(ANA, "LISBON"), ANA, uses)
    assert (found.name, found.aliases, found.kinds) == ("Lisbon", ("lisbon",), ("name", "title"))
    assert found.origins == ("e1", "e2")
    assert entity_of(ANA, "Lisbon") == found.id


def test_a_denial_is_a_fact_of_its_own() -> None:
    assert fact_of(ANA, claim()) != fact_of(ANA, claim(negated=True))


def test_a_fact_holds_from_its_earliest_start() -> None:
    uses = [use(claim(since=2020)), use(claim(since=2018), "n2"), use(claim(), "n3")]
    assert fact_from(fact_of(ANA, claim()), ANA, uses).valid_from == datetime(
        2018, 1, 1, tzinfo=UTC
    )


def test_a_fact_ends_only_when_every_claim_of_it_ends() -> None:
    ends = [use(claim(until=2021)), use(claim(until=2023), "n2")]
    id_ = fact_of(ANA, claim())
    assert fact_from(id_, ANA, ends).valid_until == datetime(2023, 1, 1, tzinfo=UTC)
    assert fact_from(id_, ANA, [*ends, use(claim(), "n3")]).valid_until is None


def test_a_facts_notes_and_author_do_not_depend_on_the_order() -> None:
    uses = [use(claim(), "n2", "rule:b@1"), use(claim(), "n1", "rule:a@1")]
    one, other = (fact_from(fact_of(ANA, claim()), ANA, order) for order in (uses, uses[::-1]))
    assert one == other
    assert (one.notes, one.created_by) == (("n1", "n2"), "rule:a@1")
