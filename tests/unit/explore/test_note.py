"""The page of one note."""

import pytest

from graphmem.errors import MissingRecordError
from graphmem.explore.note import PART, note_page
from tests.explored import note_saying


def text_of(page):
    return "".join(piece.text for piece in page.pieces)


def test_a_text_of_a_megabyte_is_read_in_parts_that_are_the_whole(long_memory):
    start, parts = 0, []
    while start is not None:
        page = note_page(long_memory, "long", start=start)
        parts.append(text_of(page))
        start = page.next
    assert max(map(len, parts)) <= PART
    assert "".join(parts) == long_memory.history("long").note.text


def test_it_has_the_session_the_claims_and_what_became_of_it(memory):
    page = note_page(memory, note_saying(memory, "By now Ben Olsen lives in Leeds.").id)
    assert page.claims == ("Ben Olsen — lives in — Leeds",)
    assert (page.who, page.session_name, page.ended) == (
        "Ana", "notes", "until 1 May 2024, superseded",
    )  # fmt: skip
    assert [line.what for line in page.changes] == ["valid until", "superseded by"]


def test_a_start_behind_the_end_shows_nothing_and_ends(memory):
    page = note_page(memory, "home", start=10**9)
    assert (text_of(page), page.next) == ("", None)


def test_what_is_not_there_is_missing(memory):
    with pytest.raises(MissingRecordError):
        note_page(memory, "n0")
