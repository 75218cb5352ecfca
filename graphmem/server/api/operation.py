"""What an operation is, and the arguments that several share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graphmem.server.api.arguments import (
    FLAG,
    INTEGER,
    LIST,
    MOMENT,
    NUMBER,
    TEXT,
    TEXTS,
    WHERE,
    Argument,
)
from graphmem.server.grants import Right
from graphmem.types import ATOMIC_KINDS, DERIVED_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that may be asked of a memory."""

    name: str
    """As the verb of `Memory` is called; in the audit log and in the metrics."""
    method: str
    path: str
    right: Right
    doc: str
    call: Callable[..., Any]
    """Takes the memory, and the arguments by name."""
    answers: Any
    """The type of what is answered, for the document."""
    takes: Sequence[Argument] = ()
    status: int = 200

    @property
    def in_body(self) -> bool:
        """Whether the arguments stand in a body; else in the query."""
        return self.method == "POST"


def needed(name: str, doc: str, most: int = 1_000) -> Argument:
    """Return an argument without which nothing is asked."""
    return Argument(name=name, kind=TEXT, doc=doc, needed=True, least=1, most=most)


def text(name: str, doc: str, most: int = 1_000) -> Argument:
    """Return an argument that is a text."""
    return Argument(name=name, kind=TEXT, doc=doc, least=1, most=most)


def moment(name: str, doc: str) -> Argument:
    """Return an argument that is a moment."""
    return Argument(name=name, kind=MOMENT, doc=doc, least=1, most=100)


def integer(name: str, doc: str, least: int, most: int) -> Argument:
    """Return an argument that is a number within bounds."""
    return Argument(name=name, kind=INTEGER, doc=doc, least=least, most=most)


def flag(name: str, doc: str) -> Argument:
    """Return an argument that is true or false."""
    return Argument(name=name, kind=FLAG, doc=doc)


ID = Argument(
    name="id",
    kind=TEXT,
    doc="Of a note, an episode, or one that was given.",
    needed=True,
    in_path=True,
    least=1,
    most=1_000,
)
DRY = flag("dry_run", "Tell what would be done, and write nothing.")
REASON = text("reason", "Why, for whoever reads the history.")
FILTERS = (
    moment("as_of", "What was true then; a day or month means its end."),
    moment("since", "What was said then or later."),
    moment("until", "What was said then or earlier; a day or month counts whole."),
    Argument(name="speaker", kind=TEXTS, doc="Who said it."),
    Argument(name="session", kind=TEXTS, doc="In which session."),
    Argument(name="kind", kind=TEXTS, doc=f"One of {', '.join((*ATOMIC_KINDS, *DERIVED_KINDS))}."),
    Argument(name="where", kind=WHERE, doc="Conditions on the metadata: channel=sms, year>=2020."),
    flag("archived", "What was put away is found too."),
)
PAGED = (
    text("after", "The page before's `after`."),
    integer("limit", "How many at most.", 1, 500),
)
ASKING = (
    *FILTERS,
    text("asker", "Who says I in the question; the scope's user unless given."),
    Argument(name="history", kind=LIST, doc="The questions before it, the oldest first."),
    text("timezone", "Of the days that it speaks of: Europe/Lisbon."),
    flag("any_time", "A time that is named is no condition."),
    flag("current", "The newest statement of what is asked stands first; true unless given."),
    Argument(name="min_score", kind=NUMBER, doc="Only what is as likely to hold evidence."),
    Argument(name="retriever", kind=TEXT, doc="How it is searched.", among=("walk", "pagerank")),
)
QUESTION = needed("question", "In plain words.", 20_000)
TEXT_OF_NOTE = needed("text", "What it says.", 100_000)
