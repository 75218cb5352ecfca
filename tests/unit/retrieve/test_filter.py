"""What filters keep of a snapshot's notes, and that the searches hold to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from graphmem import Memory
from graphmem.asking.arguments import filters_of
from graphmem.errors import ConfigError
from graphmem.filters import NO_FILTERS, Filters
from graphmem.ingest import Turn
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.filter import kept_notes

START = datetime(2024, 1, 1, tzinfo=UTC)
TURNS = [
    Turn(
        collection="club",
        session=("spring", "autumn")[number // 4],
        text=text,
        speaker=("Iben", "Olaf")[number % 2],
        said_at=START + timedelta(days=30 * number),
        metadata={"channel": ("sms", "mail")[number % 4 == 0], "sender": {"floor": number}},
        where="test",
    )
    for number, text in enumerate(
        [
            "The kiln cracked on Sunday.",
            "Was it the big kiln?",
            "Yes, the big one.",
            "I know a man who mends kilns.",
            "He mended the kiln door.",
            "What did the kiln door cost?",
            "Ninety for the kiln door.",
            "That is a lot for a kiln.",
        ]
    )
]


@pytest.fixture(scope="module")
def memory():
    with Memory.open("ram:", scope="club") as memory:
        memory.ingest_turns([*TURNS, Turn(collection="", session="x", text="Undated.", where="t")])
        yield memory


def kept(memory, **given):
    """Return the texts that filters keep."""
    names = ("since", "until", "speaker", "session", "kind", "where")
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    filters = filters_of(**{**dict.fromkeys(names), **given})
    mask = kept_notes(NoteColumns(snapshot, memory.store), filters)
    return {snapshot.texts[row] for row in np.flatnonzero(mask)}


def texts(*numbers):
    return {TURNS[number].text for number in numbers}


def test_no_filter_keeps_everything_without_a_mask(memory):
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    assert kept_notes(NoteColumns(snapshot), NO_FILTERS) is None


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({"since": "2024-06"}, (6, 7)),
        ({"until": "2024-01-31"}, (0, 1)),
        ({"since": "2024-01-31", "until": "2024-03-31"}, (1, 2, 3)),
        ({"speaker": "olaf"}, (1, 3, 5, 7)),
        ({"speaker": ["Olaf", "Iben"]}, range(8)),
        ({"speaker": "Nobody"}, ()),
        ({"session": "spring"}, range(4)),
        ({"session": "club/autumn"}, range(4, 8)),
        ({"kind": "passage"}, ()),
        ({"where": {"channel": "mail"}}, (0, 4)),
        ({"where": {"channel": ["mail", "post"]}}, (0, 4)),
        ({"where": {"sender.floor": {">": 1, "<=": 3}}}, (2, 3)),
        ({"where": {"nobody": "said"}}, ()),
        ({"where": "channel!=sms", "session": "autumn"}, (4,)),
    ],
)
def test_a_note_is_kept_that_meets_every_condition(memory, given, numbers):
    assert kept(memory, **given) == texts(*numbers)


def test_what_is_written_later_is_filtered_too_and_what_is_deleted_is_not_found(memory):
    with Memory.open("ram:", scope="club") as own:
        own.add("The first glaze ran.", metadata={"shelf": 1})
        assert [h.note.text for h in own.search("glaze", where={"shelf": 1})] == [
            "The first glaze ran."
        ]
        own.add("The second glaze ran.", metadata={"shelf": 1})
        found = own.search("glaze", where={"shelf": 1})
        assert {hit.note.text for hit in found} == {"The first glaze ran.", "The second glaze ran."}
        own.delete(next(h.note.id for h in found if "first" in h.note.text))
        found = own.search("glaze", where={"shelf": 1})
        assert [hit.note.text for hit in found] == ["The second glaze ran."]


def test_a_snapshot_without_its_store_says_that_it_knows_no_metadata(memory):
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    filters = filters_of(
        since=None, until=None, speaker=None, session=None, kind=None, where="channel=sms"
    )
    with pytest.raises(ConfigError, match="metadata"):
        kept_notes(NoteColumns(snapshot), filters)


@pytest.mark.parametrize(
    "given", [{"speaker": "Olaf"}, {"since": "2024-05"}, {"session": "spring"}]
)
@pytest.mark.parametrize("retriever", ["walk", "pagerank"])
def test_as_many_as_were_asked_for_are_found_among_the_kept(memory, given, retriever):
    allowed = kept(memory, **given)
    found = memory.search("the kiln", k=3, retriever=retriever, **given)
    assert len(found) == 3
    assert {hit.note.text for hit in found} <= allowed


@pytest.mark.parametrize("given", [{"speaker": "Olaf"}, {"where": {"channel": "sms"}}])
def test_filtered_turns_stand_in_the_order_that_they_have_among_all(memory, given):
    everything = [hit.note.text for hit in memory.search("the kiln door", k=9)]
    allowed = kept(memory, **given)
    found = [hit.note.text for hit in memory.search("the kiln door", k=9, **given)]
    assert found == [text for text in everything if text in allowed]


PAGES = {
    "Maren Holt": "Maren Holt built the ferry Silverkajen.",
    "Silverkajen": "Silverkajen is a ferry that sails to Vindholm.",
    "Vindholm": "Vindholm is an island known for its lighthouse.",
    "Lighthouse": "A lighthouse warns ships.",
}


def pages_of(hidden=()):
    memory = Memory.open("ram:", scope="sea")
    memory.ingest_turns(
        Turn(
            collection="sea",
            session=title,
            text=text,
            title=title,
            is_passage=True,
            metadata={"hidden": title in hidden},
            where="test",
        )
        for title, text in PAGES.items()
    )
    return memory


QUESTION = "To which island does the ferry sail that Maren Holt built?"


@pytest.mark.parametrize("retriever", ["walk", "pagerank"])
def test_a_passage_that_is_filtered_out_is_neither_a_hit_nor_a_bridge(retriever):
    with pages_of() as open_, pages_of({"Silverkajen"}) as shut:
        island = open_.search(QUESTION, k=4, retriever=retriever)
        reached = {hit.note.title: hit for hit in island}
        bridge = reached["Silverkajen"].note.id
        assert bridge in reached["Vindholm"].paths[0].steps
        found = shut.search(QUESTION, k=4, retriever=retriever, where={"hidden": False})
        assert "Silverkajen" not in {hit.note.title for hit in found}
        assert all(bridge not in path.steps for hit in found for path in hit.paths)


def test_claims_of_a_note_that_is_filtered_out_join_nothing():
    with Memory.open("ram:", scope="sea") as memory:
        memory.add("Ketil Brask works at Nordvik Yard.", session="a", metadata={"draft": True})
        memory.add("Nordvik Yard is in Sund.", session="b")
        memory.add("Ketil Brask likes tea.", session="c", metadata={"draft": False})
        found = memory.search("Ketil Brask", k=3, retriever="pagerank", where={"draft": False})
        assert [hit.note.text for hit in found] == ["Ketil Brask likes tea."]


def test_what_is_archived_is_left_out_unless_it_is_asked_for(memory: Memory) -> None:
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    hidden = np.arange(len(snapshot.note_ids)) == 1
    columns = NoteColumns(replace(snapshot, is_archived=hidden))
    kept = kept_notes(columns, NO_FILTERS)
    assert kept is not None
    assert kept.tolist() == (~hidden).tolist()
    assert kept_notes(columns, Filters(archived=True)) is None
    assert kept_notes(NoteColumns(snapshot), Filters(archived=True)) is None
