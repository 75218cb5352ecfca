"""The lines of a dump: what is in them, what is left out, in which order."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from graphmem.batches import Batch, NoteRecord
from graphmem.contracts import GraphStore
from graphmem.graph.dump import dump
from graphmem.named import entity_of, fact_of
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, ENCODER, START, batch_of, filled, turn
from graphmem.types import Link


def store_of(*batches: Batch) -> GraphStore:
    store = open_store("ram:")
    store.set_encoder(ENCODER)
    for batch in batches:
        store.write(batch)
    return store


def lines(store: GraphStore, kind: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, dump(store)) if line["kind"] == kind]


@pytest.fixture
def everything() -> GraphStore:
    return filled(open_store("ram:"))


def test_kinds_come_by_name_then_scopes_then_ids(everything: GraphStore) -> None:
    heads = [
        (line["kind"], line["scope"], line["id"]) for line in map(json.loads, dump(everything))
    ]
    assert heads == sorted(heads)
    assert {kind for kind, _, _ in heads} == {
        "change", "claim", "entity", "episode", "fact", "link", "mention", "note", "session",
        "token", "tombstone", "vector",
    }  # fmt: skip
    assert {scope for _, scope, _ in heads} == {ANA, BEN}


def test_a_line_has_every_key_once(everything: GraphStore) -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert max(Counter(key for key, _ in pairs).values(), default=1) == 1
        return dict(pairs)

    for line in dump(everything):
        json.loads(line, object_pairs_hook=once)


def test_runs_and_times_of_writing_are_left_out() -> None:
    one = turn(0)
    later = replace(one.note, run_id="another", written_at=START + timedelta(days=9))
    renewed = replace(batch_of(one), notes=(replace(one.record, note=later),))
    assert list(dump(store_of(renewed))) == list(dump(store_of(batch_of(one))))
    assert {"run_id", "written_at"}.isdisjoint(lines(store_of(batch_of(one)), "note")[0])


def test_an_episode_shows_its_place_in_the_session_whatever_gap_a_deletion_left() -> None:
    first, second = turn(2), turn(5)
    found = lines(store_of(batch_of(second, first)), "episode")
    assert {line["id"]: line["place"] for line in found} == {
        first.episode.id: 0,
        second.episode.id: 1,
    }
    assert all("position" not in line for line in found)


def test_the_first_place_of_each_session_is_0() -> None:
    store = store_of(batch_of(turn(0), turn(1, name="s2"), turn(3, name="s2")))
    assert sorted(line["place"] for line in lines(store, "episode")) == [0, 0, 1]


def test_mentions_and_claims_show_place_entity_and_fact() -> None:
    one = turn(2)
    store = store_of(batch_of(one))
    (claim,) = one.record.extraction.claims
    assert [(line["id"], line["fact"]) for line in lines(store, "claim")] == [
        (one.note.id, fact_of(ANA, claim))
    ]
    named = {m.name: place for place, m in enumerate(one.record.extraction.mentions)}
    assert {line["name"]: line["place"] for line in lines(store, "mention")} == named
    assert {line["entity"] for line in lines(store, "mention")} == {
        entity_of(ANA, name) for name in named
    }


def test_another_vector_makes_another_line_of_as_many_rows() -> None:
    one = turn(0)
    assert one.record.vectors is not None
    turned: NoteRecord = replace(one.record, vectors=-one.record.vectors)
    (line,) = lines(store_of(batch_of(one)), "vector")
    (other,) = lines(store_of(replace(batch_of(one), notes=(turned,))), "vector")
    assert line["rows"] == other["rows"] == 3
    assert line["hash"] != other["hash"]


def test_changes_show_their_place_and_the_note_what_they_made_of_it(
    everything: GraphStore,
) -> None:
    first = turn(0).note
    journal = everything.changes(ANA, first.id)
    shown = {line["id"]: line["place"] for line in lines(everything, "change")}
    assert [shown[change.id] for change in journal] == list(range(len(journal)))
    (note,) = (line for line in lines(everything, "note") if line["id"] == first.id)
    assert note["tags"] == ["new", "newer"]


def test_a_link_stands_under_its_source_and_a_tombstone_has_nothing_else() -> None:
    one, other = turn(0), turn(1)
    link = Link(source=other.note.id, target=one.note.id, kind="about", origin="user", weight=0.5)
    store = store_of(batch_of(one, other), Batch(scope=ANA, links=(link,)))
    (line,) = lines(store, "link")
    assert (line["id"], line["target"], line["weight"]) == (other.note.id, one.note.id, 0.5)
    store.delete([other.episode.id], Batch(scope=ANA))
    assert lines(store, "link") == []
    assert lines(store, "tombstone") == [
        {"kind": "tombstone", "scope": ANA, "id": other.episode.id}
    ]
