"""Engines by moment: one is shared by threads, made once after a write, and gone after a delete."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event, Semaphore

import pytest

from graphmem import Memory
from graphmem.errors import EncoderMismatchError, StoreBusyError
from graphmem.evolve import in_one_go
from graphmem.retrieve import engines as engines_module
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.engine import Engine
from graphmem.retrieve.engines import Engines
from graphmem.rules.embed import RuleEncoder

THREADS = 6
YESTERDAY = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("We planted quinces.", speaker="Ana", said_at="2024-01-01")
        yield memory


@pytest.fixture
def engines(memory):
    return Engines(memory.store, memory.scope.key, RuleEncoder(), check=lambda: None)


@pytest.fixture
def made(monkeypatch):
    """The snapshots that an engine was made of."""
    made = []
    real = Engine.of

    def counted(snapshot, **options):
        made.append(snapshot)
        return real(snapshot, **options)

    monkeypatch.setattr(engines_module.Engine, "of", counted)
    return made


def test_an_engine_is_kept_while_nothing_is_written(engines, made):
    assert engines.at(None) is engines.at(None)
    assert len(made) == 1


def test_each_moment_has_an_engine_of_its_own(engines):
    now, then = engines.at(None), engines.at(YESTERDAY)
    assert now is not then
    assert engines.at(None) is now
    assert engines.at(YESTERDAY) is then


def test_a_past_moment_is_derived_of_now_and_answers_as_if_it_were_not(monkeypatch):
    with Memory.open("ram:", scope="ana") as memory:
        for day in range(1, 29):
            thing = ("quince", "kiln", "ferry", "ledger")[day % 4]
            said_at = f"2024-02-{day:02}"
            memory.add(
                f"On day {day} the {thing} was mended, and Omar saw the {thing} twice.",
                id=f"d{day}", speaker="Ana", said_at=said_at, session=f"s{day % 5}",
            )  # fmt: skip
        memory.update("d8", text="On day 8 the kiln was sold to Ines.", said_at="2024-03-02")
        memory.delete("d9")
        given = []
        real = Engine.of
        monkeypatch.setattr(
            engines_module.Engine,
            "of",
            lambda snapshot, **options: (
                given.append(options["previous"]) or real(snapshot, **options)
            ),
        )
        engines, alone = (
            Engines(memory.store, memory.scope.key, RuleEncoder(), check=lambda: None)
            for _ in range(2)
        )
        engines.at(None)
        for day in (1, 8, 15, 28):
            then = datetime(2024, 2, day, 23, tzinfo=UTC)
            beside, by_itself = engines.at(then), alone.at(then)
            assert (given[-2] is not None, given[-1]) == (True, None)
            for thing in ("quince", "kiln", "ferry", "ledger", "harbour"):
                asked = Asked(text=f"Who saw the {thing}?", k=9, now=then)
                assert beside.search(asked) == by_itself.search(asked)


def test_a_write_makes_the_next_search_read_the_store_again(memory, engines, made):
    before = engines.at(None)
    memory.add("The quinces froze.", speaker="Ana")
    after = engines.at(None)
    assert len(after.snapshot.note_ids) > len(before.snapshot.note_ids)
    assert engines.at(None) is after
    assert len(made) == 2


@pytest.mark.parametrize("is_searched", [True, False])
def test_a_rehearsal_sees_an_open_transaction_and_leaves_no_trace(memory, engines, is_searched):
    asked = Asked(text="quinces medlars", k=5, min_score=0)
    before = engines.at(None) if is_searched else None
    rehearsed = engines.rehearsal()

    def tried():
        seen = len(rehearsed.at(None).search(asked))
        memory.add("We planted medlars.", speaker="Ana", said_at="2024-01-02")
        return seen, len(rehearsed.at(None).search(asked))

    assert in_one_go(memory.store, tried, dry_run=True) == (1, 2)
    assert before is None or engines.at(None) is before
    assert len(engines.at(None).search(asked)) == 1


def test_cleared_engines_are_made_again(engines, made):
    first = engines.at(None)
    engines.clear()
    assert engines.at(None) is not first
    assert len(made) == 2


def test_of_a_deletion_nothing_is_kept_by_engines_that_cannot_be_told_apart(engines, made):
    first = engines.at(None)
    engines.let_go_of_erased()
    assert engines.at(None) is not first
    assert len(made) == 2


def test_a_store_that_cannot_be_read_after_a_deletion_leaves_no_engine(memory, made, monkeypatch):
    engines = Engines(
        memory.store, memory.scope.key, RuleEncoder(), check=lambda: None, apart=lambda parts: parts
    )
    engines.at(None)
    memory.add("We planted plums.")
    with monkeypatch.context() as patched:
        patched.setattr(type(memory.store), "snapshot", refused)
        engines.let_go_of_erased()
    engines.at(None)
    assert [len(snapshot.note_ids) for snapshot in made] == [1, 2]


def refused(store, scopes, as_of, previous=None):
    raise StoreBusyError("somebody writes")


def test_many_threads_that_find_an_engine_stale_make_it_once_and_share_it(engines, made):
    start = Barrier(THREADS)

    def ask(_):
        start.wait()
        return engines.at(None)

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(THREADS)))
    assert all(one is found[0] for one in found)
    assert len(made) == 1


class _Asked:
    """A store that counts how often it was asked whether it has changed."""

    def __init__(self, store):
        self.times, self._store = Semaphore(0), store

    def version_token(self, scope):
        self.times.release()
        return self._store.version_token(scope)

    def __getattr__(self, name):
        return getattr(self._store, name)


def test_those_who_waited_share_one_reading_however_often_the_store_is_written(memory, monkeypatch):
    store, reading, first, made = _Asked(memory.store), Event(), Event(), []
    engines = Engines(store, memory.scope.key, RuleEncoder(), check=lambda: None)
    real = Engine.of

    def written_meanwhile(snapshot, **options):
        made.append(snapshot)
        reading.set()
        assert first.wait(30)
        memory.add(f"The quinces froze {len(made)} times.", speaker="Ana")
        return real(snapshot, **options)

    monkeypatch.setattr(engines_module.Engine, "of", written_meanwhile)
    with ThreadPoolExecutor(THREADS + 1) as pool:
        maker = pool.submit(engines.at, None)
        assert reading.wait(30)
        store.times = Semaphore(0)
        waiting = [pool.submit(engines.at, None) for _ in range(THREADS)]
        for _ in range(THREADS):
            assert store.times.acquire(timeout=30)
        first.set()
        found = [one.result() for one in waiting]
    assert all(one is found[0] for one in found)
    assert maker.result() is not found[0]
    assert len(made) == 2


def test_a_search_on_one_engine_waits_for_no_other_moment_being_read(engines, monkeypatch):
    now = engines.at(None)
    reading, finish = Event(), Event()
    real = Engine.of

    def slow(snapshot, **options):
        reading.set()
        assert finish.wait(10)
        return real(snapshot, **options)

    monkeypatch.setattr(engines_module.Engine, "of", slow)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(engines.at, YESTERDAY)
        assert reading.wait(10)
        assert engines.at(None) is now  # would hang if it waited
        finish.set()
        assert other.result() is not now


def test_an_engine_that_is_searched_while_its_successor_is_made_stays_whole(memory, engines):
    before = engines.at(None)
    answer = before.search(Asked(text="quinces", k=3))
    memory.add("The quinces froze.", speaker="Ana")
    engines.at(None)
    assert before.search(Asked(text="quinces", k=3)) == answer


def test_a_store_that_another_encoder_has_filled_meanwhile_is_refused(memory):
    def refuse():
        raise EncoderMismatchError("this one", "that one")

    engines = Engines(memory.store, memory.scope.key, RuleEncoder(), check=refuse)
    for _ in range(2):
        with pytest.raises(EncoderMismatchError):
            engines.at(None)


@pytest.mark.parametrize("url", ["ram:", "memory.db"])
def test_many_threads_search_one_memory_while_another_adds_and_deletes(url, tmp_path):
    with Memory.open(url if url == "ram:" else tmp_path / url, scope="ana") as memory:
        memory.add("We planted quinces.", speaker="Ana", session="garden")
        done = Event()

        def search():
            asked = 0
            while not done.is_set():
                assert memory.search("quinces", k=5)
                asked += 1
            return asked

        with ThreadPoolExecutor(4) as pool:
            readers = [pool.submit(search) for _ in range(4)]
            try:
                for i in range(10):
                    memory.add(f"Quince number {i} froze.", speaker="Ben", session="frost")
                    memory.delete(memory.search(f"quince number {i} froze", k=1)[0].note.id)
            finally:
                done.set()
            assert all(reader.result() for reader in readers)
