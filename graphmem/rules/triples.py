"""Claims: subject, relation and object from clauses, possessives and appositions."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.batches import Claim
from graphmem.dates.read import DateSpan
from graphmem.rules.clauses import NAME, NOUN_PHRASE, Clause, Part, clauses
from graphmem.rules.lexicon import THIRD_PERSON
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


def claims(tokens: Tokens, note: Note, spans: Sequence[DateSpan]) -> list[Claim]:
    """Return what a note states, in order of place; questions and conditions state nothing."""
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
        breaks = [place for place, letter in enumerate(tokens.grammar) if letter == "|"]
        self._breaks = [*breaks, len(tokens.grammar)]

    def stated(self) -> Iterator[Claim]:
        """Yield what verbs say."""
        grammar = self._tokens.grammar
        for clause in map(self._trimmed, clauses(grammar)):
            first = clause.subject[0]
            subject = self._thing(clause.subject)
            if grammar[first] in "UI":
                self._last_name = subject
            if self._unsaid(first) or self._is_idle(clause):
                continue
            relation, negated = self._relation(clause)
            thing = self._thing(clause.object)
            if subject and thing and relation and subject != thing:
                yield self._claim((subject, relation, thing), (first, clause.object[1]), negated)

    def owned(self) -> Iterator[Claim]:
        """Yield "Ana's sister Maria" as Ana, sister, Maria."""
        for match in _OWNED.finditer(self._tokens.grammar):
            start, end = match.span("owner")
            owner = self._who(start) if match["owner"] == "M" else self._text((start, end - 1))
            if owner and not self._unsaid(start):
                role, thing = self._text(match.span("role")), self._text(match.span("object"))
                yield self._claim((owner, role.lower(), thing), match.span(), negated=False)

    def apposed(self) -> Iterator[Claim]:
        """Yield "Maria, a doctor from Porto," as Maria, is, doctor from Porto."""
        for match in _APPOSED.finditer(self._tokens.grammar):
            start, end = match.span("object")
            parts = (self._text(match.span("subject")), "is", self._text((start + 1, end)))
            yield self._claim(parts, match.span(), negated=False)

    def _unsaid(self, place: int) -> bool:
        """Tell whether the token stands in a question or after "if"."""
        number = bisect_right(self._breaks, place)
        end = self._breaks[number]
        if end - 1 > 0 and self._tokens.words[end - 1] == "?":
            return True
        return place > 0 and self._tokens.words[place - 1] in ("if", "unless", "whether")

    def _is_idle(self, clause: Clause) -> bool:
        """Tell whether a clause states nothing: "means a lot", "is pushing", "is for comebacks".

        A date that only says when is validity and no object.
        """
        grammar = self._tokens.grammar
        led, thing = clause.lead[1] > clause.lead[0], grammar[slice(*clause.object)]
        copula = not set(grammar[slice(*clause.verb)]) & set("VEGH")
        if (
            self._governed(clause.subject[0])
            or self._dated(clause.subject)
            or (self._dated(clause.object) and (clause.adjunct or not led))
        ):
            return True
        if "n" in thing and not thing.strip("JnDdA"):
            return True
        if not copula:
            return False
        return (thing == "G" and not led) or (clause.adjunct and not self._where(clause))

    def _trimmed(self, clause: Clause) -> Clause:
        """Cut the year off the subject in "In 1990 Ana moved"."""
        first, last = clause.subject
        if last - first > 1 and self._dated((first, first + 1)):
            return replace(clause, subject=(first + 1, last))
        return clause

    def _governed(self, place: int) -> bool:
        """Tell whether a preposition owns the noun before the verb: "the end of *the day* was"."""
        grammar, words = self._tokens.grammar, self._tokens.words
        return (
            grammar[place] not in "RI"
            and grammar[place - 1] in "Po"
            and words[place - 1] not in ("after", "before", "since", "until")
        )

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

    def _relation(self, clause: Clause) -> tuple[str, bool]:
        """Return the verb and its preposition, adverbs left out, and whether it is denied."""
        words, negated = [], False
        for place in (*range(*clause.verb), *range(*clause.lead)):
            letter, word = self._tokens.grammar[place], self._tokens.words[place]
            negated = negated or letter in "ZYT" or word == "cannot"
            if letter not in "AT":
                bare = word.replace("’", "'")
                words.append(_FORMS.get(bare.lstrip("'"), bare))
        return " ".join(filter(None, words)), negated

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
