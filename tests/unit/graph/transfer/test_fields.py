"""Every field of a line is what its record can hold, or the line is refused by name."""

import json
from typing import Any

import pytest

from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import Change
from graphmem.errors import InputError
from graphmem.graph.records import Record, canonical, to_dict
from graphmem.graph.transfer.fields import change_of, loads, note_of, record_of, scope_of
from graphmem.testing.records import (
    ANA,
    START,
    change,
    linking,
    naming,
    session,
    superseding,
    turn,
)
from graphmem.types import EntityId, Episode, Link, Note, Session

ONE = turn(1)
RECORDS: list[tuple[type[Record], Record]] = [
    (Session, session()),
    (Episode, ONE.episode),
    (Note, ONE.note),
    (Mention, ONE.record.extraction.mentions[0]),
    (Claim, ONE.record.extraction.claims[0]),
    (Link, Link(source=ONE.note.id, target=ONE.note.id, kind="x", origin="y", weight=0.25)),
    (Tombstone, Tombstone(episode=ONE.episode.id, scope=ANA, deleted_at=START)),
]


def line_of(record: Record, **changed: object) -> Any:
    return json.loads(canonical(to_dict(record))) | changed


@pytest.mark.parametrize(("kind", "record"), RECORDS, ids=[kind.__name__ for kind, _ in RECORDS])
def test_a_record_comes_back_from_its_line(kind: type[Record], record: Record) -> None:
    assert record_of(kind, line_of(record)) == record


@pytest.mark.parametrize(
    "made",
    [
        change(ONE.note, "tags", ("a", "b")),
        change(ONE.note, "strength", 0.5),
        *superseding(ONE.note, turn(2).note.id, until=START),
    ],
    ids=lambda made: made.target.field,
)
def test_a_change_comes_back_with_values_as_the_note_has_them(made: Change) -> None:
    assert change_of(line_of(made)) == made


@pytest.mark.parametrize(
    "made",
    [
        linking(ONE.note, turn(2).note, 0.5, evidence=("e1",), depends_on=("c1",)),
        linking(ONE.note, turn(2).note, None, before=0.5),
        naming("Mel", "Melanie", alias=True),
        naming("Mel", None, before=EntityId("t0")),
    ],
)
def test_a_change_of_a_link_or_an_entity_comes_back_from_its_line(made: Change) -> None:
    assert change_of(line_of(made)) == made


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (linking(ONE.note, turn(2).note, 0.5), "weight is a number"),
        (naming("Mel", "Melanie"), "entity is a text"),
    ],
)
def test_a_value_that_its_target_cannot_hold_is_refused(made: Change, said: str) -> None:
    with pytest.raises(InputError, match=said):
        change_of(line_of(made, after={"at": [1]}))


@pytest.mark.parametrize(
    "target",
    [None, "n0", {}, {"note": "n0"}, {"entity": "t0", "note": "n0"}, {"note": 5, "field": "tags"}],
)
def test_a_target_that_is_none_is_refused(target: object) -> None:
    with pytest.raises(InputError, match=r"target is an object with|note is a text, not 5"):
        change_of(line_of(change(ONE.note, "context", "new"), target=target))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": 5}, "text is a text, not 5"),
        ({"text": "a\ud800"}, "half a surrogate"),
        ({"id": "n\0"}, "zero byte"),
        ({"keywords": [5]}, "keywords is a text, not 5"),
        ({"keywords": "near"}, "keywords is a list"),
        ({"kind": "novel"}, "kind is one of turn, segment, session, passage"),
        ({"kind": ["turn"]}, "kind is one of"),
        ({"strength": True}, "strength is a number"),
        ({"strength": 10**400}, "no finite number"),
        ({"sentences": [[0]]}, "holds 2 values each"),
        ({"sentences": [[0, 2**40]]}, "does not lie in its text"),
        ({"sentences": [[3, 5], [0, 2]]}, "does not lie in its text"),
        ({"said_at": "yesterday"}, "said_at is a time"),
        ({"said_at": "2024-05-01T10:00:00"}, "aware UTC time"),
        ({"said_at": "2024-05-01T10:00:00+02:00"}, "aware UTC time"),
        ({"said_at": 1714557600}, "said_at is a text"),
        ({"colour": "red"}, "a field 'colour' that is not known"),
        ({"origins": None}, "origins is a list, not null"),
    ],
)
def test_a_note_with_a_field_that_it_cannot_have_is_refused(
    changed: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        note_of(line_of(ONE.note, **changed))


def test_a_field_that_is_left_out_is_named() -> None:
    line = line_of(ONE.note)
    del line["origins"]
    with pytest.raises(InputError, match="no field 'origins'"):
        note_of(line)


@pytest.mark.parametrize("position", ["1", 1.0, True, 2**63, None])
def test_a_place_is_a_whole_number_of_64_bits(position: object) -> None:
    with pytest.raises(InputError, match="position"):
        record_of(Episode, line_of(ONE.episode, position=position))


@pytest.mark.parametrize(
    "metadata",
    [[], "x", {"a": 2**70}, {"a": "\ud800"}, {"a": [[[]]] * 2 + [json.loads("[" * 80 + "]" * 80)]}],
)
def test_metadata_is_an_object_of_values_that_any_store_takes(metadata: object) -> None:
    with pytest.raises(InputError):
        record_of(Episode, line_of(ONE.episode, metadata=metadata))


@pytest.mark.parametrize(
    ("field", "after"),
    [("text", "new"), ("valid_until", "soon"), ("tags", "old"), ("strength", "much")],
)
def test_a_change_that_no_note_can_have_is_refused(field: str, after: object) -> None:
    target = {"note": ONE.note.id, "field": field}
    made = line_of(change(ONE.note, "context", "new"), target=target, before=None, after=after)
    with pytest.raises(InputError):
        change_of(made)


@pytest.mark.parametrize("scope", ["", 5, "ana/", "/", "a\0", "a%62"])
def test_a_scope_is_one_as_graphmem_writes_it(scope: object) -> None:
    with pytest.raises(InputError):
        scope_of(scope)


@pytest.mark.parametrize(
    "raw",
    [b"[" * 100_000, b"{", b"[]", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": %s}' % (b"9" * 5_000)],
)
def test_what_is_no_json_object_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        loads(raw)
