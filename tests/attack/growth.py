"""What each sort of hostile content costs as it grows: no sort may cost more than in proportion.

python -m tests.attack.growth               # 16 KB against 64 KB, processor seconds
"""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.attack.test_hostile_files import JUNK, LINES, PROGRAM

KILOBYTES = (16, 64)
LEAST_SECONDS = 0.05
"""Of processor time that count as growth; below it a clock says little."""
RUNS = ("[", '{"a":', "9", "(", "e\u0301", '"', "\\", "\x1b[", "'s ", "a.b.", "http://", "@a ")


def contents() -> Iterator[tuple[str, str, str]]:
    """Yield a name, a suffix and a piece of each sort, to be repeated to any length."""
    for i, line in enumerate(LINES):
        yield f"line {i}", "txt", line + "\n"
    for i, junk in enumerate(JUNK):
        told = json.dumps({"speaker": "Ana", "text": junk, "timestamp": junk, "id": junk})
        yield f"record {i}", "jsonl", told.encode("utf-8", "replace").decode() + "\n"
    for i, run in enumerate(RUNS):
        yield f"run {i} in text", "txt", run
        yield f"run {i} in json", "json", run


def exponents(smaller_kb: int, larger_kb: int) -> dict[str, float]:
    """Return by name the power of its length that each sort costs; what costs nothing is left out.

    1.0 is in proportion, 2.0 quadratic. Of two readings of each size the faster one counts.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, named = Path(name), {}
        for i, (sort, suffix, piece) in enumerate(contents()):
            for size in (smaller_kb, larger_kb):
                text = piece * (size * 1024 // len(piece.encode()) + 1)
                for reading in range(2):
                    file = folder / f"{i:03}-{size:04}-{reading}.{suffix}"
                    file.write_text(text, "utf-8")
                    named[file.name] = sort, size
        took: dict[tuple[str, int], float] = {}
        command = [sys.executable, "-c", PROGRAM, str(folder)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for row in map(json.loads, done.stdout.splitlines()):
            if row[1]:
                raise AssertionError(row)
            key = named[row[0]]
            took[key] = min(took.get(key, math.inf), row[2])
    times = larger_kb / smaller_kb
    return {
        sort: math.log(took[sort, larger_kb] / took[sort, smaller_kb], times)
        for sort, size in took
        if size == larger_kb and took[sort, larger_kb] >= LEAST_SECONDS
    }


def main() -> None:
    """Print each sort with its power, the steepest first."""
    for sort, power in sorted(exponents(*KILOBYTES).items(), key=lambda item: -item[1]):
        print(f"{power:5.2f}  {sort}")  # noqa: T201


if __name__ == "__main__":
    main()
