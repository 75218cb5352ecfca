"""What a snapshot that was made from an older one promises."""

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.batches import Batch, Extraction, Mention
from graphmem.contracts import GraphStore
from graphmem.registry import open_store
from graphmem.testing.records import (
    ANA,
    BEN,
    START,
    batch_of,
    differences,
    superseding,
    turn,
)
from graphmem.testing.store.base import StoreCase

TURNS = [turn(i, name=f"s{i % 3}") for i in range(14)]


class RefreshContract(StoreCase):
    """What a snapshot that was made from an older one promises."""

    def test_a_taken_back_end_shows_the_note_again_in_a_refreshed_snapshot(
        self, store: GraphStore
    ) -> None:
        old, new = turn(0), turn(1, name="s2")
        store.write(batch_of(old, new))
        first = store.snapshot((ANA,), None)
        store.apply(superseding(old.note, new.note.id, until=START))
        second = store.snapshot((ANA,), None, first)
        assert second.note_ids == (new.note.id,)
        store.delete([new.episode.id], Batch(scope=ANA))
        assert store.snapshot((ANA,), None, second).note_ids == (old.note.id,)

    def test_a_rewritten_note_is_read_again(self, store: GraphStore) -> None:
        store.write(batch_of(*TURNS))
        first = store.snapshot((ANA,), None)
        one = TURNS[4]
        rewritten = replace(
            one.record,
            note=replace(one.note, speaker="Zoe"),
            extraction=Extraction(),
            vectors=None,
            tokens=None,
        )
        store.write(Batch(scope=ANA, notes=(rewritten,)))
        second = store.snapshot((ANA,), None, first)
        row = second.note_ids.index(one.note.id)
        assert second.speakers[second.speaker[row]] == "Zoe"
        assert row not in second.graph.mention_note
        assert differences(second, store.snapshot((ANA,), None)) == []

    def test_a_note_that_takes_a_deleted_ones_place_is_not_taken_for_it(
        self, store: GraphStore
    ) -> None:
        """The last note and its last name go, others come, and a store may number them alike."""
        stays, goes = turn(1), turn(4, text="Atlantis is near Atlantis.")
        comes = turn(7, text="Utopia is near Utopia.")
        found = Extraction(mentions=(Mention(name="Atlantis", start=0, end=8, kind="name"),))
        store.write(batch_of(stays, replace(goes, record=replace(goes.record, extraction=found))))
        first = store.snapshot((ANA,), None)
        store.delete([goes.episode.id], Batch(scope=ANA))
        found = Extraction(mentions=(Mention(name="Utopia", start=0, end=6, kind="name"),))
        store.write(batch_of(replace(comes, record=replace(comes.record, extraction=found))))
        second = store.snapshot((ANA,), None, first)
        assert set(second.note_ids) == {stays.note.id, comes.note.id}
        assert differences(second, store.snapshot((ANA,), None)) == []

    def test_an_unchanged_store_gives_the_same_snapshot_object(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        snapshot = store.snapshot((ANA,), None)
        assert store.snapshot((ANA,), None, snapshot) is snapshot
        store.write(batch_of(turn(0, scope=BEN), scope=BEN))
        assert store.snapshot((ANA,), None, snapshot) is snapshot
        assert store.snapshot((ANA,), START, snapshot) is not snapshot

    def test_a_snapshot_that_gave_up_its_vectors_gets_them_back_or_leads_to_the_next(
        self,
        store: GraphStore,
    ) -> None:
        store.write(batch_of(*TURNS[:9]))
        first = store.snapshot((ANA,), None)
        light = first.without_vectors()
        assert (light.vectors.notes, light.vectors.tokens) == (None, None)
        assert differences(store.snapshot((ANA,), None, light), first) == []
        store.write(batch_of(*TURNS))
        whole = store.snapshot((ANA,), None)
        assert differences(store.snapshot((ANA,), None, light), whole) == []

    def test_an_older_snapshot_serves_twice_and_stays_as_it_was(self, store: GraphStore) -> None:
        store.write(batch_of(*TURNS[:9]))
        first, same = store.snapshot((ANA,), None), store.snapshot((ANA,), None)
        store.write(batch_of(*TURNS))
        whole = store.snapshot((ANA,), None)
        for _ in range(2):
            assert differences(store.snapshot((ANA,), None, first), whole) == []
            assert differences(first, same) == []

    def test_a_snapshot_of_another_time_changes_nothing_and_loses_nothing(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(*TURNS[:9]))
        store.apply(superseding(TURNS[2].note, TURNS[5].note.id, until=START + timedelta(days=1)))
        now, same = store.snapshot((ANA,), None), store.snapshot((ANA,), None)
        store.write(batch_of(*TURNS[4:]))
        store.delete([TURNS[1].episode.id], Batch(scope=ANA))
        for hours in (0, 2, 5, 90):
            then = START + timedelta(hours=hours)
            whole = store.snapshot((ANA,), then)
            assert differences(store.snapshot((ANA,), then, now), whole) == []
            assert (
                differences(store.snapshot((ANA,), None, whole), store.snapshot((ANA,), None)) == []
            )
        assert differences(now, same) == []
        assert differences(store.snapshot((ANA,), None, now), store.snapshot((ANA,), None)) == []

    def test_a_snapshot_of_another_store_is_not_taken_for_this_ones(
        self, store: GraphStore
    ) -> None:
        other = open_store("ram:")
        other.write(replace(batch_of(turn(1)), notes=()))
        store.write(batch_of(turn(0)))
        foreign = other.snapshot((ANA,), None)
        assert store.snapshot((ANA,), None, foreign).note_ids == (turn(0).note.id,)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        order=st.permutations(range(10)),
        cuts=st.sets(st.integers(1, 9), max_size=4),
        gone=st.sets(st.integers(0, 9), max_size=6),
    )
    def test_equal_records_give_equal_snapshots_whatever_their_order(
        self, order: list[int], cuts: set[int], gone: set[int]
    ) -> None:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            store, fresh = (stack.enter_context(closing(self.prepared(folder, i))) for i in (1, 2))
            snapshot = store.snapshot((ANA,), None)
            bounds = [0, *sorted(cuts), len(order)]
            for start, stop in pairwise(bounds):
                store.write(batch_of(*(TURNS[i] for i in order[start:stop])))
                snapshot = store.snapshot((ANA,), None, snapshot)
            for i in sorted(gone):
                store.delete([TURNS[i].episode.id], Batch(scope=ANA))
                snapshot = store.snapshot((ANA,), None, snapshot)
            fresh.write(batch_of(*(TURNS[i] for i in range(10) if i not in gone)))
            assert differences(snapshot, fresh.snapshot((ANA,), None)) == []
