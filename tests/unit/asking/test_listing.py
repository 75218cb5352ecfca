"""Lists of notes page by page, and what sessions and speakers add up to."""

import pytest

from graphmem import Memory
from tests.browsing import TALK, filled, told


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="house") as memory:
        yield filled(memory)


def test_pages_follow_each_other_until_everything_was_listed(memory):
    *dated, undated = told(memory)["pages"]
    assert dated == [[TALK[3][2], TALK[0][2]], [TALK[1][2], TALK[2][2]]]
    assert set(undated) == {TALK[4][2], "Nordvik Yard builds ferries."}


def test_the_newest_come_first_and_what_has_no_time_last(memory):
    texts = [note.text for note in memory.list(order="newest")]
    assert texts[:4] == [TALK[2][2], TALK[1][2], TALK[0][2], TALK[3][2]]
    assert set(texts[4:]) == {"Nordvik Yard builds ferries.", TALK[4][2]}


def test_a_list_goes_on_behind_a_note_that_was_deleted_meanwhile(memory):
    page = memory.list(limit=2)
    memory.delete(*[note.id for note in page])
    rest = memory.list(limit=9, after=page.after)
    assert {note.text for note in rest} == {TALK[1][2], TALK[2][2], TALK[4][2],
                                            "Nordvik Yard builds ferries."}  # fmt: skip


def test_a_list_goes_on_behind_a_note_by_its_id_alone(memory):
    whole = memory.list()
    assert list(memory.list(after=whole[2].id)) == list(whole[3:])
    assert whole.after is None


def test_sessions_say_how_much_was_said_by_whom_and_when(memory):
    found = {one.session.name: one for one in memory.sessions()}
    assert list(found) == ["kitchen", "garage", "Nordvik Yard", "attic"]
    assert (found["garage"].notes, found["garage"].speakers) == (3, ("Milo", "Sanna"))
    assert found["garage"].first < found["garage"].last
    assert found["attic"].first is None


def test_speakers_say_how_much_each_said_and_where(memory):
    assert [(one.name, one.notes, one.sessions) for one in memory.speakers()] == [
        ("Milo", 2, 2),
        ("Sanna", 2, 1),
    ]
