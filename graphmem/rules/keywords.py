"""What a note is about, from the note alone: keywords and tags."""

import re
from collections import Counter
from functools import lru_cache

from graphmem import text
from graphmem.batches import Extraction, Mention
from graphmem.types import Note

_TAGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("image", re.compile(r"\[(?:image|photo)\b")),
    (
        "plan",
        re.compile(
            r"g(?<!\wg)(?:oing to|onna)\b|p(?<!\wp)lan(?:ning| to| on)\b|h(?<!\wh)ope to\b"
            r"|w(?<!\ww)(?:ill|an(?:t to|na))\b|'(?<=\w')ll\b|’(?<=\w’)ll\b"
            r"|n(?<!\wn)ext (?:week|month|year|weekend)\b|t(?<!\wt)omorrow\b"
            r"|l(?<!\wl)ooking forward\b"
        ),
    ),
    (
        "preference",
        re.compile(
            r"l(?<!\wl)ov(?:e|es|ed|ing)\b|f(?<!\wf)(?:avou?rites?|an of)\b|p(?<!\wp)refer\w*"
            r"|h(?<!\wh)at(?:e|es|ed)\b|e(?<!\we)njoy\w*|c(?<!\wc)an['’]t stand\b"
            r"|a(?<!\wa)dore\w*"
        ),
    ),
)
"""Of lower-case text. Each begins with a letter, by which most places are passed over; only then it
looks back to where a word begins. That takes a tenth of the time."""
_LIKES = re.compile(r"\b(?:i|we|really|also|always|n['’]t|not|to|you) lik(?:e|es|ed)\b")
_ALIKE = str.maketrans("ſİı", "sii")
"""What is one letter with another without regard to case, and no lower case of it."""
_BEFORE = 40
"""Characters before a name in which a preposition is looked for."""
_PLACE = re.compile(r"\b(?:in|at|to|from|near|around|visit(?:ed|ing)?)\s+(?:the\s+)?\Z", re.I)
_LONGEST = 60
"""Characters of a name whose normal form is remembered: people speak of few things at a time."""
_remembered = lru_cache(20_000)(text.normalise)
_KINDS = {"name": 3, "title": 3, "phrase": 2, "number": 0, "date": 0, "speaker": 0}


def describe(note: Note, extraction: Extraction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keywords and the tags of one note."""
    return keywords(extraction), tags(note, extraction)


def keywords(extraction: Extraction, *, limit: int = 8) -> tuple[str, ...]:
    """Return the names and phrases of one note, the most frequent first."""
    weight: Counter[str] = Counter()
    surface: dict[str, str] = {}
    for mention in extraction.mentions:
        if (worth := _KINDS[mention.kind]) and not mention.initial:
            key = _normal(mention.name)
            weight[key] += worth
            surface.setdefault(key, mention.name)
    place = {key: number for number, key in enumerate(weight)}
    best = sorted(weight, key=lambda key: (-weight[key], place[key]))
    return tuple(surface[key] for key in best[:limit])


def _normal(name: str) -> str:
    return _remembered(name) if len(name) <= _LONGEST else text.normalise(name)


def tags(note: Note, extraction: Extraction) -> tuple[str, ...]:
    """Return what kind of saying a note is: date, image, place, plan, preference, question."""
    lowered = text.lower(note.text)
    if not lowered.isascii():
        lowered = lowered.translate(_ALIKE)
    found = {tag for tag, pattern in _TAGS if pattern.search(lowered)}
    if " lik" in lowered and _LIKES.search(lowered):
        found.add("preference")
    if "?" in lowered:
        found.add("question")
    for mention in extraction.mentions:
        if mention.kind == "date":
            found.add("date")
        elif mention.kind == "name" and "place" not in found and _is_place(note.text, mention):
            found.add("place")
    return tuple(sorted(found))


def _is_place(words: str, mention: Mention) -> bool:
    """Tell whether a word that leads to places stands right before a name."""
    return _PLACE.search(words, max(0, mention.start - _BEFORE), mention.start) is not None
