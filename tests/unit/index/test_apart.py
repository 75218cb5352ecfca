"""An engine that is kept over a deletion holds nothing of what was erased."""

import gc
import mmap
from types import FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from graphmem import Memory
from graphmem.index import bases
from graphmem.ingest import Turn

SECRET = "quibbledorf"


def passage(number: int, text: str) -> Turn:
    return Turn(
        collection="c", session="corpus", source_id=f"p{number}", title=f"Harbour {number}",
        is_passage=True, text=text, where=f"c:{number}",
    )  # fmt: skip


def filled(memory: Memory) -> Memory:
    """Remember turns and passages, one of each with a word that no other has."""
    for number in range(20):
        memory.add(f"We sailed to port {number}.", speaker="Ana", session="s", id=f"t{number}")
    memory.add(f"Then {SECRET.title()} sank.", speaker="Ben", session="s", id="secret")
    more = [passage(number, f"Pier {number} lies in Lisbon. It is old.") for number in range(20)]
    memory.ingest_turns([*more, passage(99, f"{SECRET.title()} lies in Porto. It is new.")])
    return memory


def is_said(root: object, word: str) -> bool:
    """Tell whether anything that can be reached from an object holds a word."""
    seen, left = {id(root)}, [root]
    while left:
        one: Any = left.pop()
        if isinstance(one, str) and word in one.lower():
            return True
        if isinstance(one, bytes | bytearray | memoryview) and word.encode() in bytes(one).lower():
            return True
        if isinstance(one, mmap.mmap) and word.encode() in one[:].lower():
            return True
        if isinstance(one, np.ndarray) and word.encode() in one.tobytes().lower():
            return True
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(
                other, type | ModuleType | FunctionType | FrameType
            ):
                seen.add(id(other))
                left.append(other)
    return False


@pytest.fixture(params=["derived", "mapped"])
def memory(request, tmp_path, monkeypatch):
    """A memory whose engine was derived in this process, or read from a file."""
    monkeypatch.setattr(bases, "FEWEST_NOTES", 1)
    path = tmp_path / "memory.db"
    with filled(Memory.open(path, scope="ana", encoder="rules")) as first:
        first.search(SECRET)
        if request.param == "derived":
            yield first
            return
    with Memory.open(path, scope="ana", encoder="rules") as second:
        second.search(SECRET)
        yield second


def test_what_was_erased_is_in_no_engine_and_the_rest_is_not_derived_anew(memory, monkeypatch):
    assert is_said(memory._engines, SECRET)
    passages = [
        hit.note.id for hit in memory.search(SECRET, k=9) if SECRET in hit.note.text.lower()
    ]
    made = []
    real = bases.EngineParts.of.__func__

    def counted(cls, snapshot, encoder, previous=None):
        made.append(previous)
        return real(cls, snapshot, encoder, previous)

    monkeypatch.setattr(bases.EngineParts, "of", classmethod(counted))
    memory.delete(*passages)
    assert not is_said(memory._engines, SECRET)
    assert len(made) == 1
    assert made[0] is not None
    assert [hit.note.text for hit in memory.search(SECRET)] == []
    assert len(made) == 1  # the search found it made


def test_an_engine_that_was_kept_answers_as_one_that_is_made_anew(memory, tmp_path):
    memory.search(SECRET)
    memory.delete("secret", "p3", "t4")
    questions = ["Who sailed to port 5?", "What lies in Lisbon?", "Pier 7", "Harbour 99"]
    kept = [[(h.note.id, h.score, h.why) for h in memory.search(q, k=9)] for q in questions]
    path = tmp_path / "memory.db"
    with Memory.open(path, scope="ana", encoder="rules", index="memory") as other:
        assert kept == [
            [(h.note.id, h.score, h.why) for h in other.search(q, k=9)] for q in questions
        ]
    assert any(kept)
