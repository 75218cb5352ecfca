"""Notes as pages show them."""

from graphmem.explore.pieces import SHOWN
from graphmem.explore.said import BESIDE, beside, said


def shown(memory, id_):
    (one,) = said(memory.store, memory.scope.key, [memory.history(id_).note])
    return one


def test_a_note_that_was_superseded_says_until_when_and_by_what(memory):
    one = shown(memory, memory.get("home")[0].id)
    old = shown(memory, one.episode)
    assert (old.ended, old.newer is None) == ("until 1 May 2024, superseded", False)
    assert old.who == "Ana"


def test_of_a_long_text_the_begin_is_shown_and_the_rest_counted(memory):
    one = shown(memory, "long")
    assert sum(len(piece.text) for piece in one.pieces) == SHOWN
    assert one.left == len(memory.get("long")[0].text) - SHOWN


def test_what_stands_beside_is_one_short_line(memory):
    (episode,) = memory.get("long")
    assert len(beside(episode)) <= len("Cem: ") + BESIDE
    assert beside(None) == ""
