"""`kill -9` while an index is written or removed: the store answers as without one."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.index import bases
from graphmem.index.build import build_index
from graphmem.rules.embed import RuleEncoder

KILLS = 12
TURNS = 400
QUESTION = "Where was the loom number 7 mended?"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bases, "FEWEST_NOTES", 1)
    path = tmp_path / "memory.db"
    with Memory.open(path, scope="ana", index="memory") as memory:
        memory.add(
            [
                {"role": "user", "content": f"The loom number {i} was mended in shed {i % 9}."}
                for i in range(TURNS)
            ],
            session="looms",
        )
    return path


def child(work):
    """Do some work in a child process; return its number."""
    number = os.fork()
    if number == 0:
        work()
        os._exit(0)
    return number


def killed(number, after_seconds):
    time.sleep(after_seconds)
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    return os.WIFSIGNALED(status)


def seconds(work):
    began = time.perf_counter()
    os.waitpid(child(work), 0)
    return time.perf_counter() - began


def asked(path, index):
    with Memory.open(path, scope="ana", index=index) as memory:
        return [hit.to_dict() for hit in memory.search(QUESTION, k=5)]


@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_a_whole_index_or_none(path):
    def build():
        with Memory.open(path, scope="ana", index="memory") as memory:
            build_index(memory.store, RuleEncoder())

    whole, dice, wanted = seconds(build), random.Random(3), asked(path, "memory")
    n_killed = 0
    while n_killed < KILLS:
        is_killed = killed(child(build), dice.uniform(0.2, 1) * whole)
        n_killed += is_killed
        whole *= 1 if is_killed else 0.8  # it took longer when it was timed, beside other programs
        assert asked(path, "disk") == wanted
    seconds(build)  # which removes what the killed ones left
    assert not any(path.with_name("memory.db-index").glob("*.part"))


@pytest.mark.slow
def test_a_deletion_that_is_killed_leaves_nothing_of_what_is_gone_once_the_store_is_opened(path):
    dice = random.Random(5)
    with Memory.open(path, scope="ana", index="memory") as memory:
        left = [(note.id, note.text) for note in memory.list(limit=TURNS).notes]

    def delete():
        with Memory.open(path, scope="ana", index="memory") as memory:
            memory.delete(left[-1][0])

    whole = seconds(delete)
    left.pop()
    for _ in range(KILLS):
        asked(path, "disk")
        assert any(path.with_name("memory.db-index").glob("*.base"))
        killed(child(delete), dice.uniform(0.1, 1) * whole)
        with Memory.open(path, scope="ana", index="memory") as memory:
            there = {note.text for note in memory.list(limit=TURNS).notes}
        for base in path.with_name("memory.db-index").glob("*.base"):
            raw = base.read_bytes()
            gone = [text for _, text in left if text not in there]
            assert not any(text.encode() in raw for text in gone)
        assert asked(path, "disk") == asked(path, "memory")
        left = [one for one in left if one[1] in there]
