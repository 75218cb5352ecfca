"""Clauses as patterns over a note's letters: a subject, a verb group, and what follows it.

Atomic groups `(?>...)` keep every pattern linear: what a noun phrase took is never given back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

Part = tuple[int, int]
"""Tokens from (included) until (excluded)."""

NAME = r"(?>[UI](?:[U#F]|-[U#]|&U|zU|c{1,3}d?U|od?c?U){0,8})"
_MODIFIER = r"(?:[J#x]|(?<=[dDMJPozCA])[EG](?=[JNnU]))"
_NOUNS = rf"(?>{_MODIFIER}{{0,4}}(?:[NnF#]|(?<=[dDMJN])G|{NAME}){{1,6}})"
_PLAIN = rf"(?>(?:[dDM]A?)?{_NOUNS})"
_TIME = r"(?>[dDJx]{0,2}L[L#,]{0,4})"
# "my sister", "Ana's new job", "the capital of the province"
NOUN_PHRASE = rf"(?>{_TIME}|{_PLAIN}(?:z{_NOUNS})?(?:o{_PLAIN}){{0,2}})"
_ADVERBS = r"[AT]{0,2}"
_MAIN = rf"(?>{_ADVERBS}(?:[XOZHBY]{_ADVERBS}){{0,3}}(?:[VE]|(?<=[BYAT])G)(?:tV|G(?=[dDMUNPtrL]))?)"
_COPULA = rf"(?>{_ADVERBS}(?:[XZH]{_ADVERBS}){{0,2}}[BY]{_ADVERBS})"
_VERB = rf"(?:{_MAIN}|{_COPULA}|[AT]?H)"
# "I hope you are well", "they help kids learn": what a verb follows is no object.
_NO_VERB = r"(?![BHXOZYV])"
_OBJECT = rf"(?:{NOUN_PHRASE}{_NO_VERB}|[Rr](?!A?[VEJBHXOZY])|G(?=[|.,;CSPt]|\Z)|J(?=[|.,;CS]|\Z))"
# What stands before the object; "gave me a violin" is about the violin.
_LEAD = rf"(?P<lead>[Pto]{{0,2}})(?:r(?={NOUN_PHRASE})|A)?"

_CLAUSE = re.compile(
    rf"(?P<subject>{NOUN_PHRASE}|R)(?:\([^()|]{{0,30}}\))?(?:,?h)?"
    rf"(?P<verb>{_VERB}){_LEAD}(?P<object>{_OBJECT})"
)
_IN_VERBS = re.compile("[VEGBYH]")
"""Any `_VERB` has one of these. No clause goes beyond its sentence."""
_SAME_SUBJECT = re.compile(rf"(?:,?C|,)(?P<verb>{_VERB}){_LEAD}(?P<object>{_OBJECT})")
# A comma alone goes on with a list only if "and" ends it: "looks nice, Ana" speaks to Ana.
_MORE_OBJECTS = re.compile(
    rf"(?:,?C|,(?={NOUN_PHRASE}(?:,{NOUN_PHRASE}){{0,4}},?C))"
    rf"(?P<object>{NOUN_PHRASE})(?![VEBHXOZYAT])"
)
_REDUCED = re.compile(rf"(?P<verb>[EV])(?P<lead>P)(?P<object>{NOUN_PHRASE})")
_ADJUNCT = re.compile(rf"(?P<lead>[Pt])(?P<object>{NOUN_PHRASE})")
_MAX_OBJECTS = 6
_MAX_ADJUNCTS = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement as token ranges: who does what to what."""

    subject: Part
    verb: Part
    lead: Part
    """The preposition before the object; empty if none."""
    object: Part
    main: "Clause | None" = None
    """Of an object that only follows another one, the clause of that one: "moved to Lisbon *in
    May*", "took a photo *at the lake*"."""
    head: Part | None = None
    """Of a further verb of one subject, the first one: "we *should fight* and raise money"."""


def clauses(grammar: str) -> Iterator[Clause]:
    """Yield the statements in a string of letters; further verbs and objects on their own."""
    place = 0
    while match := _first_clause(grammar, place):
        subject: Part = match.span("subject")
        head: Part | None = None
        while match is not None:
            main = replace(_clause(subject, match), head=head)
            head = head or main.verb
            yield main
            place = match.end()
            for more in _following(_MORE_OBJECTS, grammar, place, _MAX_OBJECTS):
                if _is_list(grammar, main, more.span("object")):
                    yield replace(main, object=more.span("object"))
                place = more.end()
            last = main
            for more in _following(_ADJUNCT, grammar, place, _MAX_ADJUNCTS):
                lead, object_ = more.span("lead"), more.span("object")
                last = replace(main, lead=lead, object=object_, main=last)
                yield last
                place = more.end()
            match = _SAME_SUBJECT.match(grammar, place)
            if match is None and (match := _REDUCED.match(grammar, place)):
                # "X is a journal published by Y" tells of X, "X met a man called Y" of the man.
                copula = not set(grammar[slice(*main.verb)]) & set("VEG")
                subject, head = (subject if copula else main.object), None


def _first_clause(grammar: str, place: int) -> re.Match[str] | None:
    """Return the first clause from a place on; sentences without a verb are passed over."""
    while verb := _IN_VERBS.search(grammar, place):
        begin, end = grammar.rfind("|", place, verb.start()), grammar.find("|", verb.start())
        stop = len(grammar) if end < 0 else end + 1
        if match := _CLAUSE.search(grammar, max(begin, place), stop):
            return match
        place = stop
    return None


def _clause(subject: Part, match: re.Match[str]) -> Clause:
    return Clause(subject, match.span("verb"), match.span("lead"), match.span("object"))


def _is_list(grammar: str, main: Clause, more: Part) -> bool:
    """Tell whether a further object is one of the verb's own.

    "Scenes exploring loss, redemption and grace" lists what is explored; "I was young, my family
    and I went" begins anew.
    """
    first = grammar[slice(*main.object)]
    is_copula = not set(grammar[slice(*main.verb)]) & set("VEGH")
    return "G" not in first and not (is_copula and first[0] != grammar[more[0]])


def _following(
    pattern: re.Pattern[str], grammar: str, place: int, limit: int
) -> Iterator[re.Match[str]]:
    """Yield matches that follow each other without a gap."""
    for _ in range(limit):
        match = pattern.match(grammar, place)
        if match is None:
            return
        yield match
        place = match.end()
