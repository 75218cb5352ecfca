"""The records: whose they are, and in which order they stand."""

from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem import Memory, Turn, types
from graphmem.errors import ScopeError
from graphmem.types import Episode, EpisodeId, Scope, ScopeKey, SessionId

NOON = datetime(2024, 5, 8, 12, tzinfo=UTC)
EPISODE = Episode(
    id=EpisodeId("e1"),
    scope=ScopeKey("ana"),
    session_id=SessionId("s1"),
    source_id="1",
    position=0,
    text="The boat is blue.",
)


@pytest.mark.parametrize(("user", "agent"), [("", None), ("ana", ""), ("", "helper")])
def test_a_scope_without_a_user_or_with_a_nameless_agent_is_an_error(
    user: str, agent: str | None
) -> None:
    with pytest.raises(ScopeError, match="--scope"):
        Scope(user, agent)


@given(st.text(min_size=1), st.none() | st.text(min_size=1))
def test_a_scope_is_read_back_from_its_key_whatever_its_letters(
    user: str, agent: str | None
) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in user + (agent or "")):
        return
    scope = Scope(user, agent)
    assert Scope.parse(scope.key) == scope


def test_two_scopes_never_share_a_key() -> None:
    assert Scope("ana/helper").key != Scope("ana", "helper").key
    assert Scope("ana").key == "ana"
    assert Scope("ana", "helper").key == "ana/helper"


def test_episodes_stand_by_time_then_place_then_id_and_those_without_time_first() -> None:
    untimed = EPISODE
    early = replace(EPISODE, said_at=NOON)
    placed = replace(early, position=1)
    named = replace(placed, id=EpisodeId("e2"))
    late = replace(EPISODE, said_at=NOON + timedelta(seconds=1))
    in_order = [untimed, early, placed, named, late]
    assert sorted([*in_order[2:], *in_order[:2]], key=lambda episode: episode.order) == in_order


RECORDS = [kind for kind in vars(types).values() if is_dataclass(kind)]


@pytest.mark.parametrize("kind", RECORDS, ids=[kind.__name__ for kind in RECORDS])
def test_a_record_is_frozen_and_has_slots(kind: type) -> None:
    assert "__dict__" not in dir(object.__new__(kind))
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(object.__new__(kind), fields(kind)[0].name, "other")


def test_a_note_a_receipt_and_a_memory_are_one_line_that_says_what_counts() -> None:
    with Memory.open("ram:", scope="ana") as memory:
        text = "I moved\nto\x1b[2J Lisbon. " * 20
        receipt = memory.ingest_turns(
            [Turn(collection="", session="s", text=text, speaker="Ana", said_at=NOON, where="")]
        )
        (note,) = [n for n in memory.store.scan("note", ScopeKey("ana")) if n.kind == "turn"]
        shown = [repr(note), repr(receipt), repr(memory)]
    assert all("\n" not in line and "\x1b" not in line and len(line) < 250 for line in shown)
    assert shown[0].startswith(f"Note({note.id}, turn, 2024-05-08 12:00, 'Ana', 'I moved")
    assert "episodes_added=1" in shown[1]
    assert "episodes_deleted" not in shown[1]
    assert shown[2] == "Memory(scope='ana', store=RamStore)"
