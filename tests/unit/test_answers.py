"""A hit says all that is known of it: as a line, an object, a row; its part, page and dates."""

import json
from datetime import UTC, datetime
from importlib.util import find_spec

import pytest

from graphmem import Memory
from graphmem.answers import Hit, Hits
from graphmem.errors import ConfigError
from graphmem.types import Episode, EpisodeId, Note, NoteId, ScopeKey, SessionId

SAID = datetime(2024, 5, 8, 18, 30, tzinfo=UTC)
FILL = " ".join(f"Paragraph {i} tells of hedges and gravel." for i in range(60))


@pytest.fixture
def hits():
    with Memory.open("ram:", scope="ana") as memory:
        for at, (speaker, text) in enumerate(
            [
                ("Ben", "Where do you keep the <kayak>?"),
                ("Ana", "I put the kayak in the shed last Friday."),
                ("Ben", "Thanks!"),
            ]
        ):
            memory.add(
                text,
                speaker=speaker,
                said_at=SAID.replace(minute=30 + at),
                session="boats",
                metadata={"channel": "sms"},
            )
        yield memory.search("Where is the kayak of Ana?", k=3)


def hit_of(text, *, part=None, metadata=None):
    scope, session = ScopeKey("ana"), SessionId("s1")
    episode = Episode(
        id=EpisodeId("e1"), scope=scope, session_id=session, source_id="", position=0, text=text,
        metadata=metadata or {},
    )  # fmt: skip
    note = Note(
        id=NoteId("n1"), scope=scope, session_id=session, kind="turn", text=text,
        origins=(episode.id,),
    )  # fmt: skip
    return Hit(rank=1, score=0.5, note=note, episodes=(episode,), sessions=(), why=(), part=part)


def test_a_hit_is_one_line_that_says_who_what_and_when(hits):
    line = repr(hits[0])
    assert line.startswith("Hit(1, 0.")
    assert "Ana, Wed 8 May 2024 18:31: I put the kayak in the shed" in line
    assert "\n" not in repr(hit_of("one\ntwo\x1b[2J")) + repr(hit_of("x" * 5_000))
    assert len(repr(hit_of("x" * 5_000))) < 150


def test_a_date_that_is_told_relatively_is_told_with_the_date_meant(hits):
    assert hits[0].told == "I put the kayak in the shed last Friday (Fri 3 May 2024)."


def test_neighbours_mentions_and_facts_of_its_own_come_with_a_hit(hits):
    assert hits[0].before.text == "Where do you keep the <kayak>?"
    assert hits[0].after.text == "Thanks!"
    assert [mention.name for mention in hits[0].mentions if mention.kind == "date"] == [
        "3 May 2024"
    ]
    assert all(fact.notes == (hits[0].note.id,) for fact in hits[0].facts)


def test_a_fact_of_a_hit_has_the_id_that_reading_it_takes():
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("I moved to Lisbon.", speaker="Ana", session="a")
        (hit,) = memory.search("Lisbon", k=1)
        assert hit.facts
        assert memory.get(hit.facts[0].id)[0].object == hit.facts[0].object


def test_the_object_of_a_hit_is_json_and_says_everything(hits):
    found = json.loads(json.dumps(hits[0].to_dict()))
    assert found["text"] == "I put the kayak in the shed last Friday."
    assert found["said_at"] == "2024-05-08T18:31:00+00:00"
    assert found["before"]["speaker"] == "Ben"
    assert found["metadata"]["channel"] == "sms"
    assert (found["session"], found["collection"]) == ("boats", "")
    assert found["validity"]["from"] == found["said_at"]
    assert found["words"] == ["kayak"]
    assert found["excerpt"]["end"] == len(found["text"])
    assert found["paths"][0]["steps"] == [found["note"]]


def test_a_long_text_is_shown_by_its_part_with_offsets():
    hit = hit_of("a" * 10 + "best" + "b" * 10, part=(10, 14))
    assert (hit.excerpt.text, hit.excerpt.start, hit.excerpt.end) == ("best", 10, 14)
    assert hit.told == "best"


@pytest.mark.parametrize(
    ("text", "metadata", "page"),
    [
        ("one two", {}, None),
        ("one two", {"page": 7}, 7),
        ("one two", {"page": "7"}, 7),
        ("one two", {"page": "vii"}, None),
        ("one\ftwo", {}, 2),
        ("one\ftwo", {"page": 7}, 8),
    ],
)
def test_the_page_is_what_the_metadata_and_the_page_breaks_say(text, metadata, page):
    assert hit_of(text, part=(4, 7), metadata=metadata).excerpt.page == page


def test_hits_are_a_list_that_a_notebook_shows_as_a_table_of_escaped_text(hits):
    assert isinstance(hits, list)
    page = hits._repr_html_()
    assert page.startswith("<table>")
    assert "<mark>kayak</mark>" in page
    assert "<kayak>" not in page
    assert Hits()._repr_html_().startswith("<p>")


@pytest.mark.skipif(find_spec("pandas") is None, reason="needs pandas")
def test_hits_are_a_frame_of_one_row_each(hits):
    frame = hits.to_pandas()
    assert list(frame["rank"]) == [1, 2, 3]
    assert frame["said_at"][0] == SAID.replace(minute=31)
    assert Hits().to_pandas().empty


@pytest.mark.skipif(find_spec("pandas") is not None, reason="is there")
def test_without_pandas_the_error_says_what_to_type(hits):
    with pytest.raises(ConfigError, match="pip install pandas"):
        hits.to_pandas()
