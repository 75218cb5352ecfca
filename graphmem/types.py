"""The records that travel between stages. Frozen; times are aware UTC; ids are content hashes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NewType
from urllib.parse import quote, unquote

import numpy as np
from numpy.typing import NDArray

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

NoteKind = Literal["turn", "segment", "session", "passage"]
ATOMIC_KINDS: tuple[NoteKind, ...] = ("turn", "passage")
"""The kinds that search ranks: one episode each. The others are read as context."""

MentionKind = Literal["name", "title", "number", "date", "phrase", "speaker"]

Matrix = NDArray[np.float32]
"""(n, dim) float32, rows are items."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose memory it is: a user, and the agent it talks to when that matters."""

    user: str
    agent: str | None = None

    def __post_init__(self) -> None:
        if not self.user or self.agent == "":
            raise ScopeError("a scope needs a user that is not empty; type: --scope ana")

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

    @property
    def order(self) -> tuple[str, int, str]:
        """What sorts a session's episodes; equal on every machine."""
        return (self.said_at.isoformat() if self.said_at else "", self.position, self.id)


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
    created_by: str = ""
    """`rule:<name>@<version>` or `model:<name>@<prompt version>`."""
    run_id: str = ""
    written_at: datetime | None = None
    """When it was stored (transaction time)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name, number, date or key phrase found in one note, with its span in the note's text."""

    name: str
    """What it names: the surface, or the speaker that a pronoun stands for."""
    start: int
    end: int
    kind: MentionKind
    initial: bool = False
    """Capitalised only where a sentence starts: counts if the corpus agrees (see links)."""
    valid_from: datetime | None = None
    """Of a date: the interval it stands for, resolved against `said_at`; None: unresolved."""
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Subject, relation, object as one note states it; claims of equal parts make one fact."""

    subject: str
    relation: str
    object: str
    start: int
    end: int
    """Span in the note's text."""
    negated: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an extractor found in one note."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()


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
class Change:
    """One proposed or applied edit of a note: what, from what to what, why, by whom."""

    id: ChangeId
    scope: ScopeKey
    note: NoteId
    field: str
    before: Any
    after: Any
    reason: str
    author: str
    """`user`, `rule:<name>@<version>` or `model:<name>@<prompt version>`."""
    run_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where a note came from and what became of it."""

    note: Note
    """As it is now."""
    episodes: tuple[Episode, ...]
    changes: tuple[Change, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """A note with what was found in it and its vectors: what a store writes together."""

    note: Note
    extraction: Extraction = Extraction()
    vectors: Matrix | None = None
    """(1 + s, dim) unit rows: the note, then its s sentences; (1, dim) for a note of one
    sentence. None for a note that search does not rank, and for the rule encoder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is written in one transaction. Writing it twice leaves one copy."""

    scope: ScopeKey
    sessions: tuple[Session, ...] = ()
    episodes: tuple[Episode, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    dropped: tuple[NoteId, ...] = ()
    """Derived notes that the new episodes made obsolete: a segment that grew."""
    links: tuple[Link, ...] = ()
    restored: tuple[EpisodeId, ...] = ()
    """Episodes deleted before that are wanted again: their tombstones are lifted."""
    buried: tuple["Tombstone", ...] = ()
    """What another store deleted, so that it stays deleted here: none of it may be live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCounts:
    """What one write or delete did to a store. Sums over any split of the input are the same."""

    sessions_added: int = 0
    episodes_added: int = 0
    episodes_known: int = 0
    episodes_deleted: int = 0
    notes_added: int = 0
    notes_rewritten: int = 0
    """There before; their derived values were written again."""
    notes_deleted: int = 0
    mentions_added: int = 0
    """With the notes that were added."""
    facts_added: int = 0
    """Claims stored with the notes that were added; each states a fact."""
    links_added: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a deleted episode, so that it is not ingested again; no content."""

    episode: EpisodeId
    scope: ScopeKey
    deleted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the input that was skipped or taken with a caveat."""

    source: str
    """File, and line where there is one: `chat.jsonl:3017`."""
    message: str
    skipped: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one call did: every count, and every problem it met."""

    files: int = 0
    sessions: int = 0
    episodes_read: int = 0
    episodes_added: int = 0
    episodes_known: int = 0
    """Already there: re-ingesting is a no-op."""
    episodes_tombstoned: int = 0
    """Deleted before, and so not taken again."""
    episodes_deleted: int = 0
    notes_added: int = 0
    notes_deleted: int = 0
    mentions_added: int = 0
    facts_added: int = 0
    skipped: int = 0
    run_id: str = ""
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    """The first 100 of them; `skipped` counts all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How a search came to a hit: from a seed over the named steps."""

    steps: tuple[str, ...]
    """Ids, seed first, hit last; entities and notes alternate."""
    text: str
    """The same for a person: `Ana → "Lisbon" → this note`."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One note that answers, with its score and the reasons."""

    rank: int
    """From 1."""
    score: float
    """Higher is better; comparable within one search only."""
    note: Note
    episodes: tuple[Episode, ...]
    sessions: tuple[Session, ...]
    """One for each of `episodes`."""
    why: tuple[str, ...]
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The text given to a reader, within a token budget, with where each part came from."""

    text: str
    n_tokens: int
    origins: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Scores of a snapshot's nodes, and how the iteration that made them ended."""

    scores: NDArray[np.float64]
    """(n,), node order of the snapshot."""
    iterations: int
    residual: float
    """L1 change in the last iteration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSnapshot:
    """One moment of a memory as arrays: the atomic notes that are true then, and their graph.

    Notes are sorted by (session id, episode order), so the neighbours of a turn are next to it.
    n notes, e entities, f claims, m mentions. Everything here depends on the set of records
    alone, never on the order in which they came.
    """

    scopes: tuple[ScopeKey, ...]
    as_of: datetime | None
    version: int
    """The store's write counter when this was read."""
    note_ids: tuple[NoteId, ...]
    texts: tuple[str, ...]
    """(n,) text of each note."""
    titles: tuple[str | None, ...]
    """(n,) title of a passage; None for a turn."""
    is_turn: NDArray[np.bool_]
    """(n,)"""
    session: NDArray[np.int32]
    """(n,) number of its session, non-decreasing."""
    speaker: NDArray[np.int32]
    """(n,) index into `speakers`, -1 for none."""
    speakers: tuple[str, ...]
    """Sorted."""
    said_at: NDArray[np.float64]
    """(n,) seconds since 1970 UTC, NaN when unknown."""
    sentence_indptr: NDArray[np.int64]
    """(n + 1,) where the sentences of each note begin in `sentence_spans`."""
    sentence_spans: NDArray[np.int32]
    """(s, 2) spans into the note's text; every note has at least one."""
    entity_ids: tuple[EntityId, ...]
    """Sorted."""
    entity_names: tuple[str, ...]
    """(e,) commonest surface."""
    mention_note: NDArray[np.int32]
    """(m,) sorted by note, then start."""
    mention_entity: NDArray[np.int32]
    """(m,)"""
    mention_kind: NDArray[np.int8]
    """(m,) index into MENTION_KINDS."""
    mention_initial: NDArray[np.bool_]
    """(m,) see `Mention.initial`."""
    mention_span: NDArray[np.int32]
    """(m, 2)"""
    claim_note: NDArray[np.int32]
    """(f,) the note that makes the claim."""
    claim_subject: NDArray[np.int32]
    """(f,) entity."""
    claim_object: NDArray[np.int32]
    """(f,) entity."""
    claim_relation: tuple[str, ...]
    """(f,)"""
    vectors: "SnapshotVectors"
    carry: object = field(default=None, repr=False, compare=False)
    """The store's own, for `snapshot(..., previous=this)`."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text as an encoder sees them, special tokens left out."""

    rows: Matrix
    """(t, dim) unit rows."""
    spans: NDArray[np.int32]
    """(t, 2) where each token stands in the text."""


MENTION_KINDS: tuple[MentionKind, ...] = ("name", "title", "number", "date", "phrase", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotVectors:
    """The vectors of a snapshot's notes and sentences, as the store's encoder made them.

    The rule encoder's vectors are a function of the texts and of the snapshot's own document
    frequencies: they are derived with the words, so both arrays are None for it.
    """

    encoder: str
    notes: NDArray[np.float32] | None = None
    """(n, dim) unit rows."""
    sentences: NDArray[np.float16] | None = None
    """(s, dim) unit rows in half precision, aligned with `sentence_spans`."""
