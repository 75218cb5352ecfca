"""The PageRank retriever on a small graph: what it finds, and the path it gives."""

from itertools import pairwise

import numpy as np
import pytest

from graphmem.retrieve.found import AskedWords
from graphmem.retrieve.pagerank.explain import PageRankExplainer
from graphmem.retrieve.pagerank.search import PageRankSearch
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import question_of


@pytest.fixture
def snapshot():
    return snapshot_of_passages(BAND)


@pytest.fixture
def nothing(snapshot):
    """No note is likely by itself."""
    return np.zeros(len(snapshot.note_ids))


@pytest.fixture
def words(snapshot):
    return updated(None, snapshot)


@pytest.fixture
def walk(snapshot, words):
    return PageRankSearch.of(snapshot, words)


def test_notes_rank_by_how_far_from_the_named_entity_they_are(walk, words, nothing):
    found = walk.search(question_of("Grey Harbour", words), 5, prior=nothing)
    assert [one.note for one in found][:4] == ["album", "singer", "town", "mayor"]
    assert all(one.score > 0 for one in found)


def test_the_path_starts_at_a_seed_and_follows_edges(walk, snapshot, words, nothing):
    restart = walk.restart(question_of("Grey Harbour", words), nothing)
    showing = Showing(snapshot, AskedWords.of(words, np.array([], np.int32)))
    explainer = PageRankExplainer(
        showing, walk.links, walk.graph, walk.rank(restart), restart, walk.ranker.damping
    )
    node = walk.graph.n_names + snapshot.note_ids.index("singer")
    path = explainer.path_to(node)
    assert path[-1] == node
    assert restart[path[0]] > 0
    assert all(walk.graph.steps.moves[after, before] > 0 for before, after in pairwise(path))


def test_rare_names_restart_more_often(walk, snapshot, words, nothing):
    restart = walk.restart(question_of("Ostrava and Brno", words), nothing)
    weight = {name: restart[i] for i, name in enumerate(snapshot.entity_names)}
    assert weight["Brno"] > weight["Ostrava"] > 0


@pytest.mark.parametrize("question", ["", "the of", "zyzzyva"])
def test_a_question_that_names_nothing_known_finds_nothing(walk, words, question, nothing):
    assert walk.restart(question_of(question, words), nothing) is None
    assert walk.search(question_of(question, words), 5, prior=nothing) == []


def test_an_empty_memory_finds_nothing():
    snapshot = snapshot_of_passages({})
    words = updated(None, snapshot)
    walk = PageRankSearch.of(snapshot, words)
    assert walk.search(question_of("Grey Harbour", words), 5, prior=np.zeros(0)) == []


def test_a_note_restarts_by_its_prior(walk, snapshot, words):
    prior = np.zeros(len(snapshot.note_ids))
    prior[snapshot.note_ids.index("mayor")] = 0.5
    asked = question_of("nothing that it knows", words)
    assert walk.restart(asked, prior)[walk.graph.n_names + snapshot.note_ids.index("mayor")] == 1
    assert walk.search(asked, 1, prior=prior)[0].note == "mayor"
