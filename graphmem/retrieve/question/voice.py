"""Whose turns a question is about, and the question put into that speaker's own voice.

"I" is who asks, "you" the one who was asked, a name is a name. Of several the first is meant most:
what stands first in a question is mostly its subject.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Literal

from graphmem.retrieve.question.heard import Heard
from graphmem.retrieve.question.speakers import (
    ASKERS,
    ASSISTANTS,
    Mention,
    SpeakerNames,
    named_speakers,
)
from graphmem.retrieve.question.written import Written
from graphmem.types import Span

Meant = Literal["named", "asker", "asked", "unsaid"]
"""How the question speaks of a speaker: by name, as I, as you, not at all."""

_I = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_MINE = frozenset({"my", "me", "mine", "myself"})
_YOURS = frozenset({"your", "yours", "yourself"})
_YOU = frozenset({"you", "you've", "you'd", "you're", "you'll"})
_DID = frozenset("did had have were was didn't hadn't haven't weren't".split())
_LEADS_OBJECT = frozenset(
    """to for with from about of at by on between told tell tells telling asked ask asking gave give
    giving showed show sent send thank thanks and like than""".split()
)
"""Before `you`: it is spoken to, not speaking."""
_SAID = frozenset(
    """gave told said wrote made sent found thought meant came had were went put chose read
    did""".split()
)
_SAYINGS = frozenset(
    """recommendation recommendations suggestion suggestions advice answer answers reply explanation
    list plan tip tips opinion idea ideas proposal summary recipe""".split()
)
"""What one who was asked has given: `your advice`."""
_OTHER_SIDE = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're",
    "i've": "you've", "i'd": "you'd", "i'll": "you'll",
}  # fmt: skip
_SIDES = _OTHER_SIDE | {other: own for own, other in _OTHER_SIDE.items()} | {"you": "I"}


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers that a question is about, and the question as the first would say it."""

    speakers: tuple[int, ...]
    """Indices into the snapshot's speakers, the one meant most first."""
    names: frozenset[str]
    """The folded words that name them."""
    rewritten: Written
    """A speaker's name replaced by `I`, its possessive by `my`; `you` by `I` where it is meant."""
    meant: Meant = "named"
    """How the first is spoken of."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who asks and who was asked, as speakers of the snapshot; None: not among them."""

    asker: int | None
    asked: int | None


def sides_of(names: SpeakerNames, asker: str | None) -> Sides:
    """Return who "I" and "you" are: the asker if a speaker has that name, else by roles.

    Where nobody bears the name of an assistant, "you" is the other of two speakers.
    """
    own = names.number(asker) if asker else None
    own = names.first_of(ASKERS) if own is None else own
    other = names.first_of(ASSISTANTS)
    if other is None and own is not None and len(names.speakers) == 2:
        other = 1 - own
    return Sides(own, other if other != own else None)


def question_voice(
    question: Written,
    names: SpeakerNames,
    *,
    heard: Heard | None = None,
    asker: str | None = None,
) -> Voice:
    """Return whose turns the question is about, and the question in their voice."""
    found = named_speakers(question, names, heard)
    sides = sides_of(names, asker)
    pronouns = _subjects(question, sides)
    if not found and not pronouns:
        pronouns = _owner(question, sides, names.roles)
    meant = sorted([*found, *pronouns])
    if not meant:
        return Voice(_whose_log(names, sides), frozenset(), question, "unsaid")
    first, _, speaker = meant[0]
    how: Meant = "named"
    if (first, first + 1, speaker) in pronouns:
        how = "asked" if speaker == sides.asked else "asker"
    return Voice(
        speakers=tuple(dict.fromkeys(speaker for *_, speaker in meant)),
        names=frozenset(
            word
            for start, end, _ in found
            for folded in question.folded[start:end]
            for word in folded
        ),
        rewritten=_rewritten(question, found, how),
        meant=how,
    )


def _subjects(question: Written, sides: Sides) -> list[Mention]:
    """Return the first I that does something, or you that did; a later one is of a lesser clause.

    `What would you suggest?` asks now, and of nothing that was said.
    """
    words = question.folded_words
    for place, word in enumerate(words):
        if sides.asker is not None and word in _I:
            return [(place, place + 1, sides.asker)]
        if sides.asked is not None and _has_spoken(words, place):
            return [(place, place + 1, sides.asked)]
    return []


def _has_spoken(words: Sequence[str], place: int) -> bool:
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if words[place] == "your":
        return after in _SAYINGS
    if words[place] not in _YOU or before in _LEADS_OBJECT:
        return False
    return before in _DID or after in _SAID or after.endswith("ed")


def _owner(question: Written, sides: Sides, roles: Container[int]) -> list[Mention]:
    """Return the asker where he is spoken of only as me or my, another person where as your.

    An assistant owns nothing that is asked about: `What is your plan for my garden?`
    """
    words = question.folded_words
    mine = next((place for place, word in enumerate(words) if word in _MINE), None)
    if mine is not None and sides.asker is not None:
        return [(mine, mine + 1, sides.asker)]
    yours = next((place for place, word in enumerate(words) if word in _YOURS), None)
    if yours is not None and sides.asked is not None and sides.asked not in roles:
        return [(yours, yours + 1, sides.asked)]
    return []


def _whose_log(names: SpeakerNames, sides: Sides) -> tuple[int, ...]:
    """Return the user of a log of user and assistant, nobody else's: such a memory is of him.

    What he said is asked about, unless the question says otherwise; an assistant says ten times as
    much. A chat of several people with an assistant among them is nobody's.
    """
    is_log = names.first_of(ASSISTANTS) is not None and names.n_people() == 1
    return (sides.asker,) if is_log and sides.asker is not None else ()


def _rewritten(question: Written, found: Sequence[Mention], how: Meant) -> Written:
    if how == "asker":
        return question
    if how == "asked":
        words = enumerate(question.folded_words)
        turned = [(question.spans[at], _SIDES[word]) for at, word in words if word in _SIDES]
        return question.replaced(turned)
    text = question.text
    changes: list[tuple[Span, str]] = []
    for first, last, _ in found:
        start, end = question.spans[first][0], question.spans[last - 1][1]
        possessive = text[start:end].endswith(("'s", "’s"))
        bare = not possessive and text[end : end + 1] in ("'", "’")
        changes.append(((start, end + bare), "my" if possessive or bare else "I"))
    return question.replaced(changes)
