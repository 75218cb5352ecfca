"""What was useful stays within reach on every store; undone, all is byte for byte what it was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from tests.contract import stores
from tests.unit.test_probing import SAID, Superseding, note_id

MADE_BY = [stores.ram, stores.sqlite, pytest.param(stores.neo4j, marks=pytest.mark.neo4j)]


@pytest.fixture(params=MADE_BY, ids=["ram", "sqlite", "neo4j"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    opened: Callable[[Path, int], GraphStore] = request.param
    with Memory.open(opened(tmp_path, 0), scope="ida", clock=standing_clock) as made:
        for number, (speaker, text) in enumerate(SAID):
            at = f"2024-01-{number + 1:02}"
            made.add(text, speaker=speaker, said_at=at, id=f"t{number}")
        yield made


@pytest.mark.parametrize("is_searched", [True, False])
def test_an_evolution_is_held_to_what_was_useful(memory: Memory, is_searched: bool) -> None:
    question = "What did Ole carve?"
    old, other, new = (note_id(memory, id_) for id_ in ("t1", "t2", "t4"))
    memory.useful(question, "t1")
    if is_searched:
        memory.search(question)
    before = list(dump(memory.store))
    proposer = Superseding([(old, new), (other, new)])
    for dry_run in (True, False):
        edit = memory.evolve(proposer=proposer, dry_run=dry_run)
        assert {d.change.target.note for d in edit.dropped} == {old}  # type: ignore[union-attr]
        if dry_run:
            assert list(dump(memory.store)) == before
    assert memory.history(other).note.superseded_by == new
    assert memory.search(question, k=1)[0].note.id == old
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before


def test_a_sweep_is_held_to_what_was_useful_and_what_was_shown_is_written(memory: Memory) -> None:
    before = list(dump(memory.store))
    word = memory.useful("How did Tove like it? Lovely?", "t3")
    memory.search("Haha, yes!", k=1)
    shown = memory.keep_shown()
    assert [c.target.note for c in shown.changes] == [note_id(memory, "t0")]  # type: ignore[union-attr]
    edit = memory.forget(keep=0.0)
    assert [d.note for d in edit.dropped] == [note_id(memory, "t3")]
    assert memory.search("How did Tove like it? Lovely?", k=1)[0].note.id == note_id(memory, "t3")
    for run in (edit.run_id, shown.run_id, word.run_id):
        memory.undo(run)
    assert list(dump(memory.store)) == before
