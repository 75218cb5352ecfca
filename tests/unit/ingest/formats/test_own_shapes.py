"""A user's own row reads JSON that nobody foresaw, and what is wrong with a row is said by key."""

import re
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.ingest.formats.own_shapes import own_shapes
from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.turns import Turn
from tests.unit.ingest.read_file import write_json, write_lines

ROW = {
    "name": "ferry",
    "marks": ["Log_Book.who", "logBook.said"],
    "messages": "logBook",
    "speaker": "who.nick",
    "text": ["said", "caption"],
    "said_at": "at",
    "session": "trip",
    "keep": {"kind": ["speech"]},
    "roles": {"Bot": "assistant"},
}
BOOK = {
    "trip": "north shore",
    "logBook": [
        {"kind": "speech", "who": {"nick": "Mia"}, "said": "Fog.", "at": "2023-02-01T06:10:00Z"},
        {"kind": "horn", "who": {"nick": "ferry"}, "said": "tuut"},
        {"kind": "speech", "who": {"nick": "bot"}, "caption": "Slow down."},
    ],
}


def test_a_row_may_name_people_by_their_ids_and_hold_html(tmp_path: Path) -> None:
    row = {
        "name": "crew", "marks": ["talk.by"], "messages": "talk", "speaker": "by", "text": "html",
        "said_at": "at", "people": ["crew", "no", "called"], "is_html": True,
    }  # fmt: skip
    book = {
        "crew": [{"no": 7, "called": "Mia"}],
        "talk": [
            {"by": 7, "html": "<p>Fog &amp; <b>rain</b>.</p>"},
            {"by": 8, "html": "<div>Slow</div><div>down</div>"},
        ],
    }
    found = turns(write_json(tmp_path / "book.json", book), row)
    assert [(turn.speaker, turn.text) for turn in found] == [
        ("Mia", "Fog & rain."),
        ("8", "Slow\ndown"),
    ]


@pytest.mark.parametrize("people", ["crew", ["crew", "no"], {"crew": "no"}])
def test_people_that_are_no_three_paths_are_refused_by_name(people: object) -> None:
    with pytest.raises(ConfigError, match="people must be three paths"):
        own_shapes([{**ROW, "people": people}], ())


def turns(path: Path, *rows: dict[str, object], format: str = "auto") -> list[Turn]:
    found = read_source(path, format=format, json_chats=rows)
    return [one for one in found if isinstance(one, Turn)]


def test_a_row_tells_its_files_and_reads_them(tmp_path: Path) -> None:
    read = turns(write_json(tmp_path / "a.json", BOOK), ROW)
    assert [(turn.speaker, turn.text, turn.session) for turn in read] == [
        ("Mia", "Fog.", "north shore"),
        ("assistant", "Slow down.", "north shore"),
    ]
    assert read[0].file is not None
    assert read[0].file.format == "ferry"
    assert read[0].said_at is not None


def test_it_is_tried_before_the_formats_that_are_known(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "a.jsonl", [{"text": "not this", "words": "Low tide.", "by": "Jo"}]
    )
    row = {"name": "tide", "marks": ["by"], "text": "words", "speaker": "by"}
    assert [(turn.speaker, turn.text) for turn in turns(path, row)] == [("Jo", "Low tide.")]
    assert [turn.text for turn in turns(path)] == ["not this"]


def test_it_can_be_named(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", [{"words": "Low tide."}])
    row = {"name": "tide", "marks": ["nowhere"], "text": "words"}
    assert [turn.text for turn in turns(path, row, format="tide")] == ["Low tide."]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"text": None}, "json_chats ferry: text is missing; a row needs name, marks, text"),
        ({"name": ""}, "json_chats 1: name is missing"),
        ({"speakers": "who"}, "json_chats ferry: unknown key 'speakers'; did you mean 'speaker'"),
        ({"marks": 3}, "marks must be a text or a list of texts, not 3; write: marks = ["),
        ({"messages": ["a"]}, "messages must be a text, not ['a']; write: messages = "),
        ({"keep": "x"}, "keep must be a table, not 'x'; write: keep = {"),
        ({"roles": {"bot": 3}}, "roles.bot must be a text, not 3"),
        ({"is_joined": "yes"}, "is_joined must be true or false, not 'yes'"),
        ({"name": "telegram"}, "there is a format 'telegram' already"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_by_its_key(
    changed: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        own_shapes([ROW | changed], ("telegram",))


def test_two_rows_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="already"):
        own_shapes([ROW, ROW], ())
