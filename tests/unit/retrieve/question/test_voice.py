"""Whose turns a question is about, and the question in their voice."""

import pytest

from graphmem.retrieve.question.speakers import speaker_names
from graphmem.retrieve.question.voice import question_voice
from graphmem.retrieve.question.written import Written

CHAT = ("Anna Müller", "Joan", "Melanie", "Will")
LOG = ("assistant", "user")


def voice(question, speakers=CHAT, asker=None):
    found = question_voice(Written.of(question), speaker_names(speakers), asker=asker)
    return [speakers[i] for i in found.speakers], found.rewritten.text


@pytest.mark.parametrize(
    ("question", "named", "rewritten"),
    [
        ("When did Melanie go to Rome?", ["Melanie"], "When did I go to Rome?"),
        ("What is Melanie's job?", ["Melanie"], "What is my job?"),
        ("What is Melanie’s job?", ["Melanie"], "What is my job?"),
        ("Where does Mel live?", ["Melanie"], "Where does I live?"),
        ("Where does anna muller live?", ["Anna Müller"], "Where does I live?"),
        ("Did Anna Müller see Joan?", ["Anna Müller", "Joan"], "Did I see I?"),
        ("What did Müller cook?", ["Anna Müller"], "What did I cook?"),
        ("Where is the station?", [], "Where is the station?"),
        ("", [], ""),
    ],
)
def test_a_name_is_found_in_all_its_forms_and_becomes_i_or_my(question, named, rewritten):
    found, said = voice(question)
    assert found == named
    if named != ["Anna Müller"] or "anna" not in question:
        assert said == rewritten


def test_the_first_person_means_the_user_in_a_log_of_roles():
    assert voice("Where do I live?", LOG) == (["user"], "Where do I live?")
    assert voice("What did the assistant say?", LOG)[0] == ["assistant"]
    assert voice("Where do I live?", ("Ana", "Ben"))[0] == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Where did I park?", ["Ana"]),
        ("Where are my skis?", ["Ana"]),
        ("Who gave me the vase?", ["Ana"]),
        ("What did Ben give me?", ["Ben"]),
        ("What did I tell Ben about the boiler?", ["Ana", "Ben"]),
        ("Where is the vase?", []),
    ],
)
def test_i_my_and_me_are_the_one_who_asks_unless_another_is_named(question, meant):
    assert voice(question, ("Ana", "Ben", "Cleo"), asker="ana")[0] == meant
    assert not set(meant) - {"Ben"} or voice(question, ("Ana", "Ben", "Cleo"))[0] != meant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which hotel did you recommend to me?", "Which hotel did I recommend to you?"),
        ("What was your advice on my knee?", "What was my advice on your knee?"),
        ("How does the recipe you gave me begin?", "How does the recipe I gave you begin?"),
    ],
)
def test_what_you_said_is_looked_for_among_the_turns_of_the_one_who_was_asked(question, said):
    assert voice(question, LOG) == (["assistant"], said)


@pytest.mark.parametrize(
    "question",
    ["What would you suggest I cook?", "Can you list what I bought?", "What did I tell you?"],
)
def test_a_you_who_is_asked_now_or_was_told_did_not_say_it(question):
    assert voice(question, LOG)[0] == ["user"]


def test_a_chat_of_several_people_with_an_assistant_is_nobodys_log():
    family = ("Ana", "Assistant", "Ben")
    assert voice("When does the plumber come?", family, asker="Ana")[0] == []
    assert voice("When does the plumber come?", ("Ana", "Assistant"), asker="Ana")[0] == ["Ana"]
    assert voice("When does the plumber come?", (*LOG, "system", "tool"))[0] == ["user"]


def test_you_is_the_other_one_of_two_if_nobody_is_called_an_assistant():
    assert voice("What did you cook?", ("Ana", "Ben"), asker="Ana")[0] == ["Ben"]
    assert voice("What did you cook?", ("Ana", "Ben", "Cleo"), asker="Ana")[0] == []


def test_the_words_of_a_name_are_known_as_such():
    assert question_voice(Written.of("Where does Mel live?"), speaker_names(CHAT)).names == {"mel"}
