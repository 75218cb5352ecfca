"""Alignment: where what a file says begins among what is stored; occurrences of one saying."""

from datetime import UTC, datetime

import pytest

from graphmem.ingest import Turn
from graphmem.ingest.alignment import MOST_SAID, Occurrences, anchor, last_of, occurrences
from graphmem.ingest.episodes import Numbering
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.types import Episode, EpisodeId

DAY = datetime(2024, 5, 1, tzinfo=UTC)


def stored(*texts: str) -> tuple[Memory, list[Episode]]:
    memory = Memory.open("ram:", scope="ana", clock=standing_clock)
    memory.ingest_turns(
        [Turn(collection="", session="s", text=text, said_at=DAY, where="t") for text in texts]
    )
    return memory, sorted(memory.store.scan("episode", "ana"), key=lambda e: e.order)


def begins(kept: list[str], read: list[str], *, is_again: bool = False) -> int | None:
    """Return where a run of texts begins among those stored."""
    memory, episodes = stored(*kept)
    (session,) = memory.store.scan("session", "ana")
    candidates = [[e for e in episodes if e.text == text] for text in read]
    found = anchor(memory.store, session, candidates, is_again=is_again)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("kept", "read", "expected"),
    [
        ("abcd", "abcd", 0),
        ("abcd", "abcdef", 0),
        ("abcdefgh", "efgh", 4),
        ("abcdef", "cdefgh", 2),
        ("abc", "xabc", 0),
        ("ab", "axb", 0),
        ("a", "ab", 0),
        ("ab", "b", 1),
        ("abcy", "defy", None),
        ("ay", "yb", None),
        ("abcd", "axyz", None),
        ("yyay", "byy", None),
        ("abcd", "wxyz", None),
    ],
)
def test_a_run_begins_inside_if_it_is_the_same_text_and_else_goes_on(
    kept: str, read: str, expected: int | None
) -> None:
    assert begins(list(kept), list(read)) == expected


def test_one_turn_is_enough_where_other_times_say_that_the_file_was_read() -> None:
    assert begins(["y"], ["x", "y"]) is None
    assert begins(["y"], ["x", "y"], is_again=True) == 0


@pytest.mark.parametrize("count", [1, 2, 3, 9, 40])
def test_occurrences_are_counted_and_the_deleted_ones_at_the_end_are_not_there(count: int) -> None:
    memory, episodes = stored(*["Yes."] * count)
    (session,) = memory.store.scan("session", "ana")
    ids = [episode.id for episode in episodes]

    def name(n: int) -> EpisodeId:
        return ids[n] if n < count else EpisodeId(f"e{n}")

    found = occurrences(memory.store, session, name, read=False)
    assert (found.count, found.next, found.live) == (count, count, ())
    if count > 1:
        memory.delete(ids[-1])
        found = occurrences(memory.store, session, name, read=True)
        assert (found.count, found.next) == (count, count - 1)
        assert [n for n, _ in found.live] == list(range(count - 1))
        assert found.before(1) == 1
    assert count < MOST_SAID


def test_nothing_is_before_anything_where_nothing_is_stored() -> None:
    memory, _ = stored("a")
    (session,) = memory.store.scan("session", "ana")
    assert Occurrences().before(None) == Occurrences().before(3) == 0
    assert last_of(memory.store, session, "2023-01-01T00:00:00+00:00") is None
    (arrival,) = Numbering(memory.store, memory.scope.key, restore=False).number(
        [Turn(collection="", session="s", text="b", said_at=DAY, where="t")]
    )
    assert arrival.position == 1
