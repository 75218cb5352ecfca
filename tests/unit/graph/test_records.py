"""Records as JSON values, and back."""

import json

import pytest

from graphmem.batches import Claim, Mention
from graphmem.graph.records import Record, canonical, from_dict, to_dict
from graphmem.types import Change, Episode, Link, Note, Session
from tests.contract.store_data import change, session, turn

ONE = turn(1)
RECORDS: list[tuple[type[Record], Record]] = [
    (Session, session()),
    (Episode, ONE.episode),
    (Note, ONE.note),
    (Mention, ONE.record.extraction.mentions[0]),
    (Claim, ONE.record.extraction.claims[0]),
    (Link, Link(source=ONE.note.id, target=ONE.note.id, kind="x", origin="y", weight=0.25)),
    (Change, change(ONE.note, "context", "new")),
]


@pytest.mark.parametrize(("kind", "record"), RECORDS, ids=[kind.__name__ for kind, _ in RECORDS])
def test_a_record_comes_back_from_its_line(kind: type[Record], record: Record) -> None:
    assert from_dict(kind, json.loads(canonical(to_dict(record)))) == record


def test_equal_values_make_equal_lines() -> None:
    assert (
        canonical({"b": 1, "a": [1, "é"]})
        == '{"a":[1,"é"],"b":1}'
        == canonical({"a": [1, "é"], "b": 1})
    )
