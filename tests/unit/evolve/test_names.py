"""Which names are surely one."""

import pytest

from graphmem.evolve.names import is_named, pairs, same_names
from graphmem.types import Entity, EntityId, EpisodeId, MentionKind, ScopeKey


def entity(name: str, kind: MentionKind = "name", same_as: str | None = None) -> Entity:
    return Entity(
        id=EntityId(f"t {name}"),
        scope=ScopeKey("ida"),
        name=name,
        aliases=(),
        kinds=(kind,),
        origins=(EpisodeId("e"),),
        same_as=EntityId(same_as) if same_as else None,
    )


def merged(*entities: Entity) -> dict[str, str]:
    same = {one.id for one in entities if one.same_as}
    made = same_names(pairs(filter(is_named, entities)), same)
    return {p.target.entity[2:]: p.after[2:] for p in made}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("NRK", "Norsk Rikskringkasting"), {}),
        (("BKK", "Bergen Kommunale Kraft"), {"BKK": "Bergen Kommunale Kraft"}),
        (("RoK", "Republic of Krakozhia"), {"RoK": "Republic of Krakozhia"}),
        (("BKK", "Bergen Kommunale Kraft", "Bodø Kino Klubb"), {}),
        (("Sjøbua", "Sjo-bua"), {"Sjøbua": "Sjo-bua"}),
        (("Dr. Moe", "Moe"), {"Moe": "Dr. Moe"}),
        (("Mike", "Michael"), {"Mike": "Michael"}),
        (("C", "C++"), {}),
        (("1990", "1990s"), {}),
        (("Berg", "Bergen"), {}),
    ],
)
def test_names_of_things(names: tuple[str, ...], wanted: dict[str, str]) -> None:
    assert merged(*map(entity, names)) == wanted


def test_a_speaker_is_known_by_a_short_form_a_last_name_and_when_called() -> None:
    speaker = entity("Hedda", "speaker")
    assert merged(speaker, entity("Hed")) == {"Hed": "Hedda"}
    assert merged(speaker, entity("Woohoo Hedda")) == {"Woohoo Hedda": "Hedda"}
    assert merged(entity("Odd Moe", "speaker"), entity("Moe")) == {"Moe": "Odd Moe"}


def test_nothing_is_done_where_two_fit_or_a_person_has_merged_already() -> None:
    two = (entity("Hedda", "speaker"), entity("Hedvig", "speaker"))
    assert merged(*two, entity("Hed")) == {}
    assert merged(two[0], entity("Hed", same_as="t else")) == {}
    assert merged(two[0], two[1]) == {}
