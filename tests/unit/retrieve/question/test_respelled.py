"""Times put in the forms that are read, every character in its place."""

import pytest

from graphmem.retrieve.question.respelled import respelled


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("on the first of june", "on the 1 of june"),
        ("on the twenty-third of june", "on the 23 of june"),
        ("on june the third", "on june the 3"),
        ("fourteen days ago", "14 days ago"),
        ("a fortnight ago", "2 weeks ago"),
        ("prior to 3 may", "before 3 may"),
        ("up to last week", "until last week"),
        ("no later than 3 may", "until 3 may"),
        ("starting in may 2024", "since may 2024"),
        ("in the year 2022", "in 2022"),
        ("in the month of may", "in may"),
        ("the first of my sons", "the first of my sons"),
        ("fourteen guests", "fourteen guests"),
        ("", ""),
    ],
)
def test_a_time_is_put_plainly_and_no_character_moves(text, plain):
    found = respelled(text)
    assert " ".join(found.split()) == plain
    assert len(found) == len(text)
