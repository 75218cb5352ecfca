"""The first page."""

import pytest

from graphmem.explore.overview import overview_of, size_of


def test_it_counts_what_is_there_and_says_from_when_to_when(memory):
    page = overview_of(memory)
    assert (page.stats.turns, page.first, page.last) == (
        6, "Thu 2 February 2023", "Mon 1 July 2024",
    )  # fmt: skip


def test_each_run_of_ingest_is_told_with_what_its_notes_lack(empty):
    empty.add("Somebody said this.", said_at="2024-05-01", session="a")
    empty.ingest_turns([])
    (one,) = overview_of(empty).imports
    assert (one.sessions, one.notes, one.without_time, one.without_speaker) == (1, 1, 0, 1)


def test_an_import_is_told_with_the_problems_that_it_met(empty, tmp_path):
    (tmp_path / "tea.jsonl").write_text('{"speaker": "Ada", "text": "Tea."}\nno JSON\n[]\n')
    empty.ingest(tmp_path / "tea.jsonl")
    (one,) = overview_of(empty).imports
    assert (one.files, one.sessions, one.notes, one.untold) == (1, 1, 1, 0)
    assert sum(group.count for group in one.problems) == 2
    empty.delete_all()
    (one,) = overview_of(empty).imports
    assert (one.problems, one.untold) == ((), 2)


def test_an_import_that_brought_nothing_tells_why(empty, tmp_path):
    (tmp_path / "tea.jsonl").write_text("no JSON\n")
    empty.ingest(tmp_path / "tea.jsonl")
    (one,) = overview_of(empty).imports
    assert (one.sessions, one.notes, len(one.problems)) == (0, 0, 1)


def test_an_empty_memory_has_no_imports_and_no_days(empty):
    page = overview_of(empty)
    assert (page.imports, page.first, page.size) == ((), "", "")


@pytest.mark.parametrize(
    ("n", "told"), [(0, ""), (999, "999 B"), (1_500, "1.5 kB"), (177_299_456, "177 MB")]
)
def test_sizes_are_told_in_three_digits(n, told):
    assert size_of(n) == told
