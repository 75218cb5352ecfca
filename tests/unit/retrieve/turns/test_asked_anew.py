"""Where no turn answers in a question's own words, it is asked again by words related to them."""

import pytest

from graphmem import Memory
from graphmem.retrieve.turns import search as search_module
from tests.spelled import SpelledEncoder

TALK = (
    ("Ida", "The kettle is on, does anybody want some?"),
    ("Ida", "We moved to Bergen in the spring and still look for the spoons."),
    ("Ola", "My sister plays the piano on Sundays."),
    ("Ola", "The tram was late again, twenty minutes in the rain."),
    ("Ida", "I work at the harbour office from Monday on."),
)


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ida") as memory:
        for n, (speaker, text) in enumerate(TALK):
            memory.add(text, speaker=speaker, said_at=f"2024-05-0{n + 1}")
        yield memory


def test_a_turn_that_tells_it_in_another_word_is_found_and_the_reason_says_for_which(memory):
    best = memory.search("Where does Ida live?")[0]
    assert best.note.text == TALK[1][1]
    assert "says “moved” (for “live”)" in "; ".join(best.why)


def test_what_a_turn_answers_in_the_question_s_own_words_is_asked_once(memory, monkeypatch):
    before = memory.search("Where does Ida work?")
    monkeypatch.setattr(search_module, "with_related", lambda *_, **__: pytest.fail("asked anew"))
    assert memory.search("Where does Ida work?") == before
    assert before[0].note.text == TALK[4][1]


def test_a_few_words_that_are_no_sentence_are_searched_for_as_they_are(memory):
    assert memory.search("accordion cello") == []
    assert memory.search("Does anybody play the accordion?")[0].note.text == TALK[2][1]


def test_where_vectors_were_compared_nothing_is_asked_anew(monkeypatch):
    monkeypatch.setattr(search_module, "with_related", lambda *_, **__: pytest.fail("asked anew"))
    with Memory.open("ram:", scope="ida", encoder=SpelledEncoder()) as memory:
        for speaker, text in TALK:
            memory.add(text, speaker=speaker)
        memory.search("Where does Ida live?")
