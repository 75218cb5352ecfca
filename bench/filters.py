"""What a filter costs: searches with filters that keep 1 % of the notes beside the same without.

    python -m bench.filters --notes 100000

Each question is asked without a filter and with each, one after the other, in CPU time; `times` is
the median of the ratios. `first_seconds` is what the first filter of a snapshot reads: sessions of
their names, metadata of all episodes. One JSON line a retriever.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import process_time
from typing import Any

from bench.harness import parser, report
from bench.invented import (
    BETWEEN_SESSIONS,
    FIRST_SESSION,
    TURNS_PER_SESSION,
    invented_questions,
    invented_turns,
)
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.retrieve import RETRIEVERS

ONE_IN = 100
K = 10


def main() -> None:
    """Run and print."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=100_000)
    command.add_argument("--questions", type=int, default=40)
    command.add_argument("--retrievers", nargs="+", default=list(RETRIEVERS))
    options = command.parse_args()
    with Memory.open("ram:", scope="bench") as memory:
        memory.ingest_turns(marked_turns(options.notes))
        questions = invented_questions(options.questions)
        for retriever in options.retrievers:
            report(**measured(memory, questions, options.notes, retriever))


def marked_turns(n: int) -> Iterator[Turn]:
    """Yield turns of which one in ONE_IN came by SMS, and each says how many came before."""
    for number, turn in enumerate(invented_turns(n)):
        channel = "sms" if number % ONE_IN == 0 else "mail"
        yield replace(turn, metadata={"channel": channel, "number": number})


def filters_of(n: int) -> dict[str, dict[str, Any]]:
    """Return filters that keep one note in ONE_IN each, by what they ask for."""
    n_sessions = n // TURNS_PER_SESSION
    sessions = range(0, n_sessions, ONE_IN)
    middle = FIRST_SESSION + BETWEEN_SESSIONS * (n_sessions // 2)
    last = middle + BETWEEN_SESSIONS * (n_sessions // ONE_IN) - timedelta(hours=1)
    return {
        "where equal": {"where": {"channel": "sms"}},
        "where range": {"where": {"number": {">=": n // 2, "<": n // 2 + n // ONE_IN}}},
        "session": {"session": [f"s{number}" for number in sessions]},
        "time": {"since": middle, "until": last},
    }


def measured(memory: Memory, questions: list[str], n: int, retriever: str) -> dict[str, Any]:
    """Return how many times as long a search takes with each filter as without."""
    memory.search("warm", k=1, retriever=retriever)
    found: dict[str, Any] = {}
    plain: list[float] = []
    for name, given in filters_of(n).items():
        first = cpu(memory, "warm", retriever, given)
        ratios = []
        for question in questions:
            without = cpu(memory, question, retriever, {})
            plain.append(without)
            ratios.append(cpu(memory, question, retriever, given) / without)
        share = memory.count(**given) / n
        found[name] = {"times": round(median(ratios), 2), "keeps": round(share, 4)}
        found[name]["first_seconds"] = round(first, 2)
    return {
        "bench": "filters",
        "retriever": retriever,
        "notes": n,
        "k": K,
        "without_ms_p50": round(1000 * median(plain), 2),
        "with": found,
    }


def cpu(memory: Memory, question: str, retriever: str, given: dict[str, Any]) -> float:
    """Return the CPU seconds of a search."""
    began = process_time()
    memory.search(question, k=K, retriever=retriever, **given)
    return process_time() - began


if __name__ == "__main__":
    main()
