"""What every store's snapshot promises, whatever the order of arrival."""

from dataclasses import replace
from datetime import timedelta, timezone

import numpy as np

from graphmem.arrays import MENTION_KINDS
from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.ids import ONE_BY_ONE, entity_id
from graphmem.testing.clock import standing_clock
from graphmem.testing.records import (
    ANA,
    BEN,
    ENCODER,
    START,
    batch_of,
    change,
    differences,
    note_now,
    summary_of,
    turn,
)
from graphmem.testing.store.base import StoreCase
from graphmem.text import normalise
from graphmem.types import NoteId

TURNS = [turn(i, name=f"s{i % 3}") for i in range(14)]


def true_at(store: GraphStore, days: float | None) -> set[NoteId]:
    moment = None if days is None else START + timedelta(days=days)
    return set(store.snapshot((ANA,), moment).note_ids)


class SnapshotContract(StoreCase):
    """What every store's snapshot promises, whatever the order of arrival."""

    def test_notes_stand_by_session_then_order_and_segments_are_left_out(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(*TURNS, notes=(summary_of(TURNS[::3]),)))
        snapshot = store.snapshot((ANA,), None)
        expected = sorted(TURNS, key=lambda one: (one.session.id, one.episode.order))
        assert snapshot.note_ids == tuple(one.note.id for one in expected)
        assert snapshot.episode_ids == tuple(one.episode.id for one in expected)
        assert snapshot.texts == tuple(one.note.text for one in expected)
        sessions = sorted({one.session.id for one in TURNS})
        assert [sessions[i] for i in snapshot.session.tolist()] == [e.session.id for e in expected]
        assert [snapshot.speakers[i] if i >= 0 else None for i in snapshot.speaker.tolist()] == [
            one.note.speaker for one in expected
        ]
        assert snapshot.is_turn.tolist() == [one.note.kind == "turn" for one in expected]
        for row, one in enumerate(expected):
            a, b = snapshot.sentence_indptr[row : row + 2]
            assert [tuple(s) for s in snapshot.sentence_spans[a:b].tolist()] == list(
                one.note.sentences
            )
            seconds = one.note.said_at.timestamp() if one.note.said_at else np.nan
            assert np.array_equal(snapshot.said_at[row], seconds, equal_nan=True)

    def test_what_was_added_without_a_session_is_marked_and_nothing_else(
        self, store: GraphStore
    ) -> None:
        memos = [turn(i, name=ONE_BY_ONE, collection="") for i in range(4)]
        named_alike = [turn(i, name=ONE_BY_ONE) for i in range(2)]
        store.write(batch_of(*named_alike, turn(0)))
        none = store.snapshot((ANA,), None)
        assert none.is_memo is not None
        assert not none.is_memo.any()
        store.write(batch_of(*memos))
        for previous in (none, None):
            snapshot = store.snapshot((ANA,), None, previous=previous)
            assert snapshot.is_memo is not None
            marked = {snapshot.note_ids[row] for row in np.flatnonzero(snapshot.is_memo).tolist()}
            assert marked == {one.note.id for one in memos}

    def test_mentions_and_claims_point_at_entities_by_their_commonest_surface(
        self,
        store: GraphStore,
    ) -> None:
        store.write(batch_of(*TURNS))
        snapshot = store.snapshot((ANA,), None)
        by_id = {one.note.id: one.record for one in TURNS}
        named = {entity.id: entity.name for entity in store.scan("entity", ANA)}
        assert (
            dict(zip(snapshot.graph.entity_ids, snapshot.graph.entity_names, strict=True)) == named
        )
        for row, id_ in enumerate(snapshot.note_ids):
            mine = np.flatnonzero(snapshot.graph.mention_note == row)
            found = by_id[id_].extraction.mentions
            assert [snapshot.graph.entity_ids[e] for e in snapshot.graph.mention_entity[mine]] == [
                entity_id(ANA, normalise(m.name)) for m in found
            ]
            assert [MENTION_KINDS[k] for k in snapshot.graph.mention_kind[mine]] == [
                m.kind for m in found
            ]
            assert snapshot.graph.mention_initial[mine].tolist() == [m.initial for m in found]
            assert snapshot.graph.mention_span[mine].tolist() == [[m.start, m.end] for m in found]
            (claim,) = np.flatnonzero(snapshot.graph.claim_note == row)
            (made,) = by_id[id_].extraction.claims
            assert snapshot.graph.entity_names[snapshot.graph.claim_subject[claim]].casefold() == (
                made.subject.casefold()
            )
            assert snapshot.graph.claim_relation[int(claim)] == made.relation

    def test_vectors_stand_beside_their_notes_and_sentences(self, store: GraphStore) -> None:
        store.write(batch_of(*TURNS))
        snapshot = store.snapshot((ANA,), None)
        rows, sentences = snapshot.vectors.notes, snapshot.vectors.sentences
        assert rows is not None
        assert sentences is not None
        by_id = {one.note.id: one.record.vectors for one in TURNS}
        for row, id_ in enumerate(snapshot.note_ids):
            whole = by_id[id_]
            assert whole is not None
            assert np.array_equal(rows[row], whole[0])
            a, b = snapshot.sentence_indptr[row : row + 2]
            own = whole[1:] if len(whole) > 1 else whole[:1]
            assert np.array_equal(sentences[a:b], own.astype(np.float16))

    def test_tokens_stand_beside_their_turns_and_passages_have_none(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(*TURNS))
        snapshot = store.snapshot((ANA,), None)
        signs, indptr = snapshot.vectors.tokens, snapshot.vectors.token_indptr
        assert signs is not None
        assert indptr is not None
        by_id = {one.note.id: one.record.tokens for one in TURNS}
        assert {kept is None for kept in by_id.values()} == {True, False}
        for row, id_ in enumerate(snapshot.note_ids):
            own, kept = signs[indptr[row] : indptr[row + 1]], by_id[id_]
            assert len(own) == 0 if kept is None else np.array_equal(own, kept)

    def test_tokens_are_there_when_every_turn_has_them_and_only_then(
        self, store: GraphStore
    ) -> None:
        """A store written before tokens were kept has none of them, until its last turn has."""
        old = replace(TURNS[0], record=replace(TURNS[0].record, tokens=None))
        store.write(batch_of(old, *TURNS[1:]))
        partly = store.snapshot((ANA,), None)
        assert (partly.vectors.tokens, partly.vectors.token_indptr) == (None, None)
        store.write(batch_of(TURNS[0]))
        whole = store.snapshot((ANA,), None, partly)
        assert whole.vectors.tokens is not None
        assert differences(whole, store.snapshot((ANA,), None)) == []
        store.write(batch_of(old))
        store.delete([old.episode.id], Batch(scope=ANA))
        assert store.snapshot((ANA,), None, whole).vectors.tokens is not None

    def test_without_vectors_there_are_none(self, store: GraphStore) -> None:
        bare = [
            replace(one, record=replace(one.record, vectors=None, tokens=None)) for one in TURNS
        ]
        store.write(batch_of(*bare))
        vectors = store.snapshot((ANA,), None).vectors
        assert (vectors.encoder, vectors.notes, vectors.sentences) == (ENCODER.name, None, None)

    def test_nothing_makes_an_empty_snapshot(self, store: GraphStore) -> None:
        empty = store.snapshot((ANA,), None)
        assert (empty.note_ids, empty.graph.entity_ids, empty.speakers) == ((), (), ())
        store.write(batch_of(turn(0)))
        store.delete([turn(0).episode.id], Batch(scope=ANA))
        assert differences(store.snapshot((ANA,), None, empty), empty) == []

    def test_only_what_is_true_at_the_time_is_there(self, store: GraphStore) -> None:
        timed, untimed = turn(0), turn(2)
        store.write(batch_of(timed, untimed))
        both = {timed.note.id, untimed.note.id}
        store.apply([change(timed.note, "valid_until", START + timedelta(days=5))])
        assert true_at(store, -1) == {untimed.note.id}
        assert true_at(store, 0) == both
        assert true_at(store, 4.9) == both
        assert true_at(store, 5) == {untimed.note.id}
        assert true_at(store, None) == {untimed.note.id}

    def test_what_ends_later_is_true_until_then(self, store: GraphStore) -> None:
        """The stores of these tests have a clock that stands on the first of January 2025."""
        lasting, ending = turn(0), turn(3)
        store.write(batch_of(lasting, ending))
        whole = store.snapshot((ANA,), None)
        end = standing_clock() + timedelta(days=9)
        store.apply([change(ending.note, "valid_until", end)])
        later = store.snapshot((ANA,), None, whole)
        assert (later.note_ids, later.until) == (whole.note_ids, end)
        assert whole.until is None
        assert store.snapshot((ANA,), end).note_ids == (lasting.note.id,)
        store.apply([change(note_now(store, ending.note), "valid_until", standing_clock())])
        now = store.snapshot((ANA,), None, later)
        assert (now.note_ids, now.until) == ((lasting.note.id,), None)

    def test_the_time_asked_about_may_be_given_in_any_zone(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        tokyo = timezone(timedelta(hours=9))
        assert store.snapshot((ANA,), START.astimezone(tokyo)).note_ids == (turn(0).note.id,)
        earlier = (START - timedelta(hours=1)).astimezone(tokyo)
        assert store.snapshot((ANA,), earlier).note_ids == ()

    def test_other_scopes_change_nothing(self, store: GraphStore) -> None:
        store.write(batch_of(*TURNS))
        alone = store.snapshot((ANA,), None)
        store.write(batch_of(*(turn(i, scope=BEN) for i in range(9)), scope=BEN))
        assert differences(store.snapshot((ANA,), None), alone) == []
        both = store.snapshot((ANA, BEN), None)
        assert len(both.note_ids) == len(alone.note_ids) + 9
        assert set(alone.note_ids) < set(both.note_ids)
