"""What of a text asks: without small talk, a page by its asking sentences."""

import pytest

from graphmem.retrieve.question.framing import LONGEST, framed


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi! Could you please tell me where the skis are? Thanks!", "where the skis are?"),
        ("Hello there, do you remember when we sold the boat?", "when we sold the boat?"),
        ("I was wondering whether Ida likes figs.", "Ida likes figs."),
        ("So where are the skis, please?", "where are the skis?"),
        ("I can't remember what Ida wanted, do you know?", "what Ida wanted?"),
        ("Hope you are well. Who fixed the roof?", "Who fixed the roof?"),
        ("Where is Ida?", "Where is Ida?"),
    ],
)
def test_small_talk_is_cut_off(text, asked):
    assert framed(text).text == asked


@pytest.mark.parametrize(
    "text",
    ["Thanks!", "hello", "", "?", "Thank you note: who wrote it?", "Hi-fi: what did it cost?",
     "I forgot my hat.", "Please and Co: what do they sell?"],
)  # fmt: skip
def test_what_only_looks_like_small_talk_or_is_nothing_else_is_asked_whole(text):
    assert framed(text).text.rstrip("!") == text.rstrip("!")


def test_a_sentence_that_tells_is_an_aside_of_the_one_that_asks():
    found = framed("I have guests on Friday. What did I cook for them?")
    ((start, end),) = found.asides
    assert found.text[start:end] == "I have guests on Friday."
    assert found.asking.strip() == "What did I cook for them?"
    assert len(found.asking) == len(found.text)


def test_of_a_page_the_sentences_that_ask_are_asked_and_the_rest_is_context():
    page = "The kiln was cold again. " * (LONGEST // 20) + "Who sold us the kiln? We paid in May."
    found = framed(page)
    assert found.text == "Who sold us the kiln?"
    assert "We paid in May." in found.context
    assert "cold" in found.context


def test_of_a_page_without_a_question_the_last_sentence_is_asked():
    page = "The kiln was cold again. " * (LONGEST // 20) + "The man who sold it."
    assert framed(page).text == "The man who sold it."
