"""When, in a question: the times named, the condition they make, first and last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from graphmem.dates.read import dates
from graphmem.retrieve.question.calendar import Calendar, Time
from graphmem.retrieve.question.named_times import Recurring
from graphmem.retrieve.question.period import Period
from graphmem.retrieve.question.times import times_in
from graphmem.text import lower
from graphmem.types import Span

Order = Literal["first", "last"]

LONGEST = 4_000
"""Characters of a question in which times are sought."""
_JOINED = re.compile(r"(?:and|to|until|till|through|-|–)(?: the)?")
_THING = r"(?:thing|time|message|note|memory|entry|words?|conversation|chat|news|update|topic)s?"
_SPOKE = r"(?:say|said|mention(?:ed)?|talk(?:ed)?|speak|spoke)(?:\s+\w+)?"
_DID = r"(?:did|have|has|had|was|were)\s+(?:\w+\s+){1,2}"
_LAST = re.compile(
    rf"\b(?:latest|newest|most\s+recent(?:ly)?|last\s+{_THING}|{_SPOKE}\s+last)\b"
    rf"|\b{_DID}last\s+(?!long|for\b|until|till|through|more|less)\w"
    r"|\bthe\s+(?:very\s+)?last\s+\w+\s+(?:i|we|you|he|she|they|that)\b"
)
_FIRST = re.compile(
    rf"\b(?:earliest|oldest|(?:very\s+)?first\s+{_THING}|{_SPOKE}\s+first)\b|\b{_DID}first\s+\w"
)


@dataclass(frozen=True, slots=True)
class When:
    """What a question says of time."""

    asked: tuple[Period, ...] = ()
    """The times that it names, one of which is meant; what is near is likelier."""
    within: tuple[Period, ...] = ()
    """In one of these an answer must lie: the times named, or all after one, before one, between
    two."""
    spans: tuple[Span, ...] = ()
    """Where words stand that count from now: they are no words of what was said then."""
    order: Order | None = None
    """Whether what was said first or last is asked for."""
    is_condition: bool = False
    """Whether `within` must be met."""
    recurring: tuple[Recurring, ...] = ()
    """How texts tell of the times named that come again: they meet the condition as well."""
    event: tuple[int, ...] = ()
    """The notes that tell of the event from which `within` counts; they meet it as well."""
    by_speaker: bool = False
    """Whether days are those of who spoke, where his clock is known: nothing counts from now, and
    the asker named no zone."""
    may_bind: bool = True
    """Whether a time that is named may be a condition at all."""


def read_when(text: str, calendar: Calendar) -> When:
    """Return what a question says of time."""
    lowered = lower(text[:LONGEST])
    found = sorted(times_in(lowered, calendar), key=lambda one: one.start)
    if any(not one.from_now for one in found):
        # "last week, as told on 6 November" counts from that day, not from now.
        spans = tuple((one.start, one.end) for one in found if one.from_now)
        found = [one for one in found if not one.from_now]
    else:
        spans = tuple((one.start, one.end) for one in found)
    joined = list(_joined(lowered, found))
    return When(
        asked=tuple(dict.fromkeys(p for one in found for p in one.periods)),
        within=tuple(dict.fromkeys(p for one in joined for p in _bounded(one))),
        spans=spans,
        order=_order(lowered),
        is_condition=bool(joined) and any(one.is_condition for one in joined),
        recurring=tuple(dict.fromkeys(r for one in joined for r in one.recurring)),
    )


def _order(lowered: str) -> Order | None:
    for date in dates(lowered, None):  # the last of "last week" is no order
        lowered = lowered[: date.start] + " " * (date.end - date.start) + lowered[date.end :]
    if _LAST.search(lowered):
        return "last"
    return "first" if _FIRST.search(lowered) else None


def _joined(lowered: str, found: list[Time]) -> Iterator[Time]:
    """Join `between A and B`, `from A to B` into one time."""
    rest = list(found)
    while rest:
        one = rest.pop(0)
        between = lowered[one.end : rest[0].start] if rest else ""
        if rest and one.role in ("between", "from") and _joins(between, rest[0].role):
            other = rest.pop(0)
            pairs = zip(one.periods, other.periods, strict=False)
            if len(other.periods) == 1:
                until = other.periods[0]
                nearest = max(
                    (p for p in one.periods if p.first <= until.first),
                    key=lambda p: p.first,
                    default=until,
                )
                pairs = zip((nearest,), (until,), strict=True)
            periods = tuple(a.to(b) for a, b in pairs)
            yield replace(one, role="", end=other.end, periods=periods)
        else:
            yield one


def _joins(between: str, role: str) -> bool:
    """Tell whether the words between two dates, or the word that leads the second, join them."""
    return _JOINED.fullmatch(" ".join(between.split()) or role) is not None


def _bounded(one: Time) -> Iterator[Period]:
    """Yield the times in which an answer must lie, by the word that leads a date."""
    if one.role in ("since", "from"):
        yield from (period.onward(after=False) for period in one.periods[-1:])
    elif one.role == "after":
        yield from (period.onward(after=True) for period in one.periods[-1:])
    elif one.role == "before":
        yield from (period.backward(before=True) for period in one.periods[-1:])
    elif one.role in ("until", "till", "by"):
        yield from (period.backward(before=False) for period in one.periods[-1:])
    else:
        yield from one.periods
