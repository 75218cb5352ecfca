"""What is derived of passages once: rarity of names, titles, namesakes, vectors."""

import math
from dataclasses import replace

import numpy as np
import pytest

from graphmem.arrays import SnapshotVectors
from graphmem.retrieve.passages import index as passages_index
from graphmem.retrieve.passages.index import passages_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.passages.data import PLACES, passages


def test_a_name_of_one_note_is_rarest_and_one_of_all_notes_weighs_nothing():
    corpus = {"a": ("Bern", "Bern is old."), "b": ("Thun", "We like Bern.")}
    found = passages(corpus)
    names = found.links.inventory.names
    idf = dict(zip(names, found.name_idf.tolist(), strict=True))
    assert idf["bern"] == pytest.approx(0)
    assert idf["thun"] == pytest.approx(math.log(2 / 1) / math.log(2))


def test_the_idf_of_a_title_is_that_of_its_distinct_terms():
    found = passages()
    terms = found.words.numbers
    expected = found.words.idf[terms["grey"]] + found.words.idf[terms["harbor"]]
    assert found.title_idf[PLACES["album"]] == pytest.approx(expected)


def test_a_title_with_a_parenthesis_is_second_only_beside_the_plain_one():
    both = {"a": ("Ann Lee", "A singer."), "b": ("Ann Lee (judge)", "A judge.")}
    assert passages(both).is_second.tolist() == [False, True]
    assert passages({"b": both["b"]}).is_second.tolist() == [False]
    found = passages(both)
    assert found.called.name[0] == found.called.name[1]
    assert found.called.title[0] != found.called.title[1]


@pytest.mark.parametrize(("most", "kind"), [(10_000, np.float32), (1, np.float16)])
def test_sentence_vectors_are_kept_in_single_precision_as_long_as_they_are_few(
    most, kind, monkeypatch
):
    monkeypatch.setattr(passages_index, "SINGLE_MAX", most)
    snapshot = snapshot_of_passages(BAND)
    rows = np.ones((len(BAND), 2), np.float32)
    sentences = np.ones((len(snapshot.sentence_spans), 2), np.float16)
    vectors = SnapshotVectors(encoder="test", notes=rows, sentences=sentences)
    found = passages_of(updated(None, snapshot), replace(snapshot, vectors=vectors))
    assert found.vectors.sentences.dtype == kind
    assert found.note_vectors is found.vectors.notes


def test_a_store_without_vectors_has_none():
    assert passages().note_vectors is None
