"""What it costs to hold a batch to what was useful, and what of harmful changes it lets pass.

    python -m bench.gate                  # 1,000 and 10,000 turns
    python -m bench.gate --sizes 1000

One JSON line a size. 100 turns are kept as answers to four of their own words. Of 100 superseding
proposals each fifth hides one of them behind another turn, the others hide turns that nobody
asked for behind another. Seconds of processor time, each a dry run: of that batch and of four
harmless changes, with and without the gate, and of one search.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.harness import parser, report
from bench.invented import invented_turns
from graphmem.changes import NoteField, Proposal
from graphmem.memory import Memory
from graphmem.text import STOPWORDS, words
from graphmem.types import Note

T = TypeVar("T")

SIZES = (1_000, 10_000)
KEPT = 100
HARMFUL = 5
"""One in so many proposals hides what was useful."""


def main() -> None:
    """Measure each size."""
    arguments = parser(__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    for size in arguments.parse_args().sizes:
        with TemporaryDirectory() as place:
            measure(Path(place) / "memory.db", size)


def measure(path: Path, size: int) -> None:
    """Fill a store, keep what is useful, and try both batches."""
    dice = random.Random(size)
    with Memory.open(path, scope="bench") as memory:
        memory.ingest_turns(islice(invented_turns(size), size))
        found = memory.store.scan("note", memory.scope.key)
        notes = dice.sample([note for note in found if note.kind == "turn"], size)
        useful = list(islice(kept(memory, notes, dice), KEPT))
        ids = {note.id for note in useful}
        others = [note for note in notes if note.id not in ids]
        mixed = superseding(useful, others, dice)
        few = mixed[2 : 2 * HARMFUL : 2]
        edit, gated_s = timed(lambda: memory._gated(mixed, True))
        _, ungated_s = timed(lambda: memory._applied(mixed, True))
        harmless, harmless_s = timed(lambda: memory._gated(few, True))
        _, apart_s = timed(lambda: memory._applied(few, True))
        search = memory._rehearsed()
        probes = memory.probes()
        _, searching_s = timed(lambda: [search(probe.question) for probe in probes])
        gone = {one.change.target.note for one in edit.dropped}  # type: ignore[union-attr]
        report(
            size=size,
            probes=len(probes),
            harmful=KEPT // HARMFUL,
            harmful_dropped=len(gone & ids),
            harmless_dropped=len(gone - ids) + len(harmless.dropped),
            mixed_s=round(gated_s, 3),
            mixed_without_s=round(ungated_s, 3),
            harmless_s=round(harmless_s, 3),
            harmless_without_s=round(apart_s, 3),
            search_s=round(searching_s / len(probes), 5),
        )


def kept(memory: Memory, notes: Sequence[Note], dice: random.Random) -> Iterator[Note]:
    """Yield notes that a question of theirs finds, and keep them for it."""
    for note in notes:
        question = asked(note, dice)
        if note.id in {hit.note.id for hit in memory.search(question)}:
            memory.useful(question, note.id)
            yield note


def asked(note: Note, dice: random.Random) -> str:
    """Return a question of four words of a note."""
    said = sorted({word for word in words(note.text) if word not in STOPWORDS})
    return f"What of {' '.join(dice.sample(said, min(4, len(said))))}?"


def superseding(
    useful: Sequence[Note], others: Sequence[Note], dice: random.Random
) -> list[Proposal]:
    """Propose that 100 notes give way to others, each fifth of them one that is kept."""
    made: list[Proposal] = []
    for place in range(KEPT):
        old = useful[place] if place % HARMFUL == 0 else others[place]
        new = dice.choice(others[KEPT:])
        for field, after in (("superseded_by", new.id), ("valid_until", new.said_at)):
            follows = (len(made) - 1,) if field == "valid_until" else ()
            made.append(Proposal(target=NoteField(old.id, field), after=after, reason="drawn",
                                 author="model:drawn@1", follows=follows))  # fmt: skip
    return made


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what work returns, and its seconds of processor time."""
    began = time.process_time()
    outcome = work()
    return outcome, time.process_time() - began


if __name__ == "__main__":
    main()
