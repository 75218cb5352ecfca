"""What every graph store promises. An implementation that fails one of these is not a store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from graphmem.batches import Batch, Extraction, Tombstone, WriteCounts
from graphmem.contracts import GraphStore
from graphmem.errors import EncoderMismatchError, MissingRecordError, ScopeError, StoreError
from graphmem.graph import dump
from graphmem.ids import entity_id, fact_id
from graphmem.text import normalise
from graphmem.types import EncoderIdentity, EpisodeId, Link, Note, NoteId
from tests.contract.store_data import (
    ANA,
    BEN,
    ENCODER,
    START,
    Turn,
    batch_of,
    change,
    record_of,
    session,
    summary_of,
    superseding,
    turn,
)

Opener = Callable[[], GraphStore]


def content(store: GraphStore, *, without: str = "") -> list[str]:
    return [line for line in dump(store) if not without or f'"kind":"{without}"' not in line]


def note_now(store: GraphStore, note: Note) -> Note:
    (found,) = store.read("note", note.scope, [note.id])
    assert isinstance(found, Note)
    return found


# Writing and reading


def test_what_was_written_is_read_back_equal(store: GraphStore) -> None:
    turns = [turn(i) for i in range(8)]
    store.write(batch_of(*turns))
    assert store.read("session", ANA, [session().id]) == [session()]
    assert store.read("episode", ANA, [t.episode.id for t in turns]) == [t.episode for t in turns]
    assert store.read("note", ANA, [t.note.id for t in turns]) == [t.note for t in turns]
    for kind in ("mention", "claim"):
        parts = [getattr(t.record.extraction, f"{kind}s") for t in turns]
        assert store.read(kind, ANA, [t.note.id for t in turns]) == parts
    for one, rows in zip(turns, store.read("vector", ANA, [t.note.id for t in turns]), strict=True):
        assert one.record.vectors is not None
        assert np.array_equal(rows[0], one.record.vectors[0])
        assert np.allclose(rows, one.record.vectors, atol=1e-3)
    spoken = [one for one in turns if one.note.kind == "turn"]
    assert any(len(one.record.tokens) == 0 for one in spoken if one.record.tokens is not None)
    read = store.read("token", ANA, [one.note.id for one in spoken])
    for one, signs in zip(spoken, read, strict=True):
        assert np.array_equal(signs, one.record.tokens)
    assert [id_ for id_, _ in store.scan("token", ANA)] == sorted(one.note.id for one in spoken)


def test_the_order_of_ids_and_repeated_ids_are_kept(store: GraphStore) -> None:
    first, second = turn(0), turn(1)
    store.write(batch_of(first, second))
    wanted = [second.note.id, first.note.id, second.note.id]
    assert [note.id for note in store.read("note", ANA, wanted)] == wanted


@pytest.mark.parametrize(
    "kind",
    ["session", "episode", "note", "entity", "fact", "mention", "claim", "link", "vector",
     "token", "change", "tombstone"],
)  # fmt: skip
def test_an_id_that_names_nothing_is_an_error_that_names_it(store: GraphStore, kind: str) -> None:
    store.write(batch_of(turn(0)))
    with pytest.raises(MissingRecordError, match="nothing-here"):
        store.read(kind, ANA, ["nothing-here"])  # type: ignore[arg-type]


def test_a_scan_yields_every_record_sorted_by_id(store: GraphStore) -> None:
    turns = [turn(i) for i in range(9)]
    store.write(batch_of(*turns))
    assert [note.id for note in store.scan("note", ANA)] == sorted(t.note.id for t in turns)
    assert [id_ for id_, _ in store.scan("mention", ANA)] == sorted(t.note.id for t in turns)
    assert list(store.scan("note", BEN)) == []


def test_writing_twice_is_writing_once(store: GraphStore) -> None:
    batch = batch_of(turn(0), turn(1), notes=(summary_of([turn(0), turn(1)]),))
    first = store.write(batch)
    once = content(store)
    second = store.write(batch)
    assert content(store) == once
    assert first == WriteCounts(
        sessions_added=1, episodes_added=2, notes_added=3, mentions_added=3, facts_added=2
    )
    assert second == WriteCounts(episodes_known=2, notes_rewritten=3)


def test_any_split_of_the_input_leaves_the_same_store(opener: Opener) -> None:
    turns = [turn(i, name=f"s{i % 2}") for i in range(10)]
    parts, whole = opener(), opener()
    whole.write(batch_of(*turns))
    for one in reversed(turns):
        parts.write(batch_of(one))
    assert content(parts) == content(whole)


def test_a_rewritten_note_has_the_new_derived_values_and_keeps_its_vectors_and_tokens(
    store: GraphStore,
) -> None:
    one = turn(0)
    store.write(batch_of(one))
    anew = replace(
        one.record,
        note=replace(one.note, context="anew", tags=("x",)),
        extraction=Extraction(),
        vectors=None,
        tokens=None,
    )
    store.write(Batch(scope=ANA, notes=(anew,)))
    assert note_now(store, one.note) == anew.note
    assert store.read("mention", ANA, [one.note.id]) == [()]
    assert list(store.scan("entity", ANA)) == []
    (rows,) = store.read("vector", ANA, [one.note.id])
    assert len(rows) == 3
    assert np.array_equal(store.read("token", ANA, [one.note.id])[0], one.record.tokens)


def test_vectors_written_anew_without_tokens_take_the_old_tokens_away(store: GraphStore) -> None:
    one, other = turn(0), turn(1)
    store.write(batch_of(one, other))
    store.write(batch_of(replace(one, record=replace(one.record, tokens=None))))
    assert [id_ for id_, _ in store.scan("token", ANA)] == [other.note.id]
    store.write(batch_of(one))
    assert np.array_equal(store.read("token", ANA, [one.note.id])[0], one.record.tokens)


def test_a_known_episode_gets_its_new_place_and_keeps_its_words(store: GraphStore) -> None:
    one = turn(2)
    store.write(batch_of(one))
    moved = replace(one.episode, position=40, source_id="D9:9", text="other words")
    store.write(Batch(scope=ANA, episodes=(moved,)))
    (found,) = store.read("episode", ANA, [one.episode.id])
    assert found == replace(one.episode, position=40, source_id="D9:9")


def test_dropped_notes_go_with_all_that_hung_on_them(store: GraphStore) -> None:
    first, second = turn(0), turn(1)
    segment = summary_of([first, second])
    store.write(batch_of(first, second))
    before = content(store)
    links = (Link(source=first.note.id, target=segment.note.id, kind="part", origin="x"),)
    store.write(Batch(scope=ANA, notes=(segment,), links=links))
    counts = store.write(Batch(scope=ANA, dropped=(segment.note.id, NoteId("never"))))
    assert counts.notes_deleted == 1
    assert content(store) == before


# What a store refuses, leaving no trace


def refused(store: GraphStore, batch: Batch, error: type[Exception], message: str) -> None:
    before = content(store)
    with pytest.raises(error, match=message):
        store.write(batch)
    assert content(store) == before


def test_a_batch_that_fails_in_the_middle_leaves_no_trace(store: GraphStore) -> None:
    orphan = replace(turn(1).record, note=replace(turn(1).note, origins=(EpisodeId("gone"),)))
    refused(store, batch_of(turn(0), notes=(orphan,)), MissingRecordError, "gone")
    dangling = (Link(source=turn(0).note.id, target=NoteId("gone"), kind="x", origin="x"),)
    refused(store, batch_of(turn(0), links=dangling), MissingRecordError, "gone")
    one, two = turn(0), turn(1)
    store.write(batch_of(one, two))
    to_dropped = (Link(source=one.note.id, target=two.note.id, kind="x", origin="x"),)
    batch = Batch(scope=ANA, dropped=(two.note.id,), links=to_dropped)
    refused(store, batch, MissingRecordError, two.note.id)


def test_an_episode_without_its_session_is_refused(store: GraphStore) -> None:
    homeless = replace(batch_of(turn(0)), sessions=())
    refused(store, homeless, MissingRecordError, "no session")


def test_a_record_of_another_scope_is_refused(store: GraphStore) -> None:
    refused(store, replace(batch_of(turn(0)), scope=BEN), ScopeError, "ana")


def test_a_time_without_a_zone_is_refused(store: GraphStore) -> None:
    naive = replace(turn(0).episode, said_at=START.replace(tzinfo=None))
    refused(store, replace(batch_of(turn(0)), episodes=(naive,)), StoreError, "aware UTC")


def test_half_a_surrogate_pair_is_refused(store: GraphStore) -> None:
    refused(store, batch_of(turn(0, text="\ud800 there")), StoreError, "surrogate")


def test_a_notes_text_and_origins_cannot_be_rewritten(store: GraphStore) -> None:
    store.write(batch_of(turn(0), turn(1)))
    other = replace(turn(0).record, note=replace(turn(0).note, text="x" * 50))
    refused(store, Batch(scope=ANA, notes=(other,)), StoreError, "never change")


def test_an_origin_outside_the_notes_session_is_refused(store: GraphStore) -> None:
    strange = replace(turn(0, name="s2").note, origins=(turn(1).episode.id,))
    batch = batch_of(turn(1), turn(2, name="s2"), notes=(replace(turn(0).record, note=strange),))
    refused(store, batch, StoreError, "outside its session")


def test_vectors_of_another_dimension_are_refused(store: GraphStore) -> None:
    wide = replace(turn(0).record, vectors=np.ones((1, 9), np.float32))
    refused(store, replace(batch_of(turn(0)), notes=(wide,)), StoreError, "float32")


def test_tokens_that_belong_to_no_turn_with_vectors_are_refused(store: GraphStore) -> None:
    signs, passage = turn(0).record.tokens, turn(6).record
    assert passage.note.kind == "passage"
    for record in (replace(passage, tokens=signs), replace(turn(0).record, vectors=None)):
        refused(store, Batch(scope=ANA, notes=(record,)), StoreError, "only a turn with vectors")
    wide = replace(turn(0).record, tokens=np.zeros((3, 2), np.uint8))
    refused(store, Batch(scope=ANA, notes=(wide,)), StoreError, r"not uint8 \(tokens, 1\)")


def test_the_encoder_is_recorded_once(store: GraphStore) -> None:
    store.set_encoder(ENCODER)
    assert store.encoder() == ENCODER
    with pytest.raises(EncoderMismatchError, match="other"):
        store.set_encoder(EncoderIdentity("other", ENCODER.dim))
    assert store.encoder() == ENCODER


# Entities and facts


def test_an_entity_is_what_its_mentions_make_it(store: GraphStore) -> None:
    store.write(batch_of(*(turn(i, text=text) for i, text in enumerate(LISBON))))
    (lisbon,) = store.read("entity", ANA, [entity_id(ANA, normalise("LISBON"))])
    assert (lisbon.name, lisbon.aliases, lisbon.kinds) == ("lisbon", ("Lisbon",), ("name",))
    assert lisbon.origins == tuple(
        sorted(turn(i, text=text).episode.id for i, text in enumerate(LISBON))
    )


LISBON = ("Lisbon is near Porto.", "lisbon again.", "Go to lisbon.")


def test_a_fact_ends_with_its_last_claim(store: GraphStore) -> None:
    first, second = turn(1, text="Porto is near Lisbon."), turn(2, text="Lisbon near Porto!")
    store.write(batch_of(first, second))
    id_ = fact_id(ANA, "lisbon", "near", "porto")
    (fact,) = store.read("fact", ANA, [id_])
    assert fact.notes == tuple(sorted((first.note.id, second.note.id)))
    assert fact.subject_id == entity_id(ANA, "lisbon")
    store.delete([first.episode.id], Batch(scope=ANA))
    assert store.read("fact", ANA, [id_])[0].origins == (second.episode.id,)
    store.delete([second.episode.id], Batch(scope=ANA))
    assert list(store.scan("fact", ANA)) == list(store.scan("entity", ANA)) == []


# Changes


def test_a_note_is_read_with_its_changes_applied(store: GraphStore) -> None:
    one = turn(0)
    store.write(batch_of(one))
    first = change(one.note, "tags", ("a", "b"))
    second = change(one.note, "tags", ("c",), before=("a", "b"))
    store.apply([first, second])
    store.apply([change(one.note, "half_life_days", 30.0)])
    assert note_now(store, one.note) == replace(one.note, tags=("c",), half_life_days=30.0)
    assert store.changes(ANA, one.note.id)[:2] == [first, second]
    assert store.read("change", ANA, [second.id]) == [second]


def test_a_rewrite_leaves_the_journal_alone(store: GraphStore) -> None:
    one = turn(0)
    store.write(batch_of(one))
    store.apply([change(one.note, "context", "mine")])
    store.write(batch_of(one))
    assert note_now(store, one.note).context == "mine"


@pytest.mark.parametrize(
    ("field", "after", "message"),
    [
        ("text", "other", "never changes"),
        ("origins", (), "never changes"),
        ("strength", 0, "cannot be"),
        ("tags", "one", "cannot be"),
        ("superseded_by", "nobody", "nobody"),
    ],
)
def test_a_change_that_has_no_meaning_is_refused_with_all_beside_it(
    store: GraphStore, field: str, after: object, message: str
) -> None:
    one = turn(0)
    store.write(batch_of(one))
    with pytest.raises(StoreError, match=message):
        store.apply([change(one.note, "context", "new"), change(one.note, field, after)])
    assert store.changes(ANA, one.note.id) == []


def test_a_change_that_expects_another_value_is_refused(store: GraphStore) -> None:
    one = turn(0)
    store.write(batch_of(one))
    with pytest.raises(StoreError, match="expects context"):
        store.apply([change(one.note, "context", "new", before="something else")])
    with pytest.raises(StoreError, match="already"):
        store.apply([change(one.note, "context", one.note.context)] * 2)


def test_a_change_of_a_note_of_another_scope_is_refused(store: GraphStore) -> None:
    store.write(batch_of(turn(0)))
    with pytest.raises(MissingRecordError):
        store.apply([replace(change(turn(0).note, "context", "new"), scope=BEN)])


# Deleting


def test_deleting_leaves_what_was_never_inserted_would(opener: Opener) -> None:
    turns = [turn(i, name=f"s{i % 2}") for i in range(8)]
    gone, kept = turns[::3], [one for i, one in enumerate(turns) if i % 3]
    store, fresh = opener(), opener()
    store.write(batch_of(*turns, notes=(summary_of(turns[::2]),)))
    counts = store.delete([one.episode.id for one in gone], Batch(scope=ANA))
    fresh.write(batch_of(*kept))
    assert content(store, without="tombstone") == content(fresh)
    assert (counts.episodes_deleted, counts.notes_deleted) == (3, 4)


def test_an_unknown_id_stops_a_delete_before_anything_happens(store: GraphStore) -> None:
    store.write(batch_of(turn(0)))
    before = content(store)
    with pytest.raises(MissingRecordError, match="gone"):
        store.delete([turn(0).episode.id, EpisodeId("gone")], Batch(scope=ANA))
    with pytest.raises(MissingRecordError):
        store.delete([turn(0).episode.id], Batch(scope=BEN))
    assert content(store) == before


def test_a_delete_whose_rewrite_fails_leaves_no_trace(store: GraphStore) -> None:
    first, second = turn(0), turn(1)
    store.write(batch_of(first, second))
    before = content(store)
    with pytest.raises(MissingRecordError):
        store.delete([first.episode.id], Batch(scope=ANA, notes=(summary_of([first, second]),)))
    assert content(store) == before


def test_a_deleted_episode_comes_back_only_when_it_is_asked_for(store: GraphStore) -> None:
    one = turn(0)
    store.write(batch_of(one))
    before = content(store)
    store.delete([one.episode.id], Batch(scope=ANA))
    assert store.known(ANA, [one.episode.id, turn(1).episode.id]) == {one.episode.id: "tombstone"}
    refused(store, batch_of(one), StoreError, "deleted before")
    store.write(batch_of(one, restored=(one.episode.id,)))
    assert store.known(ANA, [one.episode.id]) == {one.episode.id: "live"}
    assert content(store) == before


def test_a_session_left_empty_goes(store: GraphStore) -> None:
    store.write(batch_of(turn(0), turn(1, name="s2")))
    store.delete([turn(0).episode.id], Batch(scope=ANA))
    assert list(store.scan("session", ANA)) == [session("s2")]


def test_what_a_deleted_note_had_superseded_is_open_again(opener: Opener) -> None:
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


def test_links_go_with_their_ends_and_with_their_origin(store: GraphStore) -> None:
    one, two, three, four = (turn(i) for i in (0, 1, 3, 4))
    ends = {"source": one.note.id, "target": two.note.id}
    links = (
        Link(**ends, kind="like", origin=three.episode.id),
        Link(**ends, kind="like", origin=one.episode.id, weight=0.5),
        Link(source=two.note.id, target=four.note.id, kind="like", origin="elsewhere"),
    )
    counts = store.write(batch_of(one, two, three, four, links=links))
    assert counts.links_added == 3
    assert set(store.read("link", ANA, [two.note.id])[0]) == set(links)
    store.delete([three.episode.id, four.episode.id], Batch(scope=ANA))
    assert list(store.scan("link", ANA)) == [links[1]]
    assert store.stats(ANA)["link"] == 1


# Scopes, neighbours, counts


def test_scopes_never_mix(opener: Opener) -> None:
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


def test_around_gives_the_neighbours_in_their_order(store: GraphStore) -> None:
    turns = [turn(i) for i in range(12)]
    store.write(batch_of(*turns, turn(3, name="s2")))
    ordered = sorted((one.episode for one in turns), key=lambda episode: episode.order)
    home = session().id
    for place, episode in enumerate(ordered):
        near = store.neighbours(ANA, home, episode.order, before=2, after=3)
        assert near == ordered[max(0, place - 2) : place + 3]
    assert store.neighbours(ANA, home, ("", -1, ""), before=5, after=100) == ordered
    assert store.neighbours(BEN, home, ("", -1, ""), before=5, after=100) == []


def test_notes_are_found_by_any_of_their_origins(store: GraphStore) -> None:
    first, second = turn(0), turn(1)
    segment = summary_of([first, second])
    store.write(batch_of(first, second, notes=(segment,)))
    assert store.notes_of(ANA, [second.episode.id]) == sorted((second.note.id, segment.note.id))


def test_stats_count_every_kind(store: GraphStore) -> None:
    store.write(batch_of(turn(0), turn(1)))
    counts = store.stats(ANA)
    kinds = ("session", "episode", "note", "mention", "claim", "vector", "token")
    assert {kind: counts[kind] for kind in kinds} == {
        "session": 1, "episode": 2, "note": 2, "mention": 3, "claim": 2, "vector": 2,
        "token": 2,
    }  # fmt: skip
    assert counts["entity"] == len(list(store.scan("entity", ANA)))
    assert store.stats(BEN)["note"] == 0


def test_a_tombstone_that_arrives_keeps_its_episode_out(store: GraphStore) -> None:
    stone = Tombstone(episode=turn(0).episode.id, scope=ANA, deleted_at=START)
    store.write(Batch(scope=ANA, buried=(stone,)))
    store.write(Batch(scope=ANA, buried=(replace(stone, deleted_at=START + timedelta(days=1)),)))
    assert list(store.scan("tombstone", ANA)) == [stone]
    with pytest.raises(StoreError, match="deleted before"):
        store.write(batch_of(turn(0)))
    store.write(batch_of(turn(0), restored=(turn(0).episode.id,)))
    with pytest.raises(StoreError, match="is live here"):
        store.write(Batch(scope=ANA, buried=(stone,)))


def test_each_write_changes_the_stamp_of_its_scope_alone(opener: Opener) -> None:
    store, other = opener(), opener()
    stamps = [store.version_token(ANA), store.version_token(BEN)]
    store.write(batch_of(turn(0)))
    assert store.version_token(ANA) != stamps[0]
    assert store.version_token(BEN) == stamps[1]
    assert store.version_token(BEN) != other.version_token(BEN)


def test_a_dump_is_sorted_and_the_same_whatever_the_run(opener: Opener) -> None:
    two, one = opener(), opener()
    one.write(batch_of(*(turn(i, name=f"s{i % 3}") for i in range(12))))
    for i in range(12):
        made: Turn = turn(i, name=f"s{i % 3}")
        record = replace(made.record, note=replace(made.note, run_id="x", written_at=None))
        two.write(replace(batch_of(made), notes=(record,)))
    lines = content(one)
    assert lines == sorted(lines) == content(two)
    assert len(set(lines)) == len(lines)


def test_hostile_strings_are_stored_as_data(store: GraphStore) -> None:
    texts = ["'; DROP TABLE note; --", "a\0b", "}) DETACH DELETE n //", "\u202eright", "👩‍👩‍👧"]
    for i, text in enumerate(texts):
        store.write(batch_of(turn(i, text=text, name=text)))
    found = store.read("note", ANA, [turn(i, text=t, name=t).note.id for i, t in enumerate(texts)])
    assert [note.text for note in found] == texts
    assert record_of(turn(1, text=texts[1]).episode).note.text == texts[1]
