"""One transaction: all or nothing, it reads its own writes, nobody else writes meanwhile."""

import json
from threading import Event, Thread

import pytest

from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError, StoreBusyError
from graphmem.graph import dump
from graphmem.testing.records import ANA, BEN, batch_of, change, differences, filled, turn
from graphmem.testing.store.base import Opener, StoreCase
from graphmem.types import Note


class TransactionContract(StoreCase):
    """What `atomically` promises."""

    def test_two_writes_inside_leave_what_they_leave_one_by_one(self, opener: Opener) -> None:
        together, apart = opener(), opener()
        first, second = [turn(i) for i in range(4)], [turn(i) for i in range(4, 8)]
        together.atomically(
            lambda: (together.write(batch_of(*first)), together.write(batch_of(*second)))
        )
        apart.write(batch_of(*first))
        apart.write(batch_of(*second))
        assert list(dump(together)) == list(dump(apart))
        assert differences(together.snapshot((ANA,), None), apart.snapshot((ANA,), None)) == []

    def test_what_is_written_inside_is_read_inside(self, store: GraphStore) -> None:
        one = turn(1)

        def work() -> list[Note]:
            store.write(batch_of(one))
            store.apply([change(one.note, "tags", ("seen",))])
            return store.read("note", ANA, [one.note.id])

        (note,) = store.atomically(work)
        assert note.tags == ("seen",)

    def test_an_error_inside_takes_back_all_that_was_written_before_it(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(turn(1)))
        before, token = list(dump(store)), store.version_token(ANA)

        def work() -> None:
            store.write(batch_of(turn(2)))
            store.delete([turn(1).episode.id], batch_of())
            store.read("note", ANA, ["n0"])

        with pytest.raises(MissingRecordError):
            store.atomically(work)
        assert list(dump(store)) == before
        assert store.version_token(ANA) == token
        store.write(batch_of(turn(2)))
        assert store.known(ANA, [turn(2).episode.id]) == {turn(2).episode.id: "live"}

    def test_inside_another_it_is_part_of_that_one(self, store: GraphStore) -> None:
        def work() -> None:
            store.atomically(lambda: store.write(batch_of(turn(1))))
            raise MissingRecordError("note", ["n0"])

        with pytest.raises(MissingRecordError):
            store.atomically(work)
        assert store.scopes() == []

    def test_another_thread_writes_only_when_it_has_ended(self, store: GraphStore) -> None:
        began, wrote = Event(), Event()
        mine, other = turn(1), turn(2, scope=BEN)

        def elsewhere() -> None:
            began.wait(10)
            store.write(batch_of(other, scope=BEN))
            wrote.set()

        def work() -> bool:
            began.set()
            is_overtaken = wrote.wait(0.3)
            store.write(batch_of(mine))
            return is_overtaken or bool(store.known(BEN, [other.episode.id]))

        thread = Thread(target=elsewhere)
        thread.start()
        assert not store.atomically(work)
        thread.join(30)
        assert wrote.is_set()
        assert store.scopes() == [ANA, BEN]

    def test_a_scan_sees_one_state_though_others_write_or_says_that_it_cannot(
        self, store: GraphStore
    ) -> None:
        turns = [turn(i) for i in range(600)]
        store.write(batch_of(*turns))
        scanned = store.scan("episode", ANA)
        seen = [next(scanned).id]
        store.delete([one.episode.id for one in turns if one.episode.id not in seen], batch_of())
        store.write(batch_of(turn(1000)))
        try:
            seen += [episode.id for episode in scanned]
        except StoreBusyError:
            return
        assert seen == sorted(one.episode.id for one in turns)

    def test_a_dump_is_of_one_state_though_others_write_or_says_that_it_is_not(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(turn(1), turn(2)))
        before = list(dump(store))
        lines = dump(store)
        seen = [next(lines)]
        store.delete([turn(1).episode.id], batch_of())
        store.write(batch_of(turn(3)))
        try:
            seen += lines
        except StoreBusyError:
            return
        assert seen == before

    def test_one_state_is_held_while_others_write_or_says_that_it_was_not(
        self, store: GraphStore
    ) -> None:
        store.write(batch_of(turn(1), turn(2)))
        try:
            with store.one_state() as state:
                store.delete([turn(1).episode.id], batch_of())
                store.write(batch_of(turn(3, scope=BEN), scope=BEN))
                read = state.read("note", ANA, [turn(1).note.id])
                counted, scopes = state.stats(ANA)["note"], state.scopes()
                scanned = list(state.scan("note", ANA))
        except StoreBusyError:
            return
        assert (read[0].id, counted, len(scanned), scopes) == (turn(1).note.id, 2, 2, [ANA])

    def test_one_state_of_a_scope_is_not_broken_by_another_scope(self, store: GraphStore) -> None:
        store.write(batch_of(turn(1)))
        with store.one_state([ANA]) as state:
            store.write(batch_of(turn(3, scope=BEN), scope=BEN))
            assert len(list(state.scan("note", ANA))) == 1

    def test_one_state_inside_a_transaction_is_that_of_the_transaction(
        self, store: GraphStore
    ) -> None:
        def work() -> int:
            store.write(batch_of(turn(1)))
            with store.one_state() as state:
                return state.stats(ANA)["note"]

        assert store.atomically(work) == 1

    def test_a_line_of_a_dump_has_each_key_once(self, store: GraphStore) -> None:
        for line in dump(filled(store)):
            keys = json.loads(line, object_pairs_hook=lambda pairs: [key for key, _ in pairs])
            assert len(keys) == len(set(keys)), line
