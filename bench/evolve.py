"""What an evolution costs as a memory grows: all of it once, and then one new turn.

    python -m bench.evolve                   # 1,000 and 10,000 turns
    python -m bench.evolve --sizes 100000

One JSON line a size; milliseconds of processor time.
"""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import parser, report
from bench.invented import invented_turns
from graphmem.memory import Memory

SIZES = (1_000, 10_000)
ADDED = 15


def main() -> None:
    """Measure each size."""
    arguments = parser(__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    for size in arguments.parse_args().sizes:
        with TemporaryDirectory() as folder:
            report(**measured(Path(folder) / "memory.db", size))


def measured(path: Path, size: int) -> dict[str, object]:
    """Return what it costs to evolve a store of some size, and then one turn more, by median."""
    turns = list(invented_turns(size + ADDED))
    with Memory.open(path, scope="bench") as memory:
        memory.ingest_turns(turns[:size])
        begin = time.process_time()
        edit = memory.evolve()
        whole = time.process_time() - begin
        each: list[float] = []
        for turn in turns[size:]:
            memory.ingest_turns([turn])
            begin = time.process_time()
            memory.evolve()
            each.append(1_000 * (time.process_time() - begin))
        return {
            "turns": size,
            "changes": len(edit.changes),
            "whole_s": round(whole, 1),
            "per_turn_ms": round(1_000 * whole / size, 2),
            "one_more_ms": round(statistics.median(each), 1),
        }


if __name__ == "__main__":
    main()
