"""Whether a note says that something is so: questions, conditions, wishes and dreams do not."""

from bisect import bisect_right
from dataclasses import dataclass

from graphmem.modality import (
    ABLE,
    CONDITIONS,
    EMBEDDED,
    GUESSES,
    HARDLY,
    HEDGES,
    MODALS,
    OBLIGED,
    OPINIONS,
    WHEN,
    WISHES,
)
from graphmem.rules.clauses import Clause, Part
from graphmem.rules.tokens import Tokens
from graphmem.text import IRREGULAR

_SKIPPED = "ALT"
"""Adverbs and times may stand between: "feels like just yesterday I put it on"."""
_MAX_SKIPPED = 4


class Moods:
    """Reads from a note's tokens what it says, and what it only supposes."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._starts = [i for i, letter in enumerate(tokens.grammar) if letter == "|"]
        self._read: dict[int, _Sentence] = {}
        """The sentences that were asked about, by their number: most state nothing."""

    def is_stated(self, clause: Clause) -> bool:
        """Tell whether a note says a clause, denied or not."""
        grammar, words = self._tokens.grammar, self._tokens.words
        first = clause.subject[0]
        if not self.is_said(first) or self._is_embedded(clause):
            return False
        if not GUESSES.isdisjoint(words[first : clause.subject[1] - 1]):
            return False  # "there's a chance Rui will come"
        verb = range(*clause.verb)
        denied = any(grammar[i] in "ZYT" for i in verb)
        modals = [i for i in verb if grammar[i] in "XZ"]
        if self._is_wish(clause.verb) or (not modals and self._goes_on_supposing(clause)):
            return False
        if any(self._is_modal(i) and not (denied and words[i] in ABLE) for i in modals):
            return False
        sentence = self._sentence(first)
        return not (modals and (sentence.has_hedge or sentence.condition < len(grammar)))

    def _goes_on_supposing(self, clause: Clause) -> bool:
        """Tell whether a verb shares what an earlier one supposes: "should fight and *raise*"."""
        if clause.head is None or self._is_past(clause.verb):
            return False
        return "X" in self._tokens.grammar[slice(*clause.head)] or self._is_wish(clause.head)

    def _is_wish(self, verb: Part) -> bool:
        """Tell whether a verb group hopes, nearly does, or has to do: "want to", "need to"."""
        words = self._tokens.words
        return any(
            words[i] in WISHES | HEDGES or (words[i] in OBLIGED and words[i + 1] == "to")
            for i in range(*verb)
        )

    def is_said(self, place: int) -> bool:
        """Tell whether what begins at a token is neither asked, supposed, hoped nor dreamt."""
        sentence = self._sentence(place)
        if place <= sentence.question or self._is_asked(place):
            return False
        if sentence.condition < place or sentence.is_conditional:
            return False
        return not self._is_hoped(place)

    def is_denied(self, clause: Clause) -> bool:
        """Tell whether a clause denies: "does not", "never", "hardly", "has no car"."""
        grammar, words = self._tokens.grammar, self._tokens.words
        denied = any(
            grammar[i] in "ZYT" or words[i] in HARDLY or words[i] == "cannot"
            for i in (*range(*clause.verb), *range(*clause.lead))
        )
        none = sum(words[part[0]] in ("no", "neither") for part in (clause.subject, clause.object))
        return denied != (none == 1)

    def _sentence(self, place: int) -> "_Sentence":
        number = bisect_right(self._starts, place) - 1
        if number not in self._read:
            begin, *after = self._starts[number : number + 2]
            end = after[0] if after else len(self._tokens.words)
            self._read[number] = _Sentence.of(self._tokens, begin + 1, end)
        return self._read[number]

    def _is_asked(self, place: int) -> bool:
        """Tell whether an auxiliary stands before the subject and opens its clause: "did you"."""
        grammar = self._tokens.grammar
        if grammar[place] not in "RUIMdD" or grammar[place - 1] not in "OXZBYH":
            return False
        if self._tokens.words[place - 1].endswith("ing"):
            return False
        return grammar[place - 2] in "|,;CSi" and self._tokens.words[place - 2] != "that's"

    def _is_embedded(self, clause: Clause) -> bool:
        """Tell whether a clause is an indirect question, or a time that has not come."""
        place, words = clause.subject[0], self._tokens.words
        before = words[place - 1]
        if before in EMBEDDED:  # "that's why I moved" says that I did
            return not (words[place - 2] == "that's" or self._tokens.grammar[place - 2] == "B")
        if words[place - 2] == "how" and self._tokens.grammar[place - 1] in "ADJ":
            return True  # "how much it helps"
        return before in WHEN and not self._is_past(clause.verb)

    def _is_past(self, verb: Part) -> bool:
        for place in range(*verb):
            letter, word = self._tokens.grammar[place], self._tokens.words[place]
            if letter == "E" or word in ("was", "were", "had", "did", "wasn't", "weren't"):
                return True
            if letter in "Vw" and not word.endswith("s") and IRREGULAR.get(word, word) != word:
                return True
        return False

    def _is_hoped(self, place: int) -> bool:
        """Tell whether what stands before a clause makes a hope, a guess or a denial of it."""
        grammar, words = self._tokens.grammar, self._tokens.words
        at = place - 1
        if words[at] == "that" or (words[at] == "," and words[at - 1] in HEDGES):
            at -= 1
        for _ in range(_MAX_SKIPPED):
            if grammar[at] not in _SKIPPED or words[at] in GUESSES:
                break
            at -= 1
        pair = words[at - 1 : at + 1]
        if words[at] in GUESSES or pair in (["make", "sure"], ["as", "though"]):
            return True
        return words[at] in OPINIONS and any(grammar[i] in "ZYT" for i in (at - 1, at - 2))

    def _is_modal(self, place: int) -> bool:
        """Tell whether a token says what may or should be."""
        word = self._tokens.words[place]
        return word in MODALS or (word[1:] == "d" and not self.is_had(place))

    def is_had(self, place: int) -> bool:
        """Tell whether a 'd stands for "had": "I'd moved", not "I'd move"."""
        after = self._tokens.words[place + 1]
        is_participle = (
            self._tokens.grammar[place + 1] == "E" or IRREGULAR.get(after, after) != after
        )
        return self._tokens.words[place][1:] == "d" and is_participle


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What is told of a whole sentence, as places of tokens."""

    question: int
    """Where its last question mark is; -1: there is none."""
    condition: int
    """Where its first condition begins; the number of tokens: there is none."""
    is_conditional: bool
    """Whether a condition opens it, so that all of it depends on that."""
    has_hedge: bool

    @classmethod
    def of(cls, tokens: Tokens, begin: int, end: int) -> "_Sentence":
        words, question, condition, has_hedge = tokens.words, -1, len(tokens.words), False
        for place in range(begin, end):
            word = words[place]
            if word == "?":
                question = place
            has_hedge = has_hedge or word in HEDGES
            is_condition = word in CONDITIONS or words[place : place + 2] == ["in", "case"]
            if is_condition and condition == len(words):
                condition = place
        ahead = tokens.grammar[begin : min(condition, end)]
        opens = condition < end and not ahead.strip('CSAT|i,"(-')
        return cls(question, condition, opens, has_hedge)
