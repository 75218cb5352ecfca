"""Which newer turns of everyday talk give a slot another value."""

import pytest

from graphmem.retrieve.turns.everyday import (
    changes,
    is_plain_change,
    is_short,
    may_be_newer,
    may_state,
)
from tests.unit.retrieve.turns.test_asked_slot import asked


@pytest.mark.parametrize(
    ("question", "answer", "newer"),
    [
        ("Where do I live?", "I live in Bergen.", "We moved to Molde in spring."),
        ("What is my job?", "I am a cook.", "I got laid off on Monday."),
        ("Who waters the ferns?", "Sol waters the ferns.", "From now on Kai waters the ferns."),
        ("When is the regatta?", "The regatta is on 3 May.", "The regatta is postponed to 9 May."),
        ("Where is the ladder?", "The ladder is in the barn.", "I put the ladder behind the shed."),
        ("Does the pump work?", "The pump works.", "The pump broke last night."),
        ("What boat do I have?", "I have a dinghy.", "I sold the dinghy."),
        ("Which choir am I in?", "I sing in the choir Alba.", "I have a new choir, Viva."),
        ("How much is the mooring?", "The mooring is 70.", "The mooring went up to 90."),
    ],
)
def test_a_new_value_in_other_words_is_one(question: str, answer: str, newer: str) -> None:
    slot = asked(question, answer, is_whether=question.startswith("Does"))
    assert changes(slot, newer, is_found=True)


@pytest.mark.parametrize(
    ("question", "answer", "newer"),
    [
        ("Where do I live?", "I live in Bergen.", "I'd love to live in Molde."),
        ("Where do I live?", "I live in Bergen.", "My aunt lives in Molde now."),
        ("Where do I live?", "I live in Bergen.", "We moved the piano into the hall."),
        ("Who waters the ferns?", "Sol waters the ferns.", "The ferns are green again."),
        ("When is the regatta?", "The regatta is on 3 May.", "The regatta has 40 boats now."),
        ("Where is the ladder?", "The ladder is in the barn.", "The barn is red now."),
        ("What boat do I have?", "I have a dinghy.", "We nearly sold the dinghy but kept it."),
        ("What did I paint?", "I painted the fence.", "I painted the fence again instead."),
    ],
)
def test_what_gives_no_new_value_changes_nothing(question: str, answer: str, newer: str) -> None:
    assert not changes(asked(question, answer), newer, is_found=True)


def test_a_turn_that_is_no_hit_has_to_name_all_that_the_slot_is_of() -> None:
    slot = asked("Where is the garden ladder?", "The garden ladder is in the barn.")
    newer = "I put the ladder behind the shed."
    assert changes(slot, newer, is_found=True)
    assert not changes(slot, newer, is_found=False)


def test_a_value_of_another_sort_may_not_be_newer() -> None:
    slot = asked("When is choir?", "Choir is at six.")
    assert may_be_newer(slot, "Choir is at seven.")
    assert not may_be_newer(slot, "Choir is full, 30 people.")
    assert not may_state(slot, "I dreamt of choir at nine.")


def test_a_long_turn_is_not_read_as_one_statement() -> None:
    long = "The choir met and sang. " * 10
    assert not is_short(long)
    assert may_be_newer(asked("When is choir?", "Choir is at six."), long)


@pytest.mark.parametrize(
    ("newer", "is_plain"),
    [
        ("The regatta is on 9 May instead.", True),
        ("The regatta is not on 3 May but on 9 May.", True),
        ("They moved the regatta to 9 May.", False),
        ("The regatta begins on 9 May.", False),
    ],
)
def test_a_change_said_outright_is_told_from_one_that_only_another_value_tells(
    newer: str, is_plain: bool
) -> None:
    slot = asked("When is the regatta?", "The regatta is on 3 May.")
    assert changes(slot, newer, is_found=True)
    assert is_plain_change(slot, newer) is is_plain


def test_a_time_put_as_the_old_one_changes_what_its_clause_begins_with() -> None:
    slot = asked("When does the pool close?", "The pool closes at six.")
    assert changes(slot, "Less money: the pool shuts at five.", is_found=True)
    assert not changes(slot, "The pool shuts at six.", is_found=True)
    assert not changes(slot, "I came by the pool at five.", is_found=True)
    assert not changes(slot, "The pool dog is fed at five.", is_found=True)
