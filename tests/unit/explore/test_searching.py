"""Searches as pages show them."""

import pytest

from graphmem.answers import Path
from graphmem.errors import InputError
from graphmem.explore.pieces import SHOWN
from graphmem.explore.searching import Step, found_for, steps_of


def test_a_hit_has_its_words_marked_its_dates_resolved_and_what_stands_beside(memory):
    hit = next(one for one in found_for(memory, "Who was in Bergen?") if one.session_name == "talk")
    text = "".join(piece.text for piece in hit.pieces)
    assert "Bergen" in [piece.text for piece in hit.pieces if piece.kind == "word"]
    assert "last Friday (Fri 3 March 2023)" in text
    assert hit.before == "Ana: What a week that was."


def test_as_of_before_an_update_the_old_text_is_found_and_says_that_it_ended(memory):
    now = found_for(memory, "Where does Ben Olsen live?")[0]
    then = found_for(memory, "Where does Ben Olsen live?", as_of="2023-12")[0]
    assert "Bergen" in "".join(piece.text for piece in now.pieces)
    assert "Leeds" in "".join(piece.text for piece in then.pieces)
    assert then.ended == "until 1 May 2024, superseded"


def test_a_moment_that_cannot_be_read_is_an_error(memory):
    with pytest.raises(InputError):
        found_for(memory, "Where?", as_of="soonish")


def test_of_a_text_of_a_megabyte_a_stretch_is_shown(long_memory):
    hit = found_for(long_memory, "Which kiln ran cold in Graz?")[0]
    assert sum(len(piece.text) for piece in hit.pieces) <= SHOWN + 4


def test_the_way_has_a_step_for_each_record_where_the_path_names_one():
    path = Path(steps=("t1", "n2"), text="question → Lisbon → this turn", score=0.5)
    steps = steps_of(path)
    assert steps == (Step("question"), Step("Lisbon", "t1"), Step("this turn", "n2"))
    assert [step.is_name for step in steps] == [False, True, False]
    odd = Path(steps=("n2",), text="question → A → B → C", score=0.5)
    assert [step.id for step in steps_of(odd)] == ["", "", "", ""]
