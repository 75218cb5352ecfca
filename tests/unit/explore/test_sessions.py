"""Sessions, and one as its dialogue."""

import pytest

from graphmem.errors import MissingRecordError
from graphmem.explore.sessions import LEAD, TURNS, dialogue_of, sessions_of


def test_the_session_spoken_in_last_stands_first(memory):
    found = sessions_of(memory)
    names = [line.name for line in found.lines]
    assert names[0] == "odd"
    assert "talk" in names
    (talk,) = (line for line in found.lines if line.name == "talk")
    assert (talk.turns, talk.speakers) == (4, "Ana")


def test_pages_of_sessions_give_each_once(memory):
    whole = [line.id for line in sessions_of(memory).lines]
    after, found = None, []
    while True:
        page = sessions_of(memory, after=after, limit=1)
        found += [line.id for line in page.lines]
        after = page.after
        if after is None:
            break
    assert found == whole


def test_an_empty_memory_has_none(empty):
    assert sessions_of(empty).lines == ()


@pytest.fixture
def long_session(empty):
    turns = [{"role": "user", "content": f"Turn number {n}."} for n in range(100)]
    ids = empty.add(turns, said_at="2024-05-01T10:00", session="long").ids
    (one,) = empty.sessions()
    return one.session.id, ids


def test_a_long_session_is_read_page_by_page_in_order(empty, long_session):
    session, ids = long_session
    after, found = None, []
    while True:
        page = dialogue_of(empty, session, after=after)
        assert len(page.turns) <= TURNS
        found += [turn.episode for turn in page.turns]
        after = page.after
        if after is None:
            break
    assert found == list(ids)


def test_opened_at_a_turn_it_shows_what_was_said_before_and_where_that_goes_on(empty, long_session):
    session, ids = long_session
    page = dialogue_of(empty, session, at=ids[60])
    shown = [turn.episode for turn in page.turns]
    assert shown.index(ids[60]) == LEAD
    earlier = dialogue_of(empty, session, after=page.earlier)
    assert earlier.turns[-1].episode == ids[60 - LEAD - 1]
    assert dialogue_of(empty, session, at=ids[20]).earlier == "start"
    assert dialogue_of(empty, session, at=ids[0]).earlier is None


def test_a_session_or_a_turn_that_is_not_there_is_an_error(memory):
    with pytest.raises(MissingRecordError):
        dialogue_of(memory, "s0")
    session = sessions_of(memory).lines[0].id
    with pytest.raises(MissingRecordError):
        dialogue_of(memory, session, at="e0")
