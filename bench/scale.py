"""How the cost of daily use grows with a memory, beside two peers; JSON lines; no timed test.

    python -m bench.scale                              # 1,000, 10,000 and 100,000 turns
    python -m bench.scale --sizes 1000000 --alone      # no peers: half an hour, 3 GB of disk
    python -m bench.scale --spread natural             # words as rare as in talk
    python -m bench.scale --alone --encoder invented   # vectors and signs as of MiniLM, no model
    python -m bench.scale --alone --encoder minilm --sizes 1000          # the model itself

Invented turns, rule encoder unless another is named, milliseconds of processor (so that other
programs do not count; all of it runs on one core), each first search in a process of its own:
`shell` is `graphmem search` as a whole, `shell_no_index` the same with `index = "memory"`, `first`
opening and the first search without Python's imports and the encoder's, which `encoder_open` is,
`add_search` a turn added and then searched for. SQLite's FTS5 and bm25s get the same texts and
questions, and do nothing but rank words: no neighbours, speakers, dates, reasons or records;
bm25s cannot add, so `add_search` builds it anew.
The last line is the exponent of each cost between the first and the last size: 1 is linear.
"""

import math
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar, get_args

import bm25s

from bench.harness import ms, parser, report
from bench.invented import Spread, invented_questions, invented_turns
from bench.invented_encoder import NAME, register
from graphmem import Memory
from graphmem.registry import open_encoder
from graphmem.text import STOPWORDS, words

SIZES = (1_000, 10_000, 100_000)
ASKED, PAIRS, STARTS = 100, 20, 5
MEASURES = ("shell", "first", "add_search_p50", "search_p50", "ingest_seconds", "disk_bytes")
Line = dict[str, float | str | int]
T = TypeVar("T")


def main() -> None:
    """Fill, ask, print, size by size."""
    command = parser(__doc__)
    command.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    command.add_argument("--alone", action="store_true", help="graphmem without its peers")
    command.add_argument("--spread", choices=get_args(Spread), default="dense")
    command.add_argument("--encoder", default="rules", choices=("rules", NAME, "minilm"))
    given = command.parse_args()
    graphmem = partial(_graphmem, encoder=given.encoder)
    sizes, measures = given.sizes, (graphmem,) if given.alone else (graphmem, _fts5, _bm25s)
    lines: dict[str, list[Line]] = {}
    for n in sizes:
        for measure in measures:
            with tempfile.TemporaryDirectory() as folder:
                line = measure(Path(folder), n, given.spread)
            report(**line, spread=given.spread)
            lines.setdefault(str(line["system"]), []).append(line)
    for system, (first, *_, last) in ((s, found) for s, found in lines.items() if len(found) > 1):
        grown = math.log(sizes[-1] / sizes[0])
        report(bench="scale", system=system, exponents={
            name: round(math.log(float(last[name]) / float(first[name])) / grown, 2)
            for name in MEASURES if first.get(name) and last[name]
        })  # fmt: skip


def _graphmem(folder: Path, n: int, spread: Spread, *, encoder: str) -> Line:
    path = folder / "memory.db"
    took = _alone(_filled, path, n, spread, encoder)
    without = _shell(path, spread, index="memory", times=1)
    _shell(path, spread, times=1)  # writes the index
    shell, first = _shell(path, spread), median(_alone(_first, path, spread) for _ in range(STARTS))
    used, opened = _alone(_used, path, spread), _alone(_encoder_opened, encoder)
    index = sum(one.stat().st_size for one in folder.glob("memory.db-index/*"))
    return {
        "bench": "scale", "system": "graphmem", "encoder": encoder, "turns": n, "shell": shell,
        "shell_no_index": without, "first": first, "encoder_open": opened, **used,
        "turns_per_second": round(n / took), "ingest_seconds": round(took, 4),
        "disk_bytes": path.stat().st_size + index, "index_bytes": index,
        "bytes_per_turn": round((path.stat().st_size + index) / n),
    }  # fmt: skip


def _cpu(call: Callable[[], object]) -> float:
    """Return the processor's seconds of a call and of the processes that it waits for."""
    began = time.process_time(), _of_children()
    call()
    return time.process_time() - began[0] + _of_children() - began[1]


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _alone(work: Callable[..., T], *args: object) -> T:
    """Do some work in a new process."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=register) as pool:
        return pool.submit(work, *args).result()


def _filled(path: Path, n: int, spread: Spread, encoder: str) -> float:
    with Memory.open(path, scope="bench", encoder=encoder) as memory:
        return _cpu(lambda: memory.ingest_turns(invented_turns(n, spread=spread)))


def _shell(path: Path, spread: Spread, *, index: str = "disk", times: int = STARTS) -> float:
    """Return the milliseconds of `graphmem search`, from Python's start to its end."""
    question = invented_questions(1, spread=spread)[0]
    command = [sys.executable, "-m", "bench.invented_encoder", "search", question]
    environment = os.environ | {
        "GRAPHMEM_STORE": str(path), "GRAPHMEM_SCOPE": "bench", "GRAPHMEM_INDEX": index,
    }  # fmt: skip
    run = partial(subprocess.run, command, env=environment, check=True, capture_output=True)
    return ms([_cpu(run) for _ in range(times)])


def _first(path: Path, spread: Spread) -> float:
    """Return the milliseconds of opening and a first search, once everything is imported."""
    with Memory.open(path, scope="bench", must_exist=True) as memory:
        encoder = memory.encoder
    with Memory.open("ram:", scope="bench", encoder=encoder) as warm:
        warm.add("Ana left the kettle in Graz.", speaker="Ana")
        warm.search("Where did Ana leave the kettle?")
        from graphmem.index.bases import code_digest

        code_digest()

    def ask() -> None:
        with Memory.open(path, scope="bench", must_exist=True, encoder=encoder) as memory:
            memory.search(invented_questions(1, spread=spread)[0], k=10)

    return ms([_cpu(ask)])


def _encoder_opened(encoder: str) -> float:
    """Return the milliseconds of opening an encoder, its library's imports included."""
    return ms([_cpu(lambda: open_encoder(encoder))])


def _used(path: Path, spread: Spread) -> Line:
    """Return what searches cost in a process that goes on, and turns that are added between."""
    questions = invented_questions(ASKED, spread=spread)
    with Memory.open(path, scope="bench", must_exist=True) as memory:
        memory.search(questions[0])
        asked = [_cpu(lambda q=q: memory.search(q, k=10)) for q in questions]  # type: ignore[misc]
        resident = _resident_mb()

        def pair(number: int) -> None:
            memory.add(f"Ana sold lamp {number} in Turin.", speaker="Ana", session="s1")
            memory.search(questions[number], k=10)

        pairs = [_cpu(partial(pair, number)) for number in range(PAIRS)]
    return {
        "add_search_p50": ms(pairs), "add_search_p95": ms(pairs, 95), "search_p50": ms(asked),
        "search_p95": ms(asked, 95), "resident_mb": resident,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def _resident_mb() -> int:
    """Return what the process holds that no other shares: a mapped file is not counted."""
    status = Path("/proc/self/status")
    rows = dict(row.split(":", 1) for row in status.read_text().splitlines() if ":" in row)
    return int(rows["RssAnon"].split()[0]) // 1024


def _fts5(folder: Path, n: int, spread: Spread) -> Line:
    path = folder / "fts.db"
    texts = [turn.text for turn in invented_turns(n, spread=spread)]
    questions = [_matched(question) for question in invented_questions(ASKED, spread=spread)]
    db = sqlite3.connect(path)
    db.execute("CREATE VIRTUAL TABLE turn USING fts5(text, tokenize='porter')")

    def fill() -> None:
        with db:
            db.executemany("INSERT INTO turn VALUES (?)", [(text,) for text in texts])

    def ask(question: str) -> None:
        statement = "SELECT rowid, text FROM turn WHERE turn MATCH ? ORDER BY rank LIMIT 10"
        db.execute(statement, (question,)).fetchall()

    def pair(number: int) -> None:
        with db:
            db.execute("INSERT INTO turn VALUES (?)", (f"Ana sold lamp {number} in Turin.",))
        ask(questions[number])

    took = _cpu(fill)
    asked = [_cpu(partial(ask, question)) for question in questions]
    pairs = [_cpu(partial(pair, number)) for number in range(PAIRS)]
    return {
        "bench": "scale", "system": "FTS5", "turns": n, "search_p50": ms(asked),
        "search_p95": ms(asked, 95), "add_search_p50": ms(pairs), "add_search_p95": ms(pairs, 95),
        "ingest_seconds": round(took, 4), "disk_bytes": path.stat().st_size,
    }  # fmt: skip


def _matched(question: str) -> str:
    return " OR ".join(f'"{word}"' for word in words(question) if word not in STOPWORDS)


def _bm25s(folder: Path, n: int, spread: Spread) -> Line:
    texts = [turn.text for turn in invented_turns(n, spread=spread)]
    questions = invented_questions(ASKED, spread=spread)

    def built() -> bm25s.BM25:
        index = bm25s.BM25()
        index.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
        return index

    def ask(index: bm25s.BM25, question: str) -> None:
        tokens = bm25s.tokenize([question], stopwords="en", show_progress=False)
        index.retrieve(tokens, k=10, show_progress=False)

    began = time.process_time()
    index = built()
    took = time.process_time() - began
    index.save(folder)
    asked = [_cpu(partial(ask, index, question)) for question in questions]
    anew = _cpu(lambda: ask(built(), questions[0]))
    first = ms([_cpu(lambda: ask(bm25s.BM25.load(folder, mmap=True), questions[0]))])
    return {
        "bench": "scale", "system": "bm25s", "turns": n, "first": first, "search_p50": ms(asked),
        "search_p95": ms(asked, 95), "add_search_p50": ms([anew]),
        "ingest_seconds": round(took, 4),
        "disk_bytes": sum(one.stat().st_size for one in folder.iterdir()),
    }  # fmt: skip


if __name__ == "__main__":
    main()
