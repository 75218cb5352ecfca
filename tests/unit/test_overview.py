"""A page of a list is a sequence of its notes."""

from graphmem.overview import Page
from graphmem.types import Note

NOTES = tuple(
    Note(id=f"n{i}", scope="ana", session_id="s1", kind="turn", text=f"Plum {i}.", origins=("e1",))
    for i in range(3)
)


def test_a_page_is_its_notes_in_their_order():
    page = Page(NOTES, after="n2@0.0")
    assert (len(page), list(page), page[0], page[1:]) == (3, list(NOTES), NOTES[0], NOTES[1:])
    assert NOTES[1] in page
    assert page.after == "n2@0.0"


def test_an_empty_page_is_false_and_the_last():
    assert not Page(())
    assert Page(()).after is None
