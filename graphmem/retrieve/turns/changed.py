"""The signs that a sentence tells a change, and that it holds a value of the sort asked for.

By class and not by matter: something is exchanged for another thing, put right, moved in time or
place, made more or less, left, mended or broken. English; the tables are `change_signs` and
`value_signs`.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from graphmem.retrieve.question.kind import QuestionKind
from graphmem.retrieve.turns import change_signs as signs
from graphmem.retrieve.turns import value_signs as values
from graphmem.retrieve.turns.phrases import any_of, any_way
from graphmem.retrieve.words.terms import term_of
from graphmem.text import lower
from graphmem.text import words as words_of

_EXCHANGED = any_way(signs.EXCHANGED)
_PUT_RIGHT = re.compile(
    rf"\b(?:{any_of(signs.PUT_RIGHT)}\b|{any_of(signs.PUT_RIGHT_MARK)}|"
    rf"{any_of(signs.PUT_RIGHT_DENIED)}\b)"
)
_TURNED_TO, _MOVED = any_way(signs.TURNED_TO), any_way(signs.MOVED)
_AMOUNTS, _STATE = any_way(signs.AMOUNTS), any_way(signs.STATE)
_TOKEN = re.compile(r"[\w’'-]+")
_LEFT_BEFORE = re.compile(
    rf"\b{any_of(signs.LEAVES)}\s+(?:(?!(?:at|for|by|with)\s)[\w’']{{1,12}}\s+){{0,2}}$"
)
_LEFT_AFTER = re.compile(
    r"^[’'\w]{0,3}\s+(?:"
    rf"(?:(?:has|have|just|already)\s+){{0,2}}{any_of(signs.GONE)}|"
    rf"(?:is|are|was|got|has been|have been)\s+(?:completely\s|now\s)?{any_of(signs.IS_GONE)}"
    r")\b"
)

_NOW = re.compile(r"\b(?:now|currently|lately|these days|nowadays|at the moment|recently)\b")
_CLAUSE = re.compile(r"[,;.]\s+|\s(?:and|but)\s")
_CLAUSES = re.compile(r"[,;:.]\s+")
_PRONOUN = re.compile(r"^(?:it|he|she|they)(?:['’]s| is|['’]re| are)\b")
_NEW = re.compile(r"\b(?:new|another|different) ([\w’'-]+)")

Terms = Collection[str]


@lru_cache(maxsize=4_096)
def is_exchange(sentence: str) -> bool:
    """Tell whether a sentence says that something takes another thing's place, or puts it right."""
    text = lower(sentence)
    return _EXCHANGED.search(text) is not None or _PUT_RIGHT.search(text) is not None


def names_another(sentence: str) -> bool:
    """Tell whether a sentence corrects what was said, or says to what one has changed."""
    text = lower(sentence)
    return _PUT_RIGHT.search(text) is not None or _TURNED_TO.search(text) is not None


def says_now(said: str, topic: Terms) -> bool:
    """Tell whether some words say that something is so now: it, or what one of the terms names."""
    clauses = _CLAUSE.split(lower(said))
    return any(
        _NOW.search(clause) and (_PRONOUN.match(clause) or holds(clause, topic))
        for clause in clauses
    )


def names_new(said: str, topic: Terms, question: str) -> bool:
    """Tell whether some words speak of a new thing of a kind that one of the terms names.

    A question that speaks of new things itself has no such sign: New Zealand, a new episode.
    """
    return not _NEW.search(lower(question)) and any(
        holds(match[1], topic) for match in _NEW.finditer(lower(said))
    )


def holds(text: str, terms: Terms) -> bool:
    """Tell whether a text has a word of some terms."""
    return any(term_of(word) in terms for word in words_of(text))


def tells_change_of(sentence: str, kind: QuestionKind) -> bool:
    """Tell whether a sentence has a sign of change that suits what is asked for."""
    text = lower(sentence)
    if is_exchange(sentence):
        return True
    if kind.when or kind.where:
        return _MOVED.search(text) is not None or _STATE.search(text) is not None
    return kind.count and _AMOUNTS.search(text) is not None


def tells_of(said: str, topic: Terms) -> bool:
    """Tell whether a clause of some words begins with what the slot is of: "the library shuts"."""
    clauses = (words_of(clause)[:3] for clause in _CLAUSES.split(said))
    return any(term_of(word) in topic for clause in clauses for word in clause)


def tells_state(sentence: str) -> bool:
    """Tell whether a sentence says that something works, broke, is ready, is off."""
    return _STATE.search(lower(sentence)) is not None


def asks_state(question: str) -> bool:
    """Tell whether a question, in lower case, asks in what state a thing is."""
    return values.STATE_ASKED.search(question) is not None


def leaves(sentence: str, old: Terms) -> bool:
    """Tell whether a sentence says that one of some values is left: sold, dropped, retired."""
    return not _left(lower(sentence)).isdisjoint(old)


@lru_cache(maxsize=4_096)
def _left(text: str) -> frozenset[str]:
    """Return the terms of what a sentence, in lower case, says is left."""
    left = []
    for match in _TOKEN.finditer(text):
        begin, end = match.span()
        if _LEFT_BEFORE.search(text[max(0, begin - 40) : begin]) or _LEFT_AFTER.search(
            text[end : end + 40]
        ):
            left += words_of(match[0])[:1]
    return frozenset(map(term_of, left))


def has_value(sentence: str, kind: QuestionKind, known: Terms) -> bool:
    """Tell whether a sentence holds a value of the kind asked for, other than `known` words.

    True where nothing is known of the kind.
    """
    text = lower(sentence)
    if kind.when:
        return values.TIME.search(text) is not None
    if kind.count:
        return values.AMOUNT.search(text) is not None
    if kind.where:
        named = [match[0] for match in values.NAMED.finditer(sentence)]
        named += [match[1] for match in values.PLACE.finditer(text)]
        return any(_is_place(name, known) for name in named)
    return not kind.who or _names_somebody(sentence, known)


def _names_somebody(sentence: str, known: Terms) -> bool:
    """Tell whether a sentence names a person; in small letters, whether it can."""
    if values.PERSON.search(sentence):
        return True
    things = (words_of(match[1])[:1] for match in values.THING.finditer(lower(sentence)))
    is_small = not re.search(r"(?<!^)[A-Z]", sentence)
    return is_small and all(term_of(word) in known for thing in things for word in thing)


def _is_place(named: str | None, known: Terms) -> bool:
    if named is None:
        return True
    named = lower(named)
    words = [word for word in words_of(named) if word not in values.DETERMINERS]
    return not values.NO_PLACE.search(named) and any(
        term_of(word) not in known for word in words[:1]
    )
