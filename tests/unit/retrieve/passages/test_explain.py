"""Why a passage was found: the chain of passages and names from the root."""

import pytest

from graphmem.ids import entity_id
from graphmem.retrieve.engine import Engine
from graphmem.rules.embed import RuleEncoder
from graphmem.types import ScopeKey
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import passage_question

QUESTION = "Who is the mayor of the city where the singer of the album Grey Harbour was born?"


@pytest.fixture
def found():
    snapshot = snapshot_of_passages(BAND)
    search = Engine.of(snapshot, encoder=RuleEncoder()).passages
    hits = search.search(passage_question(QUESTION, search.passages), 5)
    return {one.note: one for one in hits}


def test_a_root_says_the_title_that_the_question_names_and_what_words_the_text_adds(found):
    why = found["album"].why
    assert why[0] == "the question names it: “Grey Harbour”"
    assert why[1] == "says “album”"
    assert found["album"].paths[0].text == "question → Grey Harbour"


def test_a_step_says_the_name_and_who_names_it_and_its_path_holds_every_link(found):
    town = found["town"]
    assert town.why[0] == "tells of “Ostrava”, which Ilse Vantongeren names"
    (path,) = town.paths
    assert path.text == (
        "question → Grey Harbour → “Ilse Vantongeren” → Ilse Vantongeren → “Ostrava” → Ostrava"
    )
    singer, ostrava = (entity_id(ScopeKey("ana"), n) for n in ("ilse vantongeren", "ostrava"))
    assert path.steps == ("album", singer, "singer", ostrava, "town")
    assert path.score == town.score


def test_a_passage_that_shares_no_word_is_close_by_parts_of_its_words():
    snapshot = snapshot_of_passages({"a": (None, "The harbours were grey.")})
    search = Engine.of(snapshot, encoder=RuleEncoder()).passages
    (hit,) = search.search(passage_question("rbours", search.passages), 1)
    assert hit.why == ("close to the question by parts of its words",)
