"""What a question asks for, put beside its best answer: the slot, its old value, whose it is."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from graphmem.retrieve.question.kind import QuestionKind
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.another_thing import counts_others, is_any, is_compound
from graphmem.retrieve.turns.asserted import asserted
from graphmem.retrieve.turns.changed import asks_state
from graphmem.retrieve.turns.replaced import values_of
from graphmem.retrieve.turns.slots_of_life import Slot, slots_asked
from graphmem.retrieve.turns.whose import Whose
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import STOPWORDS, lower
from graphmem.text import words as words_of

_SENTENCES = re.compile(r"(?<=[^\sA-Z][.!?])\s+")
_WHETHER = re.compile(r"(?:and |but |so )?(?:do|does|am|is|are|can|may)(?:n['’]t)?\b")
_NAMED = re.compile(r"\b(?:my|our|the|which|what|[\w-]{1,30}['’]s)\s+((?:[\w-]+\s?){1,4})")
_DOING = re.compile(r"\b(?:do|does) (?:the|my|our)\s(?:[\w-]+\s){1,3}[\w-]+\??$")
_NAME = re.compile(r"(?<=\s)[A-Z][a-z][\w-]*")
_LIGHT = frozenset(
    map(term_of, "go get have take use call be do make thing name day time kind".split())
)

_DOES = frozenset(
    map(term_of, "cost pay want start begin leave earn charge come work live".split())
)
"""What is said of a thing in a question, behind its name."""


@dataclass(frozen=True)
class AskedSlot:
    """A question and its best answer so far."""

    question: str
    kind: QuestionKind
    weights: Mapping[str, float]
    """The idf of the question's terms."""
    answer: str
    is_whether: bool

    @cached_property
    def asked(self) -> frozenset[str]:
        """The terms of the question."""
        return frozenset(self.weights)

    def weight(self, terms: Collection[str]) -> float:
        """Return the idf of some of its terms together."""
        return sum(self.weights[term] for term in terms)

    @cached_property
    def _whose(self) -> Whose:
        return Whose.of(self.question, self.answer)

    @cached_property
    def _answered(self) -> frozenset[str]:
        return content_terms(self.answer)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.asked | self._answered

    @cached_property
    def _counted(self) -> Mapping[str, frozenset[str]]:
        return values_of(self.answer)

    def counts_others_in(self, text: str) -> bool:
        """Tell whether an amount is asked for, or was given, and a text's are of other things."""
        asks_else = self.kind.when or self.kind.where or self.kind.who
        may_count = self.kind.count or (not asks_else and bool(self._counted))
        return may_count and counts_others(self.asked, self._counted, values_of(text))

    @cached_property
    def topic(self) -> frozenset[str]:
        """Terms of the question that its answer says too: what the slot is of."""
        return (self.asked & self._answered) - _LIGHT - _DOES

    @cached_property
    def old(self) -> frozenset[str]:
        """Terms of the answer alone: its value."""
        return self._answered - self.asked - _LIGHT

    @cached_property
    def head(self) -> str | None:
        """The last word of what is asked for by name: `provider` of an internet provider."""
        named = _NAMED.search(lower(self.question))
        phrase = takewhile(lambda word: word not in STOPWORDS, words_of(named[1]) if named else [])
        terms = [term_of(word) for word in phrase]
        if len(terms) > 1 and _DOING.search(lower(self.question)):
            terms.pop()  # what it does: "when does the library close"
        return next((t for t in reversed(terms) if t in self.asked - _LIGHT - _DOES), None)

    @cached_property
    def people(self) -> frozenset[str]:
        """Terms of names in the question, which say whose slot it is."""
        names = _NAME.findall(self.question)
        return frozenset(term_of(w) for name in names for w in words_of(name)) & self.asked

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of life that the question itself names: `live`."""
        return slots_asked(lower(self.question))

    def is_told_in(self, text: str) -> bool:
        """Tell whether a text is about a slot that the question names; True where it names none.

        Who moved a sofa lives where he lived.
        """
        slots = self.slots
        return not slots or any(s.asked.search(text) or s.changed.search(text) for s in slots)

    @cached_property
    def asks_state(self) -> bool:
        """Whether it asks in what state a thing is."""
        return self.is_whether or asks_state(lower(self.question))

    def said_in(self, text: str) -> str:
        """Return what a text says that is so now, of whom the best answer speaks."""
        if self.counts_others_in(text):
            return ""
        question = lower(self.question)
        kept = (
            asserted(sentence, question)
            for sentence in _SENTENCES.split(text)
            if not self._whose.is_another_in(sentence)
            and not is_any(sentence, self.topic)
            and not is_compound(sentence, self.topic, self._known)
        )
        return ". ".join(filter(None, kept))


def asked_slot(question: Question, words: WordIndex, answer: str) -> AskedSlot:
    """Put a question beside its best answer."""
    terms = zip(question.stems, question.term_numbers.tolist(), question.shares, strict=True)
    return AskedSlot(
        question=question.written.text,
        kind=question.kind,
        weights={term: words.idf_of(number) for term, number, share in terms if share >= 1},
        answer=answer,
        is_whether=_WHETHER.match(lower(question.written.text)) is not None,
    )


@lru_cache(maxsize=4_096)
def content_terms(text: str) -> frozenset[str]:
    """Return the terms of the words of a text that are no stop words."""
    return frozenset(term_of(word) for word in words_of(text) if word not in STOPWORDS)
