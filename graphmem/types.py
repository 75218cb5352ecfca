"""The records that travel between stages. Frozen; times are aware UTC; ids are content hashes."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, NewType
from urllib.parse import quote, unquote

from graphmem.errors import ScopeError

EpisodeId = NewType("EpisodeId", str)
SessionId = NewType("SessionId", str)
NoteId = NewType("NoteId", str)
EntityId = NewType("EntityId", str)
FactId = NewType("FactId", str)
ChangeId = NewType("ChangeId", str)
ScopeKey = NewType("ScopeKey", str)

Span = tuple[int, int]
"""Character offsets (start, end) into the text they belong to, end excluded."""

Metadata = Mapping[str, Any]
"""What the source said beside the text; JSON values only."""

NoteKind = Literal["turn", "segment", "session", "passage", "topic", "insight"]

ATOMIC_KINDS: tuple[NoteKind, ...] = ("turn", "passage")
"""The kinds that search ranks: one episode each. The others are read as context."""

DERIVED_KINDS: tuple[NoteKind, ...] = ("topic", "insight")
"""The kinds that consolidation makes, of episodes of several sessions; each stands in the session
of its first origin, and goes with any of them."""

MentionKind = Literal["name", "title", "number", "date", "phrase", "speaker"]


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """Which encoder made the vectors of a store: vectors of different identities do not compare."""

    name: str
    """`<name>@<version>`, or the model's own name."""
    dim: int
    """Components of a vector."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose memory it is: a user, and the agent it talks to when that matters."""

    user: str
    agent: str | None = None

    def __post_init__(self) -> None:
        if not self.user or self.agent == "":
            raise ScopeError("a scope needs a user that is not empty; type: --scope ana")
        for name in ("user", "agent"):  # one scope, however a keyboard composes its letters
            if isinstance(given := getattr(self, name), str):
                object.__setattr__(self, name, unicodedata.normalize("NFC", given))

    @property
    def key(self) -> ScopeKey:
        """The scope as one string: `ana`, or `ana/helper`; other characters are percent-coded."""
        parts = (self.user,) if self.agent is None else (self.user, self.agent)
        return ScopeKey("/".join(quote(part, safe=" @.+:=") for part in parts))

    @classmethod
    def parse(cls, key: str) -> "Scope":
        """Read `ana` or `ana/helper` back."""
        user, slash, agent = key.partition("/")
        return cls(unquote(user), unquote(agent) if slash else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An ordered run of episodes as the source gave it."""

    id: SessionId
    scope: ScopeKey
    collection: str
    """The file, conversation or export it came in; empty when sessions are named globally."""
    name: str
    """The name the source gave, `session_3` in LoCoMo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One raw turn or passage as given, never changed.

    Episodes of a session are ordered by `order`: time first, then place, then id.
    """

    id: EpisodeId
    scope: ScopeKey
    session_id: SessionId
    source_id: str
    """The name that the source gave it, `D3:7` in LoCoMo; its place in the session if none."""
    position: int
    """Place among the episodes of its session that were said at the same time."""
    text: str
    speaker: str | None = None
    said_at: datetime | None = None
    title: str | None = None
    """Of a document or passage. A turn has none."""
    metadata: Metadata = field(default_factory=dict)
    utc_offset: int | None = None
    """Minutes east of UTC of the clock that it was said by, as the source gives it; None: UTC, or
    the source does not say."""
    placed_at: datetime | None = None
    """Of an episode whose source gives no time: the time that it stands at, that of the one before
    it. It orders, and says nothing of when it was said."""

    @property
    def stands_at(self) -> datetime | None:
        """The time that orders it, aware UTC; None: it stands before all that have one."""
        return self.said_at or self.placed_at

    @property
    def said_locally(self) -> datetime | None:
        """`said_at` by the speaker's own clock."""
        if self.said_at is None or self.utc_offset is None:
            return self.said_at
        return self.said_at.astimezone(timezone(timedelta(minutes=self.utc_offset)))

    @property
    def order(self) -> tuple[str, int, str]:
        """What sorts a session's episodes; equal on every machine."""
        moment = self.stands_at
        return (moment.isoformat() if moment else "", self.position, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A computed run of consecutive episodes of one session about one thing."""

    session_id: SessionId
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One atomic memory: what was said, by whom, when, about what, and how strong it still is.

    `text` and `origins` never change; the other fields change through a `Change` only.
    """

    id: NoteId
    scope: ScopeKey
    session_id: SessionId
    kind: NoteKind
    text: str
    origins: tuple[EpisodeId, ...]
    """The episodes it came from, at least one, in their order."""
    context: str = ""
    """One line: who, when, about what."""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    """Spans of `text`."""
    speaker: str | None = None
    addressee: str | None = None
    title: str | None = None
    said_at: datetime | None = None
    valid_from: datetime | None = None
    """When it began to be true; `said_at` unless the text says otherwise."""
    valid_until: datetime | None = None
    """When it ceased to be true; None: it still is."""
    superseded_by: NoteId | None = None
    strength: float = 1.0
    """Retention in (0, 1]; 1 when written."""
    half_life_days: float | None = None
    """Days until `strength` halves; None: never forgotten."""
    pinned: bool = False
    """Kept whatever else says that it may go out of search: a person's word."""
    archived: bool = False
    """Out of search, unless that asks for what is archived; never out of the record."""
    probes: tuple[str, ...] = ()
    """Questions that somebody found it to answer: no rule may put it out of reach of them."""
    shown: bool = False
    """A search has shown it, and that was written down: it weighs more in a sweep."""
    evolved_by: str = ""
    """Who has looked at what it is to other notes, as `created_by`; empty: nobody yet."""
    created_by: str = ""
    """`rule:<name>@<version>` or `model:<name>@<prompt version>`."""
    run_id: str = ""
    written_at: datetime | None = None
    """When it was stored (transaction time)."""

    def __repr__(self) -> str:
        when = f"{self.said_at:%Y-%m-%d %H:%M}, " if self.said_at else ""
        who = self.title or self.speaker or ""
        return f"Note({self.id}, {self.kind}, {when}{who!r:.40}, {self.text!r:.80})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named thing, read back from every mention of it."""

    id: EntityId
    scope: ScopeKey
    name: str
    """The commonest surface; the smallest of equals."""
    aliases: tuple[str, ...]
    kinds: tuple[MentionKind, ...]
    origins: tuple[EpisodeId, ...]
    same_as: EntityId | None = None
    """The entity that it is, by a person's word or an accepted proposal; None: one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Subject, relation, object with validity, read back from every claim of it."""

    id: FactId
    scope: ScopeKey
    subject: str
    relation: str
    object: str
    subject_id: EntityId
    object_id: EntityId
    origins: tuple[EpisodeId, ...]
    notes: tuple[NoteId, ...]
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    negated: bool = False
    created_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed edge between two notes, as one origin contributes it."""

    source: NoteId
    target: NoteId
    kind: str
    origin: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the input that was skipped or taken with a caveat."""

    source: str
    """File, and line where there is one: `chat.jsonl:3017`."""
    message: str
    skipped: bool = True
