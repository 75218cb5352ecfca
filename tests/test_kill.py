"""`kill -9` at any moment of an ingest: the next run ends where a clean one does."""

import os
import random
import signal
import time
from pathlib import Path

import orjson
import pytest

import graphmem.ingest
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.registry import open_store

KILLS = 50
TURNS = 300
GROWTH = 1.02
"""By so much the next kill may come later, so that a slow child still gets to its end."""


def write_turns(path: Path) -> None:
    with path.open("wb") as file:
        for i in range(TURNS):
            turn = {
                "session": f"s{i // 30}",
                "id": f"D{i // 30}:{i % 30}",
                "speaker": ("Ana", "Ben")[i % 2],
                "text": f"Turn {i}: we met {('Maria', 'Omar', 'Ivan')[i % 3]} in Porto last week.",
                "said_at": f"2024-{1 + i // 300:02d}-{1 + i // 30 % 28:02d}T10:{i % 60:02d}:00Z",
            }
            file.write(orjson.dumps(turn) + b"\n")


def ingest(source: Path, store: Path) -> None:
    with Memory.open(store, scope="ana") as memory:
        memory.ingest(source)


def killed_while_ingesting(source: Path, store: Path, after_seconds: float) -> bool:
    """Ingest in a child process, kill it after a while; False if it was done before."""
    child = ingesting(source, store)
    time.sleep(after_seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def ingesting(source: Path, store: Path) -> int:
    """Return the number of a child process that ingests and ends."""
    child = os.fork()
    if child == 0:
        ingest(source, store)
        os._exit(0)
    return child


def dumped(path: Path) -> list[str]:
    store = open_store(str(path))
    try:
        return list(dump(store))
    finally:
        store.close()


@pytest.mark.timeout(1800)  # a fork is slow where many tests ran before in this process
@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphmem.ingest, "EPISODES_PER_WRITE", 20)
    source = tmp_path / "turns.jsonl"
    write_turns(source)
    began = time.perf_counter()
    os.waitpid(ingesting(source, tmp_path / "clean.db"), 0)
    whole = time.perf_counter() - began
    clean = dumped(tmp_path / "clean.db")

    dice, killed, round_ = random.Random(7), 0, 0
    while killed < KILLS:
        store = tmp_path / f"killed{round_}.db"
        round_ += 1
        while killed_while_ingesting(source, store, dice.uniform(0, whole)):
            killed += 1
            whole *= GROWTH
        assert dumped(store) == clean
