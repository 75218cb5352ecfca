"""What a search costs, and what of it each part takes.

    python -m bench.search_cost
    python -m bench.search_cost --notes 100000
    python -m bench.search_cost --dialogues ../shared/data/locomo5/locomo5.json

Prints JSON lines: the processor's milliseconds a search (p50 and p95, the store's records and the
reasons included, no encoder), the same with a filter that keeps about one note of a hundred, and
the share of a search that each part takes. Shares are of a profiled run, in which small functions
weigh more than they do. Without --dialogues turns and questions are invented, from a seed.
"""

import cProfile
import json
import pstats
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.harness import ms, parser, report
from bench.invented import invented_questions, invented_turns
from graphmem import Memory

PARTS = {
    "question: all": ("retrieve/question/question.py", "read"),
    "question: who is meant": ("retrieve/question/voice.py", "question_voice"),
    "question: dates": ("retrieve/question/when.py", "read_when"),
    "scores: all": ("retrieve/turns/score.py", "turn_scores"),
    "scores: words, trigrams": ("retrieve/words/similar.py", "sought_words"),
    "evidence": ("retrieve/turns/evidence.py", "turn_evidence"),
    "what is said again": ("retrieve/repeats.py", "groups"),
    "reasons, excerpts": ("retrieve/turns/explain.py", "found"),
    "records: notes, neighbours, facts": ("retrieve/hits.py", "hits_across"),
    "filters": ("retrieve/filter.py", "kept_notes"),
}
"""A function whose time, with all that it calls, is a part's."""
SEARCHES = 100


def main() -> None:
    """Fill a store, ask, print."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=6_000)
    command.add_argument("--dialogues", type=Path, help="a LoCoMo file, all of it in one scope")
    given = command.parse_args()
    with (
        TemporaryDirectory() as folder,
        Memory.open(Path(folder) / "bench.db", scope="bench", encoder="rules") as memory,
    ):
        questions = _filled(memory, given.notes, given.dialogues)
        memory.search(questions[0])
        notes = memory.store.stats(memory.scope.key)["note"]
        _print_times(memory, questions, notes)
        _print_parts(memory, questions, notes)


def _filled(memory: Memory, n: int, dialogues: Path | None) -> list[str]:
    """Fill the memory; return the questions to ask of it."""
    if dialogues is None:
        memory.ingest_turns(invented_turns(n))
        return invented_questions(SEARCHES)
    memory.ingest(dialogues)
    asked = [row["question"] for one in json.loads(dialogues.read_text()) for row in one["qa"]]
    return asked[:: max(1, len(asked) // SEARCHES)][:SEARCHES]


def _print_times(memory: Memory, questions: Sequence[str], notes: int) -> None:
    some = memory.sessions()[0].session.name
    for name, options in (("all", {}), ("one session kept", {"session": some})):
        took = [_seconds(memory, question, options) for question in questions]
        report(
            bench="search cost", notes=notes, searched=name, cpu_ms_p50=ms(took),
            cpu_ms_p95=ms(took, 95),
        )  # fmt: skip


def _seconds(memory: Memory, question: str, options: dict[str, Any]) -> float:
    began = time.process_time()
    memory.search(question, k=10, **options)
    return time.process_time() - began


def _print_parts(memory: Memory, questions: Sequence[str], notes: int) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for question in questions:
        memory.search(question, k=10)
    profile.disable()
    took: dict[tuple[str, str], float] = {}
    for (file, _, name), (_, _, _, cumulative, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        took[Path(file).as_posix().rpartition("graphmem/")[2], name] = cumulative
    whole = took["asking/readonly.py", "search"]
    shares = {name: round(100 * took.get(place, 0.0) / whole, 1) for name, place in PARTS.items()}
    report(bench="search cost", notes=notes, percent_of_a_search=shares)


if __name__ == "__main__":
    main()
