"""Hits -> the text given to a reader: within a token budget, in order of time, with its origins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphmem.answers import Context, Hit
from graphmem.excerpts import densest
from graphmem.text import clip, visible
from graphmem.tokens import TokenCounter
from graphmem.told import told_time
from graphmem.types import Episode, EpisodeId

NEIGHBOUR = 400
"""Characters shown of a turn that stands beside a hit and is no hit itself."""
SHORTEST = 20
"""Characters that are still worth showing of a text that does not fit."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One episode as a reader gets it."""

    episode: Episode
    text: str
    words: tuple[str, ...]
    place: tuple[int, int]
    """The rank of its hit, and how far from that it stands: what orders the undated."""

    @property
    def order(self) -> tuple[bool, str, str, int, tuple[int, int]]:
        """By time; what has none stands behind, as the hits are ranked."""
        said_at, *_ = self.episode.order
        position = self.episode.position if said_at else 0
        return (
            not said_at,
            said_at,
            self.episode.session_id if said_at else "",
            position,
            self.place,
        )

    def line(self, number: int) -> str:
        """Return the part with its number; its further lines are set in, and none can look like
        another part: what was said is data."""
        episode = self.episode
        when = [told_time(episode.said_at)] if episode.said_at else []
        who = [clip(visible(name), 200) for name in (episode.title or episode.speaker,) if name]
        head = ", ".join([*when, *who])
        first, *more = visible(self.text).strip().split("\n") or [""]
        return "\n  ".join(
            [f"[{number}] {head}: {first}" if head else f"[{number}] {first}", *more]
        )


def context_of(hits: Sequence[Hit], *, budget: int, count: TokenCounter) -> Context:
    """Return what of the hits, and then of the turns beside them, fits the budget.

    The better hit goes first; one that does not fit makes way for the next, but for the best of
    all, of which as much is given as fits. `count` says what a text costs.
    """
    parts = _parts(hits)
    chosen: list[_Part] = []
    left = budget
    for part in parts:
        if part.place[1] and part.place[0] not in {one.place[0] for one in chosen}:
            continue  # beside what did not fit
        fitting = part if chosen else _cut(part, left, count)
        cost = left + 1 if fitting is None else _cost(fitting, len(parts), count)
        if fitting is not None and cost <= left:
            chosen.append(fitting)
            left -= cost
    while chosen and count(_text(chosen)) > budget:  # a counter need not add up
        chosen.pop()
    text = _text(chosen)
    origins = tuple(part.episode.id for part in sorted(chosen, key=lambda part: part.order))
    return Context(text=text, n_tokens=count(text), origins=origins)


def _parts(hits: Sequence[Hit]) -> list[_Part]:
    """Return every episode of the hits once, then those beside them, the better hit's first."""
    parts: dict[EpisodeId, _Part] = {}
    for hit in hits:
        for episode in hit.episodes[:1]:
            part = _Part(episode, hit.told, hit.words, (hit.rank, 0))
            parts.setdefault(episode.id, part)
    for hit in hits:
        for away, beside in _beside(hit):
            text = beside.text[slice(*densest(beside.text, {}, NEIGHBOUR))]
            parts.setdefault(beside.id, _Part(beside, text, (), (hit.rank, away)))
    return list(parts.values())


def _beside(hit: Hit) -> Iterator[tuple[int, Episode]]:
    if hit.before:
        yield -1, hit.before
    if hit.after:
        yield 1, hit.after


def _cut(part: _Part, budget: int, count: TokenCounter) -> _Part | None:
    """Return the part with as much of its text as fits; None if hardly any does."""
    while _cost(part, 1, count) > budget:
        length = len(part.text) * 3 // 4
        if length < SHORTEST:
            return None
        start, end = densest(part.text, dict.fromkeys(part.words, 1.0), length)
        part = replace(part, text=part.text[start:end])
    return part


def _cost(part: _Part, number: int, count: TokenCounter) -> int:
    return count(part.line(number) + "\n")


def _text(parts: Sequence[_Part]) -> str:
    ordered = sorted(parts, key=lambda part: part.order)
    return "\n".join(part.line(number) for number, part in enumerate(ordered, 1))
