"""What waits for a word."""

import pytest

from graphmem.errors import InputError, MissingRecordError
from graphmem.explore.review import answer, review_of


def test_both_statements_stand_side_by_side(memory):
    (question,) = review_of(memory).questions
    old, new = ("".join(p.text for p in one.pieces) for one in (question.old, question.new))
    assert (old, new) == ("I work at Havn Pipes.", "I work at Soleil Studio now.")


@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_each_answer_is_one_run_that_undo_takes_back(fresh, key):
    (question,) = review_of(fresh).questions
    run = answer(fresh, question.id, key)
    assert review_of(fresh).questions == ()
    fresh.undo(run)
    assert [one.id for one in review_of(fresh).questions] == [question.id]


def test_the_newer_replaces_the_older_by_the_first_key(fresh):
    (question,) = review_of(fresh).questions
    answer(fresh, question.id, "1")
    assert fresh.history(question.old.note).note.superseded_by == question.new.note


@pytest.mark.parametrize("key", ["4", "", "q", "__class__"])
def test_another_key_answers_nothing(fresh, key):
    (question,) = review_of(fresh).questions
    with pytest.raises(InputError, match="answer by 1, 2 or 3"):
        answer(fresh, question.id, key)
    assert len(review_of(fresh).questions) == 1


def test_a_doubt_that_is_not_there_is_missing(memory):
    with pytest.raises(MissingRecordError):
        answer(memory, "c0", "1")
