"""Words that no passage holds count as those that are like them, and a reason says so."""

import json

import pytest

from graphmem import Memory
from graphmem.retrieve.passages.asked import as_written
from graphmem.retrieve.passages.index import passages_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages
from tests.unit.retrieve.reading import passage_question

TEXTS = {
    "mail": (None, "My email is lost."),
    "cream": (None, "The ice-cream van broke down."),
    "zoo": (None, "We visited the museum."),
    "phone": (None, "Call me on +351 912 555 019."),
    "ill": (None, "I was diagnosed with asthma."),
    "sitter": (None, "The babysitter cancelled."),
}


def written(text):
    snapshot = snapshot_of_passages(TEXTS)
    passages = passages_of(updated(None, snapshot), snapshot)
    question = passage_question(text, passages)
    return question, *as_written(passages.words, question)


@pytest.mark.parametrize(
    ("asked", "meant", "like"),
    [
        ("a musuem", ("museum",), {"musuem"}),
        ("icecream", ("cream", "ice"), {"icecream"}),
        ("the baby sitter", ("babysitt",), set()),
        ("wi-fi museum", ("wi", "fi", "museum"), set()),
    ],
)
def test_an_unknown_word_becomes_what_the_passages_have_that_is_like_it(asked, meant, like):
    _, question, said = written(asked)
    assert sorted(question.stems) == sorted(meant)
    assert set(said.values()) == like
    assert len(question.stems) == len(question.term_numbers) == len(question.shares)


def test_a_question_of_known_words_comes_back_as_it_is():
    before, after, like = written("museum van")
    assert after is before
    assert not like


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("e-mail", "My email is lost."),
        ("babysiter", "The babysitter cancelled."),
        ("912555019", "Call me on +351 912 555 019."),
        ("asthmatic", "I was diagnosed with asthma."),
    ],
)
def test_a_passage_that_spells_it_otherwise_is_found_above_the_floor(asked, text, tmp_path):
    path = tmp_path / "texts.jsonl"
    rows = [{"id": name, "title": "", "text": said} for name, (_, said) in TEXTS.items()]
    path.write_text("\n".join(map(json.dumps, rows)))
    with Memory.open("ram:", scope="u") as memory:
        memory.ingest(path)
        hits = memory.search(asked, k=1)
        assert [hit.note.text for hit in hits] == [text]
        assert hits[0].why[0].startswith("says")
        assert not memory.search("zebra accordion")
