"""How the cost of daily use grows with a memory of documents; JSON lines; no timed test.

    python -m bench.passages                           # 1,000, 10,000 and 100,000 passages
    python -m bench.passages --sizes 1000 20000

Invented passages of 380 letters, each with a title and four names; rule encoder; the walk included.
Milliseconds of processor: `first` is the first search of a process without an index, `add_turn` a
turn added and then searched, `add_passage` a passage added and then searched.
"""

import tempfile
from functools import partial
from pathlib import Path

from bench.harness import cpu_seconds, ms, parser, report
from bench.invented import invented_passage_questions, invented_passages
from bench.memory import peak_mb
from graphmem import Memory
from graphmem.ingest import Turn

SIZES = (1_000, 10_000, 100_000)
ASKED, PAIRS = 50, 5


def main() -> None:
    """Fill, ask, print, size by size."""
    command = parser(__doc__)
    command.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    for n in command.parse_args().sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder) / "memory.db", n)


def _measure(path: Path, n: int) -> None:
    questions = invented_passage_questions(ASKED, among=n)
    with Memory.open(path, scope="bench", encoder="rules", index="memory") as memory:
        filled = cpu_seconds(lambda: memory.ingest_turns(invented_passages(n)))
        filled_mb = peak_mb()
        first = cpu_seconds(lambda: memory.search(questions[0]))
        asked = [cpu_seconds(partial(memory.search, question)) for question in questions]

        def turn(number: int) -> None:
            memory.add(f"Ana sold lamp {number} in Turin.", speaker="Ana", session="s1")
            memory.search(questions[number])

        more = [_another(number) for number in range(PAIRS)]

        def passage(number: int) -> None:
            memory.ingest_turns([more[number]])
            memory.search(questions[number])

        turn(0)  # which makes the memory one of both kinds
        turns = [cpu_seconds(partial(turn, number)) for number in range(1, PAIRS + 1)]
        passages = [cpu_seconds(partial(passage, number)) for number in range(PAIRS)]
    report(
        bench="passages", passages=n, search_p50=ms(asked), search_p95=ms(asked, 95),
        first=round(1000 * first), add_turn=ms(turns), add_passage=ms(passages),
        passages_per_second=round(n / filled), ingest_peak_mb=filled_mb, peak_mb=peak_mb(),
    )  # fmt: skip


def _another(number: int) -> Turn:
    (made,) = invented_passages(1, seed=1_000 + number)
    return made


if __name__ == "__main__":
    main()
