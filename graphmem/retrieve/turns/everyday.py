"""Which newer turns give the slot of the best one another value, as people say it in talk.

Such a turn seldom repeats the question: "I moved to Ghent" answers "Where do I live?". It counts if
it says something of now, of the same person, in a few words; holds a value of the sort asked for;
and is tied to the slot: by a word of it and a sign of change, by a phrase that changes that slot
and no other, or by the old value that is left. What it only wishes, jokes or remembers, and what
it tells of others, replaces nothing.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.asked_slot import AskedSlot, asked_slot, content_terms
from graphmem.retrieve.turns.changed import (
    has_value,
    is_exchange,
    leaves,
    names_another,
    names_new,
    says_now,
    tells_change_of,
    tells_of,
    tells_state,
)
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import lower
from graphmem.vectors import distinct

MOST_WORDS = 30
"""Words of a turn that is read as one statement; a longer one tells of much, and is judged by how
much of the question it holds."""
LEAST_SHARED = 0.4
"""Of the words that the question and its best answer share, those that a newer turn says too."""
MOSTLY = 0.8
"""The same of one whose only sign is that it says now."""
MOST_READ = 64
"""Newer turns that are read, the newest of those that hold a word of the slot or of change."""
_CHANGE_TERMS = frozenset(
    map(
        term_of,
        """moved relocated settled quit started promoted retired switched changed sold bought gave
        dropped broke seeing engaged married divorced separated lost gained eat drink vegan
        vegetarian outgrew raise makes earns number email new take cycle walk job resigned fired
        hired joined notice emigrated upped stick own hung pensioner contract first made""".split(),
    )
)
"""Words by which turns are looked up that change a slot and share no word with the question."""
_AT = re.compile(r"\b(at|on|from|until|till|by|in|every) (?:the )?([\w:.]{1,12})")
_NO_DIGIT = re.compile(r"\D*$")
_ASKS_ELSE = re.compile(
    r"\b(?:did|would|could|might)\b|^(?!.*\b(?:do|does)\b).*\b(?:has|have)\s+[\w’'-]+\s+(?!to\b)\w"
)
"""What somebody did or would do is no value: it all stays done."""


def told_otherwise(
    snapshot: GraphSnapshot,
    words: WordIndex,
    question: Question,
    scores: NDArray[np.float64],
    found: Sequence[int],
) -> list[int]:
    """Return the newer turns that change the value of the best hit in other words, and that hit.

    `found` are the first hits. Nothing if there is none, or if the best hit is no short statement.
    """
    if not found or not is_short(snapshot.texts[found[0]]):
        return []
    asked = asked_slot(question, words, snapshot.texts[found[0]])
    newer = [
        note
        for note in _candidates(snapshot, words, asked, found)
        if np.isfinite(scores[note])
        and changes(asked, snapshot.texts[note], is_found=note in found)
    ]
    return [*newer, found[0]] if newer else []


def is_plain_change(asked: AskedSlot, text: str) -> bool:
    """Tell whether a newer turn says outright that the value is another one.

    By a phrase of the slot, by the old value that is left, by one thing for another. Others are
    told by a time, a place, an amount or a state alone.
    """
    said = asked.said_in(text)
    is_told = any(slot.changed.search(lower(said)) for slot in asked.slots)
    return is_told or is_exchange(said) or leaves(said, asked.old | asked.topic)


def may_be_newer(asked: AskedSlot, text: str) -> bool:
    """Tell whether a turn may give the slot a value at all: of now, of the same, of the sort."""
    if not is_short(text):
        return True
    said = asked.said_in(text)
    if not said or (asked.kind.where and not asked.is_told_in(lower(said))):
        return False
    return asked.asks_state or has_value(said, asked.kind, asked.topic)


def may_state(asked: AskedSlot, text: str) -> bool:
    """Tell whether a turn that says all words of the question may state its value."""
    if not is_short(text):
        return True
    said = asked.said_in(text)
    if not said or not asked.kind.when or _NO_DIGIT.match(said):
        return bool(said)
    return has_value(said, asked.kind, asked.topic)


def changes(asked: AskedSlot, text: str, *, is_found: bool) -> bool:
    """Tell whether a newer turn gives the slot another value.

    One that is not among the first hits has to name all that the slot is of.
    """
    if _ASKS_ELSE.search(lower(asked.question)) or not is_short(text):
        return False
    said = asked.said_in(text)
    if not said:
        return False
    terms = content_terms(said)
    if not asked.people <= terms and asked.people & asked.topic:
        return False
    is_of_sort = has_value(said, asked.kind, asked.topic)
    if any(slot.changed.search(lower(said)) for slot in asked.slots) and is_of_sort:
        return True
    if leaves(said, asked.old - asked.people) and (is_of_sort or asked.is_whether):
        return True
    is_tied = _is_tied(asked, said, is_of_sort=is_of_sort, is_found=is_found)
    return is_tied and (is_found or asked.topic <= terms)


def _is_tied(asked: AskedSlot, said: str, *, is_of_sort: bool, is_found: bool) -> bool:
    """Tell whether it says a word of the slot, with a sign that its value is another."""
    terms = content_terms(said)
    shared = asked.topic & terms
    if not asked.asks_state:
        shared -= asked.people
    share = asked.weight(asked.topic & terms) / (asked.weight(asked.topic) or 1)
    if asked.asks_state and asked.head in shared and tells_state(said):
        return True
    if not shared or share < LEAST_SHARED:
        return False
    is_now = is_found and says_now(said, asked.topic) and share >= MOSTLY
    if asked.asks_state and (tells_state(said) or is_exchange(said) or is_now):
        return True
    is_new = share >= MOSTLY and names_new(said, shared, asked.question)
    is_left = leaves(said, shared) or is_new
    if not is_of_sort and not is_left:
        return False
    if not (asked.head is None or asked.head in terms or names_another(said)):
        return False
    if asked.kind.where and not asked.is_told_in(lower(said)):
        return is_left or is_now or is_exchange(said)
    if is_found and asked.kind.when and tells_of(said, asked.topic) and _at_another(asked, said):
        return True
    return is_left or is_now or tells_change_of(said, asked.kind)


def _at_another(asked: AskedSlot, said: str) -> bool:
    """Tell whether a turn gives another time than the best answer, put as that one puts it."""
    old, new = (set(_AT.findall(lower(text))) for text in (asked.answer, said))
    leads = {lead for lead, _ in old} & {lead for lead, _ in new}
    return bool(leads) and not old & new


def _candidates(
    snapshot: GraphSnapshot, words: WordIndex, asked: AskedSlot, found: Sequence[int]
) -> list[int]:
    """Return turns of the first hit's speaker, and newer, that are worth reading, newest first.

    They are among the hits, or hold a word of the slot, of its old value or of change.
    """
    sought = {*asked.topic, *asked.old, *(_CHANGE_TERMS if asked.slots else ())}
    numbers = sorted(words.numbers[term] for term in sought if term in words.numbers)
    held = [words.notes.postings(number)[0] for number in numbers]
    said_at, since = snapshot.said_at, snapshot.said_at[found[0]]
    newer: list[NDArray[np.intp]] = []
    for notes in (np.array(sorted(found), np.int32), *held):
        own = notes[snapshot.speaker[notes] == snapshot.speaker[found[0]]]
        when = said_at[own]
        newer.append(own[(when > since) | ((when == since) & (own > found[0]))].astype(np.intp))
    every = distinct(np.concatenate(newer))
    newest: list[int] = every[np.lexsort((-every, -said_at[every]))][:MOST_READ].tolist()
    return newest


def is_short(text: str) -> bool:
    """Tell whether a turn is read as one statement."""
    return len(text) <= 10 * MOST_WORDS and len(text.split()) <= MOST_WORDS
