"""What every store's snapshot promises: the true notes as arrays, whatever the order of arrival."""

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.arrays import MENTION_KINDS
from graphmem.batches import Batch, Extraction, Mention
from graphmem.contracts import GraphStore
from graphmem.ids import entity_id
from graphmem.registry import open_store
from graphmem.text import normalise
from graphmem.types import NoteId
from tests.contract.conftest import STORES, opened
from tests.contract.store_data import (
    ANA,
    BEN,
    ENCODER,
    START,
    batch_of,
    change,
    differences,
    summary_of,
    superseding,
    turn,
)

TURNS = [turn(i, name=f"s{i % 3}") for i in range(14)]


def test_notes_stand_by_session_then_order_and_segments_are_left_out(store: GraphStore) -> None:
    store.write(batch_of(*TURNS, notes=(summary_of(TURNS[::3]),)))
    snapshot = store.snapshot((ANA,), None)
    expected = sorted(TURNS, key=lambda one: (one.session.id, one.episode.order))
    assert snapshot.note_ids == tuple(one.note.id for one in expected)
    assert snapshot.texts == tuple(one.note.text for one in expected)
    sessions = sorted({one.session.id for one in TURNS})
    assert [sessions[i] for i in snapshot.session.tolist()] == [e.session.id for e in expected]
    assert [snapshot.speakers[i] if i >= 0 else None for i in snapshot.speaker.tolist()] == [
        one.note.speaker for one in expected
    ]
    assert snapshot.is_turn.tolist() == [one.note.kind == "turn" for one in expected]
    for row, one in enumerate(expected):
        a, b = snapshot.sentence_indptr[row : row + 2]
        assert [tuple(s) for s in snapshot.sentence_spans[a:b].tolist()] == list(one.note.sentences)
        seconds = one.note.said_at.timestamp() if one.note.said_at else np.nan
        assert np.array_equal(snapshot.said_at[row], seconds, equal_nan=True)


def test_mentions_and_claims_point_at_entities_by_their_commonest_surface(
    store: GraphStore,
) -> None:
    store.write(batch_of(*TURNS))
    snapshot = store.snapshot((ANA,), None)
    by_id = {one.note.id: one.record for one in TURNS}
    named = {entity.id: entity.name for entity in store.scan("entity", ANA)}
    assert dict(zip(snapshot.entity_ids, snapshot.entity_names, strict=True)) == named
    for row, id_ in enumerate(snapshot.note_ids):
        mine = np.flatnonzero(snapshot.mention_note == row)
        found = by_id[id_].extraction.mentions
        assert [snapshot.entity_ids[e] for e in snapshot.mention_entity[mine]] == [
            entity_id(ANA, normalise(m.name)) for m in found
        ]
        assert [MENTION_KINDS[k] for k in snapshot.mention_kind[mine]] == [m.kind for m in found]
        assert snapshot.mention_initial[mine].tolist() == [m.initial for m in found]
        assert snapshot.mention_span[mine].tolist() == [[m.start, m.end] for m in found]
        (claim,) = np.flatnonzero(snapshot.claim_note == row)
        (made,) = by_id[id_].extraction.claims
        assert snapshot.entity_names[snapshot.claim_subject[claim]].casefold() == (
            made.subject.casefold()
        )
        assert snapshot.claim_relation[claim] == made.relation


def test_vectors_stand_beside_their_notes_and_sentences(store: GraphStore) -> None:
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


def test_tokens_stand_beside_their_turns_and_passages_have_none(store: GraphStore) -> None:
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


def test_tokens_are_there_when_every_turn_has_them_and_only_then(store: GraphStore) -> None:
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


def test_without_vectors_there_are_none(store: GraphStore) -> None:
    bare = [replace(one, record=replace(one.record, vectors=None, tokens=None)) for one in TURNS]
    store.write(batch_of(*bare))
    vectors = store.snapshot((ANA,), None).vectors
    assert (vectors.encoder, vectors.notes, vectors.sentences) == (ENCODER.name, None, None)


def test_nothing_makes_an_empty_snapshot(store: GraphStore) -> None:
    empty = store.snapshot((ANA,), None)
    assert (empty.note_ids, empty.entity_ids, empty.speakers) == ((), (), ())
    store.write(batch_of(turn(0)))
    store.delete([turn(0).episode.id], Batch(scope=ANA))
    assert differences(store.snapshot((ANA,), None, empty), empty) == []


def true_at(store: GraphStore, days: float | None) -> set[NoteId]:
    moment = None if days is None else START + timedelta(days=days)
    return set(store.snapshot((ANA,), moment).note_ids)


def test_only_what_is_true_at_the_time_is_there(store: GraphStore) -> None:
    timed, untimed = turn(0), turn(2)
    store.write(batch_of(timed, untimed))
    both = {timed.note.id, untimed.note.id}
    store.apply([change(timed.note, "valid_until", START + timedelta(days=5))])
    assert true_at(store, -1) == {untimed.note.id}
    assert true_at(store, 0) == both
    assert true_at(store, 4.9) == both
    assert true_at(store, 5) == {untimed.note.id}
    assert true_at(store, None) == {untimed.note.id}


def test_the_time_asked_about_may_be_given_in_any_zone(store: GraphStore) -> None:
    store.write(batch_of(turn(0)))
    tokyo = timezone(timedelta(hours=9))
    assert store.snapshot((ANA,), START.astimezone(tokyo)).note_ids == (turn(0).note.id,)
    earlier = (START - timedelta(hours=1)).astimezone(tokyo)
    assert store.snapshot((ANA,), earlier).note_ids == ()


def test_a_taken_back_end_shows_the_note_again_in_a_refreshed_snapshot(store: GraphStore) -> None:
    old, new = turn(0), turn(1, name="s2")
    store.write(batch_of(old, new))
    first = store.snapshot((ANA,), None)
    store.apply(superseding(old.note, new.note.id, until=START))
    second = store.snapshot((ANA,), None, first)
    assert second.note_ids == (new.note.id,)
    store.delete([new.episode.id], Batch(scope=ANA))
    assert store.snapshot((ANA,), None, second).note_ids == (old.note.id,)


def test_a_rewritten_note_is_read_anew(store: GraphStore) -> None:
    store.write(batch_of(*TURNS))
    first = store.snapshot((ANA,), None)
    one = TURNS[4]
    anew = replace(
        one.record,
        note=replace(one.note, speaker="Zoe"),
        extraction=Extraction(),
        vectors=None,
        tokens=None,
    )
    store.write(Batch(scope=ANA, notes=(anew,)))
    second = store.snapshot((ANA,), None, first)
    row = second.note_ids.index(one.note.id)
    assert second.speakers[second.speaker[row]] == "Zoe"
    assert row not in second.mention_note
    assert differences(second, store.snapshot((ANA,), None)) == []


def test_a_note_that_takes_a_deleted_ones_place_is_not_taken_for_it(store: GraphStore) -> None:
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


def test_an_unchanged_store_gives_the_same_snapshot_object(store: GraphStore) -> None:
    store.write(batch_of(turn(0)))
    snapshot = store.snapshot((ANA,), None)
    assert store.snapshot((ANA,), None, snapshot) is snapshot
    store.write(batch_of(turn(0, scope=BEN), scope=BEN))
    assert store.snapshot((ANA,), None, snapshot) is snapshot
    assert store.snapshot((ANA,), START, snapshot) is not snapshot


def test_a_snapshot_that_gave_up_its_vectors_gets_them_back_or_leads_to_the_next(
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


def test_an_older_snapshot_serves_twice_and_stays_as_it_was(store: GraphStore) -> None:
    store.write(batch_of(*TURNS[:9]))
    first, same = store.snapshot((ANA,), None), store.snapshot((ANA,), None)
    store.write(batch_of(*TURNS))
    whole = store.snapshot((ANA,), None)
    for _ in range(2):
        assert differences(store.snapshot((ANA,), None, first), whole) == []
        assert differences(first, same) == []


def test_a_snapshot_of_another_store_is_not_taken_for_this_ones(store: GraphStore) -> None:
    other = open_store("ram:")
    other.write(replace(batch_of(turn(1)), notes=()))
    store.write(batch_of(turn(0)))
    foreign = other.snapshot((ANA,), None)
    assert store.snapshot((ANA,), None, foreign).note_ids == (turn(0).note.id,)


def test_other_scopes_change_nothing(store: GraphStore) -> None:
    store.write(batch_of(*TURNS))
    alone = store.snapshot((ANA,), None)
    store.write(batch_of(*(turn(i, scope=BEN) for i in range(9)), scope=BEN))
    assert differences(store.snapshot((ANA,), None), alone) == []
    both = store.snapshot((ANA, BEN), None)
    assert len(both.note_ids) == len(alone.note_ids) + 9
    assert set(alone.note_ids) < set(both.note_ids)


@pytest.mark.parametrize("kind", STORES)
@settings(max_examples=25)
@given(
    order=st.permutations(range(10)),
    cuts=st.sets(st.integers(1, 9), max_size=4),
    gone=st.sets(st.integers(0, 9), max_size=6),
)
def test_equal_records_give_equal_snapshots_whatever_their_order(
    kind: str, order: list[int], cuts: set[int], gone: set[int]
) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        store, fresh = (stack.enter_context(closing(opened(kind, folder, i))) for i in (1, 2))
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


def test_every_store_gives_the_same_snapshot(tmp_path: Path) -> None:
    made = []
    for kind in STORES:
        with closing(opened(kind, tmp_path, 0)) as store:
            store.write(batch_of(*TURNS))
            made.append(store.snapshot((ANA,), None))
    assert [differences(made[0], other) for other in made] == [[]] * len(made)
