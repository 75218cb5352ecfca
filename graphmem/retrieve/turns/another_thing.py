"""Whether a turn speaks of another thing by the slot's word: the library cat, any motorbike.

English, by the form of the sentence alone; in another language nothing is known to be another.
"""

import re
from collections.abc import Collection, Mapping

from graphmem.retrieve.words.terms import term_of
from graphmem.text import STOPWORDS, lower
from graphmem.text import words as words_of

Terms = Collection[str]

_ANY = re.compile(r"^\W{0,4}(?:an?|some|any)\s((?:[\w’'-]+\s){1,5})")
"""A sentence about any of a kind, and the words that it begins with."""
_SELF = re.compile(r"\b(?:i|we|my|our|me|us)\b")
_PAIR_DOES = re.compile(
    r"(?<![\w’'-])(?=([\w’'-]+) ([^\W\d_]+)\s"
    r"(?:was|were|is|are|has|have|had|(?!\d)\w{2,20}ed|sold|said|rang|came|went)\b)"
)
"""Two words before what something does, or is."""
_TO_A_VALUE = re.compile(r"(?:ed|ly|s)$")
"""What follows a thing and is likelier its verb than another noun."""


def is_any(sentence: str, topic: Terms) -> bool:
    """Tell whether a sentence begins with any of a kind that the slot names, and tells of nobody.

    "A motorbike woke me" says nothing of mine; "a new flat for us" does.
    """
    text = lower(sentence)
    found = _ANY.match(text)
    if found is None or _SELF.search(text.replace(" me ", " ", 1)):
        return False
    return any(term_of(word) in topic for word in words_of(found[1]))


def is_compound(sentence: str, topic: Terms, known: Terms) -> bool:
    """Tell whether the slot's word names another thing with the one behind it: the library cat."""
    for match in _PAIR_DOES.finditer(lower(sentence)):
        named, behind = match.groups()
        if behind in STOPWORDS or _TO_A_VALUE.search(behind) or term_of(behind) in known:
            continue
        if any(term_of(word) in topic for word in words_of(named)):
            return True
    return False


def counts_others(asked: Terms, old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Tell whether the numbers of a turn are all of other things than the slot's: pages, not mg.

    By unit, as `replaced.values_of` reads them; a number without one may be of anything.
    """
    units = {unit for unit in new if unit not in STOPWORDS}
    if not units or "" in units or len(units) < len(new) or units & old.keys():
        return False
    return units.isdisjoint(asked) and not units & {"$", "%", "date"}
