"""A question that goes on from the ones before it."""

import pytest

from graphmem.retrieve.question.followup import followed
from graphmem.retrieve.question.speakers import speaker_names

NAMES = speaker_names(("Ida", "Otto", "Vera Lind"))


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("Where does Ida live?", "And Otto?", "Where does Otto live?"),
        ("Where does Ida live?", "What about Vera?", "Where does Vera live?"),
        ("Where does Ida live?", "Thanks! And what about Vera?", "Where does Vera live?"),
        ("What is Ida's address?", "And Otto's?", "What is Otto's address?"),
        ("Where does Ida work?", "And her brother?", "Where does Ida's brother work?"),
        ("What did Ida plant in May?", "And in June?", "What did Ida plant in June?"),
        ("What did Otto fix on Friday?", "And yesterday?", "What did Otto fix yesterday?"),
        ("Where did Ida go on holiday?", "When?", "When did Ida go on holiday?"),
        ("where does ida live?", "since when?", "Since when does ida live?"),
    ],
)
def test_one_part_of_the_question_before_is_changed(before, question, asked):
    assert followed(question, [before], NAMES).text == asked


@pytest.mark.parametrize(
    ("before", "question", "asking"),
    [
        ("Where does Ida work?", "And when does she start?", "when does Ida start?"),
        ("Which club is Otto in?", "Who asked him to join?", "Who asked Otto to join?"),
        ("Who is Marta Quill?", "Where did she study?", "Where did Marta Quill study?"),
        ("Where does my sister work?", "What does she earn?", "What does my sister earn?"),
        ("Who drove Ida home?", "What did they tell her?", "What did they tell Ida?"),
        ("Who took Ida to the spa?", "What did she eat there?", "What did Ida eat in the spa?"),
    ],
)
def test_she_and_he_are_the_person_named_before(before, question, asking):
    assert followed(question, [before], NAMES).asking.strip() == asking


def test_what_the_rules_leave_open_leans_on_the_question_before_as_context():
    found = followed("Who repaired it?", ["Where is the boiler?"], NAMES)
    assert found.text == "Where is the boiler? Who repaired the boiler?"
    assert found.asking.strip() == "Who repaired the boiler?"
    assert followed("Which ones?", ["Are the pans clean?"], NAMES).asking.strip() == "Which ones?"


def test_questions_before_are_resolved_in_their_turn():
    history = ["Where does Ida work?", "And Otto?"]
    assert followed("When does he start?", history, NAMES).asking.strip() == "When does Otto start?"


@pytest.mark.parametrize(
    "question", ["What does Otto eat for breakfast?", "Where is the key to the cellar?"]
)
def test_a_question_that_stands_by_itself_is_left(question):
    assert followed(question, ["Where does Ida live?"], NAMES).text == question


@pytest.mark.parametrize("text", ["", "?", "And?", "she", "…"])
@pytest.mark.parametrize("before", ["", "?", "Ida", "she"])
def test_scraps_are_no_error(text, before):
    assert isinstance(followed(text, [before], NAMES).text, str)
