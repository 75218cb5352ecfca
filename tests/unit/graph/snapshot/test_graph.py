"""The graph of columns: entities numbered, their names and other names, by hand."""

from graphmem.graph.journal import Identities
from graphmem.graph.snapshot.block import block_of
from graphmem.graph.snapshot.graph import ColumnGraph
from graphmem.named import entity_of
from graphmem.testing.records import ANA
from tests.unit.graph.snapshot.test_build import record

OSLO, ROME = (entity_of(ANA, name) for name in ("oslo", "rome"))


def graph(*records, merged=None):
    columns = block_of(records, [None for _ in records], [0 for _ in records])
    return ColumnGraph(columns, merged or Identities())


def test_an_entitys_commonest_surface_names_it_and_of_equals_the_smallest():
    found = graph(record(0, "oslo", "Rome"), record(1, "oslo", "OSLO", "rome"))
    name = dict(zip(found.entity_ids, found.entity_names, strict=True))
    assert name == {OSLO: "oslo", ROME: "Rome"}
    assert list(found.entity_ids) == sorted(found.entity_ids)


def test_entities_that_are_one_have_one_number_and_the_others_surfaces_as_aliases():
    found = graph(record(0, "oslo", "oslo", "Rome"), merged=Identities(same={ROME: OSLO}))
    assert list(found.entity_ids) == [OSLO]
    assert found.mention_entity.tolist() == [0, 0, 0]
    assert found.entity_aliases == (("Rome", 0),)


def test_without_mentions_there_are_no_entities():
    found = graph(record(0))
    assert (found.entity_ids, found.entity_names, found.entity_aliases) == ((), (), ())
    assert found.mention_note.tolist() == found.claim_subject.tolist() == []
