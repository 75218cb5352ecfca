"""The journal by run."""

import pytest

from graphmem import Memory
from graphmem.errors import MissingRecordError
from graphmem.explore import journal as module
from graphmem.explore.journal import journal_of, run_of
from graphmem.reading import JournalReader
from tests.explored import clock


def all_runs(memory):
    after, found = None, []
    while True:
        page = journal_of(memory, after=after)
        found += page.runs
        after = page.after
        if after is None:
            return found


@pytest.fixture(params=["ram:", "memory.db", "scanned"])
def edited(request, tmp_path, monkeypatch):
    """Stores that read their journal from the end, and one that is scanned."""
    place = tmp_path / request.param if request.param == "memory.db" else "ram:"
    if request.param == "scanned":
        monkeypatch.setattr(module, "_reader", module._Scanned)
    moments = iter(clock().replace(minute=minute) for minute in range(60))
    with Memory.open(place, scope="ana", clock=lambda: next(moments)) as memory:
        assert isinstance(memory.store, JournalReader)
        for number in range(1, 6):
            memory.add(f"Entry {number}.", id=f"n{number}", said_at=f"2024-05-0{number}")
        memory.runs = [memory.pin(f"n{number}").run_id for number in range(1, 6)]
        yield memory


def test_the_last_run_stands_first_with_what_it_changed(edited):
    runs = all_runs(edited)
    assert [run.id for run in runs] == edited.runs[::-1]
    (line,) = runs[0].changes
    assert (line.text, line.what, line.before, line.after) == ("Entry 5.", "pinned", "no", "yes")
    assert line.author == "user"


def test_pages_of_runs_give_each_once(edited, monkeypatch):
    monkeypatch.setattr(module, "RUNS", 2)
    assert [run.id for run in all_runs(edited)] == edited.runs[::-1]


def test_a_run_that_is_not_there_is_missing(edited):
    with pytest.raises(MissingRecordError):
        run_of(edited, "none")


def test_a_long_run_shows_its_first_and_its_own_page_all(memory, monkeypatch):
    monkeypatch.setattr(module, "READ", 3)
    monkeypatch.setattr(module, "CHANGES", 2)
    run = next(one for one in all_runs(memory) if one.author.startswith("rule:"))
    assert run.is_more
    after, found = None, 0
    while True:
        page = run_of(memory, run.id, after=after)
        found += len(page.changes)
        after = page.last
        if not page.is_more:
            break
    changes = [c for c in memory.store.scan("change", "ana") if c.run_id == run.id]
    assert found == len([c for c in changes if getattr(c.target, "field", "") != "evolved_by"])


def test_a_link_is_told_with_both_texts_and_a_superseding_note_by_what_it_says(memory):
    lines = [line for run in all_runs(memory) for line in run.changes]
    (link,) = (line for line in lines if line.what == "link changes")
    assert (link.text, link.other) == ("I work at Soleil Studio now.", "I work at Havn Pipes.")
    assert (link.before, link.after.split(",")[0]) == ("no link", "linked")
    (over,) = (line for line in lines if line.what == "superseded by")
    assert over.after == "“By now Ben Olsen lives in Bergen.”"


def test_behind_a_change_that_was_undone_meanwhile_there_is_no_page(edited, monkeypatch):
    monkeypatch.setattr(module, "RUNS", 1)
    first = journal_of(edited)
    edited.undo(first.runs[0].id)
    assert journal_of(edited, after=first.after) == module.Journal((), None)
