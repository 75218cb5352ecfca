"""Whether a sentence tells of another person than the one asked about: Hanna's dentist, not mine.

English; in another language nobody else is known to be told of.
"""

import re
from dataclasses import dataclass

from graphmem.text import STOPWORDS, lower
from graphmem.text import words as words_of

_SELF = re.compile(r"\b(?:i|i['’]m|i['’]ve|we|we['’]re|we['’]ve|my|our|me|us)\b")
_I = re.compile(r"\b(?:i|i['’]m|i['’]ve|i['’]ll|i['’]d|we|we['’]re|we['’]ve|we['’]ll|me|us)\b")
_OWNER = re.compile(r"(?<![\w-])([\w-]{1,30})(?:['’]s|s['’])\s+([\w-]{1,30})")
_NO_OWNERS = frozenset("it that he she what let there who here where how".split())
_KIN = (
    r"(?:mum|mom|mother|dad|father|parents|aunt|uncle|cousin|brother|sister|nephew|niece|grandma|"
    r"grandpa|grandmother|grandfather|colleague|boss|friend|neighbou?r|flatmate|roommate|landlord|"
    r"son|daughter|wife|husband|partner|girlfriend|boyfriend|in-laws?|teacher|client|coworker)s?"
)
_KIN_DOES = re.compile(
    rf"^(?:[\w’']+,\s)?(?:my|our|his|her|the|a)\s(?:[\w-]+\s)?({_KIN})\s(?:\w+ly\s|now\s|just\s|"
    rf"also\s)?"
    r"(?:has|have|had|is|are|was|were|got|gets|bought|lives?|works?|moved|went|started|switched|"
    r"quit|"
    r"likes?|loves?|eats?|drives?|plays?|pays?|earns?|takes?|changed|sold|chose|goes|sees|keeps?)\b"
)
_NAMED_DOES = re.compile(
    r"^(?:[A-Za-z]+,\s)?([A-Z][\w-]+)(?:\s(?:and\s)?[A-Z][\w-]+)?\s(?:\w+ly\s|now\s|just\s|also\s)?"
    r"(?:has|have|had|is|was|got|gets|bought|lives|works|moved|went|started|switched|quit|likes|"
    r"loves|"
    r"eats|drives|plays|pays|earns|takes|changed|sold|chose|goes|sees|keeps|paid|lived|worked)\b"
)
_SOMEBODY_DOES = re.compile(
    r"\b(?:someone|somebody|everyone|everybody|nobody|people|others|a (?:man|woman|guy|stranger))"
    r"\s(?:else\s)?(?:\w+s|are|have|had|\w+ed)\b"
)
_IS = frozenset("is are was were be now".split())

_WHO = frozenset({"who", "whom", "whose"})
_CALLED = frozenset({"name", "called"})


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a question and its best answer speak of."""

    known: frozenset[str]
    """Their words."""
    is_mine: bool
    """Whether the answer tells of its speaker, and the question does not ask who."""
    asks_name: bool

    @classmethod
    def of(cls, question: str, answer: str) -> "Whose":
        """Read a question and its best answer."""
        asked = set(words_of(question))
        is_mine = _SELF.search(lower(answer)) is not None and _WHO.isdisjoint(asked)
        known = frozenset(asked).union(words_of(answer))
        return cls(known, is_mine, not _CALLED.isdisjoint(asked))

    def is_another_in(self, sentence: str) -> bool:
        """Tell whether a sentence speaks of somebody whom neither of them names."""
        text = lower(sentence)
        for owner in _OWNER.finditer(text):
            before = words_of(text[: owner.start()])[-1:]
            is_other = owner[1] not in _NO_OWNERS and self.known.isdisjoint(
                (owner[1], owner[1] + "s")
            )
            if is_other and owner[2] in self.known and _IS.isdisjoint(before):
                return True
        return self.is_mine and self._tells_of_kin_or_name(sentence, text)

    def _tells_of_kin_or_name(self, sentence: str, text: str) -> bool:
        if _SOMEBODY_DOES.search(text) and not _SELF.search(text):
            return True
        kin = _KIN_DOES.search(text)
        if kin is not None and kin[1] not in self.known and not _I.search(text):
            return True
        named = _NAMED_DOES.search(sentence)
        if named is None or _SELF.search(text) or self.asks_name:
            return False
        name = lower(named[1])
        return name not in self.known and name not in STOPWORDS
