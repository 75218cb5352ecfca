"""Threads that search one memory through LangChain's retriever while one writer ingests.

    python -m bench.load --threads 32 --searches 100 --turns 2000

Prints a JSON line a stage: `idle` (one thread), `crowd` (all threads, nobody writes) and `writer`
(all threads while turns are ingested, ten a time). Each has the milliseconds a search takes, p50
and p95, the processor's milliseconds a search (the writer's too), and p95 over that of `idle`;
`process_ms` counts the time that this process had while one waited, which other programs do not
change.
`expected` is what queueing alone makes of it on a machine that does nothing else: a search is
Python, which one thread runs at a time, so that each of n threads waits for the other n - 1. Any
error or document of another scope ends the bench.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from bench.harness import ms, parser, report
from bench.invented import invented_questions, invented_turns
from graphmem.integrations.langchain import GraphmemRetriever
from graphmem.memory import Memory

PER_WRITE = 10


@dataclass(frozen=True)
class Took:
    """What the searches of a stage took."""

    walls: list[float]
    cpus: list[float]
    """Of the whole process between the question and the answer."""
    cpu: float


def main() -> None:
    """Build two scopes in one file, then time the three stages."""
    options = parser(__doc__)
    options.add_argument("--threads", type=int, default=32)
    options.add_argument("--searches", type=int, default=100, help="of each thread")
    options.add_argument("--turns", type=int, default=2000, help="in the memory at first")
    options.add_argument("--rest", type=float, default=0.0, help="seconds between two writes")
    given = options.parse_args()
    with TemporaryDirectory() as folder, Memory.open(Path(folder) / "m.db", scope="ana") as memory:
        turns = invented_turns(given.turns + 1_000_000)
        memory.ingest_turns(islice(turns, given.turns))
        memory.of("ben").ingest_turns(invented_turns(200, seed=7))
        retriever = GraphmemRetriever(memory=memory)
        questions = invented_questions(given.searches)
        idle = _timed(retriever, questions, 1)
        _stage("idle", idle, 1, idle)
        crowd = _timed(retriever, questions, given.threads)
        _stage("crowd", crowd, given.threads, idle)
        ended = Event()
        written: list[int] = []

        def write() -> None:
            while not ended.is_set():
                written.append(memory.ingest_turns(islice(turns, PER_WRITE)).episodes_added)
                ended.wait(given.rest)

        writer = Thread(target=write)
        writer.start()
        try:
            beside = _timed(retriever, questions, given.threads)
        finally:
            ended.set()
            writer.join()
        _stage("writer", beside, given.threads, idle, written=sum(written), writes=len(written))
        report(bench="load", stage="expected", p95_over_idle=given.threads)


def _timed(retriever: GraphmemRetriever, questions: list[str], threads: int) -> Took:
    """Return the seconds of every search of every thread, and the processor's for all of them."""
    retriever.invoke(questions[0])
    began_all = time.process_time()
    took: list[float] = []
    spent: list[float] = []
    faults: list[str] = []

    def ask() -> None:
        try:
            for question in questions:
                began, worked = time.perf_counter(), time.process_time()
                found = retriever.invoke(question)
                took.append(time.perf_counter() - began)
                spent.append(time.process_time() - worked)
                faults.extend(d.id or "" for d in found if d.metadata["scope"] != "ana")
        except Exception as error:
            faults.append(repr(error))
            raise

    _run(ask, threads)
    if faults:
        raise SystemExit(f"wrong: {faults[:3]}")
    return Took(took, spent, time.process_time() - began_all)


def _run(work: Callable[[], None], threads: int) -> None:
    crew = [Thread(target=work) for _ in range(threads)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()


def _stage(name: str, took: Took, threads: int, idle: Took, **more: object) -> None:
    p95, cpu_p95 = ms(took.walls, 95), ms(took.cpus, 95)
    report(
        bench="load", stage=name, threads=threads, cores=os.cpu_count(), searches=len(took.walls),
        ms_p50=ms(took.walls), ms_p95=p95, cpu_ms=round(1000 * took.cpu / len(took.walls), 2),
        p95_over_idle=round(p95 / ms(idle.walls, 95), 1),
        process_ms_p50=ms(took.cpus), process_ms_p95=cpu_p95,
        process_p95_over_idle=round(cpu_p95 / ms(idle.cpus, 95), 1), **more,
    )  # fmt: skip


if __name__ == "__main__":
    main()
