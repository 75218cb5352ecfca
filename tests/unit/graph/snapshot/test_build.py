"""Columns become a snapshot: what is numbered, and when the last one serves again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from graphmem.arrays import GraphSnapshot
from graphmem.batches import Extraction, Mention, NoteRecord
from graphmem.errors import StoreError
from graphmem.graph.snapshot.block import StoredVectors, block_of, stored_vectors
from graphmem.graph.snapshot.build import Moment, carried, in_utc, still_true, to_snapshot
from graphmem.named import entity_of
from graphmem.testing.records import ANA, BEN
from graphmem.types import EpisodeId, Note, NoteId, SessionId

NOW = Moment(store="one", scopes=(ANA,), as_of=None, version=3, encoder="test@1")
ROW = stored_vectors(np.array([[1, 0]], np.float32))


def record(number: int, *names: str, speaker: str | None = None, signs: bool = False) -> NoteRecord:
    note = Note(
        id=NoteId(f"t{number}"),
        scope=ANA,
        session_id=SessionId("s"),
        kind="turn",
        text="word " * 9,
        origins=(EpisodeId("e"),),
        speaker=speaker,
    )
    mentions = tuple(
        Mention(name=name, start=place, end=place + 1, kind="name")
        for place, name in enumerate(names)
    )
    tokens = np.array([[number]], np.uint8) if signs else None
    return NoteRecord(note=note, extraction=Extraction(mentions=mentions), tokens=tokens)


def snapshot(
    *records: NoteRecord,
    sessions: list[int] | None = None,
    vectors: StoredVectors | None = None,
    moment: Moment = NOW,
) -> GraphSnapshot:
    columns = block_of(records, [vectors for _ in records], sessions or [0 for _ in records])
    return to_snapshot(columns, moment)


def test_sessions_are_numbered_as_they_come_and_speakers_by_the_alphabet() -> None:
    found = snapshot(
        record(0, speaker="Zoe"), record(1), record(2, speaker="Ann"), sessions=[8, 8, 3]
    )
    assert found.session.tolist() == [0, 0, 1]
    assert (found.speakers, found.speaker.tolist()) == (("Ann", "Zoe"), [1, -1, 0])


def test_an_entitys_commonest_surface_names_it_and_of_equals_the_smallest() -> None:
    found = snapshot(record(0, "oslo", "Rome"), record(1, "oslo", "OSLO", "rome"))
    name = dict(zip(found.graph.entity_ids, found.graph.entity_names, strict=True))
    assert name == {entity_of(ANA, "oslo"): "oslo", entity_of(ANA, "rome"): "Rome"}
    assert list(found.graph.entity_ids) == sorted(found.graph.entity_ids)


def test_each_mention_has_its_note_and_its_entity() -> None:
    found = snapshot(record(0, "Oslo"), record(1), record(2, "Rome", "OSLO"))
    assert found.graph.mention_note.tolist() == [0, 2, 2]
    named = [found.graph.entity_ids[entity] for entity in found.graph.mention_entity]
    assert named == [entity_of(ANA, name) for name in ("Oslo", "Rome", "Oslo")]


def test_tokens_are_there_only_if_every_turn_has_them() -> None:
    some = snapshot(record(0, signs=True), record(1), vectors=ROW)
    every = snapshot(record(0, signs=True), record(1, signs=True), vectors=ROW)
    assert some.vectors.tokens is None
    assert every.vectors.tokens is not None
    assert every.vectors.tokens.tolist() == [[0], [1]]


def test_nothing_makes_an_empty_snapshot() -> None:
    found = snapshot()
    assert (found.note_ids, found.graph.entity_ids, found.graph.entity_names) == ((), (), ())
    assert found.session.tolist() == []


def test_a_moment_without_a_zone_is_refused_and_others_are_told_in_utc() -> None:
    there = datetime(2024, 5, 1, 10, tzinfo=timezone(timedelta(hours=2)))
    told = in_utc(there)
    assert told is not None
    assert told.isoformat() == "2024-05-01T08:00:00+00:00"
    assert in_utc(None) is None
    with pytest.raises(StoreError, match="no zone"):
        in_utc(datetime(2024, 5, 1))


def test_the_last_snapshot_serves_again_while_nothing_was_written() -> None:
    last = snapshot(record(0, "Oslo"), vectors=ROW)
    assert still_true(last, NOW) is last
    assert still_true(last, replace(NOW, version=4)) is None
    assert still_true(None, NOW) is None


def test_a_snapshot_that_gave_its_vectors_away_gets_them_back() -> None:
    last = snapshot(record(0, "Oslo"), vectors=ROW)
    again = still_true(last.without_vectors(), NOW)
    assert again is not None
    assert again.vectors.notes is last.vectors.notes


@pytest.mark.parametrize(
    "other",
    [
        replace(NOW, store="two"),
        replace(NOW, scopes=(BEN,)),
        replace(NOW, as_of=datetime(2024, 5, 1, tzinfo=UTC)),
        replace(NOW, encoder="test@2"),
    ],
)
def test_nothing_is_carried_to_another_store_scope_time_or_encoder(other: Moment) -> None:
    last = snapshot(record(0), vectors=ROW)
    assert carried(last, NOW) is last.carry
    assert carried(last, other) is None


def test_nothing_is_carried_once_the_vectors_went_over_into_another_snapshot() -> None:
    last = snapshot(record(0), vectors=ROW)
    kept = carried(last, NOW)
    assert kept is not None
    kept.columns.lose_vectors()
    assert carried(last, NOW) is None
