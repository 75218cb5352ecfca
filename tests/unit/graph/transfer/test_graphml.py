"""GraphML and networkx show the same graph, and networkx can read the GraphML."""

from pathlib import Path

import networkx
import pytest

from graphmem.contracts import GraphStore
from graphmem.graph.transfer.graphml import to_networkx, write_graphml
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, ENCODER, START, batch_of, superseding, turn

HOSTILE = 'a <b attr="x"> & ]]> \x00\x0b\r\n "quoted" \u202e 北京'


@pytest.fixture
def store() -> GraphStore:
    made = open_store("ram:")
    made.set_encoder(ENCODER)
    turns = [turn(i) for i in range(5)]
    made.write(batch_of(*turns, turn(5, text=HOSTILE)))
    made.write(batch_of(turn(0, scope=BEN), scope=BEN))
    made.apply(superseding(turns[0].note, turns[1].note.id, until=START))
    return made


def test_the_graph_has_every_record_of_the_scope_and_no_other(store: GraphStore) -> None:
    graph = to_networkx(store, ANA)
    held = store.stats(ANA)
    kinds = ("session", "episode", "note", "entity", "fact", "change")
    assert graph.number_of_nodes() == sum(held[kind] for kind in kinds)
    assert {data["scope"] for _, data in graph.nodes(data=True)} == {ANA}
    note = turn(0).note
    assert graph.nodes[note.id]["text"] == note.text
    assert graph.nodes[note.id]["valid_until"] == START
    assert [data["type"] for data in graph.get_edge_data(turn(1).note.id, note.id).values()] == [
        "SUPERSEDES"
    ]


def test_the_graphml_is_read_back_with_every_node_and_edge(
    store: GraphStore, tmp_path: Path
) -> None:
    write_graphml(store, ANA, tmp_path / "graph.xml")
    graph, read = to_networkx(store, ANA), networkx.read_graphml(tmp_path / "graph.xml")
    assert set(read.nodes) == set(graph.nodes)
    assert sorted((a, b, data["type"]) for a, b, data in read.edges(data=True)) == sorted(
        (a, b, data["type"]) for a, b, data in graph.edges(data=True)
    )
    note = turn(0).note
    assert read.nodes[note.id]["labels"] == "Note"
    assert read.nodes[note.id]["strength"] == 1.0
    assert read.nodes[note.id]["keywords"] == '["near", "place"]'
    assert read.nodes[note.id]["said_at"] == START.isoformat()


def test_what_xml_cannot_hold_is_replaced_and_the_rest_kept(
    store: GraphStore, tmp_path: Path
) -> None:
    write_graphml(store, ANA, tmp_path / "graph.xml")
    read = networkx.read_graphml(tmp_path / "graph.xml")
    wanted = HOSTILE.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    assert read.nodes[turn(5, text=HOSTILE).note.id]["text"] == wanted
