"""Whether a question asks for a value as it is, so that the newest statement of it is meant."""

import re
from enum import IntEnum

from graphmem.retrieve.question.when import When

NOW_WORDS = frozenset(
    """now current currently latest newest today still nowadays present presently moment last
    recent recently""".split()
)
"""What asks for the present value, and is said in no statement of it."""
_NOW = re.compile(rf"\b(?:{'|'.join(sorted(NOW_WORDS))})\b")
_TODAY = re.compile(r"\b(?:today|now|nowadays|at the moment)\b")
"""A day, and yet no condition: what holds today was mostly said before."""
_PAST = re.compile(r"\b(?:did|was|were|had)\b")
_ONCE = re.compile(r"\b(?:first|original|initial|spring|summer|autumn|fall|winter)\b")
"""In the past tense, one time before others."""
_OVER_TIME = re.compile(
    r"""\b(?:used\ to|before|previous(?:ly)?|former(?:ly)?|originally|initially|
    earlier|earliest|ago|over\ time|in\ (?:what|which)\ order|sequence|
    how\ long\ (?:have|has|had|did|was|were)|since|between|change[ds]?|changing|
    differ(?:ence|ent)?|both)\b""",
    re.VERBOSE,
)
_WHETHER = re.compile(
    r"^(?:have|has|had|do|does|did|am|is|are|was|were)(?:n't)? (?:there )?(?!you\b)[^,]*$"
)
_ASKS_ELSE = re.compile(r"\b(?:where|what|who|whom|whose|when|which|how|why)\b")
_LIST = re.compile(
    r"""^(?:list|name\ (?!of\ the|the\ (?:current|present|latest|last))|tell\ me\ all)\b|
    \ball\ (?:the|my|of)\b|
    \b(?:what|which)\ (?:[\w'-]+\ )?[\w'-]{2,}[^\Ws]s\ (?:do|does|did|are|were|have|has|can)\b""",
    re.VERBOSE,
)


class Asks(IntEnum):
    """How a question asks for a value as it is."""

    OFF = -1
    """Who asks wants no value preferred."""
    NOT = 0
    """It asks for a past, a span, an order, a list, a day."""
    WHETHER = 1
    """It asks whether something is so."""
    PAST = 2
    """It is in the past tense and asks for no time before others."""
    PLAINLY = 3
    EXPRESSLY = 4
    """It says now, currently, the latest."""


def asks_current(folded: str, when: When) -> Asks:
    """Return how a question, folded, asks for one value as it is.

    English; of another language it is taken for plain, and its words decide.
    """
    if _LIST.search(folded):
        return Asks.NOT
    is_now = _NOW.search(folded) and not (when.is_condition and not _TODAY.search(folded))
    if _WHETHER.search(folded) and not is_now and not _ASKS_ELSE.search(folded):
        return Asks.WHETHER
    if when.order == "first":
        return Asks.NOT
    if is_now:
        return Asks.EXPRESSLY
    if _OVER_TIME.search(folded) or when.is_condition:
        return Asks.NOT
    if not _PAST.search(folded):
        return Asks.PLAINLY
    return Asks.NOT if _ONCE.search(folded) else Asks.PAST
