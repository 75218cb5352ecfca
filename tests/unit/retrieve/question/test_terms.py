"""The words that a question is searched for, and how much each counts."""

import pytest

from graphmem.retrieve.question.terms import NAME_SHARE, asked_terms
from graphmem.retrieve.question.written import Written


def terms(question, names=()):
    return asked_terms(Written.of(question), names)


def test_a_speakers_name_is_still_searched_for_but_counts_less():
    assert terms("Where does Ana ski?", {"ana"}) == {"ana": NAME_SHARE, "ski": 1.0}


def test_what_says_only_what_sort_of_answer_is_wanted_counts_nothing():
    assert terms("How many skis?") == {"mani": 0.0, "ski": 1.0}


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name_of_a_stop_word():
    assert list(terms("Who came? It was late, and The Who played.")) == [
        "come",
        "late",
        "who",
        "play",
    ]


@pytest.mark.parametrize(("question", "first"), [("Who are you?", "who"), ("is it", "be")])
def test_a_question_of_stop_words_alone_asks_for_all_of_them(question, first):
    assert next(iter(terms(question))) == first
