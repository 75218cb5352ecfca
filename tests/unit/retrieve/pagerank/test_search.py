"""The PageRank retriever on a small graph: what it finds, and the path it gives."""

from itertools import pairwise

import numpy as np
import pytest

from graphmem.retrieve.pagerank.search import entity_walk, path_to, rank_notes, restart_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages


@pytest.fixture
def snapshot():
    return snapshot_of_passages(BAND)


@pytest.fixture
def nothing(snapshot):
    """No note is worth anything by itself."""
    return np.zeros(len(snapshot.note_ids))


@pytest.fixture
def walk(snapshot):
    return entity_walk(snapshot, updated(None, snapshot))


def test_notes_rank_by_how_far_from_the_named_entity_they_are(walk, snapshot, nothing):
    ranking, _ = rank_notes(walk, "Grey Harbour", nothing)
    scores = ranking.scores[walk.graph.n_names :]
    by_name = dict(zip(snapshot.note_ids, scores, strict=True))
    assert by_name["album"] > by_name["singer"] > by_name["town"] > by_name["mayor"] > 0


def test_the_path_starts_at_a_seed_and_follows_edges(walk, snapshot, nothing):
    ranking, restart = rank_notes(walk, "Grey Harbour", nothing)
    node = walk.graph.n_names + snapshot.note_ids.index("singer")
    path = path_to(walk.graph, ranking, restart, node)
    assert path[-1] == node
    assert restart[path[0]] > 0
    assert all(walk.graph.steps.moves[after, before] > 0 for before, after in pairwise(path))


def test_rare_names_restart_more_often(walk, snapshot, nothing):
    restart = restart_of(walk, "Ostrava and Brno", nothing)
    weight = {name: restart[i] for i, name in enumerate(snapshot.entity_names)}
    assert weight["Brno"] > weight["Ostrava"] > 0


@pytest.mark.parametrize("question", ["", "the of", "zyzzyva"])
def test_a_question_that_names_nothing_known_has_no_ranking(walk, question, nothing):
    assert rank_notes(walk, question, nothing) is None


def test_an_empty_memory_has_no_ranking():
    snapshot = snapshot_of_passages({})
    walk = entity_walk(snapshot, updated(None, snapshot))
    assert rank_notes(walk, "Grey Harbour", np.zeros(0)) is None


def test_a_note_restarts_by_what_it_is_worth(walk, snapshot):
    worth = np.zeros(len(snapshot.note_ids))
    worth[snapshot.note_ids.index("mayor")] = 0.5
    ranking, restart = rank_notes(walk, "nothing that it knows", worth)
    assert restart[walk.graph.n_names + snapshot.note_ids.index("mayor")] == 1
    scores = ranking.scores[walk.graph.n_names :]
    assert snapshot.note_ids[int(scores.argmax())] == "mayor"
