"""What a note is about, from the note alone: keywords and tags."""

import re
from collections import Counter

from graphmem import text
from graphmem.batches import Extraction, Mention
from graphmem.types import Note

_TAGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("image", re.compile(r"\[image\b|\[photo\b", re.I)),
    (
        "plan",
        re.compile(
            r"\b(?:going to|gonna|planning|plan to|plan on|will|['’]ll|hope to|want to|wanna"
            r"|next (?:week|month|year|weekend)|tomorrow|looking forward)\b",
            re.I,
        ),
    ),
    (
        "preference",
        re.compile(
            r"\b(?:lov(?:e|es|ed|ing)|(?:i|we|really|also|always|n['’]t|not|to|you) lik(?:e|es|ed)"
            r"|favou?rites?|prefer\w*|hat(?:e|es|ed)|enjoy\w*|fan of|can['’]t stand|adore\w*)\b",
            re.I,
        ),
    ),
    ("question", re.compile(r"\?")),
)
_BEFORE = 40
"""Characters before a name in which a preposition is looked for."""
_PLACE = re.compile(r"\b(?:in|at|to|from|near|around|visit(?:ed|ing)?)\s+(?:the\s+)?\Z", re.I)
_KINDS = {"name": 3, "title": 3, "phrase": 2, "number": 0, "date": 0, "speaker": 0}


def describe(note: Note, extraction: Extraction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keywords and the tags of one note."""
    return keywords(extraction), tags(note, extraction)


def keywords(extraction: Extraction, *, limit: int = 8) -> tuple[str, ...]:
    """Return the names and phrases of one note, the most frequent first."""
    weight: Counter[str] = Counter()
    surface: dict[str, str] = {}
    for mention in extraction.mentions:
        key = text.normalise(mention.name)
        if _KINDS[mention.kind] and not mention.initial:
            weight[key] += _KINDS[mention.kind]
            surface.setdefault(key, mention.name)
    place = {key: number for number, key in enumerate(weight)}
    best = sorted(weight, key=lambda key: (-weight[key], place[key]))
    return tuple(surface[key] for key in best[:limit])


def tags(note: Note, extraction: Extraction) -> tuple[str, ...]:
    """Return what kind of saying a note is: date, image, place, plan, preference, question."""
    found = {tag for tag, pattern in _TAGS if pattern.search(note.text)}
    for mention in extraction.mentions:
        if mention.kind == "date":
            found.add("date")
        elif mention.kind == "name" and "place" not in found and _is_place(note.text, mention):
            found.add("place")
    return tuple(sorted(found))


def _is_place(words: str, mention: Mention) -> bool:
    """Tell whether a word that leads to places stands right before a name."""
    return _PLACE.search(words, max(0, mention.start - _BEFORE), mention.start) is not None
