"""What is found in a note, and what a store writes and erases in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from graphmem.arrays import Matrix, TokenSigns
from graphmem.types import Episode, EpisodeId, Link, MentionKind, Note, NoteId, ScopeKey, Session


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
class NoteRecord:
    """A note with what was found in it and its vectors: what a store writes together."""

    note: Note
    extraction: Extraction = Extraction()
    vectors: Matrix | None = None
    """(1 + s, dim) unit rows: the note, then its s sentences; (1, dim) for a note of one
    sentence. None for a note that search does not rank, and for the rule encoder."""
    tokens: TokenSigns | None = None
    """Of a turn that has vectors, if its encoder gives token vectors; stored and kept with them."""


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
