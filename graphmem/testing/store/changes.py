"""What every store promises about the changes of a note."""

from dataclasses import replace

import pytest

from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError, StoreError
from graphmem.testing.records import (
    ANA,
    BEN,
    batch_of,
    change,
    linking,
    naming,
    note_now,
    turn,
)
from graphmem.testing.store.base import StoreCase
from graphmem.types import ChangeId


class ChangesContract(StoreCase):
    """What every store promises about the changes of a note."""

    def test_a_note_is_read_with_its_changes_applied(self, store: GraphStore) -> None:
        one = turn(0)
        store.write(batch_of(one))
        first = change(one.note, "tags", ("a", "b"))
        second = change(one.note, "tags", ("c",), before=("a", "b"))
        store.apply([first, second])
        store.apply([change(one.note, "half_life_days", 30.0)])
        assert note_now(store, one.note) == replace(one.note, tags=("c",), half_life_days=30.0)
        assert store.changes(ANA, one.note.id)[:2] == [first, second]
        assert store.read("change", ANA, [second.id]) == [second]

    def test_a_rewrite_leaves_the_journal_alone(self, store: GraphStore) -> None:
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
        self, store: GraphStore, field: str, after: object, message: str
    ) -> None:
        one = turn(0)
        store.write(batch_of(one))
        with pytest.raises(StoreError, match=message):
            store.apply([change(one.note, "context", "new"), change(one.note, field, after)])
        assert store.changes(ANA, one.note.id) == []

    def test_a_change_that_expects_another_value_is_refused(self, store: GraphStore) -> None:
        one = turn(0)
        store.write(batch_of(one))
        with pytest.raises(StoreError, match="expects context"):
            store.apply([change(one.note, "context", "new", before="something else")])
        with pytest.raises(StoreError, match="already"):
            store.apply([change(one.note, "context", one.note.context)] * 2)

    def test_a_change_that_names_what_is_not_there_is_refused_with_all_beside_it(
        self, store: GraphStore
    ) -> None:
        one, two = turn(0), turn(1)
        store.write(batch_of(one, two))
        made = change(one.note, "context", "new")
        for other in (
            linking(one.note, turn(3).note, 0.5),
            naming("Lisbon", "Atlantis"),
            naming("Atlantis", "Lisbon"),
            linking(one.note, two.note, 0.5, evidence=(turn(3).episode.id,)),
            linking(one.note, two.note, 0.5, depends_on=(ChangeId("c0"),)),
        ):
            with pytest.raises(MissingRecordError):
                store.apply([made, other])
        assert store.changes(ANA, one.note.id) == list(store.scan("change", ANA)) == []

    def test_a_change_of_a_note_of_another_scope_is_refused(self, store: GraphStore) -> None:
        store.write(batch_of(turn(0)))
        with pytest.raises(MissingRecordError):
            store.apply([replace(change(turn(0).note, "context", "new"), scope=BEN)])
