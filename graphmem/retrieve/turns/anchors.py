"""The days of an event that a question counts from: `the day after the party`, `when I was away`.

The event is looked for among the turns: those that say all its words. The day that they tell is the
event's ("the party is on Saturday"), else the day on which they were said. What the question asks
about is then likelier on the days that it means. `After the party` alone means all days after it:
that is a condition, and only a day that some turn tells makes it one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.dates.pattern import COUNTS
from graphmem.retrieve.question.frame import AUXILIARIES
from graphmem.retrieve.question.period import EPOCH, Period, shifted
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.question.terms import NAME_SHARE, asked_terms
from graphmem.retrieve.question.when import When
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.postings import turns_of
from graphmem.retrieve.turns.told import ToldDates
from graphmem.retrieve.words.index import WordIndex
from graphmem.text import lower

MOST_TURNS = 12
"""Turns that may tell of an event: what is spoken of more often is a matter, and no event."""
MOST_DAYS = 7
"""Days of the longest date that tells when an event was."""
_UNITS = {"day": 1, "morning": 1, "evening": 1, "night": 1, "week": 7, "weekend": 7, "month": 30}
_EVENT = r"(?P<event>[^,?.!;]{3,80})"
_BESIDE = re.compile(
    rf"\b(?P<n>the|an?|\d{{1,2}}|{'|'.join(c for c in COUNTS if c.isalpha() and len(c) > 2)})"
    rf"\s{{1,8}}(?:very\s{{1,8}}|next\s{{1,8}})?(?P<unit>{'|'.join(_UNITS)})s?\s{{1,8}}"
    rf"(?P<side>after|before)\s{{1,8}}{_EVENT}"
)
_AUXILIARIES = "|".join(sorted(AUXILIARIES | {"is", "are", "was", "were", "shall"}))
_THEN = re.compile(
    rf"(?<=\w\s)(?<!\band\s)(?<!\bbut\s)(?:when|while|during)\s{{1,8}}"
    rf"(?!(?:{_AUXILIARIES})\b){_EVENT}"
)


_ON_DAY = re.compile(
    rf"\b(?:on\s{{1,8}})?the\s{{1,8}}(?:very\s{{1,8}})?day\s{{1,8}}of\s{{1,8}}{_EVENT}"
)
_SIDE = re.compile(
    r"(?<=\w\s)(?<!\blook\s)(?<!\blooks\s)(?<!\blooked\s)(?<!\blooking\s)"
    r"\b(?P<side>after|before|since|until|till)\s{1,8}"
    rf"(?=(?:the|my|our|his|her|their|your|i|we|he|she|they|\w{{1,40}}['’]s)\s){_EVENT}"
)
_PASSED = re.compile(r"\b(?:was|were|did|had|went|came|got|took|left)\b|\b\w{2,30}ed\b")
"""What a text says of an event that was: of two days of one name, the earlier is meant."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    event: str
    said: str
    """The words that count from it, and it."""
    beside: tuple[int, int] | None
    """How many days after the event, before it if below 0, and how many of them are meant; None:
    those of the event."""
    is_weekend: bool = False
    """Whether the weekend beside it is meant."""
    side: str = ""
    """The word that leads it where all days on one side of it are meant."""


def anchored(question: Question, index: TurnIndex, words: WordIndex, told: ToldDates) -> Question:
    """Return the question with the days that its event gives it; itself where it names none.

    A question that says a time itself is asked of that.
    """
    anchor = None if question.when.asked or question.when.event else _anchor_in(question.text)
    if anchor is None:
        return question
    terms = [term for term, share in asked_terms(Written.of(anchor.event)).items() if share > 0]
    turns = _telling(index, [words.numbers.get(term, -1) for term in terms])
    own = turns[np.isin(index.speaker[turns], question.voice.speakers)]
    turns = own if len(own) else turns
    when = _beyond(anchor, index, turns, told, question) if anchor.side else None
    if when is None:
        days = [] if anchor.side else _days(index, turns, told, question)
        if not days:
            return question
        periods = tuple(_meant(anchor, first, until, question) for first, until in days)
        notes = index.notes[turns].tolist() if anchor.beside is not None else []
        when = replace(question.when, asked=periods, event=tuple(notes))
    # What is asked about is something else than the event: nobody need speak of both at once.
    is_event = np.isin(question.stems, list(asked_terms(Written.of(anchor.said))))
    is_said = (question.term_numbers >= 0) & (question.shares > NAME_SHARE)
    names_more = bool((is_said & ~is_event).any())
    is_then = anchor.beside is None  # who was there speaks of it
    most = NAME_SHARE if names_more or is_then else 0.0  # `What did I do the day after the party?`
    shares = np.where(is_event, np.minimum(question.shares, most), question.shares)
    return replace(question, when=when, shares=shares)


def _anchor_in(text: str) -> _Anchor | None:
    lowered = lower(text)
    match = _BESIDE.search(lowered)
    if match is not None:
        said = match["n"]
        count = int(said) if said.isdigit() else COUNTS.get(said, 1)
        length = _UNITS[match["unit"]]
        days = count * length
        return _Anchor(
            match["event"],
            match[0],
            (days if match["side"] == "after" else -days, length),
            match["unit"] == "weekend" and count == 1,
        )
    if match := _ON_DAY.search(lowered):
        return _Anchor(match["event"], match[0], (0, 1))
    if match := _THEN.search(lowered):
        return _Anchor(match["event"], match[0], None)
    match = _SIDE.search(lowered)
    return match and _Anchor(match["event"], match[0], None, side=match["side"])


def _telling(index: TurnIndex, terms: Sequence[int]) -> NDArray[np.integer]:
    """Return the turns that say all of an event's words; none if there are too many."""
    if not terms or min(terms) < 0:
        return np.zeros(0, np.int64)
    turns: NDArray[np.integer] = turns_of(index, terms[0])
    for term in terms[1:]:
        turns = np.intersect1d(turns, turns_of(index, term))
    return turns if len(turns) <= MOST_TURNS else turns[:0]


def _beyond(
    anchor: _Anchor,
    index: TurnIndex,
    turns: NDArray[np.integer],
    told: ToldDates,
    question: Question,
) -> When | None:
    """Return the condition that a question makes of the days on one side of an event.

    None where no turn tells one day of it, or times are no condition.
    """
    notes = index.notes[turns].tolist()
    days = Counter(told.dates_of(notes, most_days=MOST_DAYS))
    most = max(days.values(), default=0)
    best = sorted(day for day, count in days.items() if count == most)
    if len(best) == 2 and best[1][0] - best[0][0] == 7:  # a weekday, last or next
        has_passed = any(_PASSED.search(lower(told.snapshot.texts[note])) for note in notes)
        best = [best[not has_passed]]
    if len(best) != 1 or not question.when.may_bind:
        return None
    first, until = best[0]
    event = Period.of(shifted(EPOCH, first), shifted(EPOCH, until), question.zone)
    within = {
        "after": event.onward(after=True),
        "since": event.onward(after=False),
        "before": event.backward(before=True),
    }.get(anchor.side) or event.backward(before=False)
    return replace(question.when, within=(within,), is_condition=True, event=tuple(notes))


def _days(
    index: TurnIndex, turns: NDArray[np.integer], told: ToldDates, question: Question
) -> list[tuple[int, int]]:
    """Return the first day of an event and the day after its last, as most of the turns tell it."""
    dates = Counter(told.dates_of(index.notes[turns].tolist(), most_days=MOST_DAYS))
    if not dates:
        said = index.said_at[turns]
        for moment in said[np.isfinite(said)].tolist():
            day = datetime.fromtimestamp(moment, UTC).astimezone(question.zone).date()
            at = (day - EPOCH).days
            dates[(at, at + 1)] += 1
    most = max(dates.values(), default=0)
    return sorted(day for day, count in dates.items() if count == most)


def _meant(anchor: _Anchor, first: int, until: int, question: Question) -> Period:
    if anchor.is_weekend and anchor.beside is not None:
        edge = shifted(EPOCH, until if anchor.beside[0] > 0 else first - 1)
        ahead = (
            (5 - edge.weekday()) % 7 if anchor.beside[0] > 0 else -((edge.weekday() + 1) % 7) - 1
        )
        saturday = shifted(edge, ahead)
        return Period.of(saturday, shifted(saturday, 2), question.zone)
    if anchor.beside is not None:
        away, length = anchor.beside
        first, until = (
            (until + away - length, until + away)
            if away > 0
            else (first + away, first + away + length)
        )
    return Period.of(shifted(EPOCH, first), shifted(EPOCH, until), question.zone)
