"""A proposer may name what is not there, change what never changes, loop or flood: in vain."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField, Proposal
from graphmem.contracts import GraphStore
from graphmem.evolve.check import Checker, Limits
from graphmem.named import entity_of
from graphmem.registry import open_store
from graphmem.testing.records import ANA, ENCODER, START, batch_of, note_now, turn
from graphmem.types import EntityId, NoteId

NOTES = [turn(i).note for i in range(6)]
ONE, TWO, THREE = NOTES[:3]
RULE = "rule:test@1"


@pytest.fixture
def store() -> Iterator[GraphStore]:
    made = open_store("ram:")
    made.set_encoder(ENCODER)
    made.write(batch_of(*(turn(i) for i in range(6))))
    yield made
    made.close()


def checked(store: GraphStore, *proposals: Proposal, limits: Limits | None = None) -> Checker:
    checker = Checker(store, ANA, "run", START, limits or Limits())
    checker.check(proposals)
    return checker


def of_field(note: str, name: str, after: object, **more: Any) -> Proposal:
    target = NoteField(NoteId(note), name)
    return Proposal(target=target, after=after, reason="because", author=RULE, **more)


def of_link(source: str, other: str, after: object = 0.5, **more: Any) -> Proposal:
    target = LinkTarget(NoteId(source), NoteId(other), "about")
    return Proposal(target=target, after=after, reason="because", author=RULE, **more)


def of_entity(name: str, other: str | None, called: str | None = None) -> Proposal:
    target = EntityTarget(entity_of(ANA, name), called)
    after = None if other is None else entity_of(ANA, other)
    return Proposal(target=target, after=after, reason="because", author=RULE)


def refusals(checker: Checker) -> list[str]:
    assert checker.changes == []
    return [rejection.why for rejection in checker.rejected]


@pytest.mark.parametrize(
    ("proposal", "why"),
    [
        (of_field("n0", "context", "new"), "no note n0"),
        (of_field(ONE.id, "text", "other words"), "text never changes"),
        (of_field(ONE.id, "origins", ()), "origins never changes"),
        (of_field(ONE.id, "said_at", START), "said_at never changes"),
        (of_field(ONE.id, "strength", 7), "nothing that it can be"),
        (of_field(ONE.id, "superseded_by", "n0"), "no note n0"),
        (of_field(ONE.id, "superseded_by", ONE.id), "supersede itself"),
        (of_field(ONE.id, "context", "new", evidence=("e0",)), "no episode e0"),
        (of_field(ONE.id, "context", "new", evidence=("n0",)), "no note n0"),
        (of_field(ONE.id, "context", "new", follows=(0,)), "depends on was not done"),
        (replace(of_field(ONE.id, "context", "new"), reason=""), "does not say why"),
        (of_link(ONE.id, "n0"), "no note n0"),
        (of_link(ONE.id, ONE.id), "linked with itself"),
        (of_link(ONE.id, TWO.id, -1), "nothing that it can be"),
        (of_entity("Lisbon", "Atlantis"), "no entity"),
        (of_entity("Atlantis", "Lisbon"), "no entity"),
        (of_entity("Lisbon", "lisbon"), "nothing that it can be"),
        (of_entity("Lisbon", "Porto", "Porto"), "not the name of"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason(
    store: GraphStore, proposal: Proposal, why: str
) -> None:
    (said,) = refusals(checked(store, proposal))
    assert why in said


def test_what_is_so_already_makes_no_change(store: GraphStore) -> None:
    made = checked(store, of_field(ONE.id, "context", ONE.context), of_link(ONE.id, TWO.id, None))
    assert (made.changes, made.rejected, made.unchanged) == ([], [], 2)


def test_each_proposal_starts_from_what_those_before_it_leave(store: GraphStore) -> None:
    made = checked(
        store,
        of_field(ONE.id, "context", "a"),
        of_field(ONE.id, "context", "b"),
        of_link(ONE.id, TWO.id, 1),
        of_link(ONE.id, TWO.id, None),
    )
    assert [(c.before, c.after) for c in made.changes] == [
        (ONE.context, "a"), ("a", "b"), (None, 1.0), (1.0, None)
    ]  # fmt: skip
    store.apply(made.changes)
    assert note_now(store, ONE).context == "b"


def test_what_follows_another_names_it_and_is_refused_with_it(store: GraphStore) -> None:
    first, second = of_field(ONE.id, "superseded_by", TWO.id), of_field(ONE.id, "context", "old")
    made = checked(store, first, replace(second, follows=(0,)))
    assert made.changes[1].depends_on == (made.changes[0].id,)
    made = checked(store, of_field(ONE.id, "superseded_by", "n0"), replace(second, follows=(0,)))
    assert len(refusals(made)) == 2


def test_equal_words_said_again_are_another_change(store: GraphStore) -> None:
    ids: list[str] = []
    for after in ("a", "b", "a", "b"):
        (made,) = checked(store, of_field(ONE.id, "context", after)).changes
        store.apply([made])
        ids.append(made.id)
    assert len(set(ids)) == 4


def test_the_id_of_a_change_is_what_it_says_not_when_or_in_which_run(store: GraphStore) -> None:
    def made(run: str, days: int) -> Change:
        checker = Checker(store, ANA, run, START + timedelta(days=days), Limits())
        checker.check([of_field(ONE.id, "context", "new")])
        return checker.changes[0]

    assert made("a", 0).id == made("b", 3).id


def test_notes_cannot_supersede_each_other_by_a_detour(store: GraphStore) -> None:
    made = checked(store, of_field(ONE.id, "superseded_by", TWO.id))
    store.apply(made.changes)
    made = checked(
        store,
        of_field(TWO.id, "superseded_by", THREE.id),
        of_field(THREE.id, "superseded_by", ONE.id),
    )
    assert [c.target for c in made.changes] == [NoteField(TWO.id, "superseded_by")]
    assert "supersede itself" in made.rejected[0].why


def test_entities_cannot_be_each_other_by_a_detour(store: GraphStore) -> None:
    made = checked(store, of_entity("Lisbon", "Porto"), of_entity("Porto", "Lisbon"))
    assert len(made.changes) == 1
    assert "already" in made.rejected[0].why


def test_one_arrival_touches_so_many_others_only(store: GraphStore) -> None:
    flood = [of_link(ONE.id, note.id, arrival=ONE.id) for note in NOTES[1:]]
    made = checked(store, *flood, limits=Limits(neighbours=2))
    assert (len(made.changes), len(made.rejected)) == (2, 3)
    assert "has touched 2 other notes" in made.rejected[0].why


def test_a_note_is_rewritten_so_often_in_a_day_only_unless_a_person_says_so(
    store: GraphStore,
) -> None:
    def rewritten(n: int, days: int = 0, author: str = RULE) -> Checker:
        proposal = replace(of_field(ONE.id, "context", f"context {n}"), author=author)
        checker = Checker(store, ANA, "run", START + timedelta(days=days), Limits(rewrites_a_day=2))
        checker.check([proposal])
        store.apply(checker.changes)
        return checker

    assert [len(rewritten(n).changes) for n in range(4)] == [1, 1, 0, 0]
    assert len(rewritten(5, days=1).changes) == 1
    assert len(rewritten(6, author="user").changes) == 1
    (refused,) = rewritten(7, days=2).rejected
    assert refused.why.startswith("a person has decided that")


def test_an_id_of_another_kind_is_no_entity(store: GraphStore) -> None:
    proposal = replace(of_entity("Lisbon", None), after=EntityId(ONE.id))
    assert len(refusals(checked(store, proposal))) == 1
