"""BEAM's chats of 100K tokens as the benches ask them: messages of user and assistant, questions.

    python -m bench.beam ../shared/data/beam100k              # both roles in the store
    python -m bench.beam ../shared/data/beam100k --user       # what the user said alone
    python -m bench.beam DIR --encoder minilm --vectors /tmp/vectors

Prints one JSON line a category: recall at 5 and 10, in percent, of the messages that hold the
evidence; `new_statement` is the newer message of a `knowledge_update` question whose update is
clean, alone. Categories whose evidence resembles no question are left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.harness import parser, report
from graphmem.contracts import Encoder
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor

DEPTHS = (5, 10)
ASKED = (
    "information_extraction", "knowledge_update", "contradiction_resolution",
    "temporal_reasoning", "multi_session_reasoning",
)  # fmt: skip
"""Categories that retrieval can answer."""
UNANSWERABLE = "abstention"


@dataclass(frozen=True, slots=True)
class BeamQuestion:
    """One question and the ids of the messages that hold its evidence."""

    text: str
    category: str
    gold: tuple[str, ...]
    new: tuple[str, ...]
    """The newer statement of a clean update; empty for any other question."""
    old: tuple[str, ...] = ()
    """What it replaces."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat's messages, as turns of a program, and its questions."""

    name: str
    turns: tuple[Turn, ...]
    questions: tuple[BeamQuestion, ...]


def read_chats(folder: Path, *, roles: Sequence[str] = ("user", "assistant")) -> list[Chat]:
    """Read the chats with the messages of some roles; questions of other categories are left."""
    turns: dict[str, list[Turn]] = defaultdict(list)
    for row in _rows(folder / "messages.jsonl"):
        if row["role"] in roles:
            turns[row["chat"]].append(_turn(row))
    asked: dict[str, list[BeamQuestion]] = defaultdict(list)
    for row in _rows(folder / "questions.jsonl"):
        if row["category"] in (*ASKED, UNANSWERABLE):
            new, old = (
                row.get(key, ()) if row.get("clean") else () for key in ("new_ids", "old_ids")
            )
            asked[row["chat"]].append(
                BeamQuestion(
                    text=row["question"],
                    category=row["category"],
                    gold=tuple(map(str, row["evidence_ids"])),
                    new=tuple(map(str, new)),
                    old=tuple(map(str, old)),
                )
            )
    return [Chat(name, tuple(said), tuple(asked[name])) for name, said in turns.items()]


def filled(chat: Chat, encoder: Encoder, stack: ExitStack) -> Memory:
    """Return a new memory that holds a chat."""
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
    memory = open_memory(
        folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=True
    )
    memory.ingest_turns(chat.turns)
    return memory


def main() -> None:
    """Ask every chat, print."""
    command = parser(__doc__)
    command.add_argument("folder", type=Path)
    command.add_argument("--user", action="store_true")
    command.add_argument("--encoder", default="rules")
    command.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    options = command.parse_args()
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    roles = ("user",) if options.user else ("user", "assistant")
    found: dict[str, list[list[float]]] = defaultdict(list)
    for chat in read_chats(options.folder, roles=roles):
        with ExitStack() as stack:
            memory = filled(chat, encoder, stack)
            for name, gold, ids in _asked(memory, chat):
                found[name].append([100 * recall(ids, gold, k=k) for k in DEPTHS])
        encoder.flush()
    for name, values in found.items():
        at = np.mean(values, axis=0).round(1).tolist()
        figures = {f"recall@{k}": value for k, value in zip(DEPTHS, at, strict=True)}
        report(category=name, roles=list(roles), questions=len(values), **figures)


def _asked(memory: Memory, chat: Chat) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    for question in chat.questions:
        if not question.gold:
            continue
        hits = memory.search(question.text, k=max(DEPTHS))
        ids = [hit.episodes[0].source_id for hit in hits]
        yield question.category, question.gold, ids
        if question.new:
            yield "new_statement", question.new, ids


def _turn(row: dict[str, str]) -> Turn:
    try:
        anchored = datetime.strptime(row["time_anchor"], "%B-%d-%Y").replace(tzinfo=UTC)
    except ValueError:
        anchored = None
    return Turn(
        collection=row["chat"],
        session=str(row["session"]),
        text=row["content"],
        source_id=str(row["id"]),
        speaker=row["role"],
        said_at=anchored,
        where=row["chat"],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
