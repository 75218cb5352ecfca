"""What a store promises that knows what was written when: all of it, and nothing missed.

Others may leave it out: an evolution then reads all that there is.
"""

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.named import entity_of
from graphmem.reading import WatchedStore, WatchedView, Written
from graphmem.testing.records import ANA, BEN, batch_of, change, naming, turn
from graphmem.testing.store.base import StoreCase


def _since(store: GraphStore, before: Written | None = None) -> Written:
    known = before.sessions if before else frozenset()
    with store.one_state([ANA]) as view:
        assert isinstance(view, WatchedView)
        return view.written(ANA, before.token if before else "", known)


class WatchedContract(StoreCase):
    """What a store promises that knows what was written when; it says `new_store` too."""

    changes_stand_in_the_row = False
    """Whether applying a change writes the note's own row."""

    def test_all_is_new_to_one_who_knows_nothing(self, store: GraphStore) -> None:
        one, two = turn(0), turn(1, name="s2")
        store.write(batch_of(one, two))
        found = _since(store)
        assert found.token == store.version_token(ANA)
        assert found.sessions == {one.session.id, two.session.id}
        assert {(row.note, row.session) for row in found.notes} == {
            (said.note.id, said.session.id) for said in (one, two)
        }
        assert all(row.is_derived and row.evolved_by == "" for row in found.notes)

    def test_only_what_was_written_since_is_told(self, store: GraphStore) -> None:
        one, two = turn(0), turn(1, name="s2")
        store.write(batch_of(one, two))
        before = _since(store)
        nothing = _since(store, before)
        assert (nothing.sessions, nothing.gone, nothing.notes) == (frozenset(), frozenset(), ())
        store.apply([change(one.note, "evolved_by", "rule:x@1")])
        (row,) = _since(store, before).notes
        assert (row.note, row.evolved_by) == (one.note.id, "rule:x@1")
        assert row.is_derived is self.changes_stand_in_the_row
        store.take_back(ANA, [made.id for made in store.changes(ANA, one.note.id)])
        (row,) = _since(store, before).notes
        assert row.evolved_by == ""

    def test_a_session_that_went_is_told_and_so_is_one_that_lost_a_turn(
        self, store: GraphStore
    ) -> None:
        one, two, three = turn(0), turn(1, name="s2"), turn(2, name="s2")
        store.write(batch_of(one, two, three))
        before = _since(store)
        store.delete([one.episode.id, two.episode.id], Batch(scope=ANA))
        after = _since(store, before)
        assert after.gone == {one.session.id}
        assert after.sessions == {two.session.id}
        assert [row.note for row in after.notes] == [three.note.id]

    def test_what_is_one_thing_is_told_and_other_scopes_are_not(self, store: GraphStore) -> None:
        lisbon, porto = entity_of(ANA, "Lisbon"), entity_of(ANA, "Porto")
        store.write(batch_of(turn(0), turn(1), turn(2)))
        before = _since(store)
        store.write(batch_of(turn(0, scope=BEN), scope=BEN))
        assert _since(store, before).token == before.token
        store.apply([naming("Lisbon", "Porto")])
        assert _since(store, before).same == {lisbon: porto}

    def test_a_state_that_it_never_was_in_is_no_state(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        now = _since(store)
        other = Written("other-0", now.sessions, now.gone, now.notes, now.same)
        assert _since(store, other).notes == now.notes

    def test_it_tells_whether_what_is_done_may_be_taken_back(self, store: GraphStore) -> None:
        assert isinstance(store, WatchedStore)
        assert not store.is_in_transaction
        assert store.atomically(lambda: store.is_in_transaction)
        assert not store.is_in_transaction
