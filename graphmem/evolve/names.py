"""Which names are surely one thing: an acronym, another spelling, a title, a short first name.

The rules that a study on Re-DocRED and LoCoMo found right about 95 times in 100 when read; where
two long names fit a short one, nothing is done.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from graphmem.changes import EntityTarget, Proposal
from graphmem.text import fold
from graphmem.types import Entity, EntityId

AUTHOR = "rule:names@1"

_TITLES = frozenset("mr mrs ms dr prof professor sir aunt uncle the".split())
_ENDINGS = frozenset("inc ltd llc corp gmbh".split())
_SMALL = frozenset("of the and for in on de la".split())
_WORD = re.compile(r"[^\W_]+")

_EXCLAIMED = frozenset(
    """hey hi hello yo wow woo woohoo yay oh ooh aw aww awww thanks thank congrats bye yeah yep yes
    cheers welcome sorry ok okay haha ugh whoa oof dear go anytime""".split()
)
NICKNAMES = {
    "abby": "abigail", "alex": "alexander", "andy": "andrew", "ben": "benjamin",
    "beth": "elizabeth",
    "bob": "robert", "cathy": "catherine", "chris": "christopher", "dan": "daniel", "dave": "david",
    "deb": "deborah", "debbie": "deborah", "ed": "edward", "jen": "jennifer", "jenny": "jennifer",
    "jess": "jessica", "jim": "james", "joe": "joseph", "kate": "katherine", "liz": "elizabeth",
    "maggie": "margaret", "matt": "matthew", "mel": "melanie", "mike": "michael",
    "nick": "nicholas",
    "rob": "robert", "sam": "samuel", "steve": "steven", "tim": "timothy", "tom": "thomas",
    "tony": "anthony", "vicky": "victoria", "will": "william",
}  # fmt: skip
SHORTEST = 2
"""Letters of a speaker's name that its short form has at least."""


class Pair(NamedTuple):
    """Two named things that a rule takes for one."""

    order: tuple[str | int, ...]
    """What sorts the pairs of all rules: the first one that names a thing decides."""
    one: Entity
    into: Entity
    reason: str


def is_named(entity: Entity) -> bool:
    """Tell whether a thing has a name, and not a number alone."""
    return bool({"name", "speaker", "title"} & set(entity.kinds)) and not entity.name.isdigit()


def pairs(named: Iterable[Entity]) -> list[Pair]:
    """Return the pairs that the rules find among things with names, in order."""
    ordered = sorted(named, key=lambda one: one.id)
    rules = (_acronyms, _last_names, _bare, _short_forms, _called)
    return [
        Pair((place, *order), one, into, reason)
        for place, rule in enumerate(rules)
        for order, one, into, reason in rule(ordered)
    ]


def same_names(found: Iterable[Pair], same: Container[EntityId]) -> list[Proposal]:
    """Propose the merges of pairs that are in order, a name into its longer form.

    `same` are the things that are another one already.
    """
    into: dict[EntityId, tuple[EntityId, str]] = {}
    for pair in found:
        is_open = pair.one.id not in same and pair.into.id not in same
        if is_open and pair.into.id not in into:
            into.setdefault(pair.one.id, (pair.into.id, pair.reason))
    return [
        Proposal(target=EntityTarget(one), after=other, reason=reason, author=AUTHOR)
        for one, (other, reason) in sorted(into.items())
        if other not in into
    ]


Key = tuple[str, str]
"""What a rule compares things by, and its value."""


def asked_of(entity: Entity) -> set[Key]:
    """Return the keys by which a rule looks for what a thing may be.

    Whether it is the first of a pair, and of which, depends on those alone that offer one of them.
    """
    words, whole = _words(entity), fold(entity.name)
    keys = {("spelled", "".join(_without_title(words)))}
    if _is_acronym(entity.name):
        keys.add(("letters", fold(entity.name.replace(".", ""))))
    if len(words) == 2 and words[0] in _EXCLAIMED:
        keys.add(("called", words[1]))
    if len(words) == 1:
        keys |= {("last", words[0]), ("short", whole[:SHORTEST])}
        keys |= {("nick", NICKNAMES[whole])} if whole in NICKNAMES else set()
    return keys


def offered_by(entity: Entity) -> set[Key]:
    """Return the keys under which a rule finds a thing: what others may be, or one of two."""
    words, whole = _words(entity), fold(entity.name)
    keys = {("spelled", "".join(_without_title(words)))}
    if len(words) > 1:
        keys |= {("letters", initials) for initials in _initials(words)}
    if len(words) == 1:
        keys.add(("nick", whole))
    if "speaker" in entity.kinds:
        keys |= {("called", whole), ("short", whole[:SHORTEST])}
        keys |= {("last", words[-1])} if words else set()
    return keys


Found = Iterator[tuple[tuple[str, ...], Entity, Entity, str]]
"""What sorts a pair among those of its rule, the pair, and why."""


def _words(entity: Entity) -> list[str]:
    return _WORD.findall(fold(entity.name))


def _initials(words: Sequence[str]) -> set[str]:
    """Return what the words of a longer name begin with, with the small ones and without."""
    large = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in kept) for kept in (words, large)}


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    capitals = sum(map(str.isupper, letters))
    return letters.isalpha() and capitals > len(letters) / 2 and 2 <= len(letters) <= 5


def _without_title(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without a title before it, and an ending such as Inc."""
    kept = words[1:] if len(words) > 1 and words[0] in _TITLES else words
    return kept[:-1] if len(kept) > 1 and kept[-1] in _ENDINGS else kept


def _acronyms(named: Sequence[Entity]) -> Found:
    """Yield NYC, New York City: letters that begin the words of one longer name alone."""
    long: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        words = _words(one)
        if len(words) > 1:
            for initials in _initials(words):
                long[initials].append(one)
    for one in named:
        if _is_acronym(one.name):
            fits = [o for o in long[fold(one.name.replace(".", ""))] if o.id != one.id]
            if len(fits) == 1:
                reason = f"{one.name} begins the words of {fits[0].name}"
                yield (one.id,), one, fits[0], reason


def _last_names(named: Sequence[Entity]) -> Found:
    """Yield a last name and the one speaker whose full name it ends."""
    full: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        words = _words(one)
        if len(words) > 1 and "speaker" in one.kinds:
            full[words[-1]].append(one)
    for one in named:
        words = _words(one)
        if len(words) == 1 and len(full[words[0]]) == 1:
            (into,) = full[words[0]]
            yield (one.id,), one, into, f"the last name of {into.name}"


def _bare(named: Sequence[Entity]) -> Found:
    """Yield names that differ by a title, an ending such as Inc., a hyphen or a space."""
    forms: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        kept = _without_title(_words(one))
        if kept and not any(sign in one.name for sign in "+#"):
            forms["".join(kept)].append(one)
    for group in forms.values():
        if len(group) > 1:
            best = max(group, key=lambda one: (len(one.name), one.id))
            for one in group:
                if one.id != best.id:
                    reason = f"{one.name} and {best.name} are spelled alike"
                    yield (group[0].id, one.id), one, best, reason


def _short_forms(named: Sequence[Entity]) -> Found:
    """Yield the short form of the one speaker, or of the one known first name, that it can be."""
    speakers = [one for one in named if "speaker" in one.kinds and len(_words(one)) == 1]
    single = {fold(one.name): one for one in named if len(_words(one)) == 1}
    first = {fold(one.name): one.id for one in reversed(named)}
    for short, one in single.items():
        if "speaker" in one.kinds or len(short) < SHORTEST:
            continue
        longer = [s for s in speakers if fold(s.name).startswith(short) and fold(s.name) != short]
        if len(longer) == 1:
            yield (first[short],), one, longer[0], f"short for {longer[0].name}, who speaks"
        elif not longer and NICKNAMES.get(short) in single:
            into = single[NICKNAMES[short]]
            yield (first[short],), one, into, f"short for {into.name}"


def _called(named: Sequence[Entity]) -> Found:
    """Yield a speaker's name that was read with the exclamation before it, "Woohoo Melanie"."""
    speakers = {fold(one.name): one for one in named if "speaker" in one.kinds}
    for one in named:
        words = _words(one)
        if len(words) == 2 and words[0] in _EXCLAIMED and words[1] in speakers:
            into = speakers[words[1]]
            yield (one.id,), one, into, f"{into.name}, called"
