"""Texts as pieces that a page marks: asked words, names, dates; nothing of a text is markup."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from graphmem.batches import Mention
from graphmem.excerpts import marked
from graphmem.told import told_interval

SHOWN = 3_000
"""Characters of a text that stand on a page of many; the note's own page has the rest."""


class Piece(NamedTuple):
    """A part of a text, and how it is marked."""

    text: str
    kind: str = ""
    """`word` that was asked, `name`, `phrase` or `date`; empty: it is not marked."""
    about: str = ""
    """Of a name what it names, of a date what it means."""


def with_words(text: str, words: Collection[str]) -> list[Piece]:
    """Return a text with the asked words marked."""
    return [Piece(part, "word" if is_asked else "") for part, is_asked in marked(text, words)]


def with_names(
    text: str, mentions: Sequence[Mention], *, start: int = 0, length: int = SHOWN
) -> list[Piece]:
    """Return a stretch of a text with its names and dates marked; of what overlaps, the first."""
    end = min(start + length, len(text))
    pieces: list[Piece] = []
    at = start
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if mention.start < at or mention.end > end or mention.kind not in _MARKED:
            continue
        if mention.end == mention.start:
            continue
        pieces.append(Piece(text[at : mention.start]))
        pieces.append(_marked(text, mention))
        at = mention.end
    return [piece for piece in [*pieces, Piece(text[at:end])] if piece.text]


_MARKED = ("name", "title", "date", "phrase")


def _marked(text: str, mention: Mention) -> Piece:
    said = text[mention.start : mention.end]
    if mention.kind != "date":
        return Piece(said, "phrase" if mention.kind == "phrase" else "name", mention.name)
    return Piece(said, "date", _meant(mention))


def _meant(mention: Mention) -> str:
    """Return the day or days that a date means; empty if nobody knows."""
    if mention.valid_from is None or mention.valid_until is None:
        return ""
    return told_interval(mention.valid_from, mention.valid_until)
