"""What waits for a person's word: both statements side by side, and the four answers."""

from dataclasses import dataclass

from graphmem.errors import InputError
from graphmem.evolve import Doubt
from graphmem.explore.said import Said, said
from graphmem.memory import Memory

SHOWN = 20
"""Doubts on a page."""


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt."""

    id: str
    kind: str
    reason: str
    old: Said
    new: Said


@dataclass(frozen=True, slots=True)
class Review:
    """The first of those that wait, and how many others do."""

    questions: tuple[Question, ...]
    left: int


def review_of(memory: Memory) -> Review:
    """Return what waits for a word, the newest statement first."""
    found = memory.doubts()
    shown = found[:SHOWN]
    return Review(tuple(_question(memory, doubt) for doubt in shown), len(found) - len(shown))


def answer(memory: Memory, id_: str, key: str) -> str:
    """Do what a key says of a doubt, and return the run that did it: `undo` takes it back.

    Raises InputError for a key that is none, and what the verbs do.
    """
    verbs = {"1": memory.accept, "2": memory.keep_both, "3": memory.reject}
    if key not in verbs:
        raise InputError(f"answer by 1, 2 or 3, not {key[:40]!r}")
    return verbs[key](id_).run_id


def _question(memory: Memory, doubt: Doubt) -> Question:
    old, new = said(memory.store, memory.scope.key, [doubt.old, doubt.new])
    return Question(doubt.id, doubt.kind.replace("_", " "), doubt.reason, old, new)
