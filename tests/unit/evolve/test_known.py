"""What evolutions know, brought up to date step by step, against all of it read at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graphmem.changes import Edit
from graphmem.evolve.known import Known
from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock

SAYINGS = (
    "My locker is number 14.", "Rain again when I met Hed on the quay.", "My locker is number 31.",
    "I was wet.", "Hedda and Odd Moe met on the quay in the rain.", "Moe is never on the quay.",
    "My locker is number 31.", "So Hedda left the quay to Moe.",
)  # fmt: skip


@pytest.fixture(params=["ram:", "file"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    place = "ram:" if request.param == "ram:" else tmp_path / "memory.db"
    with Memory.open(open_store(place, clock=standing_clock), scope="ida") as opened:
        yield replace_clock(opened)


def replace_clock(memory: Memory) -> Memory:
    memory._clock = standing_clock
    return memory


def turn(place: int) -> Turn:
    return Turn(
        collection="", session=f"s{place % 3}", text=SAYINGS[place], source_id=f"T{place}",
        speaker=("Hedda", "Odd Moe")[place % 2], where="",
        said_at=standing_clock().replace(hour=place),
        metadata={"kind": "fact"} if "locker" in SAYINGS[place] else {},
    )  # fmt: skip


def state(known: Known) -> object:
    """Return all that an evolution asks of what is known."""
    return (
        known.said,
        {author: ids for author, ids in known.by.items() if ids},
        known.facts.of,
        known.neighbours.of,
        known.things.same,
        known.things.merges(),
    )


def said(edit: Edit) -> list[object]:
    """Return what an edit did, without the name of its run."""
    return [replace(change, run_id="") for change in edit.changes] + [*edit.rejected]


def check(memory: Memory) -> None:
    """Hold what is known to all of it, read at once."""
    memory._known.refresh(memory.store)
    memory._known.fresh("rule:evolve@1")
    whole = Known(memory.scope.key)
    whole.refresh(memory.store)
    whole.fresh("rule:evolve@1")
    assert state(memory._known) == state(whole)


def test_step_by_step_it_knows_what_is_there(memory: Memory) -> None:
    other = Memory(memory.store, memory.scope, encoder=memory.encoder,
                   extractor=memory._extractor, clock=standing_clock)  # fmt: skip
    for place in range(len(SAYINGS)):
        memory.ingest_turns([turn(place)])
        check(memory)
        told = memory.evolve(dry_run=True)
        check(memory)
        edit = memory.evolve()
        assert said(told) == said(edit)
        check(memory)
        if place == 3:
            memory.undo(edit.run_id, cascade=True)
        if place == 4:
            other.delete("T0" if other._own_ids.named("T0") else other.list()[0].id)
        if place == 5:
            other.evolve()
            other.merge("Hedda", "Odd Moe")
        check(memory)
    before = list(dump(memory.store))
    assert memory.evolve().changes == ()
    assert list(dump(memory.store)) == before


def test_what_a_transaction_around_it_takes_back_is_not_known(memory: Memory) -> None:
    memory.ingest_turns([turn(place) for place in range(3)])
    memory.evolve()

    def work() -> None:
        memory.ingest_turns([turn(3)])
        memory.evolve()
        raise KeyError

    with pytest.raises(KeyError):
        memory.store.atomically(work)
    memory.ingest_turns([turn(4)])
    check(memory)
    assert memory.evolve().looked_at == 1
    check(memory)


def test_a_proposer_that_breaks_leaves_nothing_known_of_what_it_heard(memory: Memory) -> None:
    class Broken:
        name = "rule:evolve@1"

        def propose(self, *_: object) -> list[object]:
            raise RuntimeError

    memory.ingest_turns([turn(0)])
    with pytest.raises(RuntimeError):
        memory.evolve(proposer=Broken())  # type: ignore[arg-type]
    check(memory)
    assert memory.evolve().looked_at == 1
