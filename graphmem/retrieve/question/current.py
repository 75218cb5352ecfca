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
_OVER_TIME = re.compile(
    r"""\b(?:used\ to|before|previous(?:ly)?|former(?:ly)?|first|originally|original|initially|
    initial|earlier|earliest|ago|over\ time|in\ (?:what|which)\ order|sequence|
    how\ long|since|between|change[ds]?|changing|differ(?:ence|ent)?|both)\b""",
    re.VERBOSE,
)
_LIST = re.compile(
    r"""^(?:list|name|tell\ me\ all)\b|\ball\ (?:the|my|of)\b|
    \b(?:what|which)\ (?:[\w'-]+\ )?[\w'-]{2,}[^\Ws]s\ (?:do|does|did|are|were|have|has|can)\b""",
    re.VERBOSE,
)


class Asks(IntEnum):
    """How a question asks for a value as it is."""

    NOT = 0
    """It asks for a past, a span, an order, a list, a day."""
    PLAINLY = 1
    EXPRESSLY = 2
    """It says now, currently, the latest."""


def asks_current(folded: str, when: When) -> Asks:
    """Return how a question, folded, asks for one value as it is.

    English; of another language it is taken for plain, and its words decide.
    """
    if when.order == "first" or _LIST.search(folded):
        return Asks.NOT
    if _NOW.search(folded) and not (when.is_condition and not _TODAY.search(folded)):
        return Asks.EXPRESSLY
    is_past = _PAST.search(folded) or _OVER_TIME.search(folded) or when.is_condition
    return Asks.NOT if is_past else Asks.PLAINLY
