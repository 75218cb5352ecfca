"""Why PageRank found a note: the path from a seed, with the names as the texts write them."""

import numpy as np
import pytest

from graphmem.rankers.auto import AutoRanker
from graphmem.retrieve.pagerank.search import PageRankSearch
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import question_of


@pytest.fixture
def search():
    snapshot = snapshot_of_passages(BAND)
    words = updated(None, snapshot)
    walk = PageRankSearch.of(snapshot, words, AutoRanker())

    def found(question, prior=None):
        nothing = np.zeros(len(snapshot.note_ids))
        (hits,) = walk.search(
            [question_of(question, words)], 5, priors=[nothing if prior is None else prior]
        )
        return {one.note: one for one in hits}

    return found


def test_the_path_begins_at_the_asked_name_and_ends_at_the_note(search):
    album = search("Grey Harbour")["album"]
    assert album.why == ("reached from “Grey Harbour”",)
    (path,) = album.paths
    assert path.text == "question → “Grey Harbour” → Grey Harbour"
    assert path.steps[-1] == "album"
    assert path.score == album.score


def test_a_note_two_names_away_is_reached_over_the_note_between(search):
    (path,) = search("Grey Harbour")["singer"].paths
    assert path.text == (
        "question → “Grey Harbour” → Grey Harbour → “Ilse Vantongeren” → Ilse Vantongeren"
    )


def test_a_note_that_restarts_the_walk_itself_is_found_by_its_own_words(search):
    prior = np.zeros(len(BAND))
    prior[sorted(BAND).index("other")] = 1.0
    other = search("nothing known", prior)["other"]
    assert other.why == ("reached from its own words",)
    assert other.paths[0].text == "question → Lake Orta"
