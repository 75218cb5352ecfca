"""Which names are surely one thing: an acronym, another spelling, a title, a short first name.

The rules that a study on Re-DocRED and LoCoMo found right about 95 times in 100 when read; where
two long names fit a short one, nothing is done.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graphmem.changes import EntityTarget, Proposal
from graphmem.text import fold
from graphmem.types import Entity

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


@dataclass(frozen=True, slots=True)
class NameProposer:
    """Proposes which of some named things are one."""

    name: str = AUTHOR

    def propose(self, entities: Iterable[Entity]) -> list[Proposal]:
        """Return the merges that the rules are sure of, a name into its longer form."""
        named = [one for one in entities if {"name", "speaker", "title"} & set(one.kinds)]
        named = sorted((one for one in named if not one.name.isdigit()), key=lambda one: one.id)
        found: dict[str, tuple[Entity, str]] = {}
        for one, into, reason in _same(named):
            if one.same_as is None and into.same_as is None and into.id not in found:
                found.setdefault(one.id, (into, reason))
        made: list[Proposal] = []
        for id_, (into, reason) in sorted(found.items()):
            if into.id not in found:
                target = EntityTarget(next(one.id for one in named if one.id == id_))
                made.append(Proposal(target=target, after=into.id, reason=reason, author=self.name))
        return made


def _same(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    yield from _acronyms(named)
    yield from _last_names(named)
    yield from _bare(named)
    yield from _short_forms(named)
    yield from _called(named)


def _words(entity: Entity) -> list[str]:
    return _WORD.findall(fold(entity.name))


def _acronyms(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    """Yield NYC, New York City: letters that begin the words of one longer name alone."""
    long: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        words = _words(one)
        if len(words) > 1:
            for kept in (words, [word for word in words if word not in _SMALL]):
                initials = "".join(word[0] for word in kept)
                if one not in long[initials]:
                    long[initials].append(one)
    for one in named:
        letters = one.name.replace(".", "")
        capitals = sum(map(str.isupper, letters))
        if letters.isalpha() and capitals > len(letters) / 2 and 2 <= len(letters) <= 5:
            fits = [other for other in long[fold(letters)] if other.id != one.id]
            if len(fits) == 1:
                yield one, fits[0], f"{one.name} begins the words of {fits[0].name}"


def _last_names(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    """Yield a last name and the one speaker whose full name it ends."""
    full: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        words = _words(one)
        if len(words) > 1 and "speaker" in one.kinds:
            full[words[-1]].append(one)
    for one in named:
        words = _words(one)
        if len(words) == 1 and len(full[words[0]]) == 1:
            yield one, full[words[0]][0], f"the last name of {full[words[0]][0].name}"


def _bare(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    """Yield names that differ by a title, an ending such as Inc., a hyphen or a space."""
    forms: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in named:
        words = _words(one)
        kept = words[1:] if len(words) > 1 and words[0] in _TITLES else words
        kept = kept[:-1] if len(kept) > 1 and kept[-1] in _ENDINGS else kept
        if kept and not any(sign in one.name for sign in "+#"):
            forms["".join(kept)].append(one)
    for group in forms.values():
        if len(group) > 1:
            best = max(group, key=lambda one: (len(one.name), one.id))
            for one in group:
                if one.id != best.id:
                    yield one, best, f"{one.name} and {best.name} are spelled alike"


def _short_forms(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    """Yield the short form of the one speaker, or of the one known first name, that it can be."""
    speakers = [one for one in named if "speaker" in one.kinds and len(_words(one)) == 1]
    single = {fold(one.name): one for one in named if len(_words(one)) == 1}
    for short, one in single.items():
        if "speaker" in one.kinds or len(short) < SHORTEST:
            continue
        longer = [s for s in speakers if fold(s.name).startswith(short) and fold(s.name) != short]
        if len(longer) == 1:
            yield one, longer[0], f"short for {longer[0].name}, who speaks"
        elif not longer and NICKNAMES.get(short) in single:
            into = single[NICKNAMES[short]]
            yield one, into, f"short for {into.name}"


def _called(named: Sequence[Entity]) -> Iterator[tuple[Entity, Entity, str]]:
    """Yield a speaker's name that was read with the exclamation before it, "Woohoo Melanie"."""
    speakers = {fold(one.name): one for one in named if "speaker" in one.kinds}
    for one in named:
        words = _words(one)
        if len(words) == 2 and words[0] in _EXCLAIMED and words[1] in speakers:
            into = speakers[words[1]]
            yield one, into, f"{into.name}, called"
