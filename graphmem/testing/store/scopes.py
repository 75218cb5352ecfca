"""Scopes, neighbours, counts, tokens of versions and dumps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graphmem.batches import Batch, Tombstone
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph import dump
from graphmem.testing.records import (
    ANA,
    BEN,
    START,
    SampleTurn,
    batch_of,
    content,
    record_of,
    session,
    summary_of,
    turn,
)
from graphmem.testing.store.base import Opener, StoreCase


class ScopesContract(StoreCase):
    """Scopes, neighbours, counts, tokens of versions and dumps."""

    def test_scopes_never_mix(self, opener: Opener) -> None:
        both, alone = opener(), opener()
        ana, ben = [turn(i) for i in range(5)], [turn(i, scope=BEN) for i in range(3)]
        both.write(batch_of(*ben, scope=BEN))
        both.write(batch_of(*ana))
        alone.write(batch_of(*ana))
        assert both.scopes() == [ANA, BEN]
        mine = [line for line in dump(both) if f'"scope":"{ANA}"' in line]
        assert mine == content(alone)
        with pytest.raises(MissingRecordError):
            both.read("note", BEN, [ana[0].note.id])
        both.delete([one.episode.id for one in ben], Batch(scope=BEN))
        assert content(both, without="tombstone") == content(alone)

    def test_around_gives_the_neighbours_in_their_order(self, store: GraphStore) -> None:
        turns = [turn(i) for i in range(12)]
        store.write(batch_of(*turns, turn(3, name="s2")))
        ordered = sorted((one.episode for one in turns), key=lambda episode: episode.order)
        home = session().id
        for place, episode in enumerate(ordered):
            near = store.neighbours(ANA, home, episode.order, before=2, after=3)
            assert near == ordered[max(0, place - 2) : place + 3]
        assert store.neighbours(ANA, home, ("", -1, ""), before=5, after=100) == ordered
        assert store.neighbours(BEN, home, ("", -1, ""), before=5, after=100) == []

    def test_notes_are_found_by_any_of_their_origins(self, store: GraphStore) -> None:
        first, second = turn(0), turn(1)
        segment = summary_of([first, second])
        store.write(batch_of(first, second, notes=(segment,)))
        assert store.notes_of(ANA, [second.episode.id]) == sorted((second.note.id, segment.note.id))

    def test_stats_count_every_kind(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0), turn(1)))
        counts = store.stats(ANA)
        kinds = ("session", "episode", "note", "mention", "claim", "vector", "token")
        assert {kind: counts[kind] for kind in kinds} == {
            "session": 1, "episode": 2, "note": 2, "mention": 3, "claim": 2, "vector": 2,
            "token": 2,
        }  # fmt: skip
        assert counts["entity"] == len(list(store.scan("entity", ANA)))
        assert store.stats(BEN)["note"] == 0

    def test_a_tombstone_that_arrives_keeps_its_episode_out(self, store: GraphStore) -> None:
        stone = Tombstone(episode=turn(0).episode.id, scope=ANA, deleted_at=START)
        store.write(Batch(scope=ANA, buried=(stone,)))
        store.write(
            Batch(scope=ANA, buried=(replace(stone, deleted_at=START + timedelta(days=1)),))
        )
        assert list(store.scan("tombstone", ANA)) == [stone]
        with pytest.raises(StoreError, match="deleted before"):
            store.write(batch_of(turn(0)))
        store.write(batch_of(turn(0), restored=(turn(0).episode.id,)))
        with pytest.raises(StoreError, match="is live here"):
            store.write(Batch(scope=ANA, buried=(stone,)))

    def test_each_write_changes_the_stamp_of_its_scope_alone(self, opener: Opener) -> None:
        store, other = opener(), opener()
        stamps = [store.version_token(ANA), store.version_token(BEN)]
        store.write(batch_of(turn(0)))
        assert store.version_token(ANA) != stamps[0]
        assert store.version_token(BEN) == stamps[1]
        assert store.version_token(BEN) != other.version_token(BEN)

    def test_a_dump_is_sorted_and_the_same_whatever_the_run(self, opener: Opener) -> None:
        two, one = opener(), opener()
        one.write(batch_of(*(turn(i, name=f"s{i % 3}") for i in range(12))))
        for i in range(12):
            made: SampleTurn = turn(i, name=f"s{i % 3}")
            record = replace(made.record, note=replace(made.note, run_id="x", written_at=None))
            two.write(replace(batch_of(made), notes=(record,)))
        lines = content(one)
        assert lines == sorted(lines) == content(two)
        assert len(set(lines)) == len(lines)

    def test_hostile_strings_are_stored_as_data(self, store: GraphStore) -> None:
        texts = ["'; DROP TABLE note; --", "a\0b", "}) DETACH DELETE n //", "\u202eright", "👩‍👩‍👧"]
        for i, text in enumerate(texts):
            store.write(batch_of(turn(i, text=text, name=text)))
        found = store.read(
            "note", ANA, [turn(i, text=t, name=t).note.id for i, t in enumerate(texts)]
        )
        assert [note.text for note in found] == texts
        assert record_of(turn(1, text=texts[1]).episode).note.text == texts[1]
