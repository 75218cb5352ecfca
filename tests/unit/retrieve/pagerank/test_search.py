"""The PageRank retriever on a small graph: what it finds, and the path it gives."""

from itertools import pairwise

import numpy as np
import pytest

from graphmem.rankers.auto import AutoRanker
from graphmem.rankers.push import PushRanker
from graphmem.retrieve.found import AskedWords
from graphmem.retrieve.pagerank import search as search_module
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
    return PageRankSearch.of(snapshot, words, AutoRanker())


def found_by(walk, question, k, prior, kept=None):
    """Return what one question finds."""
    (found,) = walk.search([question], k, priors=[prior], kept=kept)
    return found


def test_notes_rank_by_how_far_from_the_named_entity_they_are(walk, words, nothing):
    found = found_by(walk, question_of("Grey Harbour", words), 5, nothing)
    assert [one.note for one in found][:4] == ["album", "singer", "town", "mayor"]
    assert all(one.score > 0 for one in found)


def test_questions_of_one_block_find_what_each_finds_alone(walk, words, nothing):
    asked = [question_of(text, words) for text in ("Grey Harbour", "zyzzyva", "Ostrava and Brno")]
    together = walk.search(asked, 3, priors=[nothing] * 3)
    assert together == [found_by(walk, one, 3, nothing) for one in asked]
    assert [len(found) for found in together] == [3, 0, 3]


def test_the_path_starts_at_a_seed_and_follows_edges(walk, snapshot, words, nothing):
    restart = walk.restart(question_of("Grey Harbour", words), nothing)
    showing = Showing(snapshot, AskedWords.of(words, np.array([], np.int32)))
    scores = walk.rank(restart[np.newaxis], 5)[0].dense(len(restart))
    explainer = PageRankExplainer(
        showing, walk.links, walk.graph, scores, restart, walk.ranker.damping
    )
    node = walk.graph.n_names + snapshot.note_ids.index("singer")
    path = explainer.path_to(node)
    assert path[-1] == node
    assert restart[path[0]] > 0
    assert all(walk.graph.steps.moves[after, before] > 0 for before, after in pairwise(path))


def test_rare_names_restart_more_often(walk, snapshot, words, nothing):
    restart = walk.restart(question_of("Ostrava and Brno", words), nothing)
    weight = {name: restart[i] for i, name in enumerate(snapshot.graph.entity_names)}
    assert weight["Brno"] > weight["Ostrava"] > 0


@pytest.mark.parametrize("question", ["", "the of", "zyzzyva"])
def test_a_question_that_names_nothing_known_finds_nothing(walk, words, question, nothing):
    assert walk.restart(question_of(question, words), nothing) is None
    assert found_by(walk, question_of(question, words), 5, nothing) == []


def test_an_empty_memory_finds_nothing():
    snapshot = snapshot_of_passages({})
    words = updated(None, snapshot)
    walk = PageRankSearch.of(snapshot, words, AutoRanker())
    assert found_by(walk, question_of("Grey Harbour", words), 5, np.zeros(0)) == []


def test_a_note_restarts_by_its_prior(walk, snapshot, words):
    prior = np.zeros(len(snapshot.note_ids))
    prior[snapshot.note_ids.index("mayor")] = 0.5
    asked = question_of("nothing that it knows", words)
    assert walk.restart(asked, prior)[walk.graph.n_names + snapshot.note_ids.index("mayor")] == 1
    assert found_by(walk, asked, 1, prior)[0].note == "mayor"


@pytest.mark.parametrize("kept", [None, [True, False, True, True, True, True]])
def test_a_large_graph_is_walked_in_place_and_finds_the_same(
    walk, snapshot, words, nothing, monkeypatch, kept
):
    monkeypatch.setattr(search_module, "SMALL", 0)
    large = PageRankSearch.of(snapshot, words, PushRanker(tolerance=1e-9))
    mask = None if kept is None else np.resize(kept, len(nothing))
    asked = question_of("Grey Harbour", words)
    one, other = (found_by(each, asked, 4, nothing, mask) for each in (walk, large))
    assert [found.note for found in one] == [found.note for found in other]
    assert [found.paths[0].steps for found in one] == [found.paths[0].steps for found in other]
    assert large.graph.steps.makers is not None
