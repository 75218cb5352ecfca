"""What a memory tells of itself without a question: pages, sessions, speakers, graphs, counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from graphmem.receipts import ImportReport
from graphmem.types import Episode, Fact, Note, ScopeKey, Session


@dataclass(frozen=True)
class Page(Sequence[Note]):
    """A part of a list of notes, and where it goes on."""

    notes: tuple[Note, ...]
    after: str | None = None
    """What to give as `after` for the next page; None: this was the last."""

    @overload
    def __getitem__(self, place: int) -> Note: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Note, ...]: ...
    def __getitem__(self, place: int | slice) -> Note | tuple[Note, ...]:
        return self.notes[place]

    def __len__(self) -> int:
        return len(self.notes)

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOverview:
    """One session: how much was said, by whom, from when to when."""

    session: Session
    notes: int
    """Turns and passages that are true now."""
    speakers: tuple[str, ...]
    """In the order of their names."""
    first: datetime | None
    """The earliest `said_at`; None: no time is known."""
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerOverview:
    """One speaker: how much they said, in how many sessions, from when to when."""

    name: str
    notes: int
    sessions: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One note that names an entity, with the facts about it that the note states."""

    said_at: datetime | None
    note: Note
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotValue:
    """One statement of a slot's value, with its source."""

    said: str
    """The sentences that state it, as they were said."""
    note: Note
    episode: Episode
    session: Session
    marks: tuple[str, ...]
    """`current`, `earlier; newer: ID`, `corrected; newer: ID`, `said again`, `contradicts ID`."""

    @property
    def is_current(self) -> bool:
        """Whether it is the value as it is, at the moment asked about."""
        return "current" in self.marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The values of what was asked for, in order of time."""

    about: str
    """The slot as it was asked for: `where Ana lives`."""
    values: tuple[SlotValue, ...]
    """The oldest first."""

    @property
    def current(self) -> SlotValue | None:
        """The value as it is; None: nobody states one."""
        return next((value for value in self.values if value.is_current), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """One thing that is known of a person, as it was said."""

    said: str
    """The sentence."""
    note: Note
    episode: Episode
    slot: str
    """`home`, `work`, `partner`: what has one value at a time; empty: it takes nothing's place."""
    marks: tuple[str, ...]
    """`current` or `earlier; newer: ID` of what has one value at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a person, each line with its turn: current values first, earlier last."""

    name: str
    lines: tuple[ProfileLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One record of a neighbourhood."""

    id: str
    kind: str
    """`note`, `entity` or `session`."""
    text: str
    """A note's text, an entity's or session's name."""
    distance: int
    """Steps from where the neighbourhood begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What joins two records of a neighbourhood."""

    source: str
    target: str
    kind: str
    """`mentions`, `next`, `in`, the kind of a link, or a fact's relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """The records around one, as a graph."""

    center: str
    nodes: tuple[Node, ...]
    """The nearest first."""
    edges: tuple[Edge, ...]
    """Between `nodes`."""
    left_out: int = 0
    """Records as near as the last that the limit kept out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryStats:
    """How much one scope holds."""

    scope: ScopeKey
    encoder: str
    """Of the vectors; empty: nothing is written yet."""
    sessions: int
    episodes: int
    notes: int
    """Of all kinds, superseded ones included."""
    entities: int
    facts: int
    changes: int
    deleted: int
    """Episodes that were deleted, and stay so."""
    turns: int
    """True now."""
    passages: int
    """True now."""
    speakers: int
    first: datetime | None
    """The earliest `said_at` of a turn or passage."""
    last: datetime | None
    bytes: int
    """Of the whole store; 0 where nothing is in a file."""
    imports: tuple[ImportReport, ...] = ()
    """The last imports of files that brought something or met a problem, the newest first."""
