"""Increment = batch, delete = never inserted, and scopes that never meet."""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from graphmem.graph import dump
from graphmem.ingest import Turn, read_source
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from tests.conftest import SAMPLES

START = datetime(2024, 3, 1, 9, tzinfo=UTC)
SAYINGS = (
    "I moved to Lisbon last Friday.",
    "How is the pottery class going?",
    "My sister Maria works at Müller & Co in Porto.",
    "We adopted Pixel, a grey kitten!",
    "Иван Петров called yesterday about 北京大学.",
    "ok",
    "I live in Porto. I used to play the cello.",
    "Are you coming to the street festival in June?",
)


def pool() -> list[Turn]:
    """Two sessions of turns, long enough that segments are cut and sessions are summed up."""
    turns = []
    for session, name in enumerate(("s1", "s2")):
        for i in range(14):
            turns.append(
                Turn(
                    collection="",
                    session=name,
                    text=SAYINGS[(i * 3 + session) % len(SAYINGS)] + f" ({i})" * (i % 2),
                    source_id=f"D{session + 1}:{i + 1}",
                    speaker=("Ana", "Ben", "Cem")[(i + i // 5) % 3],
                    said_at=START + timedelta(days=7 * session, minutes=25 * i + (i > 9) * 90),
                    where=f"pool:{i}",
                )
            )
    return turns


def opened(url: str, scope: str = "ana") -> Memory:
    return Memory.open(url, scope=scope, clock=standing_clock)


def content(memory: Memory) -> list[str]:
    """The logical dump without tombstones, which a fresh build has none of."""
    return [line for line in dump(memory.store) if json.loads(line)["kind"] != "tombstone"]


class AnyOrder(RuleBasedStateMachine):
    """Adds, batches, deletions and restorations of one pool of turns, on one kind of store."""

    url = "ram:"
    held = Bundle("held")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.memory = opened(self.url.replace("FOLDER", self.folder.name))
        self.present: dict[int, str] = {}
        self.turns = pool()

    @rule(target=held, numbers=st.lists(st.integers(0, 27), min_size=1, max_size=9, unique=True))
    def ingest(self, numbers: list[int]) -> object:
        before = set(self.present)
        self.memory.ingest_turns([self.turns[i] for i in numbers], restore=True)
        by_name = {e.source_id: e.id for e in self.memory.store.scan("episode", self.scope)}
        self.present |= {i: by_name[str(self.turns[i].source_id)] for i in numbers}
        return multiple(*sorted(set(self.present) - before))

    @rule(number=consumes(held))
    def delete(self, number: int) -> None:
        if number in self.present:
            self.memory.delete(self.present.pop(number))

    @rule()
    def delete_session_one(self) -> None:
        if any(i < 14 for i in self.present):
            self.memory.delete_session("s1")
            self.present = {i: id_ for i, id_ in self.present.items() if i >= 14}

    @property
    def scope(self) -> str:
        return self.memory.scope.key

    @invariant()
    def equals_one_fresh_build(self) -> None:
        with opened("ram:") as fresh:
            fresh.ingest_turns([self.turns[i] for i in sorted(self.present)])
            assert content(self.memory) == content(fresh)

    def teardown(self) -> None:
        if hasattr(self, "memory"):
            self.memory.close()
            self.folder.cleanup()


class AnyOrderInAFile(AnyOrder):
    url = "FOLDER/memory.db"


TestAnyOrderInRam = AnyOrder.TestCase
TestAnyOrderInRam.settings = settings(max_examples=25, stateful_step_count=12)
TestAnyOrderInAFile = AnyOrderInAFile.TestCase
TestAnyOrderInAFile.settings = settings(max_examples=10, stateful_step_count=10)


def passages() -> list[Turn]:
    """The sample documents: names that one tells and another explains."""
    items = list(read_source(SAMPLES / "documents"))
    return [item for item in items if isinstance(item, Turn)]


@given(st.permutations(range(28 + len(passages()))), st.lists(st.integers(1, 50), max_size=6))
@settings(max_examples=15)
def test_search_results_do_not_depend_on_the_order_of_arrival(
    order: list[int], cuts: list[int]
) -> None:
    turns = pool() + passages()
    with opened("ram:") as one, opened("ram:") as other:
        one.ingest_turns(turns)
        for part in _cut([turns[i] for i in order], sorted(set(cuts))):
            other.ingest_turns(part)
            other.search("Where does Ana live?")  # brings the index up to date step by step
        for question in (
            "Where does Ana live?",
            "Who called Ben about 北京大学?",
            "Who printed the book written by the founder of Quillon Glassworks?",
        ):
            assert seen(one, question) == seen(other, question)


def test_another_scope_changes_no_score(tmp_path: Path) -> None:
    path = str(tmp_path / "memory.db")
    turns = pool()
    with opened(path, "ana") as ana:
        ana.ingest_turns(turns[:14])
        alone = seen(ana, "Where does Ana live?")
    with opened(path, "ben") as ben:
        ben.ingest_turns(turns)
    with opened(path, "ana") as ana:
        assert seen(ana, "Where does Ana live?") == alone
        assert {hit[1] for hit in alone}.isdisjoint(
            {hit.note.id for hit in opened_search(path, "ben")}
        )


def opened_search(path: str, scope: str) -> list:
    with opened(path, scope) as memory:
        return memory.search("Where does Ana live?", k=28)


def seen(memory: Memory, question: str) -> list[tuple[float, str, tuple[str, ...]]]:
    return [(hit.score, hit.note.id, hit.why) for hit in memory.search(question, k=90)]


def _cut(turns: list[Turn], cuts: list[int]) -> Iterator[list[Turn]]:
    bounds = [0, *cuts, len(turns)]
    for start, end in pairwise(bounds):
        yield turns[start:end]
