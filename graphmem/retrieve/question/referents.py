"""What it, that and there stand for in a question: the thing or the place of the one before it.

Rules: the last thing that the question before names with an article or an owner (`the boiler`, `my
sister's car`), the last place behind a preposition (`in Porto`, `at the lake`). The question is
asked of it, so its words count as those of the question do.
"""

import re

from graphmem.dates.read import dates
from graphmem.text import STOPWORDS, lower
from graphmem.types import Span

_MOST = 4
"""Words of a thing behind its article."""
_LED = re.compile(
    r"\b(?:the|an?|my|our|your|his|her|its|their|this|that|[\w’']{1,40}['’]s)(?=\s{1,8}\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:do|does|did|will|would|can|could|should|has|have|had|is|are|was|were)\s{1,8}$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|to|from|near|into|inside|around|on)\s{1,8}(?=\w)", re.IGNORECASE)
_NEXT = re.compile(r"\s{1,8}([\w’'-]{1,60})")
_IT = re.compile(
    r"\bit\b(?!['’])"
    r"|(?:(?<=\bdid )|(?<=\bdoes )|(?<=\bis )|(?<=\bwas )|(?<=\bwill )|(?<=\babout )|(?<=\bfor )"
    r"|(?<=\bof )|(?<=\bwith ))(?:that|this)\b(?=\s*(?:[?.!,]|$)|\s{1,8}[a-z])"
    r"|(?<!\bdo )(?<!\bdone )\b(?:that|this)(?=\s*(?:[?.!,]|$))",
    re.IGNORECASE,
)
_THERE = re.compile(  # `is there a garden` names no place
    r"(?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!['’])"
    r"(?!\s{1,8}(?:is|are|was|were)\b)"
    r"|\bthere\b(?=\s*(?:[?.!,]|$)))",
    re.IGNORECASE,
)
_MOVES = frozenset({"to", "into", "from", "around"})
"""Prepositions of who goes there; who is there is in it."""


def with_referents(text: str, before: str) -> str:
    """Return a question with the thing in the place of it or that, the place in that of there.

    The text itself where the question before names neither.
    """
    thing = _last_thing(before)
    named = text if thing is None else _IT.sub(lambda _: thing, text, count=1)
    place = _last_place(before)
    return named if place is None else _THERE.sub(lambda _: place, named, count=1)


def with_thing(before: str, thing: str) -> str | None:
    """Return the question before, asked of another thing: `And the tent?`.

    None where that is no thing with its article, or the question before names none.
    """
    span = _last_thing_at(before)
    if span is None or _LED.match(thing) is None:
        return None
    return before[: span[0]] + thing + before[span[1] :]


def _last_thing(before: str) -> str | None:
    """Return the last of a question's things with its article; a day is none."""
    span = _last_thing_at(before)
    return None if span is None else before[span[0] : span[1]]


def _last_thing_at(before: str) -> Span | None:
    found = None
    for match in _LED.finditer(before):
        words = _phrase(before, match.end())
        if len(words.split()) > 1 and _ASKS.search(before, 0, match.start()):
            words = words.rsplit(maxsplit=1)[0]  # `did the tent cost`: the last is its verb
        if words and not dates(lower(words), None):
            found = match.start(), match.end() + len(words)
    return found


def _last_place(before: str) -> str | None:
    """Return the last phrase of a place with its preposition: a name, or a thing with an article.

    `to go` and `at half past four` are none.
    """
    found = None
    for match in _PLACE.finditer(before):
        led = _LED.match(before, match.end())
        words = _phrase(before, led.end() if led else match.end() - 1)
        is_named = led is not None or words.lstrip()[:1].isupper()
        if words and is_named and not dates(lower(match[0] + words.lstrip()), None):
            lead = "in " if match[0].strip().lower() in _MOVES else match[0]
            found = lead + (led[0] if led else "") + (words if led else words.lstrip())
    return found


def _phrase(text: str, start: int) -> str:
    """Return the words of content that follow a place in a text, up to a word that joins."""
    end = start
    for _ in range(_MOST):
        match = _NEXT.match(text, end)
        if match is None or lower(match[1]) in STOPWORDS:
            break
        end = match.end()
    return text[start:end]
