"""Which named things are one, by a person's word."""

from dataclasses import replace

import pytest

from graphmem.changes import EntityTarget
from graphmem.errors import InputError
from graphmem.evolve.identity import aliased, merged, unmerged
from graphmem.named import entity_of
from graphmem.testing.records import ANA
from graphmem.types import Entity, EpisodeId


def entity(name: str) -> Entity:
    return Entity(
        id=entity_of(ANA, name),
        scope=ANA,
        name=name,
        aliases=(),
        kinds=("name",),
        origins=(EpisodeId("e1"),),
    )


MEL, MELANIE = entity("Mel"), entity("Melanie")


def test_an_entity_becomes_another_and_one_of_its_own_again() -> None:
    (made,) = merged(MEL, MELANIE, reason="because")
    assert (made.target, made.after) == (EntityTarget(MEL.id), MELANIE.id)
    (made,) = unmerged(replace(MEL, same_as=MELANIE.id), reason="because")
    assert (made.target, made.after) == (EntityTarget(MEL.id), None)


def test_an_alias_says_the_name_as_it_was_given() -> None:
    (made,) = aliased(ANA, "Mellie", MELANIE, reason="because")
    assert made.target == EntityTarget(entity_of(ANA, "mellie"), "Mellie")
    assert made.after == MELANIE.id


def test_what_is_one_already_or_is_no_name_is_refused() -> None:
    with pytest.raises(InputError, match="one entity already"):
        merged(MEL, MEL, reason="because")
    with pytest.raises(InputError, match="merged into no other"):
        unmerged(MEL, reason="because")
    with pytest.raises(InputError, match="a name of 'Melanie' already"):
        aliased(ANA, "MELANIE", MELANIE, reason="because")
    with pytest.raises(InputError, match="no letter"):
        aliased(ANA, "  ", MELANIE, reason="because")
