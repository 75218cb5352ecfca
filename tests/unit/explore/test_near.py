"""What stands near a name."""

import json

from graphmem.explore.names import entity_meant, named


def test_names_of_the_same_notes_stand_near_and_the_graph_has_each_once(memory):
    page = named(memory, entity_meant(memory, "Ben Olsen"))
    assert "Bergen" in [one.name for one in page.near.names]
    graph = json.loads(page.near.graph)
    ids = [node["id"] for node in graph["nodes"]]
    assert len(set(ids)) == len(ids)
    assert ids[0] == page.id
    assert {edge[end] for edge in graph["edges"] for end in ("source", "target")} <= set(ids)


def test_dates_and_speakers_do_not_stand_near(memory):
    page = named(memory, entity_meant(memory, "Bergen"))
    assert not {"Ana", "3 March 2023"} & {one.name for one in page.near.names}


def test_a_name_alone_has_nothing_near_it(empty):
    empty.add("Bergen!", speaker="Ana", said_at="2024-05-01")
    page = named(empty, entity_meant(empty, "Bergen"))
    assert page.near.names == ()
