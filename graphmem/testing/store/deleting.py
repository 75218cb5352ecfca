"""Deleting leaves what would be there had it never been inserted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError, StoreError
from graphmem.testing.records import (
    ANA,
    BEN,
    START,
    batch_of,
    change,
    content,
    note_now,
    session,
    summary_of,
    superseding,
    turn,
)
from graphmem.testing.store.base import Opener, StoreCase
from graphmem.testing.store.refusing import refused
from graphmem.types import EpisodeId, Link


class DeletingContract(StoreCase):
    """Deleting leaves what would be there had it never been inserted."""

    def test_deleting_leaves_what_was_never_inserted_would(self, opener: Opener) -> None:
        turns = [turn(i, name=f"s{i % 2}") for i in range(8)]
        gone, kept = turns[::3], [one for i, one in enumerate(turns) if i % 3]
        store, fresh = opener(), opener()
        store.write(batch_of(*turns, notes=(summary_of(turns[::2]),)))
        counts = store.delete([one.episode.id for one in gone], Batch(scope=ANA))
        fresh.write(batch_of(*kept))
        assert content(store, without="tombstone") == content(fresh)
        assert (counts.episodes_deleted, counts.notes_deleted) == (3, 4)

    def test_an_unknown_id_stops_a_delete_before_anything_happens(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        before = content(store)
        with pytest.raises(MissingRecordError, match="gone"):
            store.delete([turn(0).episode.id, EpisodeId("gone")], Batch(scope=ANA))
        with pytest.raises(MissingRecordError):
            store.delete([turn(0).episode.id], Batch(scope=BEN))
        assert content(store) == before

    def test_a_delete_whose_rewrite_fails_leaves_no_trace(self, store: GraphStore) -> None:
        first, second = turn(0), turn(1)
        store.write(batch_of(first, second))
        before = content(store)
        with pytest.raises(MissingRecordError):
            store.delete([first.episode.id], Batch(scope=ANA, notes=(summary_of([first, second]),)))
        assert content(store) == before

    def test_a_deleted_episode_comes_back_only_when_it_is_asked_for(
        self, store: GraphStore
    ) -> None:
        one = turn(0)
        store.write(batch_of(one))
        before = content(store)
        store.delete([one.episode.id], Batch(scope=ANA))
        assert store.known(ANA, [one.episode.id, turn(1).episode.id]) == {
            one.episode.id: "tombstone"
        }
        refused(store, batch_of(one), StoreError, "deleted before")
        store.write(batch_of(one, restored=(one.episode.id,)))
        assert store.known(ANA, [one.episode.id]) == {one.episode.id: "live"}
        assert content(store) == before

    def test_a_session_left_empty_goes(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0), turn(1, name="s2")))
        store.delete([turn(0).episode.id], Batch(scope=ANA))
        assert list(store.scan("session", ANA)) == [session("s2")]

    def test_what_a_deleted_note_had_superseded_is_open_again(self, opener: Opener) -> None:
        old, new, newest = turn(0), turn(1), turn(3)
        until = START + timedelta(days=3)
        store, fresh = opener(), opener()
        store.write(batch_of(old, new, newest))
        store.apply(superseding(old.note, new.note.id, until=until))
        now = note_now(store, old.note)
        store.apply(superseding(now, newest.note.id, until=until + timedelta(days=1), n=1))
        store.apply([change(old.note, "context", "kept")])
        store.delete([new.episode.id], Batch(scope=ANA))
        fresh.write(batch_of(old, newest))
        fresh.apply([change(old.note, "context", "kept")])
        later = note_now(store, old.note)
        assert (later.superseded_by, later.context) == (newest.note.id, "kept")
        assert [c.before for c in store.changes(ANA, old.note.id)] == [None, None, old.note.context]
        store.delete([newest.episode.id], Batch(scope=ANA))
        fresh.delete([newest.episode.id], Batch(scope=ANA))
        assert content(store, without="tombstone") == content(fresh, without="tombstone")

    def test_links_go_with_their_ends_and_with_their_origin(self, store: GraphStore) -> None:
        one, two, three, four = (turn(i) for i in (0, 1, 3, 4))
        there = Link(source=one.note.id, target=two.note.id, kind="like", origin=three.episode.id)
        links = (
            there,
            replace(there, origin=one.episode.id, weight=0.5),
            Link(source=two.note.id, target=four.note.id, kind="like", origin="elsewhere"),
        )
        counts = store.write(batch_of(one, two, three, four, links=links))
        assert counts.links_added == 3
        assert set(store.read("link", ANA, [two.note.id])[0]) == set(links)
        store.delete([three.episode.id, four.episode.id], Batch(scope=ANA))
        assert list(store.scan("link", ANA)) == [links[1]]
        assert store.stats(ANA)["link"] == 1
