"""Turns -> episodes, segments, notes, extractions, vectors, written in that order."""

from collections.abc import Iterable

from graphmem.ingest.delete import rewrite_file
from graphmem.ingest.embed import with_vectors
from graphmem.ingest.episodes import Numbering
from graphmem.ingest.formats.given_messages import given_messages
from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.reading.checked import checked
from graphmem.ingest.reading.dates import parse_as_of, parse_said_at
from graphmem.ingest.reading.given import given_turn, given_turns
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.tally import Tally, reporting
from graphmem.ingest.write import write
from graphmem.types import Problem, ScopeKey

__all__ = [
    "Pipeline",
    "Tally",
    "Turn",
    "checked",
    "given_messages",
    "given_turn",
    "given_turns",
    "ingest",
    "parse_as_of",
    "parse_said_at",
    "read_source",
    "reporting",
    "with_vectors",
]

EPISODES_PER_WRITE = 512
"""Episodes in one transaction: what a kill can cost, and what is in memory at one time."""


def ingest(
    items: Iterable[Turn | Problem],
    pipeline: Pipeline,
    *,
    scope: ScopeKey,
    tally: Tally,
    restore: bool = False,
) -> None:
    """Write everything that `items` hold and the store does not, a transaction at a time.

    What is there already is counted and left; what was deleted before stays deleted unless
    `restore`. Stopped at any point, a second call goes on where the first one was.
    """
    numbering = Numbering(pipeline.store, scope, restore=restore)
    pending: list[Turn] = []

    def flush() -> None:
        if pending:
            nonlocal numbering
            numbering = write(
                pending, numbering, pipeline, scope=scope, tally=tally, restore=restore
            )
            pending.clear()

    for item in items:
        if isinstance(item, Problem):
            tally.problem(item)
            continue
        pending.append(item)
        if len(pending) >= EPISODES_PER_WRITE:
            flush()
    flush()
    tally.name_restore()
    if tally.episodes_deleted:
        rewrite_file(pipeline.store, tally)
