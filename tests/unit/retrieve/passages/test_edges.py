"""Pairs out of an anchor: which there are, and what the columns say of them."""

import numpy as np
import pytest

from graphmem.retrieve.passages.edges import edges_from, text_columns
from tests.unit.retrieve.passages.data import PLACES, asked

QUESTION = "Who is the mayor of the city where the singer was born?"
NAMES = {place: name for name, place in PLACES.items()}


@pytest.fixture
def singer():
    """The passages, the question's features, and the edges out of the singer's passage."""
    passages, features = asked(QUESTION)
    return passages, features, edges_from(passages, features, PLACES["singer"])


def test_an_anchor_leads_to_the_notes_that_share_a_name_with_it_and_not_to_itself(singer):
    passages, _, edges = singer
    known = passages.links.inventory.names
    pairs = {(known[n], NAMES[t]) for n, t in zip(edges.names, edges.targets, strict=True)}
    assert pairs == {("ilse vantongeren", "album"), ("ostrava", "town")}


def test_columns_tell_titles_from_other_notes_and_rare_names_from_common_ones(singer):
    passages, features, edges = singer
    of = {NAMES[target]: row for row, target in enumerate(edges.targets)}
    assert edges.columns["is_title"][of["town"]] == 1
    assert edges.columns["is_title"][of["album"]] == 0
    rarity = passages.name_idf[edges.names]
    np.testing.assert_array_equal(edges.columns["name_idf"], rarity)
    assert (edges.columns["target_words"] == features.channels["words"][edges.targets]).all()


def test_the_gain_is_what_the_target_holds_of_the_question_and_the_anchor_does_not(singer):
    _, features, edges = singer
    row = edges.targets.tolist().index(PLACES["town"])
    own, theirs = features.note_masks[PLACES["singer"]], features.note_masks[PLACES["town"]]
    expected = features.cover.weight(np.array([theirs & ~own]))[0]
    assert edges.columns["gain"][row] == pytest.approx(expected)
    assert expected > 0


def test_texts_are_alike_by_the_cosine_of_their_weighted_terms(singer):
    passages, features, edges = singer
    columns = text_columns(passages, features, edges)
    matrix = passages.words.notes.damped.toarray() * passages.words.idf
    anchor = matrix[PLACES["singer"]]
    for row, target in enumerate(edges.targets):
        other = matrix[target]
        expected = anchor @ other / (np.linalg.norm(anchor) * np.linalg.norm(other))
        assert columns["alike_words"][row] == pytest.approx(expected, rel=1e-5)
    assert "alike_vector" not in columns


def test_some_pairs_are_taken_without_their_columns(singer):
    _, _, edges = singer
    one = edges.take(np.array([1]))
    assert one.targets.tolist() == [edges.targets[1]]
    assert one.columns == {}


def test_an_anchor_without_a_shared_name_leads_nowhere():
    passages, features = asked(QUESTION)
    edges = edges_from(passages, features, PLACES["other"])
    assert len(edges.targets) == 0
    assert text_columns(passages, features, edges)["linked_words_left"].shape == (0,)
