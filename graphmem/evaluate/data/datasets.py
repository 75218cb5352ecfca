"""What is measured on: pools of passages or turns, and questions with their gold.

A data set is one or more pools. Each pool is searched alone: a folder of passages is one pool, a
dialogue file is one pool a conversation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from graphmem.types import Problem

Triple = tuple[str, str, str]
"""Subject, relation and object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One unit that a system indexes and returns: a passage of a document, or a turn."""

    id: str
    text: str
    title: str = ""
    speaker: str = ""
    session: str = ""
    said_at: str = ""
    """As the source wrote it."""
    caption: str = ""
    """Of an image that was sent with a turn."""

    @property
    def content(self) -> str:
        """What every system indexes: `title\\ntext`, or `Speaker: text [image: caption]`."""
        body = f"{self.text} [image: {self.caption}]" if self.caption else self.text
        if self.speaker:
            return f"{self.speaker}: {body}"
        return f"{self.title}\n{body}" if self.title else body


def turn_order(turn: Passage) -> tuple[int, ...]:
    """Return what sorts the turns of a conversation as they were said, `D9:30` before `D10:2`."""
    return tuple(int(number) for number in re.findall(r"\d+", turn.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with the passages that its answer needs."""

    id: str
    text: str
    gold: tuple[str, ...]
    """Passage ids without repeats, in the order given; empty: not scored by recall."""
    answer: str = ""
    category: str = ""
    steps: tuple[str, ...] = ()
    """The gold passage of each hop in order, where the set says so."""
    unanswerable: bool = False
    """The right behaviour is to return nothing."""

    @property
    def is_scored(self) -> bool:
        """Whether recall is defined: it has gold, and it can be answered."""
        return bool(self.gold) and not self.unanswerable


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Passages that are searched together, sorted by id, and the questions asked of them."""

    name: str
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A named set of pools, with all that was odd in its files."""

    name: str
    pools: tuple[Pool, ...]
    hash: str
    """Of the bytes of its files and of the options that change its gold."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How often each oddity occurred; the keys are those of `note`."""
    problems: tuple[Problem, ...] = ()

    @property
    def questions(self) -> int:
        """How many questions all pools have."""
        return sum(len(pool.questions) for pool in self.pools)


def content_hash(*parts: bytes) -> str:
    """Hash byte strings, each with its length, into 16 hexadecimal digits."""
    state = blake2b(digest_size=8)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()
