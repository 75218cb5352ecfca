"""What every store promises about links and names that changes make, and about taking back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graphmem.batches import Batch, Extraction, Mention, NoteRecord
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph import dump
from graphmem.named import entity_of
from graphmem.reading import ProbedReader
from graphmem.testing.records import (
    ANA,
    BEN,
    START,
    SampleTurn,
    batch_of,
    change,
    content,
    linking,
    naming,
    note_now,
    superseding,
    turn,
)
from graphmem.testing.store.base import Opener, StoreCase
from graphmem.types import ChangeId, Entity, Link, NoteId

LISBON, PORTO = entity_of(ANA, "Lisbon"), entity_of(ANA, "Porto")


class EvolvedContract(StoreCase):
    """What every store promises about links and names that changes make, and taking back."""

    def test_a_link_is_as_its_last_change_says(self, store: GraphStore) -> None:
        one, two = turn(0), turn(1)
        store.write(batch_of(one, two))
        first = linking(one.note, two.note, 0.25)
        second = linking(one.note, two.note, 0.5, before=0.25)
        gone = linking(one.note, two.note, None, before=0.5)
        for made, weights in ((first, [0.25]), (second, [0.5]), (gone, [])):
            store.apply([made])
            assert [link.weight for link in store.scan("link", ANA)] == weights
        assert store.changes(ANA, one.note.id) == [first, second, gone]
        store.take_back(ANA, [gone.id])
        assert store.read("link", ANA, [two.note.id]) == [
            (
                Link(
                    source=one.note.id,
                    target=two.note.id,
                    kind="about",
                    origin=second.id,
                    weight=0.5,
                ),
            )
        ]

    def test_a_merged_entity_says_what_it_is_and_search_sees_one(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0), turn(1), turn(2)))
        apart = store.snapshot((ANA,), None)
        store.apply([naming("Porto", "Lisbon")])
        assert _entity(store, "Porto").same_as == LISBON
        assert _entity(store, "Lisbon").same_as is None
        merged = store.snapshot((ANA,), None, apart)
        assert PORTO in apart.graph.entity_ids
        assert set(apart.graph.entity_ids) - set(merged.graph.entity_ids) == {PORTO}
        place = merged.graph.entity_ids.index(LISBON)
        names = {
            merged.graph.entity_names[place],
            *(n for n, at in merged.graph.entity_aliases if at == place),
        }
        assert {"Lisbon", "Porto"} <= names
        counts = [(apart, (LISBON, PORTO)), (merged, (LISBON,))]
        before, after = (
            sum(shown.graph.entity_ids[e] in wanted for e in shown.graph.mention_entity)
            for shown, wanted in counts
        )
        assert before == after
        store.apply([naming("Porto", None, before=LISBON)])
        assert _entity(store, "Porto").same_as is None
        assert store.snapshot((ANA,), None, merged).graph.entity_ids == apart.graph.entity_ids

    def test_an_alias_needs_no_note_that_uses_it(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        store.apply([naming("Lissabon", "Lisbon", alias=True)])
        shown = store.snapshot((ANA,), None)
        assert shown.graph.entity_aliases == (("Lissabon", shown.graph.entity_ids.index(LISBON)),)
        assert store.changes(ANA, entity_of(ANA, "Lissabon")) == list(store.scan("change", ANA))
        store.write(batch_of(_of(turn(1), "Lissabon")))
        assert _entity(store, "Lissabon").same_as == LISBON
        shown = store.snapshot((ANA,), None)
        assert entity_of(ANA, "Lissabon") not in shown.graph.entity_ids
        store.delete([turn(1).episode.id], Batch(scope=ANA))
        assert store.snapshot((ANA,), None).graph.entity_aliases != ()
        store.delete([turn(0).episode.id], Batch(scope=ANA))
        assert list(store.scan("change", ANA)) == []

    def test_entities_cannot_be_each_other(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0), turn(1), turn(4)))
        store.apply([naming("Porto", "Lisbon"), naming("Lisbon", "北京大学")])
        with pytest.raises(StoreError, match="already"):
            store.apply([naming("北京大学", "Porto")])
        with pytest.raises(StoreError, match="cannot be"):
            store.apply([naming("北京大学", "北京大学")])

    def test_what_is_taken_back_leaves_no_trace(self, opener: Opener) -> None:
        store, fresh = opener(), opener()
        turns = [turn(i) for i in (0, 1, 2, 3)]
        one, two, three, four = (made.note for made in turns)
        for opened in (store, fresh):
            opened.write(batch_of(*turns))
            opened.apply([change(one, "tags", ("kept",)), linking(two, three, 0.5)])
        before = list(dump(store))
        ends = superseding(four, three.id, until=START + timedelta(days=9))
        more = [
            change(note_now(store, one), "tags", ("more",)),
            change(two, "pinned", True),
            change(three, "archived", True),
            linking(two, three, None, before=0.5),
            linking(three, four, 1.0, evidence=(one.id, turns[1].episode.id)),
            naming("Porto", "Lisbon"),
            *ends,
        ]
        store.apply(more)
        assert list(dump(store)) != before
        store.take_back(ANA, [made.id for made in more])
        assert list(dump(store)) == before == list(dump(fresh))
        assert store.stats(ANA) | {"bytes": 0} == fresh.stats(ANA) | {"bytes": 0}
        store.apply(more)
        fresh.apply(more)
        assert list(dump(store)) == list(dump(fresh))

    def test_what_is_archived_is_marked_in_snapshots_until_it_is_taken_back(
        self, store: GraphStore
    ) -> None:
        turns = [turn(i) for i in (0, 1, 3)]
        store.write(batch_of(*turns))
        before = store.snapshot((ANA,), None)
        assert before.is_archived is None
        made = change(turns[1].note, "archived", True)
        store.apply([made])
        for previous in (None, before):
            now = store.snapshot((ANA,), None, previous=previous)
            assert now.note_ids == before.note_ids
            assert now.is_archived is not None
            hidden = [now.note_ids[row] for row in now.is_archived.nonzero()[0].tolist()]
            assert hidden == [turns[1].note.id]
        assert note_now(store, turns[1].note).archived
        store.take_back(ANA, [made.id])
        assert store.snapshot((ANA,), None).is_archived is None
        assert not note_now(store, turns[1].note).archived

    def test_what_a_note_was_useful_for_and_shown_is_kept_until_it_is_taken_back_or_goes(
        self, store: GraphStore
    ) -> None:
        one, two = turn(0), turn(1)
        store.write(batch_of(one, two))
        before = list(dump(store))
        made = [
            change(one.note, "probes", ("Where to?", "北京?")),
            change(two.note, "shown", True),
            change(two.note, "probes", ("Who?",)),
        ]
        store.apply(made)
        assert note_now(store, one.note).probes == ("Where to?", "北京?")
        assert (note_now(store, two.note).shown, note_now(store, one.note).shown) == (True, False)
        if isinstance(store, ProbedReader):
            assert store.probed(ANA) == sorted([one.note.id, two.note.id])
            assert store.probed(BEN) == []
        store.take_back(ANA, [made[2].id])
        store.delete([one.episode.id], Batch(scope=ANA))
        assert [c.id for c in store.scan("change", ANA)] == [made[1].id]
        if isinstance(store, ProbedReader):
            assert store.probed(ANA) == []
        store.write(Batch(scope=ANA, restored=(one.episode.id,)))
        store.write(batch_of(one))
        store.take_back(ANA, [made[1].id])
        assert list(dump(store)) == before

    def test_a_note_over_sessions_goes_with_any_of_its_origins(self, opener: Opener) -> None:
        store, fresh = opener(), opener()
        turns = [turn(0), turn(1, name="s2"), turn(4, name="s3")]
        assert len({one.note.session_id for one in turns}) > 1
        for opened in (store, fresh):
            opened.write(batch_of(*turns))
        over = replace(
            turns[0].note,
            id=NoteId("n0ver"),
            kind="topic",
            origins=tuple(one.episode.id for one in turns),
        )
        store.write(Batch(scope=ANA, notes=(NoteRecord(note=over),)))
        assert store.read("note", ANA, [over.id]) == [over]
        assert store.snapshot((ANA,), None).note_ids == fresh.snapshot((ANA,), None).note_ids
        for opened in (store, fresh):
            opened.delete([turns[-1].episode.id], Batch(scope=ANA))
        assert content(store) == content(fresh)

    def test_what_others_depend_on_is_not_taken_back_without_them(self, store: GraphStore) -> None:
        one, two = turn(0), turn(1)
        store.write(batch_of(one, two))
        first = change(one.note, "context", "a")
        later = change(note_now(store, one.note), "context", "b", before="a")
        linked = linking(two.note, one.note, 0.5, depends_on=(first.id,))
        store.apply([first, later, linked])
        before = list(dump(store))
        for ids in ([first.id], [first.id, later.id], [first.id, linked.id]):
            with pytest.raises(StoreError, match="depends on"):
                store.take_back(ANA, ids)
        with pytest.raises(MissingRecordError):
            store.take_back(ANA, [later.id, ChangeId("c0")])
        assert list(dump(store)) == before
        store.take_back(ANA, [first.id, later.id, linked.id])
        assert [*store.scan("change", ANA), *store.scan("link", ANA)] == []

    def test_a_change_goes_with_its_evidence_and_takes_what_depends_on_it_along(
        self, opener: Opener
    ) -> None:
        store, fresh = opener(), opener()
        turns = [turn(i) for i in (0, 1, 3, 4)]
        one, two, three = (made.note for made in turns[:3])
        store.write(batch_of(*turns))
        fresh.write(batch_of(*turns[:3]))
        kept = change(one, "context", "kept")
        from_last = replace(change(two, "tags", ("of the last",)), evidence=(turns[3].episode.id,))
        linked = linking(three, two, 0.5, depends_on=(from_last.id,))
        after = change(two, "tags", ("later",), before=("of the last",))
        store.apply([kept, from_last, linked, after])
        fresh.apply([kept, replace(after, before=two.tags)])
        store.delete([turns[3].episode.id], Batch(scope=ANA))
        assert content(store, without="tombstone") == content(fresh)
        assert list(store.scan("link", ANA)) == []

    def test_a_merge_goes_with_the_last_note_that_names_either(self, opener: Opener) -> None:
        store, fresh = opener(), opener()
        lone, other = _of(turn(1), "Xanadu"), _of(turn(3), "Kubla")
        store.write(batch_of(turn(0), lone, other))
        store.apply([naming("Xanadu", "Lisbon"), naming("Kubla", "Xanadu")])
        fresh.write(batch_of(turn(0), other))
        store.delete([lone.episode.id], Batch(scope=ANA))
        assert content(store, without="tombstone") == content(fresh)


def _of(one: SampleTurn, name: str) -> SampleTurn:
    """Return the turn with one name found in it."""
    found = Extraction(mentions=(Mention(name=name, start=0, end=1, kind="name"),))
    return replace(one, record=replace(one.record, extraction=found))


def _entity(store: GraphStore, name: str) -> Entity:
    (found,) = store.read("entity", ANA, [entity_of(ANA, name)])
    return found
