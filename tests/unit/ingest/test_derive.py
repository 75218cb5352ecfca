"""Deriving around a change: as far as a change reaches, and no further than one fresh build."""

from datetime import UTC, datetime, timedelta

import pytest

from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.ingest.derive import CONTEXT, REACH_LEFT, REACH_RIGHT
from graphmem.ingest.note import ADDRESSEE_REACH
from graphmem.ingest.segment import LOOK_AHEAD, LOOK_BACK
from graphmem.memory import Memory
from graphmem.testing import standing_clock

MORNING = datetime(2024, 3, 1, 9, tzinfo=UTC)


def monologue(n: int, *, visitor: int, pause_before: int) -> list[Turn]:
    """Many turns of one speaker, one turn of a visitor, and a pause that starts a segment."""
    return [
        Turn(
            collection="",
            session="harbour",
            text=f"We painted the hull number {i}.",
            source_id=f"h{i}",
            speaker="Wim" if i == visitor else "Ada",
            said_at=MORNING + timedelta(minutes=5 * i + (120 if i >= pause_before else 0)),
            where="test",
        )
        for i in range(n)
    ]


def held(*calls: list[Turn], without: str | None = None) -> list[str]:
    """Ingest the calls, delete what is named; return the dump without tombstones."""
    with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
        for call in calls:
            memory.ingest_turns(call)
        for episode in list(memory.store.scan("episode", memory.scope.key)):
            if episode.source_id == without:
                memory.delete(episode.id)
        return [line for line in dump(memory.store) if '"kind":"tombstone"' not in line]


def test_the_window_reaches_as_far_as_whatever_is_derived_in_it() -> None:
    assert min(REACH_LEFT, REACH_RIGHT, CONTEXT) >= ADDRESSEE_REACH
    assert REACH_LEFT >= LOOK_AHEAD
    assert REACH_RIGHT >= LOOK_BACK
    assert max(LOOK_BACK, LOOK_AHEAD) <= CONTEXT


@pytest.mark.parametrize("apart", range(-4, 5))
def test_a_turn_far_into_a_session_that_comes_late_or_goes_leaves_no_trace(apart: int) -> None:
    turns = monologue(90, visitor=45, pause_before=45 + apart)
    rest = [turn for turn in turns if turn.speaker == "Ada"]
    late = [turn for turn in turns if turn.speaker == "Wim"]
    assert held(rest, late) == held(turns)
    assert held(turns, without="h45") == held(rest)
