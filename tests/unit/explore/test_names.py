"""Names, and the page of one."""

import pytest

from graphmem.errors import MissingRecordError
from graphmem.explore import names as module
from graphmem.explore.names import entity_meant, named, names_of


def texts(page):
    return ["".join(piece.text for piece in one.pieces) for one in page.notes]


def test_names_that_most_notes_tell_of_come_first(memory):
    lines = names_of(memory).lines
    assert [line.notes for line in lines] == sorted((line.notes for line in lines), reverse=True)


def test_names_are_found_by_a_part_whatever_its_case(memory):
    assert "Havn Pipes" in [line.name for line in names_of(memory, part="hAVN").lines]
    assert names_of(memory, part="no such name").lines == ()


def test_a_name_has_its_notes_newest_first_those_that_ended_too(memory):
    page = named(memory, entity_meant(memory, "Ben Olsen"))
    assert page.is_whole
    assert texts(page)[0] == "By now Ben Olsen lives in Bergen."
    assert texts(page)[-1] == "By now Ben Olsen lives in Leeds."
    assert page.told == len(texts(page)) == 3


def test_facts_that_hold_no_more_have_bars_that_end(memory):
    open_ = {}
    for place in ("Leeds", "Bergen"):
        facts = named(memory, entity_meant(memory, place)).facts
        open_ |= {line.object: line.bar.is_open for line in facts.lines}
    assert open_ == {"Leeds": False, "Bergen": True}


def test_a_name_of_very_many_notes_is_read_by_pages_of_those_that_hold(memory, monkeypatch):
    monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(module, "NOTES", 1)
    first = named(memory, entity_meant(memory, "Bergen"))
    assert not first.is_whole
    second = named(memory, first.id, after=first.after)
    assert texts(first) + texts(second) == [
        "By now Ben Olsen lives in Bergen.", "I met Ben Olsen in Bergen last Friday.",
    ]  # fmt: skip
    assert second.after is None


def test_a_name_that_only_what_ended_tells_of_has_a_page_too(memory):
    assert texts(named(memory, entity_meant(memory, "Leeds"))) == [
        "By now Ben Olsen lives in Leeds."
    ]


def test_names_that_are_one_share_a_page(fresh):
    fresh.merge("Bergen", "Ben Olsen")
    page = named(fresh, entity_meant(fresh, "Bergen"))
    assert {page.name, *page.others} >= {"Bergen", "Ben Olsen"}


def test_what_is_named_by_nothing_is_missing(memory, empty):
    for one in (memory, empty):
        with pytest.raises(MissingRecordError):
            named(one, entity_meant(one, "nobody at all"))
