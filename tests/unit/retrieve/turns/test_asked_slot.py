"""A question put beside its best answer."""

from graphmem.retrieve.question.kind import question_kind
from graphmem.retrieve.turns.asked_slot import AskedSlot, content_terms
from graphmem.retrieve.words.terms import term_of


def asked(question: str, answer: str, *, is_whether: bool = False) -> AskedSlot:
    weights = dict.fromkeys(content_terms(question), 1.0)
    return AskedSlot(question, question_kind(question.lower()), weights, answer, is_whether)


def test_the_topic_is_what_both_say_and_the_old_value_what_the_answer_adds() -> None:
    slot = asked("Where is the ladder?", "The ladder leans on the barn.")
    assert slot.topic == {term_of("ladder")}
    assert term_of("barn") in slot.old
    assert slot.weight(slot.topic) == 1.0


def test_the_head_is_the_last_word_of_what_is_asked_for_by_name() -> None:
    assert asked("Which ferry line do we use?", "").head == term_of("line")
    assert asked("How much does the ferry cost?", "").head == term_of("ferry")
    assert asked("When does the ferry office shut?", "").head == term_of("office")
    assert asked("Who rang?", "").head is None


def test_people_are_the_names_in_the_question() -> None:
    assert asked("Where does Solveig work?", "").people == {term_of("solveig")}


def test_a_state_is_asked_by_whether_and_by_how() -> None:
    assert asked("Is the ferry late?", "", is_whether=True).asks_state
    assert asked("How is the ferry?", "").asks_state
    assert not asked("Which ferry is mine?", "").asks_state


def test_a_text_is_told_in_the_slot_that_the_question_names() -> None:
    slot = asked("Where do I live?", "I live in Bergen.")
    assert slot.is_told_in("we moved to tromsø")
    assert not slot.is_told_in("we moved the piano")


def test_said_is_what_is_so_of_the_one_asked_about() -> None:
    slot = asked("Who is my dentist?", "My dentist is Dr Ek.")
    text = "Vera's dentist is Dr Alm. My dentist is Dr Berg. I wish I had no dentist."
    assert slot.said_in(text) == "My dentist is Dr Berg."
