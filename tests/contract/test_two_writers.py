"""Two memories that write one session of any store leave what one after the other leaves."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graphmem.arrays import Matrix
from graphmem.batches import Extraction
from graphmem.contracts import Extractor, GraphStore
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.registry import open_extractor
from graphmem.testing import standing_clock
from graphmem.testing.records import ENCODER
from graphmem.testing.store.base import Opener
from graphmem.types import Note, Scope
from tests.contract import stores

NAMES = ("Lena", "Milo", "Nora")


@pytest.fixture(params=["ram", "sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open new stores; a Neo4j store is held to one in memory."""
    made: list[GraphStore] = []

    def open_another() -> GraphStore:
        made.append(getattr(stores, request.param)(tmp_path, len(made)))
        made[-1].set_encoder(ENCODER)
        return made[-1]

    yield open_another
    for store in made:
        store.close()


class NoVectors:
    """The encoder that the stores of these tests have recorded; it is never asked."""

    name, dim, keeps_vectors = ENCODER.name, ENCODER.dim, False

    def encode(self, texts: Sequence[str]) -> Matrix:
        raise NotImplementedError


class Interrupted:
    """The rule extractor, during whose first call something else happens."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._rules = open_extractor("rules")
        self.name = self._rules.name
        self._meanwhile: list[Callable[[], None]] = [meanwhile]
        self.asked: list[str] = []

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        self.asked += [note.id for note in notes]
        if self._meanwhile:
            self._meanwhile.pop()()
        return self._rules.extract(notes)


def memory_of(store: GraphStore, extractor: Extractor | None = None) -> Memory:
    return Memory(
        store,
        Scope("ana"),
        encoder=NoVectors(),
        extractor=extractor or open_extractor("rules"),
        clock=standing_clock,
    )


def add(memory: Memory, number: int) -> None:
    memory.add(
        f"Turn {number}: {NAMES[number % 3]} moved to Turin.",
        speaker=NAMES[(number + number // 4) % 3],
        said_at=f"2024-05-01T{8 + number // 20:02}:{number % 20 * 3:02}",
        session="team",
        metadata={"id": f"T:{number}"},
    )


def lines(store: GraphStore) -> list[str]:
    return [line for line in dump(store) if '"kind":"tombstone"' not in line]


def test_a_turn_that_comes_while_another_is_extracted_is_derived_with(opener: Opener) -> None:
    store, clean = opener(), opener()
    slow = Interrupted(lambda: add(memory_of(store), 1))
    add(memory_of(store, slow), 0)
    for number in (0, 1):
        add(memory_of(clean), number)
    assert lines(store) == lines(clean)


def test_what_was_extracted_before_the_other_wrote_is_not_extracted_again(opener: Opener) -> None:
    store = opener()
    for number in range(20, 23):
        add(memory_of(store), number)
    slow = Interrupted(lambda: add(memory_of(store), 60))
    add(memory_of(store, slow), 0)
    assert len(slow.asked) == len(set(slow.asked))


def test_an_add_goes_on_when_the_turn_beside_it_is_deleted_meanwhile(opener: Opener) -> None:
    store, clean = opener(), opener()
    for number in (0, 1, 2):
        add(memory_of(store), number)
    (gone,) = [e for e in store.scan("episode", Scope("ana").key) if e.source_id == "T:1"]
    slow = Interrupted(lambda: memory_of(store).delete(gone.id) and None)
    add(memory_of(store, slow), 3)
    for number in (0, 2, 3):
        add(memory_of(clean), number)
    assert lines(store) == lines(clean)


def test_a_delete_derives_again_what_came_meanwhile(opener: Opener) -> None:
    store, clean = opener(), opener()
    for number in (0, 1, 2):
        add(memory_of(store), number)
    (gone,) = [e for e in store.scan("episode", Scope("ana").key) if e.source_id == "T:1"]
    memory_of(store, Interrupted(lambda: add(memory_of(store), 3))).delete(gone.id)
    for number in (0, 2, 3):
        add(memory_of(clean), number)
    assert lines(store) == lines(clean)


def test_two_threads_that_add_to_one_session_leave_one_order(opener: Opener) -> None:
    store, clean = opener(), opener()

    def adds(first: int) -> None:
        for number in range(first, 16, 2):
            add(memory_of(store), number)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(adds, range(2)))
    for number in range(16):
        add(memory_of(clean), number)
    assert lines(store) == lines(clean)
