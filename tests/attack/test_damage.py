"""Stores with flipped bits, lost pages and cut ends: told of, and never a traceback.

GRAPHMEM_ATTACKS=600 python -m pytest tests/attack/test_damage.py
"""

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from graphmem.errors import GraphmemError
from graphmem.graph import dump
from graphmem.graph.transfer.examine import examine
from graphmem.graph.transfer.move import export
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from tests.attack.amount import attacks

PLACES = ("Tartu", "Riga", "Vilnius", "Turku", "Malmo")
PEOPLE = ("Kaja", "Mart", "Liis")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a sound store of two scopes."""
    path = tmp_path_factory.mktemp("whole") / "memory.db"
    for scope in ("kaja", "mart/helper"):
        with Memory.open(path, scope=scope, clock=standing_clock) as memory:
            memory.ingest_turns([_turn(i) for i in range(120)])
            notes = [n for n in memory.store.scan("note", memory.scope.key) if n.kind == "turn"]
            memory.delete(notes[3].id, notes[70].id)
    return path.read_bytes()


def _turn(i: int) -> Turn:
    way = f"from {PLACES[i % 5]} to {PLACES[i * 2 % 5]}"
    text = f"{PEOPLE[i % 3]} rowed {way} in {1990 + i}. So it was."
    return Turn(
        collection="log",
        session=f"week {i // 20}",
        text=text,
        source_id=f"L{i}",
        speaker=PEOPLE[i % 3],
        said_at=standing_clock().replace(year=2020, minute=i % 60, hour=i // 60),
        where=f"log:{i}",
        metadata={"boat": i % 7},
    )


def damaged(whole: bytes, seed: int) -> bytes:
    """Return the bytes with a few bits flipped, a run of bytes lost, or the end cut off."""
    dice, made = random.Random(seed), bytearray(whole)
    match seed % 5:
        case 0 | 1 | 2:
            for _ in range(dice.choice((1, 1, 8, 64))):
                made[dice.randrange(100, len(made))] ^= 1 << dice.randrange(8)
        case 3:
            start = dice.randrange(100, len(made))
            made[start : start + dice.choice((16, 512, 8_192))] = bytes(
                len(made[start : start + dice.choice((16, 512, 8_192))])
            )
        case _:
            del made[dice.randrange(100, len(made)) :]
    return bytes(made)


def sqlite_finds(path: Path, pragma: str) -> bool:
    """Tell whether SQLite alone finds damage."""
    try:
        with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
            return db.execute(f"PRAGMA {pragma}").fetchall() != [("ok",)]
    except sqlite3.Error:
        return True


def told(path: Path, *, full: bool) -> list[str]:
    """Return what doctor would say is wrong."""
    try:
        with closing(open_store(path, must_exist=True)) as store:
            return examine(store, full=full)
    except GraphmemError as error:
        return [str(error)]


def use(path: Path) -> None:
    """Read a store in every way, each of which may fail with an error of one line."""
    for act in (
        lambda store: list(dump(store)),
        lambda store: [store.stats(scope) for scope in store.scopes()],
        lambda store: export(store, path.with_name("export.jsonl"), force=True),
    ):
        with suppress(GraphmemError), closing(open_store(path, must_exist=True)) as store:
            act(store)
    for question in ("Who rowed to Riga?", "Where was Mart in 1994?"):
        with suppress(GraphmemError), Memory.open(path, scope="kaja") as memory:
            memory.search(question, k=10)


def test_damage_that_sqlite_can_tell_is_told_and_none_ends_in_a_traceback(
    whole: bytes, tmp_path: Path
) -> None:
    found = 0
    for seed in range(attacks(60)):
        path = tmp_path / f"{seed}.db"
        path.write_bytes(damaged(whole, seed))
        quick, full = (sqlite_finds(path, name) for name in ("quick_check", "integrity_check"))
        quickly, fully = told(path, full=False), told(path, full=True)
        assert quickly or not quick, f"seed {seed}"
        assert fully or not full, f"seed {seed}"
        assert all("\n" not in line for line in (*quickly, *fully)), f"seed {seed}"
        use(path)
        found += bool(fully)
        for part in tmp_path.iterdir():
            part.unlink()
    assert found > 0


def test_a_sound_store_is_found_well(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(whole)
    assert told(path, full=True) == []
