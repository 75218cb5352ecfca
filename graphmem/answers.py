"""What a search gives back: hits with their reasons, and the context made of them. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from graphmem.batches import Mention
from graphmem.errors import ConfigError
from graphmem.page import hits_page
from graphmem.text import clip, day_text, visible
from graphmem.told import told_time, with_dates_told
from graphmem.types import Episode, EpisodeId, Fact, Note, Session, Span

PAGE_BREAK = "\f"
"""What stands between the pages of a text that was printed or scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How a search came to a hit: from a seed over the named steps."""

    steps: tuple[str, ...]
    """Ids, seed first, hit last; entities and notes alternate."""
    text: str
    """The same for a person: `Ana → "Lisbon" → this note`."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The part of a note's text that is shown: the whole, or what of a long one answers best."""

    text: str
    start: int
    """Character offset into the note's text."""
    end: int
    page: int | None = None
    """Where its source is printed; None: nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One note that answers, with its score and the reasons."""

    rank: int
    """From 1."""
    score: float
    """How likely it holds evidence, 0 to 1, from question to question and store to store; with the
    retriever `pagerank` its share of visits, comparable within one search only."""
    note: Note
    episodes: tuple[Episode, ...]
    sessions: tuple[Session, ...]
    """One for each of `episodes`."""
    why: tuple[str, ...]
    paths: tuple[Path, ...] = ()
    before: Episode | None = None
    """What was said right before it in its session; None: nothing."""
    after: Episode | None = None
    """What was said right after it."""
    part: Span | None = None
    """The part of a long text that answers best; None: the whole."""
    repeats: tuple[Episode, ...] = ()
    """The other times that the same was said, by the same speaker, oldest first."""
    words: tuple[str, ...] = ()
    """The asked words in it, as its text writes them."""
    marks: tuple[str, ...] = ()
    """What the search knows of its standing among the others: `earlier`, `said again`."""
    mentions: tuple[Mention, ...] = ()
    """The names, numbers and dates in its text."""
    facts: tuple[Fact, ...] = ()
    """The facts that it claims, as it claims them."""

    @property
    def excerpt(self) -> Excerpt:
        """What to show of its text, and where that stands."""
        start, end = self.part or (0, len(self.note.text))
        return Excerpt(text=self.note.text[start:end], start=start, end=end, page=self._page(start))

    @property
    def told(self) -> str:
        """The excerpt with the date that `last Friday` means written behind it."""
        excerpt = self.excerpt
        return with_dates_told(self.note.text, self.mentions, (excerpt.start, excerpt.end))

    @property
    def origin(self) -> str:
        """Who said it and when, or the title: `Ana, Wed 8 May 2024 18:30`."""
        who = self.note.title or self.note.speaker or self.note.kind
        said = self.note.said_at
        if self.episodes and self.episodes[0].said_at == said:
            said = self.episodes[0].said_locally
        return f"{who}, {told_time(said)}" if said else who

    @property
    def repeated(self) -> str:
        """How often it was said, `said 12 times, last on Tue 12 Mar 2024`; empty if once."""
        if not self.repeats:
            return ""
        said = (episode.said_locally for episode in (*self.episodes, *self.repeats))
        times = [moment for moment in said if moment is not None]
        last = f", last on {day_text(max(times))}" if times else ""
        return f"said {1 + len(self.repeats)} times{last}"

    def _page(self, start: int) -> int | None:
        """Return the page that a place stands on: the metadata's, and the page breaks before it."""
        given = str(self.episodes[0].metadata.get("page")) if self.episodes else ""
        first = int(given) if given.isdecimal() else None
        breaks = self.note.text.count(PAGE_BREAK, 0, start)
        if first is None and PAGE_BREAK not in self.note.text:
            return None
        return (1 if first is None else first) + breaks

    def to_dict(self) -> dict[str, Any]:
        """Return all that the hit says as JSON values, times as ISO 8601."""
        note, first = self.note, self.episodes[0] if self.episodes else None
        return {
            "rank": self.rank,
            "score": self.score,
            "kind": note.kind,
            "note": note.id,
            "text": note.text,
            "excerpt": _plain(self.excerpt),
            "told": self.told,
            "title": note.title,
            "speaker": note.speaker,
            "said_at": _plain(note.said_at),
            "context": note.context,
            "tags": list(note.tags),
            "collection": self.sessions[0].collection if self.sessions else None,
            "session": self.sessions[0].name if self.sessions else None,
            "metadata": _plain(first.metadata) if first else {},
            "validity": {
                "from": _plain(note.valid_from),
                "until": _plain(note.valid_until),
                "superseded_by": note.superseded_by,
            },
            "episodes": [
                _said(episode) | {"session": session.name, "collection": session.collection}
                for episode, session in zip(self.episodes, self.sessions, strict=True)
            ],
            "before": _said(self.before) if self.before else None,
            "after": _said(self.after) if self.after else None,
            "repeats": [_said(episode) for episode in self.repeats],
            "words": list(self.words),
            "marks": list(self.marks),
            "mentions": [_plain(mention) for mention in self.mentions],
            "facts": [_plain(fact) for fact in self.facts],
            "why": list(self.why),
            "paths": [_plain(path) for path in self.paths],
        }

    def __repr__(self) -> str:
        said = clip(f"{self.origin}: {self.told}", 100)
        return visible(f"Hit({self.rank}, {self.score:.3f}, {said!r})")


class Hits(list[Hit]):
    """The hits of one search, best first: a list that notebooks show as a table."""

    def to_pandas(self) -> Any:
        """Return a `pandas.DataFrame`, one row a hit. Raises ConfigError where pandas is not there.

        Its columns are those of `Hit.to_dict`; `said_at` is a time with its zone.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise ConfigError("to_pandas needs pandas; type: pip install pandas") from error
        frame = pandas.DataFrame([hit.to_dict() for hit in self])
        if "said_at" in frame:
            frame["said_at"] = pandas.to_datetime(frame["said_at"], utc=True, format="ISO8601")
        return frame

    def _repr_html_(self) -> str:
        return hits_page([hit.to_dict() | {"origin": hit.origin} for hit in self])


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The text given to a reader, within a token budget, with where each part came from."""

    text: str
    """One line a memory in order of time, `[3] Wed 8 May 2024 18:30, Ana: …`; longer texts go on
    in lines that are set in. Nothing that was said can begin a line."""
    n_tokens: int
    """As the counter that was given counts them."""
    origins: tuple[EpisodeId, ...]
    """`[3]` came from the third of these."""

    def __str__(self) -> str:
        return self.text


def _said(episode: Episode) -> dict[str, Any]:
    return {
        "id": episode.id,
        "source_id": episode.source_id,
        "speaker": episode.speaker,
        "said_at": _plain(episode.said_at),
        "title": episode.title,
        "text": episode.text,
        "metadata": _plain(episode.metadata),
    }


def _plain(value: object) -> Any:
    """Return a value as a JSON value: records as dicts, times as ISO 8601."""
    if value is None or isinstance(value, str | int | float):  # nearly all: asked first
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
