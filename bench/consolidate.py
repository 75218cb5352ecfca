"""What consolidating a memory costs as it grows: seconds and peak memory, one JSON line a size.

    python -m bench.consolidate --sizes 10000 100000

Turns are invented (`bench.invented`), in SQLite; a second run over the same finds nothing to do.
"""

import tempfile
from pathlib import Path

from bench.harness import parser, report, seconds
from bench.invented import invented_turns
from bench.memory import peak_mb
from graphmem.memory import Memory


def main() -> None:
    """Measure each size."""
    command = parser(__doc__)
    command.add_argument("--sizes", type=int, nargs="*", default=(10_000, 100_000))
    for n in command.parse_args().sizes:
        with (
            tempfile.TemporaryDirectory() as folder,
            Memory.open(Path(folder) / "memory.db", scope="bench") as memory,
        ):
            memory.ingest_turns(invented_turns(n))
            before = peak_mb()
            first = seconds(memory.consolidate)
            made = len(memory.list(kind="topic", limit=n)) + len(
                memory.list(kind="insight", limit=n)
            )
            again = seconds(memory.consolidate)
            swept = seconds(lambda: memory.forget(dry_run=True))  # called at once
            report(
                turns=n, notes=made, seconds=round(first, 1), again_seconds=round(again, 1),
                forget_dry_run_seconds=round(swept, 1), peak_mb=peak_mb(), before_mb=before,
            )  # fmt: skip


if __name__ == "__main__":
    main()
