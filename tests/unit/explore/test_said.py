"""Notes as pages show them."""

from graphmem.explore.pieces import SHOWN
from graphmem.explore.said import BESIDE, beside, said
from tests.explored import note_saying


def shown(memory, note):
    (one,) = said(memory.store, memory.scope.key, [note])
    return one


def test_a_note_that_was_superseded_says_until_when_and_by_what(memory):
    old = shown(memory, note_saying(memory, "By now Ben Olsen lives in Leeds."))
    new = note_saying(memory, "By now Ben Olsen lives in Bergen.")
    assert (old.ended, old.newer, old.who) == ("until 1 May 2024, superseded", new.id, "Ana")
    assert shown(memory, new).ended == ""


def test_of_a_long_text_the_begin_is_shown_and_the_rest_counted(long_memory):
    one = shown(long_memory, long_memory.history("long").note)
    assert sum(len(piece.text) for piece in one.pieces) == SHOWN
    assert one.left == len(long_memory.get("long")[0].text) - SHOWN


def test_what_stands_beside_is_one_short_line(long_memory):
    (episode,) = long_memory.get("long")
    assert len(beside(episode)) <= len("Cem: ") + BESIDE
    assert beside(None) == ""
