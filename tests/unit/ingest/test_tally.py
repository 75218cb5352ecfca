"""Counting what one call does."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

from graphmem.batches import WriteCounts
from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.turns import SourceFile, Turn
from graphmem.ingest.tally import PROBLEMS_SHOWN, REPORT_EVERY, Tally, joined, reporting
from graphmem.receipts import Receipt
from graphmem.types import Problem, ScopeKey, Session, SessionId

TURN = Turn(collection="", session="s", text="ok", where="chat:1")
SESSION = Session(id=SessionId("s1"), scope=ScopeKey("ana"), collection="", name="one")


def test_counts_of_several_writes_add_up_field_by_field() -> None:
    tally = Tally()
    numbered = {field.name: place for place, field in enumerate(fields(WriteCounts), 1)}
    tally.written(WriteCounts(**numbered))
    tally.written(WriteCounts(**numbered))
    assert tally.counts == WriteCounts(**{name: 2 * n for name, n in numbered.items()})
    receipt = tally.receipt(run_id="r", seconds=1.5)
    assert receipt.notes_added == 2 * numbered["notes_added"]
    assert (receipt.run_id, receipt.seconds) == ("r", 1.5)


def test_a_session_counts_when_it_begins() -> None:
    tally = Tally()
    for session in (SESSION, SESSION, replace(SESSION, id=SessionId("s2"))):
        tally.read(TURN, session)
    receipt = tally.receipt(run_id="", seconds=0)
    assert (receipt.sessions, receipt.episodes_read) == (2, 3)


def test_each_file_is_counted_with_what_its_turns_lack() -> None:
    tally = Tally()
    one, two = (SourceFile(Path(name), name, name, "in", "turns") for name in ("a", "b"))
    said = replace(TURN, file=one, speaker="Mia", said_at=datetime(2025, 2, 9, tzinfo=UTC))
    for turn in (said, replace(TURN, file=one), replace(TURN, file=two, is_passage=True)):
        tally.read(turn, SESSION)
    receipt = tally.receipt(run_id="", seconds=0)
    assert receipt.files == 2
    assert [
        (one.name, one.turns, one.sessions, one.without_speaker, one.without_date)
        for one in receipt.read
    ] == [("a", 2, 1, 1, 1), ("b", 1, 1, 0, 1)]


def test_problems_are_grouped_by_kind_and_none_is_lost() -> None:
    tally = Tally()
    for n in range(PROBLEMS_SHOWN + 20):
        tally.problem(Problem(source=f"{n}.jpg", message=f"unknown kind '.j{n}'"))
    tally.problem(Problem(source="chat:3", message="'31/31' is no date", skipped=False))
    receipt = tally.receipt(run_id="", seconds=0)
    assert [(one.count, one.places) for one in receipt.problem_groups] == [
        (PROBLEMS_SHOWN + 20, ("0.jpg", "1.jpg", "2.jpg")), (1, ("chat:3",)),
    ]  # fmt: skip
    assert receipt.problems[-1].source == "chat:3"


def test_problems_beyond_those_shown_are_counted() -> None:
    tally = Tally()
    for n in range(PROBLEMS_SHOWN + 5):
        tally.problem(Problem(source=str(n), message="no text"))
    tally.problem(Problem(source="kept", message="no date", skipped=False))
    receipt = tally.receipt(run_id="", seconds=0)
    assert (len(receipt.problems), receipt.skipped) == (
        PROBLEMS_SHOWN + 1, PROBLEMS_SHOWN + 5,
    )  # fmt: skip


def test_what_stayed_deleted_names_the_way_back() -> None:
    tally = Tally()
    tally.name_restore()
    assert tally.problems == []
    tally.tombstoned(2)
    tally.name_restore()
    (problem,) = tally.problems
    assert "2 were deleted before" in problem.message
    assert "--restore" in problem.message
    assert tally.skipped == 0


def test_a_compaction_that_is_due_is_in_the_receipt() -> None:
    tally = Tally()
    tally.compaction_due("somebody reads it")
    receipt = tally.receipt(run_id="", seconds=0)
    assert receipt.is_compaction_due
    assert "somebody reads it" in receipt.problems[0].message


def test_progress_hears_of_the_first_item_and_of_every_so_many_after_it() -> None:
    heard: list[tuple[str, int, int | None]] = []
    turns = [
        Turn(collection="", session="s", text="ok", where=f"chat:{n}")
        for n in range(2 * REPORT_EVERY + 1)
    ]
    meter = Meter(1_000)
    meter.at(70)
    passed = list(reporting(turns, lambda *call: heard.append(call), meter))
    assert passed == turns
    hears = [f"chat:{n}" for n in (0, REPORT_EVERY, 2 * REPORT_EVERY)]
    assert heard == [(where, 70, 1_000) for where in (*hears, "")]


def test_receipts_of_several_calls_are_one() -> None:
    tallies = [Tally(), Tally()]
    tallies[0].problem(Problem(source="a:1", message="no date in 'x'", skipped=True))
    tallies[1].problem(Problem(source="b:1", message="no date in 'y'", skipped=True))
    tallies[1].problem(Problem(source="b:2", message="something else", skipped=False))
    tallies[1].known(4)
    tallies[1].compaction_due("a reader was there")
    one = joined([tally.receipt(run_id=f"r{i}", seconds=1.5) for i, tally in enumerate(tallies)])
    assert one.skipped == 2
    assert one.episodes_known == 4
    assert one.seconds == 3.0
    timed = Receipt(stages=(("extract", 1.5), ("write", 0.5)))
    assert joined([timed, timed, one]).stages == (("extract", 3.0), ("write", 1.0))
    assert one.run_id == "r0,r1"
    assert one.is_compaction_due
    assert [(group.count, group.places) for group in one.problem_groups][:2] == [
        (2, ("a:1", "b:1")),
        (1, ("b:2",)),
    ]


def test_no_receipt_at_all_is_an_empty_one() -> None:
    assert joined([]) == Receipt()
