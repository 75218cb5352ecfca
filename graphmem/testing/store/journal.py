"""What a store need not have, and has as it is said: a journal from its end, links by kind."""

from dataclasses import replace
from itertools import pairwise

import pytest

from graphmem.changes import Change
from graphmem.contracts import GraphStore
from graphmem.reading import JournalReader, LinkReader
from graphmem.testing.records import ANA, BEN, batch_of, change, turn
from graphmem.testing.store.base import StoreCase
from graphmem.types import ChangeId, Link


class JournalContract(StoreCase):
    """A store that reads its journal from the end gives it so; one need not."""

    def test_the_last_change_comes_first_and_pages_go_on_behind_one(
        self, store: GraphStore
    ) -> None:
        reader, made = _reader(store), _changed(store)
        newest = made[::-1]
        assert reader.journal(ANA, limit=99) == newest
        assert reader.journal(ANA, limit=2) == newest[:2]
        assert reader.journal(ANA, before=newest[1].id, limit=2) == newest[2:4]
        assert reader.journal(ANA, before=newest[-1].id, limit=2) == []
        assert reader.journal(BEN, limit=2) == []

    def test_it_is_read_of_one_run_or_of_all_but_one(self, store: GraphStore) -> None:
        reader, made = _reader(store), _changed(store)
        odd = [one for one in made[::-1] if one.run_id == "run 1"]
        even = [one for one in made[::-1] if one.run_id != "run 1"]
        assert reader.journal(ANA, run="run 1", limit=99) == odd
        assert reader.journal(ANA, but="run 1", limit=99) == even
        assert reader.journal(ANA, run="run 1", before=odd[0].id, limit=1) == odd[1:2]
        assert reader.journal(ANA, run="none", limit=99) == []

    def test_behind_a_change_that_is_not_there_is_nothing(self, store: GraphStore) -> None:
        reader = _reader(store)
        _changed(store)
        assert reader.journal(ANA, before=ChangeId("gone"), limit=99) == []

    def test_links_are_found_by_their_kind_as_a_scan_gives_them(self, store: GraphStore) -> None:
        if not isinstance(store, LinkReader):
            pytest.skip("the store is no LinkReader: its links are gone through")
        turns = [turn(i) for i in range(4)]
        links = tuple(
            Link(source=a.note.id, target=b.note.id, kind=kind, origin=a.episode.id)
            for a, b in pairwise(turns)
            for kind in ("like", "changes", "next")
        )
        store.write(batch_of(*turns, links=links))
        for kinds in (("changes", "like"), ("next",), ("none",), ()):
            wanted = [link for link in store.scan("link", ANA) if link.kind in kinds]
            assert store.links_of(ANA, kinds) == wanted
        assert store.links_of(BEN, ("like",)) == []


def _reader(store: GraphStore) -> JournalReader:
    if not isinstance(store, JournalReader):
        pytest.skip("the store is no JournalReader: its journal is read whole")
    return store


def _changed(store: GraphStore) -> list[Change]:
    """Write two turns and change them in two runs by turns; return the changes in their order."""
    turns = [turn(0), turn(1)]
    store.write(batch_of(*turns))
    made: list[Change] = []
    for n in range(6):
        note = turns[n % 2].note
        before = note.context if n < 2 else made[-2].after
        one = change(note, "context", f"told {n}", before=before, n=n)
        made.append(replace(one, run_id=f"run {n // 2 % 2}"))
        store.apply(made[-1:])
    return made
