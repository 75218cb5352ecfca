"""What one new turn costs to evolve as a memory grows, and an evolution with nothing new.

    python -m bench.evolve                            # 1,000 and 10,000 turns
    python -m bench.evolve --sizes 1000 100000

One JSON line a size; milliseconds of processor time. The old turns are written straight to the
store, with the names and places in them as mentions, and said to be looked at; the new ones come by
`ingest`. The sizes take turns, so that what else the machine does is the same for all. `cold_s` is
the first evolution of a process, which has to read everything.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.harness import parser, report
from bench.invented import NAMES, PLACES, invented_turns
from graphmem import ids
from graphmem.batches import Batch, Extraction, Mention, NoteRecord
from graphmem.changes import Change, NoteField
from graphmem.evolve.propose import AUTHOR
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.sentences import sentences
from graphmem.types import ChangeId, Episode, EpisodeId, Note, NoteId, Session, SessionId

T = TypeVar("T")

SIZES = (1_000, 10_000)
ADDED = 30
PAGE = 2_000


def main() -> None:
    """Measure each size."""
    arguments = parser(__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    with ExitStack() as stack:
        made = [Grown(stack, size) for size in arguments.parse_args().sizes]
        for _ in range(ADDED):
            for one in made:
                one.add()
        for one in made:
            one.tell()


class Grown:
    """A store of some size, all of it looked at, to which turns are added one by one."""

    def __init__(self, stack: ExitStack, size: int) -> None:
        """Fill it, and let a process evolve it for the first time."""
        path = Path(stack.enter_context(TemporaryDirectory())) / "memory.db"
        self.size, self.links = size, 0
        self.new, self.none = list[float](), list[float]()
        self.turns = invented_turns(size + ADDED)
        self.memory = stack.enter_context(Memory.open(path, scope="bench"))
        left = islice(self.turns, size)
        while page := list(islice(left, PAGE)):
            batch = self.written(page)
            self.memory.store.write(batch)
            self.memory.store.apply([looked_at(record.note) for record in batch.notes])
        self.cold, _ = timed(self.memory.evolve)

    def written(self, turns: Sequence[Turn]) -> Batch:
        """Return the records of some turns, with the mentions that are sure."""
        scope, sessions = self.memory.scope.key, dict[SessionId, Session]()
        episodes, notes = list[Episode](), list[NoteRecord]()
        for turn in turns:
            home = SessionId(ids.session_id(scope, turn.collection, turn.session))
            sessions[home] = Session(
                id=home, scope=scope, collection=turn.collection, name=turn.session
            )
            episode = Episode(
                id=EpisodeId(ids.episode_id(home, turn.where, "", "", turn.text)),
                scope=scope, session_id=home, source_id=turn.where, position=0,
                text=turn.text, speaker=turn.speaker, said_at=turn.said_at,
            )  # fmt: skip
            episodes.append(episode)
            notes.append(
                NoteRecord(note=note_of(episode), extraction=Extraction(mentions=found(episode)))
            )
        return Batch(
            scope=scope, sessions=tuple(sessions.values()), episodes=tuple(episodes),
            notes=tuple(notes),
        )  # fmt: skip

    def add(self) -> None:
        """Add a turn and evolve, and again when there is nothing new."""
        self.memory.ingest_turns([next(self.turns)])
        seconds, edit = timed(self.memory.evolve)
        self.links += len(edit.changes) - 1
        self.new.append(seconds)
        self.none.append(timed(self.memory.evolve)[0])

    def tell(self) -> None:
        """Print what it cost, by median."""
        report(
            turns=self.size, changes_a_turn=round(self.links / ADDED, 1),
            cold_s=round(self.cold, 1), one_more_ms=round(1_000 * statistics.median(self.new), 2),
            nothing_new_ms=round(1_000 * statistics.median(self.none), 2),
        )  # fmt: skip


def note_of(episode: Episode) -> Note:
    """Return the note of a turn."""
    return Note(
        id=NoteId(ids.note_id("turn", episode.session_id, (episode.id,), episode.text)),
        scope=episode.scope, session_id=episode.session_id, kind="turn", text=episode.text,
        origins=(episode.id,), sentences=tuple(sentences(episode.text)), speaker=episode.speaker,
        said_at=episode.said_at, valid_from=episode.said_at, created_by="bench",
    )  # fmt: skip


def found(episode: Episode) -> tuple[Mention, ...]:
    """Return the mentions of the names and places of invented turns."""
    at = ((name, episode.text.find(name)) for name in (*NAMES, *PLACES))
    named = [(name, start) for name, start in at if start >= 0]
    speaker = Mention(name=episode.speaker or "", start=0, end=0, kind="speaker")
    return (
        *(Mention(name=n, start=start, end=start + len(n), kind="name") for n, start in named),
        speaker,
    )


def looked_at(note: Note) -> Change:
    """Return the change that says that the rules have looked at a note."""
    return Change(
        id=ChangeId(ids.change_id(note.id, AUTHOR)), scope=note.scope,
        target=NoteField(note.id, "evolved_by"), before="", after=AUTHOR, reason="looked at",
        author=AUTHOR, run_id="bench",
    )  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of processor time that some work takes, and what it returns."""
    begin = time.process_time()
    made = work()
    return time.process_time() - begin, made


if __name__ == "__main__":
    main()
