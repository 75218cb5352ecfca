"""Two writing processes and eight reading threads on one SQLite store, for a while.

    python -m tests.attack.soak --seconds 60

Prints one JSON line: what was done, how often the store was busy, what went wrong.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graphmem.errors import MissingRecordError, StoreBusyError
from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.testing import standing_clock

WRITERS, READING_PROCESSES, THREADS = 2, 2, 4
PER_SESSION = 40
DELETED = 0.15
START = datetime(2024, 5, 1, 9, tzinfo=UTC)
SAYINGS = (
    "I moved to Porto with Maria.",
    "Yes.",
    "The kiln arrives on Friday, Omar said.",
    "We sail to Bergen in June!",
    "Did Ivan sell the red bicycle?",
)
QUESTIONS = ("Who moved to Porto?", "When does the kiln arrive?", "What did Ivan sell?")


@dataclass
class Seen:
    """What one worker did, and what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    held: dict[str, Turn] = field(default_factory=dict)
    """What a writer wrote and did not delete, by the turn's own id."""


def soak(path: Path, *, seconds: float, dumps: float = 0.0) -> Seen:
    """Run all workers for a while, then compare the store with one fresh build of what is left.

    `dumps` is the share of reads that dump the store and look whether what came is one state.
    """
    Memory.open(path, scope="ana").close()
    workers = WRITERS + READING_PROCESSES
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        running = [pool.submit(write, path, number, seconds) for number in range(WRITERS)]
        running += [pool.submit(read, path, n, seconds, dumps) for n in range(READING_PROCESSES)]
        found = [one.result() for one in running]
    whole = Seen()
    for one in found:
        whole.done += one.done
        whole.faults += one.faults
        whole.held |= one.held
    whole.faults += differences(path, list(whole.held.values()))
    return whole


def write(path: Path, number: int, seconds: float) -> Seen:
    """Add turns to sessions of one's own and to one that both write, deleting some again."""
    seen, dice = Seen(), random.Random(number)
    until = time.monotonic() + seconds
    with Memory.open(path, scope="ana", clock=standing_clock) as memory:
        for step in range(sys.maxsize):
            if time.monotonic() > until:
                break
            turn = _turn(number, step)
            _retried(seen, "add", lambda turn=turn: memory.ingest_turns([turn]))
            seen.held[str(turn.source_id)] = turn
            if dice.random() < DELETED:
                gone = dice.choice(sorted(seen.held))
                _retried(seen, "delete", lambda gone=gone: _delete(memory, gone))
                del seen.held[gone]
    return seen


def read(path: Path, number: int, seconds: float, dumps: float) -> Seen:
    """Search and dump in several threads, each with a memory of its own."""
    with ThreadPoolExecutor(THREADS) as threads:
        found = list(
            threads.map(
                lambda thread: _read_in_a_thread(path, THREADS * number + thread, seconds, dumps),
                range(THREADS),
            )
        )
    return Seen(
        done=sum((one.done for one in found), Counter()),
        faults=[fault for one in found for fault in one.faults],
    )


def differences(path: Path, turns: list[Turn]) -> list[str]:
    """Return what the store has and a fresh build of the same turns has not, or the reverse."""
    with (
        Memory.open(path, scope="ana") as grown,
        Memory.open("ram:", scope="ana", clock=standing_clock) as fresh,
    ):
        fresh.ingest_turns(sorted(turns, key=lambda turn: str(turn.source_id)))
        here, there = ({*_without_tombstones(memory)} for memory in (grown, fresh))
    parts = [("only in the store", here - there), ("only in a fresh build", there - here)]
    return [f"{name}: {len(lines)}, first {min(lines)}" for name, lines in parts if lines]


def _turn(number: int, step: int) -> Turn:
    """Every third turn goes to a session that both writers write."""
    round_ = step // PER_SESSION
    session = f"both-{round_}" if step % 3 == 0 else f"own-{number}-{round_}"
    return Turn(
        collection="",
        session=session,
        source_id=f"D{number}:{step:06d}",
        speaker=("Ana", "Ben")[step % 2],
        text=SAYINGS[step % len(SAYINGS)],
        said_at=START + timedelta(minutes=2 * step + number),
        where=f"writer {number}",
    )


def _delete(memory: Memory, source_id: str) -> None:
    (id_,) = [e.id for e in memory.store.scan("episode", "ana") if e.source_id == source_id]
    memory.delete(id_)


def _read_in_a_thread(path: Path, number: int, seconds: float, dumps: float) -> Seen:
    seen, dice = Seen(), random.Random(number)
    until = time.monotonic() + seconds
    with Memory.open(path, scope="ana", clock=standing_clock) as memory:
        while time.monotonic() < until:
            if dice.random() < dumps:
                _retried(seen, "dump", lambda: _check_dump(memory, seen))
            else:
                question = dice.choice(QUESTIONS)
                _retried(seen, "search", lambda question=question: memory.search(question, k=10))
    return seen


def _check_dump(memory: Memory, seen: Seen) -> None:
    """A dump is one state: no note's origin is missing, no session has two session notes."""
    rows = [json.loads(line) for line in dump(memory.store)]
    episodes = {row["id"] for row in rows if row["kind"] == "episode"}
    notes = [row for row in rows if "origins" in row and "sentences" in row]
    if any(not set(note["origins"]) <= episodes for note in notes):
        seen.faults.append("a dump has a note without its episode")


def _retried(seen: Seen, name: str, act: Callable[[], object]) -> None:
    """Do a thing until the store is not busy; anything else that is raised is a fault."""
    was_busy = False
    while True:
        try:
            act()
        except StoreBusyError:
            seen.done[f"{name}: busy"] += 1
            was_busy = True
            continue
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            # a delete that was busy while it compacted the file has deleted all the same
            if not (was_busy and isinstance(error, MissingRecordError | ValueError)):
                seen.faults.append(f"{name}: {type(error).__name__}: {error}")
        seen.done[name] += 1
        return


def _without_tombstones(memory: Memory) -> list[str]:
    return [line for line in dump(memory.store) if json.loads(line)["kind"] != "tombstone"]


def main() -> None:
    """Soak a new store and print what was seen."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("--seconds", type=float, default=60.0)
    command.add_argument("--dumps", type=float, default=0.0, help="share of reads that dump")
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = soak(Path(folder) / "memory.db", seconds=options.seconds, dumps=options.dumps)
    kinds = Counter(fault.partition(" with id")[0] for fault in seen.faults)
    sys.stdout.write(json.dumps({"seconds": options.seconds, **seen.done, "faults": kinds}) + "\n")


if __name__ == "__main__":
    main()
