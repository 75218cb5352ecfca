"""Claims: subject, relation and object from clauses, possessives and appositions."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.batches import Claim
from graphmem.dates.read import DateSpan
from graphmem.rules.clauses import NAME, NOUN_PHRASE, Clause, Part, clauses
from graphmem.rules.lexicon import THIRD_PERSON, word_set
from graphmem.rules.moods import Moods
from graphmem.rules.people import person
from graphmem.rules.tokens import Tokens
from graphmem.text import without_parenthesis
from graphmem.types import Note

_FORMS = {
    "m": "is", "re": "is", "s": "is", "am": "is", "are": "is", "were": "was", "ve": "have",
    "ll": "will", "d": "would", "isn't": "is", "aren't": "is", "ain't": "is", "wasn't": "was",
    "weren't": "was", "don't": "", "doesn't": "", "didn't": "", "can't": "can",
    "cannot": "can", "won't": "will", "couldn't": "could", "wouldn't": "would",
    "haven't": "have", "hasn't": "has", "hadn't": "had", "dont": "", "didnt": "",
}  # fmt: skip
_OWNED = re.compile(
    r"(?P<owner>M|[UI](?:U|c{1,2}U){0,4}z)(?P<role>J{0,2}[Nn]{1,2}),?(?P<object>U{1,4})(?!z)"
)
_APPOSED = re.compile(
    rf"(?P<subject>{NAME}),(?P<object>(?=[dD]){NOUN_PHRASE}(?:P{NOUN_PHRASE})?)(?=[,.;|]|\Z)"
)
_MAX_CHARACTERS = 120
"""A longer subject or object names nothing."""
_PAST_ENDS = frozenset({"until", "till"})
_PLACES = word_set("here there away back apart abroad online together alone")
"""Adverbs that "to be" needs to say something: "I'm here for you"."""
_AMOUNTS = word_set("ton tons bunch couple handful")
_CAUSES = word_set(
    """make makes made let lets help helps helped see sees saw hear hears heard watch watched have
    keep keeps kept reminds remind"""
)
"""After these another verb may follow a noun as it is: "helps us learn", "hear you play"."""
_GIVES = word_set("give gives gave given giving send sends sent show shows showed shown")
_TIMES = word_set("time times day days week weeks month months year years moment")
_PARTICLES = word_set("up out off down in on over")


def claims(tokens: Tokens, note: Note, spans: Sequence[DateSpan]) -> list[Claim]:
    """Return what a note states, in order of place; `moods` says what it only supposes."""
    reader = _Reader(tokens, note, spans)
    found = [*reader.stated(), *reader.owned(), *reader.apposed()]
    found.sort(key=lambda claim: (claim.start, claim.end, claim.relation))
    unique: dict[tuple[str, str, str, bool], Claim] = {}
    for claim in found:
        unique.setdefault((claim.subject, claim.relation, claim.object, claim.negated), claim)
    return list(unique.values())


class _Reader:
    """One note's tokens and dates, and the name that a later "she" stands for."""

    def __init__(self, tokens: Tokens, note: Note, spans: Sequence[DateSpan]) -> None:
        self._tokens, self._note, self._dates = tokens, note, spans
        self._date_starts = [span.start for span in spans]
        self._title = without_parenthesis(note.title) or note.title if note.title else None
        self._last_name: str | None = None
        self._moods = Moods(tokens)

    def stated(self) -> Iterator[Claim]:
        """Yield what verbs say."""
        grammar = self._tokens.grammar
        for clause in map(self._trimmed, clauses(grammar)):
            first = clause.subject[0]
            subject = self._thing(clause.subject)
            if grammar[first] in "UI":
                self._last_name = subject
            if not self._moods.is_stated(clause) or self._is_idle(clause):
                continue
            relation, thing = self._relation(clause), self._thing(clause.object)
            if subject and thing and relation and subject != thing:
                parts, place = (subject, relation, thing), (first, clause.object[1])
                yield self._claim(parts, place, self._moods.is_denied(clause))

    def owned(self) -> Iterator[Claim]:
        """Yield "Ana's sister Maria" as Ana, sister, Maria."""
        for match in _OWNED.finditer(self._tokens.grammar):
            start, end = match.span("owner")
            owner = self._who(start) if match["owner"] == "M" else self._text((start, end - 1))
            role, thing = self._text(match.span("role")), self._text(match.span("object"))
            if owner and owner != thing and self._moods.is_said(start):
                yield self._claim((owner, role.lower(), thing), match.span(), negated=False)

    def apposed(self) -> Iterator[Claim]:
        """Yield "Maria, a doctor from Porto," as Maria, is, doctor from Porto."""
        for match in _APPOSED.finditer(self._tokens.grammar):
            start, end = match.span("object")
            parts = (self._text(match.span("subject")), "is", self._text((start + 1, end)))
            yield self._claim(parts, match.span(), negated=False)

    def _is_idle(self, clause: Clause) -> bool:
        """Tell whether a clause states nothing: "means a lot", "is pushing", "is for comebacks".

        A date that only says when is validity and no object.
        """
        grammar = self._tokens.grammar
        led, thing = clause.lead[1] > clause.lead[0], grammar[slice(*clause.object)]
        if (
            self._governed(clause.subject[0])
            or self._dated(clause.subject)
            or not grammar[slice(*clause.subject)].strip("dDn")
            or (self._dated(clause.object) and self._is_only_when(clause))
            or self._is_half(clause, thing)
            or self._is_gap(clause)
        ):
            return True
        if "n" in thing and not thing.strip("JnDdA#x"):
            return True
        if not _is_copula(grammar, clause):
            return False
        if (thing == "G" and not led) or (clause.main and not self._where(clause)):
            return True
        return led and grammar[clause.lead[0]] == "t"  # "I'm here to back you up"

    def _is_half(self, clause: Clause, thing: str) -> bool:
        """Tell whether an object is cut short: a verb, a bare number, a mere amount.

        So are "helped renovate *a hall*", "had to shut *it down*", "working on building *it up*".
        """
        grammar, words = self._tokens.grammar, self._tokens.words
        first, end = clause.object
        behind, verb = grammar[end : end + 2], grammar[slice(*clause.verb)]
        return (
            ("U" not in thing and behind[:1] in tuple("dDM") and behind[1:] not in ("L", "n"))
            or (not thing.strip("#x") and not self._dated(clause.object))
            or (not verb.strip("HATXZ") and grammar[clause.verb[1]] == "t")
            or (thing == "G" and words[end : end + 1] != [] and words[end] in _PARTICLES)
            or (thing == "N" and grammar[first - 1] == "r" and self._verb_in(clause, _CAUSES))
            or (thing in ("R", "r") and self._verb_in(clause, _GIVES))
            or words[end - 1] in _AMOUNTS
            or words[end : end + 1] in (["'"], ["’"])  # "the kids' books"
            or re.search("[NnU]G", thing) is not None
        )

    def _is_gap(self, clause: Clause) -> bool:
        """Tell whether a clause lacks the object that stands before it: "the help *I got from*"."""
        place, grammar = clause.subject[0], self._tokens.grammar
        if grammar[place] != "R" or grammar[place - 1] not in "NnU":
            return False
        is_led = clause.lead[1] > clause.lead[0] and clause.main is None
        return is_led and self._tokens.words[place - 1] not in _TIMES

    def _is_only_when(self, clause: Clause) -> bool:
        word = self._tokens.words[clause.lead[0]]
        return clause.main is not None or clause.lead[0] == clause.lead[1] or word == "at"

    def _verb_in(self, clause: Clause, verbs: frozenset[str]) -> bool:
        return not verbs.isdisjoint(self._tokens.words[slice(*clause.verb)])

    def _trimmed(self, clause: Clause) -> Clause:
        """Cut the year off the subject in "In 1990 Ana moved"."""
        first, last = clause.subject
        if last - first > 1 and self._dated((first, first + 1)):
            return replace(clause, subject=(first + 1, last))
        return clause

    def _governed(self, place: int) -> bool:
        """Tell whether the noun before the verb is no subject of it, but part of one.

        "The end of *the day* was", "finding *that balance* is", "talk of art and *grace* is",
        "friends like *you* make".
        """
        grammar, words = self._tokens.grammar, self._tokens.words
        here, before = grammar[place], grammar[place - 1]
        if here == "I" or (here == "R" and words[place] not in ("you", "it")):
            return False
        if before in "Po":
            return words[place - 1] not in ("after", "before", "since", "until")
        if here == "R":
            return words[place - 1] in _CAUSES
        if here == "G":
            return True
        if before == "C":
            return here in "NJ" and grammar[place - 2] in "NnUE"
        return before in "tGr" or words[place - 1].endswith("ing")

    def _where(self, clause: Clause) -> bool:
        return self._tokens.words[clause.lead[0]] in ("in", "at", "on", "from", "near")

    def _dated(self, part: Part) -> DateSpan | None:
        start, end = self._tokens.starts[part[0]], self._tokens.ends[part[1] - 1]
        at = bisect_left(self._date_starts, start)
        if at < len(self._dates) and self._dates[at].end <= end:
            return self._dates[at]
        return None

    def _who(self, place: int) -> str | None:
        """Resolve a pronoun: speaker, addressee, the passage's title, or the last name."""
        word = self._tokens.words[place]
        if word in THIRD_PERSON:
            return self._title or (None if word in ("it", "its") else self._last_name)
        return person(word, self._note)

    def _thing(self, part: Part) -> str | None:
        """Name a noun phrase: pronouns and possessives resolved, the article left out."""
        first, last = part
        letter = self._tokens.grammar[first]
        if letter in "Rr":
            return self._who(first)
        if letter == "M":
            owner = self._who(first)
            if owner is None or last == first + 1:
                return None
            return f"{owner}'s {self._text((first + 1, last))}"
        if letter in "dD" and last > first + 1:
            first += 1
        text = self._text((first, last))
        return text if len(text) <= _MAX_CHARACTERS and any(map(str.isalnum, text)) else None

    def _text(self, part: Part) -> str:
        return self._tokens.surface(*part)

    def _relation(self, clause: Clause) -> str | None:
        """Return the verb and its preposition, adverbs left out; None if a part has no name.

        An object that stands between the two is part of what is done: "took photo at".
        """
        is_copula = _is_copula(self._tokens.grammar, clause)
        lead = self._words(range(*clause.lead))
        if clause.main is None or is_copula:
            return " ".join([*self._words(range(*clause.verb), is_copula=is_copula), *lead])
        done, thing = self._relation(clause.main), self._thing(clause.main.object)
        return " ".join([done, thing, *lead]) if done and thing else None

    def _words(self, places: Iterable[int], *, is_copula: bool = False) -> list[str]:
        found = []
        for place in places:
            letter, word = self._tokens.grammar[place], self._tokens.words[place]
            if letter not in "AT" or (is_copula and word in _PLACES):
                bare = "had" if self._moods.is_had(place) else word.replace("’", "'")
                found.append(_FORMS.get(bare.lstrip("'"), bare))
        return [word for word in found if word]

    def _claim(self, parts: tuple[str, str, str], place: Part, negated: bool) -> Claim:
        start, end = self._tokens.starts[place[0]], self._tokens.ends[place[1] - 1]
        valid_from, valid_until = self._validity(place)
        return Claim(
            subject=parts[0],
            relation=parts[1],
            object=parts[2],
            start=start,
            end=end,
            negated=negated,
            valid_from=valid_from,
            valid_until=valid_until,
        )

    def _validity(self, place: Part) -> tuple[datetime | None, datetime | None]:
        """Read the dates from the claim's start to the end of its part of the sentence."""
        grammar = self._tokens.grammar
        stop = place[1]
        while stop < len(grammar) and grammar[stop] not in "|;S" and stop - place[1] < 12:
            stop += 1
        start, end = self._tokens.starts[place[0]], self._tokens.ends[stop - 1]
        valid_from: datetime | None = None
        valid_until: datetime | None = None
        for span in self._dates[bisect_left(self._date_starts, start) :]:
            if span.start >= end:
                break
            if span.interval is None:
                continue
            if span.role in _PAST_ENDS or (span.role == "to" and valid_from is not None):
                valid_until = valid_until or span.interval[0]
            else:
                valid_from = valid_from or span.interval[0]
        return valid_from, valid_until


def _is_copula(grammar: str, clause: Clause) -> bool:
    return not set(grammar[slice(*clause.verb)]) & set("VEGH")
