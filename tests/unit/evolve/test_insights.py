"""What claims amount to over sessions: a change, a refinement, several of one kind."""

from dataclasses import replace
from datetime import UTC, datetime

from graphmem.batches import Claim
from graphmem.evolve.insights import Insight, Told, insights
from graphmem.types import NoteId, SessionId
from tests.said import said


def told(day: int, relation: str, thing: str, *, session: str = "", negated: bool = False) -> Told:
    at = datetime(2024, 1, day, tzinfo=UTC)
    made = replace(
        said("x", said_at=at), id=NoteId(f"n{day}"), session_id=SessionId(session or f"s{day}")
    )
    claim = Claim(subject="Ida", relation=relation, object=thing, start=0, end=1, negated=negated)
    return Told(made, claim)


def only(*given: Told) -> Insight:
    (one,) = insights(given)
    return one


def test_a_value_that_moved_is_a_change_with_its_days() -> None:
    one = only(told(9, "moved to", "Oslo"), told(2, "live in", "Bergen"))
    assert (one.kind, one.text) == (
        "change",
        "Ida, home: Bergen (2 January 2024) → Oslo (9 January 2024)",
    )
    assert [note.id for note in one.premises] == ["n2", "n9"]


def test_more_words_of_the_same_are_a_refinement() -> None:
    one = only(told(1, "restores", "boats"), told(2, "restores", "wooden boats"))
    assert (one.kind, one.text) == (
        "refinement",
        "Ida restores boats (1 January 2024), more exactly wooden boats (2 January 2024)",
    )


def test_three_of_a_kind_accumulate_and_the_same_again_counts_once() -> None:
    places = ("Rome", "Ghent", "Rome", "Turku")
    one = only(*(told(n + 1, "visited", place) for n, place in enumerate(places)))
    assert one.kind == "accumulation"
    assert one.text.startswith("Ida visited: Rome (1 January 2024), Ghent")
    assert len(one.premises) == 3


def test_one_session_denials_and_light_verbs_make_none() -> None:
    same = [told(n, "visited", f"Place {n}", session="s") for n in range(1, 5)]
    denied = [told(n, "visited", f"Place {n}", negated=True) for n in range(1, 5)]
    light = [told(n, "had", f"thing {n}") for n in range(1, 5)]
    for given in (same, denied, light):
        assert insights(given) == []
