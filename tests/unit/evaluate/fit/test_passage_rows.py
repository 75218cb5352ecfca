"""Rows to fit the document model on: gold is always among them, negatives are bounded."""

import numpy as np
import pytest

from graphmem.evaluate.fit import passage_rows
from graphmem.evaluate.fit.passage_rows import edge_rows, root_rows
from graphmem.evaluate.systems.channels import source_engine
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.passages.features import features_of
from tests.unit.evaluate.sets import PASSAGES

QUESTION = "Which river flows by the city of the novel by Ada Quill?"


@pytest.fixture
def asked(tmp_path):
    """The sample passages, the question put to them, and the place of each passage."""
    with Memory.open("ram:", scope="evaluate") as memory:
        memory.ingest(write_source(PASSAGES, tmp_path))
        source = source_engine(memory)
    passages = source.engine.passages.passages
    place = dict(zip(source.ids, source.order.tolist(), strict=True))
    return passages, features_of(passages, source.engine.reader.read(Asked(text=QUESTION))), place


def test_roots_are_the_best_notes_and_all_gold_and_gold_is_marked(asked, monkeypatch):
    _, read, place = asked
    monkeypatch.setattr(passage_rows, "N_ROOTS", 1)
    first = int(np.argmax(read.channels["first"]))
    gold = {place["p4"], place["p3"]} - {first}
    columns, labels = root_rows(read, gold)
    notes = sorted({first, *gold})
    assert labels.tolist() == [note in gold for note in notes]
    for name, column in columns.items():
        np.testing.assert_array_equal(column, read.channels[name][notes])


def test_edges_lead_out_of_gold_and_mark_those_that_lead_to_gold(asked):
    passages, read, place = asked
    columns, labels = edge_rows(
        passages, read, {place["p2"], place["p3"]}, np.random.default_rng(0)
    )
    assert 0 < labels.sum() < len(labels)
    assert all(len(column) == len(labels) for column in columns.values())
    # Lisbon stands in p2 and p3 alone: both edges between them are there, marked, and rare
    assert columns["name_idf"][labels].min() > 0


def test_negatives_are_bounded_positives_are_all_kept(asked, monkeypatch):
    passages, read, place = asked
    gold = {place["p2"], place["p3"]}
    _, everything = edge_rows(passages, read, gold, np.random.default_rng(0))
    monkeypatch.setattr(passage_rows, "N_NEGATIVES", 1)
    _, few = edge_rows(passages, read, gold, np.random.default_rng(0))
    assert few.sum() == everything.sum()
    assert (~few).sum() == 1 < (~everything).sum()
