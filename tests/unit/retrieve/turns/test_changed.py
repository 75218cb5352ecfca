"""The signs of change, and the sorts of values."""

import re

import pytest

from graphmem.retrieve.question.kind import question_kind
from graphmem.retrieve.turns import change_signs, value_signs
from graphmem.retrieve.turns.changed import (
    asks_state,
    has_value,
    holds,
    is_exchange,
    leaves,
    names_another,
    names_new,
    says_now,
    tells_change_of,
    tells_state,
)
from graphmem.retrieve.turns.phrases import Way, any_of
from graphmem.retrieve.words.terms import term_of

TABLES = {
    name: table
    for name, table in vars(change_signs).items()
    if isinstance(table, tuple) and isinstance(table[0], Way)
}
WAYS = {f"{name}: {way.example}": way for name, table in TABLES.items() for way in table}
BOAT = frozenset({term_of("boat")})


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_sign_of_change_is_found_in_its_example(way: Way) -> None:
    assert re.search(rf"(?<!\w){any_of([way])}(?!\w)", way.example)


@pytest.mark.parametrize(
    ("name", "shown", "not_shown"),
    [
        ("TIME", ("at 7:30", "in 1998", "on the 3rd", "5 sharp", "in june"), ("in 12 boats",)),
        ("AMOUNT", ("12", "a dozen", "we gave up"), ("a lot",)),
        ("PLACE", ("under the boat", "it is upstairs"), ("the boat",)),
        ("NAMED", ("to Bled",), ("Bled", "so I row")),
        ("NO_PLACE", ("the first", "monday", "june"), ("the harbour",)),
        ("PERSON", ("ask Ole", "Dr Bode", "my aunt", "Ole has it", "A. Bo"), ("the kettle",)),
        ("STATE_ASKED", ("how is the boat?", "does it work?"), ("how do i get to work?",)),
    ],
)
def test_each_sort_of_value_is_shown_by_its_parts(
    name: str, shown: tuple[str, ...], not_shown: tuple[str, ...]
) -> None:
    pattern = getattr(value_signs, name)
    assert all(pattern.search(text) for text in shown)
    assert not any(pattern.search(text) for text in not_shown)


@pytest.mark.parametrize(
    "sentence",
    [
        "We swapped the boat for a canoe.",
        "A canoe instead of the boat.",
        "Sorry, it is the canoe.",
        "Not the boat but the canoe.",
        "The boat isn't blue, it is white.",
        "From now on Ole rows.",
    ],
)
def test_one_thing_for_another_and_a_correction_are_an_exchange(sentence: str) -> None:
    assert is_exchange(sentence)


def test_talk_is_no_exchange() -> None:
    assert not is_exchange("The boat looked lovely in the light.")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The regatta has been postponed to May.", "when is the regatta?"),
        ("I put the oars in the loft.", "where are the oars?"),
        ("The mooring went up to 90.", "how much is the mooring?"),
    ],
)
def test_a_sign_suits_what_is_asked_for(sentence: str, question: str) -> None:
    assert tells_change_of(sentence, question_kind(question))
    assert not tells_change_of(sentence, question_kind("what is it?"))


def test_now_counts_where_it_is_said_of_the_thing() -> None:
    assert says_now("The boat is green now", BOAT)
    assert says_now("We painted, it's green now", BOAT)
    assert not says_now("The boat was wet, and now my knees hurt", BOAT)


def test_a_new_one_of_its_kind_and_what_is_left_are_told() -> None:
    assert names_new("We have a new boat", BOAT, "Which boat is mine?")
    assert not names_new("The boat has a new sail", BOAT, "Which boat is mine?")
    assert not names_new("We have a new boat", BOAT, "Which new boat do we have?")
    assert leaves("I sold the old boat", BOAT)
    assert leaves("The boat is gone", BOAT)
    assert not leaves("I sold the sail of it", BOAT)


@pytest.mark.parametrize(
    ("sentence", "question", "is_one"),
    [
        ("It starts at seven.", "when is it?", True),
        ("There were 20 people.", "when is it?", False),
        ("It is behind the shed.", "where is it?", True),
        ("It is on Monday.", "where is it?", False),
        ("Ask Mr Bode.", "who is it?", True),
        ("The kettle is the boss.", "who is it?", False),
        ("It costs 12.", "how much is it?", True),
        ("It costs a lot.", "how much is it?", False),
        ("It is green.", "what is it?", True),
    ],
)
def test_a_value_is_of_the_sort_asked_for(sentence: str, question: str, is_one: bool) -> None:
    assert has_value(sentence, question_kind(question), frozenset()) is is_one


def test_a_place_that_the_question_names_is_no_answer() -> None:
    where = question_kind("where is my boat?")
    assert not has_value("I sat on my boat.", where, BOAT)


def test_states_are_asked_and_told() -> None:
    assert asks_state("does the pump work?")
    assert not asks_state("how do i get to work?")
    assert tells_state("The pump is broken.")
    assert not tells_state("The pump is green.")


def test_another_is_named_by_a_correction_and_by_what_one_has_changed_to() -> None:
    assert names_another("We switched to Alba")
    assert names_another("Actually, it is Alba")
    assert not names_another("Alba is nice")


def test_a_text_holds_a_word_by_its_term() -> None:
    assert holds("two boats", BOAT)
    assert not holds("a boathouse", BOAT)
