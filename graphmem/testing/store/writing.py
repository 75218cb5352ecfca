"""What every store promises about writing and reading."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.arrays import TokenSigns
from graphmem.batches import Batch, Extraction, WriteCounts
from graphmem.contracts import GraphStore, RecordKind
from graphmem.errors import MissingRecordError
from graphmem.testing.records import (
    ANA,
    BEN,
    batch_of,
    content,
    note_now,
    session,
    summary_of,
    turn,
)
from graphmem.testing.store.base import Opener, StoreCase
from graphmem.types import Link, NoteId


def same_signs(found: TokenSigns, written: TokenSigns | None) -> bool:
    """Return whether the token signs are those that were written."""
    return written is not None and np.array_equal(found, written)


class WritingContract(StoreCase):
    """What every store promises about writing and reading."""

    def test_what_was_written_is_read_back_equal(self, store: GraphStore) -> None:
        turns = [turn(i) for i in range(8)]
        store.write(batch_of(*turns))
        assert store.read("session", ANA, [session().id]) == [session()]
        assert store.read("episode", ANA, [t.episode.id for t in turns]) == [
            t.episode for t in turns
        ]
        assert store.read("note", ANA, [t.note.id for t in turns]) == [t.note for t in turns]
        for kind in ("mention", "claim"):
            parts = [getattr(t.record.extraction, f"{kind}s") for t in turns]
            assert store.read(kind, ANA, [t.note.id for t in turns]) == parts
        for one, rows in zip(
            turns, store.read("vector", ANA, [t.note.id for t in turns]), strict=True
        ):
            assert one.record.vectors is not None
            assert np.array_equal(rows[0], one.record.vectors[0])
            assert np.allclose(rows, one.record.vectors, atol=1e-3)
        spoken = [one for one in turns if one.note.kind == "turn"]
        assert any(len(one.record.tokens) == 0 for one in spoken if one.record.tokens is not None)
        read = store.read("token", ANA, [one.note.id for one in spoken])
        for one, signs in zip(spoken, read, strict=True):
            assert same_signs(signs, one.record.tokens)
        assert [id_ for id_, _ in store.scan("token", ANA)] == sorted(one.note.id for one in spoken)

    def test_the_order_of_ids_and_repeated_ids_are_kept(self, store: GraphStore) -> None:
        first, second = turn(0), turn(1)
        store.write(batch_of(first, second))
        wanted = [second.note.id, first.note.id, second.note.id]
        assert [note.id for note in store.read("note", ANA, wanted)] == wanted

    @pytest.mark.parametrize(
        "kind",
        ["session", "episode", "note", "entity", "fact", "mention", "claim", "link", "vector",
         "token", "change", "tombstone"],
    )  # fmt: skip
    def test_an_id_that_names_nothing_is_an_error_that_names_it(
        self, store: GraphStore, kind: RecordKind
    ) -> None:
        store.write(batch_of(turn(0)))
        with pytest.raises(MissingRecordError, match="nothing-here"):
            store.read(kind, ANA, ["nothing-here"])

    def test_a_scan_yields_every_record_sorted_by_id(self, store: GraphStore) -> None:
        turns = [turn(i) for i in range(9)]
        store.write(batch_of(*turns))
        assert [note.id for note in store.scan("note", ANA)] == sorted(t.note.id for t in turns)
        assert [id_ for id_, _ in store.scan("mention", ANA)] == sorted(t.note.id for t in turns)
        assert list(store.scan("note", BEN)) == []

    def test_writing_twice_is_writing_once(self, store: GraphStore) -> None:
        batch = batch_of(turn(0), turn(1), notes=(summary_of([turn(0), turn(1)]),))
        first = store.write(batch)
        once = content(store)
        second = store.write(batch)
        assert content(store) == once
        assert first == WriteCounts(
            sessions_added=1, episodes_added=2, notes_added=3, mentions_added=3, facts_added=2
        )
        assert second == WriteCounts(episodes_known=2, notes_rewritten=3)

    def test_any_split_of_the_input_leaves_the_same_store(self, opener: Opener) -> None:
        turns = [turn(i, name=f"s{i % 2}") for i in range(10)]
        parts, whole = opener(), opener()
        whole.write(batch_of(*turns))
        for one in reversed(turns):
            parts.write(batch_of(one))
        assert content(parts) == content(whole)

    def test_a_rewritten_note_has_the_new_derived_values_and_keeps_its_vectors_and_tokens(
        self,
        store: GraphStore,
    ) -> None:
        one = turn(0)
        store.write(batch_of(one))
        rewritten = replace(
            one.record,
            note=replace(one.note, context="again", tags=("x",)),
            extraction=Extraction(),
            vectors=None,
            tokens=None,
        )
        store.write(Batch(scope=ANA, notes=(rewritten,)))
        assert note_now(store, one.note) == rewritten.note
        assert store.read("mention", ANA, [one.note.id]) == [()]
        assert list(store.scan("entity", ANA)) == []
        (rows,) = store.read("vector", ANA, [one.note.id])
        assert len(rows) == 3
        assert same_signs(store.read("token", ANA, [one.note.id])[0], one.record.tokens)

    def test_vectors_written_again_without_tokens_take_the_old_tokens_away(
        self, store: GraphStore
    ) -> None:
        one, other = turn(0), turn(1)
        store.write(batch_of(one, other))
        store.write(batch_of(replace(one, record=replace(one.record, tokens=None))))
        assert [id_ for id_, _ in store.scan("token", ANA)] == [other.note.id]
        store.write(batch_of(one))
        assert same_signs(store.read("token", ANA, [one.note.id])[0], one.record.tokens)

    def test_a_known_episode_gets_its_new_place_and_keeps_its_words(
        self, store: GraphStore
    ) -> None:
        one = turn(2)
        store.write(batch_of(one))
        moved = replace(one.episode, position=40, source_id="D9:9", text="other words")
        store.write(Batch(scope=ANA, episodes=(moved,)))
        (found,) = store.read("episode", ANA, [one.episode.id])
        assert found == replace(one.episode, position=40, source_id="D9:9")

    def test_dropped_notes_go_with_all_that_hung_on_them(self, store: GraphStore) -> None:
        first, second = turn(0), turn(1)
        segment = summary_of([first, second])
        store.write(batch_of(first, second))
        before = content(store)
        links = (Link(source=first.note.id, target=segment.note.id, kind="part", origin="x"),)
        store.write(Batch(scope=ANA, notes=(segment,), links=links))
        counts = store.write(Batch(scope=ANA, dropped=(segment.note.id, NoteId("never"))))
        assert counts.notes_deleted == 1
        assert content(store) == before
