"""The graph that PageRank walks: names to notes, titles heavier, claims lighter."""

from dataclasses import replace

import numpy as np

from graphmem.retrieve.names.links import links_of
from graphmem.retrieve.names.postings import name_postings
from graphmem.retrieve.pagerank.graph import CLAIM_WEIGHT, TITLE_WEIGHT, rank_edges
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages

CORPUS = {"a": ("Bern", "Bern is old."), "b": ("Thun", "We saw Bern with Ilse Vantongeren.")}


def graph_of(snapshot):
    """Return the graph, and the node of each name: entities first, in the snapshot's order."""
    index = updated(None, snapshot)
    links = links_of(index, snapshot, np.arange(len(snapshot.note_ids)))
    entities = list(snapshot.graph.entity_names)
    names = links.inventory.names
    nodes, extra = [], len(entities)
    folded = [name.lower() for name in entities]
    for name in names:
        if name in folded:
            nodes.append(folded.index(name))
        else:
            nodes.append(extra)
            extra += 1
    edges = rank_edges(snapshot, name_postings(links, index), np.array(nodes, np.int64))
    return edges.graph(), dict(zip(names, nodes, strict=True))


def share(graph, start, end):
    """Return the probability of a step from one node to another."""
    return graph.steps.moves.toarray()[end, start]


def test_a_name_leads_to_the_note_that_it_titles_more_often_than_to_others():
    graph, node = graph_of(snapshot_of_passages(CORPUS))
    note_a, note_b = graph.n_names, graph.n_names + 1
    total = TITLE_WEIGHT + 1
    assert share(graph, node["bern"], note_a) == TITLE_WEIGHT / total
    assert share(graph, node["bern"], note_b) == 1 / total


def test_a_title_that_is_no_entity_has_a_node_of_its_own():
    snapshot = snapshot_of_passages({"a": ("Zither", "A thing with strings.")})
    graph, node = graph_of(snapshot)
    assert graph.n_names == max(len(snapshot.graph.entity_ids), node["zither"] + 1)
    assert share(graph, node["zither"], graph.n_names) == 1


def test_a_claim_joins_subject_object_and_note_lightly():
    plain = snapshot_of_passages(CORPUS)
    bern, ilse = (plain.graph.entity_names.index(name) for name in ("Bern", "Ilse Vantongeren"))
    claims = replace(
        plain.graph,
        claim_note=np.array([0], np.int32),
        claim_subject=np.array([bern], np.int32),
        claim_object=np.array([ilse], np.int32),
        claim_relation=("near",),
    )
    graph, _ = graph_of(replace(plain, graph=claims))
    weights = {"a": TITLE_WEIGHT + CLAIM_WEIGHT, "b": 1, "ilse": CLAIM_WEIGHT}
    total = sum(weights.values())
    assert share(graph, bern, graph.n_names) == weights["a"] / total
    assert share(graph, bern, ilse) == weights["ilse"] / total
