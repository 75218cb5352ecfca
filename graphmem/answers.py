"""What a search gives back: hits with their reasons, and the context made of them. Frozen."""

from dataclasses import dataclass

from graphmem.types import Episode, EpisodeId, Fact, Note, Session


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
    before: Episode | None = None
    """What was said right before it in its session; None: nothing, or not asked for."""
    after: Episode | None = None
    """What was said right after it."""
    marks: tuple[str, ...] = ()
    """What the search knows of its standing among the others: `earlier`, `said again`."""
    facts: tuple[Fact, ...] = ()
    """The facts that it claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The text given to a reader, within a token budget, with where each part came from."""

    text: str
    n_tokens: int
    origins: tuple[EpisodeId, ...]
