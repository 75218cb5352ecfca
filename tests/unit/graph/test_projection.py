"""A scope as nodes and relationships, each by hand."""

from datetime import UTC
from itertools import pairwise
from typing import Any

import pytest

from graphmem.contracts import GraphStore
from graphmem.graph.projection import (
    NODE_LABELS,
    RELATIONSHIP_TYPES,
    Node,
    Relationship,
    nodes,
    relationships,
)
from graphmem.named import entity_of, fact_of
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, START, filled, summary_of, turn

TURNS = [turn(i) for i in range(9)]
NOTES = [one.note for one in TURNS]


@pytest.fixture
def store() -> GraphStore:
    return filled(open_store("ram:"))


def node(store: GraphStore, label: str, id_: str) -> Node:
    (found,) = (node for node in nodes(store, ANA) if label in node.labels and node.id == id_)
    return found


def ends(store: GraphStore, type_: str) -> list[tuple[str, str]]:
    return [(one.source, one.target) for one in relationships(store, ANA) if one.type == type_]


def between(store: GraphStore, type_: str, source: str, target: str) -> Relationship:
    (found,) = (
        one
        for one in relationships(store, ANA)
        if (one.type, one.source, one.target) == (type_, source, target)
    )
    return found


def test_the_labels_and_types_are_those_that_are_listed_and_ids_are_unique(
    store: GraphStore,
) -> None:
    found = list(nodes(store, ANA))
    assert {one.labels for one in found} == set(NODE_LABELS)
    assert len({(one.labels[0], one.id) for one in found}) == len(found)
    assert {one.type for one in relationships(store, ANA)} == set(RELATIONSHIP_TYPES)


def test_every_node_has_its_scope_and_no_other_scope_comes(store: GraphStore) -> None:
    assert {one.properties["scope"] for one in nodes(store, ANA)} == {ANA}
    assert {one.properties["scope"] for one in nodes(store, BEN)} == {BEN}


def test_every_end_is_a_node(store: GraphStore) -> None:
    ids = {one.id for one in nodes(store, ANA)}
    assert {end for one in relationships(store, ANA) for end in (one.source, one.target)} <= ids


def test_a_note_has_flat_properties_and_none_that_is_empty(store: GraphStore) -> None:
    found: dict[str, Any] = node(store, "Note", NOTES[0].id).properties
    (first, second) = NOTES[0].sentences
    assert found["sentences"] == [*first, *second]
    assert found["origins"] == [TURNS[0].episode.id]
    assert found["said_at"] == START.astimezone(UTC)
    assert found["tags"] == ["new", "newer"]
    assert {"title", "valid_until", "addressee"}.isdisjoint(found)


def test_metadata_and_what_a_change_replaced_are_json_text(store: GraphStore) -> None:
    told = node(store, "Episode", TURNS[1].episode.id).properties["metadata"]
    assert told == '{"n":1,"nested":{"list":[1,null,"x"]}}'
    journal = store.changes(ANA, NOTES[0].id)
    shown = [node(store, "Change", change.id).properties for change in journal]
    assert [one["seq"] for one in shown] == [0, 1, 2]
    assert {(one["note"], one["field"]) for one in shown[:2]} == {(NOTES[0].id, "tags")}
    assert (shown[1]["before"], shown[1]["after"]) == ('["old"]', '["new","newer"]')


def test_only_a_segment_is_labelled_so(store: GraphStore) -> None:
    segment = summary_of(TURNS[:2]).note
    assert [one.id for one in nodes(store, ANA) if "Segment" in one.labels] == [segment.id]
    assert between(store, "DERIVED_FROM", segment.id, TURNS[1].episode.id).properties == {
        "place": 1
    }


def test_episodes_of_a_session_follow_each_other_in_order(store: GraphStore) -> None:
    ordered = sorted((one.episode for one in TURNS[:8]), key=lambda episode: episode.order)
    pairs = pairwise(ordered)
    assert ends(store, "NEXT") == [(before.id, after.id) for before, after in pairs]


def test_mentions_and_claims_lead_to_entities_and_facts(store: GraphStore) -> None:
    (claim,) = TURNS[2].record.extraction.claims
    place, mention = 1, TURNS[2].record.extraction.mentions[1]
    found = between(store, "MENTIONS", NOTES[2].id, entity_of(ANA, mention.name)).properties
    assert (found["name"], found["place"]) == (mention.name, place)
    fact = fact_of(ANA, claim)
    assert between(store, "DERIVED_FROM", fact, NOTES[2].id).properties["relation"] == "near"
    assert (fact, entity_of(ANA, claim.subject)) in ends(store, "SUBJECT")
    assert (fact, entity_of(ANA, claim.object)) in ends(store, "OBJECT")


def test_the_newer_note_supersedes_the_older(store: GraphStore) -> None:
    assert ends(store, "SUPERSEDES") == [(NOTES[2].id, NOTES[1].id)]


def test_a_link_keeps_kind_origin_and_weight(store: GraphStore) -> None:
    assert between(store, "LINK", NOTES[0].id, NOTES[2].id).properties == {
        "kind": "about",
        "origin": "user",
        "weight": 0.25,
        "scope": ANA,
    }


def test_a_tombstone_is_a_node_alone(store: GraphStore) -> None:
    gone = TURNS[8].episode.id
    assert set(node(store, "Tombstone", gone).properties) == {"scope", "id", "deleted_at"}
    assert all(gone not in (one.source, one.target) for one in relationships(store, ANA))
