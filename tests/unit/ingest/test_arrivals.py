"""What one reading remembers, and the episode that a turn becomes."""

from collections import Counter

from graphmem.ingest.alignment import Occurrences
from graphmem.ingest.arrivals import Arrival, Group, Reading
from graphmem.ingest.places import Places
from graphmem.registry import open_store
from graphmem.testing.records import ANA, ENCODER, batch_of, session
from graphmem.testing.records import turn as sample
from graphmem.types import EpisodeId
from tests.unit.ingest.pipelines import NOON, chat, turn

ONE = EpisodeId("e1")


def arrival(**fields: object) -> Arrival:
    reading = Reading(session(), None, is_whole=False)
    return Arrival(turn("Hi", **fields), reading, NOON, NOON.isoformat(), ONE, ONE, position=4)


def test_a_turn_becomes_an_episode_without_title() -> None:
    made = arrival(source_id="D1:3", metadata={"mood": "glad"}).episode()
    assert (made.id, made.scope, made.session_id) == (ONE, ANA, session().id)
    assert (made.text, made.speaker, made.said_at, made.position) == ("Hi", "Ana", NOON, 4)
    assert (made.source_id, made.title, made.metadata) == ("D1:3", None, {"mood": "glad"})


def test_a_turns_title_is_left_out_and_a_passage_always_has_one() -> None:
    assert arrival(title="A map").episode().title is None
    assert arrival(title="A map", is_passage=True).episode().title == "A map"
    assert arrival(is_passage=True).episode().title == ""
    assert arrival().episode().source_id == ""


def test_a_copy_of_a_group_changes_alone() -> None:
    group = Group(places=Places(), start=3, read=Counter({ONE: 1}), stored={ONE: Occurrences(1)})
    copied = group.copy("another")
    assert (copied.start, copied.owner, group.owner) == (3, "another", None)
    assert copied.places is not None
    copied.places.next = 9
    copied.read[ONE] += 1
    copied.stored[ONE] = Occurrences(7)
    assert (group.places, group.read, group.stored) == (
        Places(),
        Counter({ONE: 1}),
        {ONE: Occurrences(1)},
    )


def test_a_group_without_places_has_none_in_its_copy() -> None:
    assert Group().copy("another").places is None


def test_a_program_goes_on_and_a_file_begins_again() -> None:
    (from_file,) = chat("Hi")
    assert Reading(session(), None, is_whole=False).goes_on
    assert not Reading(session(), from_file.file, is_whole=True).goes_on


def test_the_last_stored_episode_is_read_once() -> None:
    store = open_store("ram:")
    store.set_encoder(ENCODER)
    reading, early = (Reading(session(), None, is_whole=False) for _ in range(2))
    assert early.last(store) is None
    store.write(batch_of(sample(0), sample(1)))
    assert early.last(store) is None
    assert reading.last(store) == sample(1).episode
    store.write(batch_of(sample(3)))
    assert reading.last(store) == sample(1).episode
