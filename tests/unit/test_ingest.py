"""Turns are written a transaction at a time; a second call goes on where the first one was."""

from collections.abc import Iterator

import pytest

from graphmem import ingest as room
from graphmem.batches import Batch
from graphmem.ingest import Pipeline, Tally, Turn, ingest
from graphmem.types import Problem
from tests.unit.ingest.pipelines import ANA, pipeline, stored, turn

TURNS = [turn(f"Remark {i}.", source_id=str(i)) for i in range(7)]


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    monkeypatch.setattr(room, "EPISODES_PER_WRITE", 3)
    return pipeline()


def test_every_transaction_holds_so_many_and_the_last_the_rest(parts: Pipeline) -> None:
    held: list[int] = []

    def watched() -> Iterator[Turn]:
        for one in TURNS:
            held.append(len(stored(parts.store)))
            yield one

    ingest(watched(), parts, scope=ANA, tally=Tally())
    assert held == [0, 0, 0, 3, 3, 3, 6]
    assert len(stored(parts.store)) == 7


def test_a_second_call_goes_on_where_the_first_was_stopped(parts: Pipeline) -> None:
    def stopped() -> Iterator[Turn]:
        yield from TURNS[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(stopped(), parts, scope=ANA, tally=Tally())
    assert len(stored(parts.store)) == 3
    tally = Tally()
    ingest(TURNS, parts, scope=ANA, tally=tally)
    assert (tally.episodes_known, tally.counts.episodes_added) == (3, 4)
    assert [episode.text for episode in stored(parts.store)] == [one.text for one in TURNS]


def test_problems_are_counted_and_end_no_transaction(parts: Pipeline) -> None:
    tally, broken = Tally(), Problem(source="t:2", message="broken")

    def read() -> Iterator[Turn | Problem]:
        yield TURNS[0]
        yield broken
        assert stored(parts.store) == []
        yield from TURNS[1:3]

    ingest(read(), parts, scope=ANA, tally=tally)
    assert (tally.problems, tally.skipped, tally.episodes_read) == ([broken], 1, 3)


def test_what_stayed_deleted_is_told_with_the_way_back(parts: Pipeline) -> None:
    ingest(TURNS[:2], parts, scope=ANA, tally=Tally())
    parts.store.delete([stored(parts.store)[0].id], Batch(scope=ANA))
    tally = Tally()
    ingest(TURNS[:2], parts, scope=ANA, tally=tally)
    (problem,) = tally.problems
    assert "1 were deleted before" in problem.message
    assert "--restore" in problem.message
    again = Tally()
    ingest(TURNS[:2], parts, scope=ANA, tally=again, restore=True)
    assert (again.counts.episodes_added, again.problems) == (1, [])


def test_what_a_program_restores_goes_behind_what_is_there(parts: Pipeline) -> None:
    first, second = turn("First.", source_id="x"), turn("Second.", source_id="y")
    ingest([first, second], parts, scope=ANA, tally=Tally())
    parts.store.delete([stored(parts.store)[0].id], Batch(scope=ANA))
    ingest([first], parts, scope=ANA, tally=Tally(), restore=True)
    assert [episode.text for episode in stored(parts.store)] == ["Second.", "First."]


def test_nothing_writes_nothing(parts: Pipeline) -> None:
    ingest([], parts, scope=ANA, tally=Tally())
    assert parts.store.scopes() == []
    assert parts.store.encoder() is None
