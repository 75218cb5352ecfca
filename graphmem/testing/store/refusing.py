"""What every store refuses whole, leaving no trace."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.errors import EncoderMismatchError, MissingRecordError, ScopeError, StoreError
from graphmem.testing.records import (
    ANA,
    BEN,
    ENCODER,
    START,
    batch_of,
    content,
    turn,
)
from graphmem.testing.store.base import StoreCase
from graphmem.types import EncoderIdentity, EpisodeId, Link, NoteId


def refused(store: GraphStore, batch: Batch, error: type[Exception], message: str) -> None:
    """Check that writing the batch raises the error, and changes nothing."""
    before = content(store)
    with pytest.raises(error, match=message):
        store.write(batch)
    assert content(store) == before


class RefusingContract(StoreCase):
    """What every store refuses whole, leaving no trace."""

    def test_a_batch_that_fails_in_the_middle_leaves_no_trace(self, store: GraphStore) -> None:
        orphan = replace(turn(1).record, note=replace(turn(1).note, origins=(EpisodeId("gone"),)))
        refused(store, batch_of(turn(0), notes=(orphan,)), MissingRecordError, "gone")
        dangling = (Link(source=turn(0).note.id, target=NoteId("gone"), kind="x", origin="x"),)
        refused(store, batch_of(turn(0), links=dangling), MissingRecordError, "gone")
        one, two = turn(0), turn(1)
        store.write(batch_of(one, two))
        to_dropped = (Link(source=one.note.id, target=two.note.id, kind="x", origin="x"),)
        batch = Batch(scope=ANA, dropped=(two.note.id,), links=to_dropped)
        refused(store, batch, MissingRecordError, two.note.id)

    def test_an_episode_without_its_session_is_refused(self, store: GraphStore) -> None:
        homeless = replace(batch_of(turn(0)), sessions=())
        refused(store, homeless, MissingRecordError, "no session")

    def test_a_record_of_another_scope_is_refused(self, store: GraphStore) -> None:
        refused(store, replace(batch_of(turn(0)), scope=BEN), ScopeError, "ana")

    def test_a_time_without_a_zone_is_refused(self, store: GraphStore) -> None:
        naive = replace(turn(0).episode, said_at=START.replace(tzinfo=None))
        refused(store, replace(batch_of(turn(0)), episodes=(naive,)), StoreError, "aware UTC")

    def test_half_a_surrogate_pair_is_refused(self, store: GraphStore) -> None:
        refused(store, batch_of(turn(0, text="\ud800 there")), StoreError, "surrogate")

    def test_a_notes_text_and_origins_cannot_be_rewritten(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0), turn(1)))
        other = replace(turn(0).record, note=replace(turn(0).note, text="x" * 50))
        refused(store, Batch(scope=ANA, notes=(other,)), StoreError, "never change")

    def test_an_origin_outside_the_notes_session_is_refused(self, store: GraphStore) -> None:
        strange = replace(turn(0, name="s2").note, origins=(turn(1).episode.id,))
        batch = batch_of(
            turn(1), turn(2, name="s2"), notes=(replace(turn(0).record, note=strange),)
        )
        refused(store, batch, StoreError, "outside its session")

    def test_vectors_of_another_dimension_are_refused(self, store: GraphStore) -> None:
        wide = replace(turn(0).record, vectors=np.ones((1, 9), np.float32))
        refused(store, replace(batch_of(turn(0)), notes=(wide,)), StoreError, "float32")

    def test_tokens_that_belong_to_no_turn_with_vectors_are_refused(
        self, store: GraphStore
    ) -> None:
        signs, passage = turn(0).record.tokens, turn(6).record
        assert passage.note.kind == "passage"
        for record in (replace(passage, tokens=signs), replace(turn(0).record, vectors=None)):
            refused(
                store, Batch(scope=ANA, notes=(record,)), StoreError, "only a turn with vectors"
            )
        wide = replace(turn(0).record, tokens=np.zeros((3, 2), np.uint8))
        refused(store, Batch(scope=ANA, notes=(wide,)), StoreError, r"not uint8 \(tokens, 1\)")

    def test_the_encoder_is_recorded_once(self, store: GraphStore) -> None:
        store.set_encoder(ENCODER)
        assert store.encoder() == ENCODER
        with pytest.raises(EncoderMismatchError, match="other"):
            store.set_encoder(EncoderIdentity("other", ENCODER.dim))
        assert store.encoder() == ENCODER
