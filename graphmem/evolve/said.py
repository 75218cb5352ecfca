"""What a note says, as far as two notes are compared by it: words, values, a denial, cues.

All of it is of the note's own text, so that what two notes are to each other depends on no third.
English: of another language the words are compared, and no cue is found.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from graphmem.text import STOPWORDS, day_text, fold, stem, surfaces, words
from graphmem.types import Note, NoteId

LONGEST = 2_000
"""Characters of a text that are compared: what a document says of is told at its beginning."""

_GREETINGS = frozenset(
    """thank thanks hey hi hello bye yeah yep yes wow ok okay sure great good nice cool awesome
    congrats sorry oh haha aw absolutely definitely""".split()
)
MOST_PARTS = 8
"""Sentences of it that are compared one by one."""

_DENIED = re.compile(
    r"\b(?:not|never|no longer|nobody|nothing|none|without|stopped|quit|cannot|\w+n't)\b"
)
_CAUSED = re.compile(
    r"^(?:so|that'?s why|which is why|because of|thanks to|as a result|therefore)\b"
)
_SAYS_NOTHING = frozenset(
    """my your our his her their the a an this that these those now anymore any more longer update
    updated currently today instead actually not no never""".split()
)
"""Words that make no difference to what a statement is of."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence as it is compared."""

    frame: frozenset[str]
    """Stems of the words that are no value and tell no change: what the statement is of."""
    content: frozenset[str]
    """Those of them that are content words and more than a greeting."""
    told: tuple[str, ...]
    """The frame in order."""
    values: frozenset[str]
    """Names and numbers: what can be another value of the same slot."""
    is_denied: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One note as it is compared."""

    note: NoteId
    at: datetime | None
    by: str
    text: str
    words: tuple[str, ...]
    """All of them, folded, in order."""
    stems: frozenset[str]
    """Of its content words."""
    parts: tuple[Part, ...]
    is_asked: bool
    """It ends as a question, so it states nothing."""
    tells_cause: bool

    @property
    def order(self) -> tuple[str, NoteId]:
        """What tells the newer of two notes."""
        return (self.at.astimezone(UTC).isoformat() if self.at else "", self.note)

    @property
    def quoted(self) -> str:
        """Who said it and when, as a line of context tells it."""
        when = day_text(self.at) if self.at else ""
        return ", ".join(part for part in (self.by, when) if part) or "undated"


def said(note: Note) -> Said:
    """Read a note once, for all that it is compared with."""
    text = note.text[:LONGEST]
    found = tuple(words(text))
    content = [word for word in found if word not in STOPWORDS]
    spans = [span for span in note.sentences if span[1] <= len(text)] or [(0, len(text))]
    return Said(
        note=note.id,
        at=note.valid_from or note.said_at,
        by=note.speaker or note.title or "",
        text=text,
        words=found,
        stems=frozenset(map(stem, content or found)),
        parts=tuple(_part(text[start:end]) for start, end in spans[:MOST_PARTS]),
        is_asked=_asks(text),
        tells_cause=_CAUSED.search(fold(text)) is not None,
    )


def _part(sentence: str) -> Part:
    found, folded = words(sentence), fold(sentence)
    values = _names(sentence) | {word for word in found if word[:1].isdigit()}
    left = [word for word in found if word not in values and word not in _SAYS_NOTHING]
    told = tuple(map(stem, left))
    return Part(
        frame=frozenset(told),
        content=frozenset(stem(word) for word in left if word not in STOPWORDS | _GREETINGS),
        told=told,
        values=frozenset(values),
        is_denied=_DENIED.search(folded) is not None,
        is_asked=_asks(sentence),
    )


def _asks(text: str) -> bool:
    return text.rstrip(" \t\n\"'”’)]}*_").endswith(("?", "？", "؟"))


def _names(sentence: str) -> set[str]:
    """Return the words that have a capital and do not begin the sentence, folded."""
    found: set[str] = set()
    for surface in surfaces(sentence)[1:]:
        if surface[:1].isupper():
            found.update(words(surface))
    return found - STOPWORDS
