"""Turns -> episodes, segments, notes, extractions, vectors, written in that order.

Importing this loads none of it: each name is imported from its module when it is first asked for,
since a program that only searches needs no more than the reading of a date.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmem.ingest.delete import Deletions, origins_of, rewrite_file
    from graphmem.ingest.embed import with_vectors
    from graphmem.ingest.formats.given_messages import given_messages
    from graphmem.ingest.formats.sources import read_source
    from graphmem.ingest.found import read_given
    from graphmem.ingest.imports import told_to
    from graphmem.ingest.pipeline import Pipeline
    from graphmem.ingest.prepared import Prepared, prepare
    from graphmem.ingest.reading.checked import checked
    from graphmem.ingest.reading.dates import parse_as_of, parse_said_at, parse_since
    from graphmem.ingest.reading.given import given_turn, given_turns, with_kind
    from graphmem.ingest.reading.meter import Meter, bytes_in
    from graphmem.ingest.reading.turns import Turn
    from graphmem.ingest.tally import Tally, joined, reporting
    from graphmem.types import Problem, ScopeKey

__all__ = [
    "Deletions",
    "Meter",
    "Pipeline",
    "Prepared",
    "Tally",
    "Turn",
    "bytes_in",
    "checked",
    "given_messages",
    "given_turn",
    "given_turns",
    "ingest",
    "joined",
    "origins_of",
    "parse_as_of",
    "parse_said_at",
    "parse_since",
    "prepare",
    "read_given",
    "read_source",
    "reporting",
    "rewrite_file",
    "told_to",
    "with_kind",
    "with_vectors",
]

_HOMES = {
    "Deletions": "delete",
    "Meter": "reading.meter",
    "bytes_in": "reading.meter",
    "Pipeline": "pipeline",
    "Prepared": "prepared",
    "Tally": "tally",
    "Turn": "reading.turns",
    "checked": "reading.checked",
    "given_messages": "formats.given_messages",
    "given_turn": "reading.given",
    "given_turns": "reading.given",
    "with_kind": "reading.given",
    "joined": "tally",
    "origins_of": "delete",
    "parse_as_of": "reading.dates",
    "parse_said_at": "reading.dates",
    "parse_since": "reading.dates",
    "prepare": "prepared",
    "read_given": "found",
    "read_source": "formats.sources",
    "reporting": "tally",
    "rewrite_file": "delete",
    "told_to": "imports",
    "with_vectors": "embed",
}
"""The module of each name that is no function of this one."""

EPISODES_PER_WRITE = 512
"""Episodes in one transaction: what a kill can cost, and what is in memory at one time."""


def ingest(
    items: "Iterable[Turn | Problem]",
    pipeline: "Pipeline",
    *,
    scope: "ScopeKey",
    tally: "Tally",
    restore: bool = False,
) -> None:
    """Write everything that `items` hold and the store does not, a transaction at a time.

    What is there already is counted and left; what was deleted before stays deleted unless
    `restore`. Stopped at any point, a second call goes on where the first one was.
    """
    from graphmem.ingest.delete import rewrite_file
    from graphmem.ingest.episodes import Numbering
    from graphmem.ingest.write import write
    from graphmem.steps import step
    from graphmem.types import Problem

    numbering = Numbering(pipeline.store, scope, restore=restore)
    pending: list[Turn] = []

    def flush() -> None:
        if pending:
            nonlocal numbering
            numbering = write(
                pending, numbering, pipeline, scope=scope, tally=tally, restore=restore
            )
            pending.clear()

    with step("ingest") as done:
        for item in items:
            if isinstance(item, Problem):
                tally.problem(item)
                continue
            pending.append(item)
            if len(pending) >= EPISODES_PER_WRITE:
                flush()
        flush()
        done.told(
            run=pipeline.run_id,
            files=tally.files,
            episodes_read=tally.episodes_read,
            episodes_known=tally.episodes_known,
            problems=len(tally.problems),
        )
    tally.name_restore()
    if tally.episodes_deleted:
        rewrite_file(pipeline.store, tally)


def __getattr__(name: str) -> object:
    """Import a name from its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'graphmem.ingest' has no attribute {name!r}")
    value: object = getattr(import_module(f"graphmem.ingest.{_HOMES[name]}"), name)
    globals()[name] = value  # found without this function from now on
    return value
