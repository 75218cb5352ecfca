"""What a memory's own texts say of a word: is it an ordinary word, whom do people call so?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import fold

MOST_READ = 200
"""Texts that are read for one word."""
_GREETING = (
    r"(?:hey|hi|hello|hiya|thanks|thank you|thx|cheers|oh|yes|yeah|yep|no|wow|dear|bye|goodbye|"
    r"congrats|congratulations|sorry|okay|ok|well done|good morning|good night|happy birthday|"
    r"love you|miss you|see you)"
)
_SELF = (
    "call me", "i'm", "i am", "my name is", "my name's", "known as", "my nickname is", "i go by",
)  # fmt: skip
_OF_SELF = re.compile("|".join(map(re.escape, _SELF)))
_NAME = "\ufdd0"
"""Stands for the word that is looked for, so that one pattern serves every word."""
_APART = re.compile(r"\s*(?:[,!.?…]|$)")
"""Behind a word by which somebody is spoken to."""
_CALL = re.compile(
    rf"(?:^|[.!?…]\s+|\b{_GREETING},?\s+){_NAME}\s*[,!.?…]|,\s*{_NAME}\s*(?:[!.?,…]|$)"
)
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Heard:
    """Reads the few texts that hold a word; made once a snapshot, asked once a question."""

    snapshot: GraphSnapshot
    words: WordIndex
    """Of its notes."""
    _calls: dict[str, Counter[int]] = field(default_factory=dict, compare=False, repr=False)
    """What `called` has found, by word."""

    def is_ordinary(self, word: str) -> bool:
        """Return whether some text writes a folded word in small letters."""
        return word in self.words.tokens.vocabulary.surface_numbers

    def is_written(self, word: str) -> bool:
        """Return whether any text holds a folded word."""
        return word in self.words.word_numbers

    def holds(self, phrase: str) -> bool:
        """Return whether a text writes some words one after the other, folded, with their case."""
        last = fold(phrase).split()[-1]
        return any(phrase in self.snapshot.texts[note] for note in self._notes(last))

    def called(self, word: str) -> Counter[int]:
        """Return how often each speaker is called so: by others, to them, or by themselves.

        Who is spoken to is the nearest other speaker of the session. A speaker who speaks of the
        word as of somebody else loses by it.
        """
        if word not in self._calls:
            self._calls[word] = self._called(word)
        return self._calls[word]

    def _called(self, word: str) -> Counter[int]:
        # Compiled where it is looked for: that takes longer than to read what the memory holds.
        to_self = rf"\b(?:{'|'.join(_SELF)})\s+[\"“']?{re.escape(word)}\b"
        calls: Counter[int] = Counter()
        for note in self._notes(word):
            text, own = fold(self.snapshot.texts[note]), int(self.snapshot.speaker[note])
            if word not in text:
                continue
            places = list(_stands(text, word))
            if _OF_SELF.search(text) and re.search(to_self, text):
                calls[own] += 2
            elif any(_is_call(text, *place) for place in places):
                calls[self._addressee(note)] += 1
            elif any(_is_whole(text, *place) for place in places):
                calls[own] -= 1
        del calls[-1]
        return calls

    def _notes(self, word: str) -> Iterator[int]:
        number = self.words.numbers.get(term_of(word), -1)
        if number >= 0:
            yield from self.words.notes.postings(number)[0][:MOST_READ].tolist()

    def _addressee(self, note: int) -> int:
        session, speaker = self.snapshot.session, self.snapshot.speaker
        near = [n for d in (1, 2, 3) for n in (note - d, note + d) if 0 <= n < len(session)]
        others = (
            int(speaker[n])
            for n in near
            if session[n] == session[note] and speaker[n] not in (speaker[note], -1)
        )
        return next(others, -1)


def _stands(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word begins and ends in a text, also inside longer ones."""
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _is_call(text: str, begin: int, end: int) -> bool:
    """Return whether somebody is spoken to by what stands there."""
    if not _APART.match(text, end):
        return False
    return _CALL.search(f"{text[:begin]}{_NAME}{text[end:]}") is not None


def _is_whole(text: str, begin: int, end: int) -> bool:
    """Return whether what stands there is a word and no part of one."""
    before = begin > 0 and _LETTER.match(text, begin - 1) is not None
    return not before and _LETTER.match(text, end) is None
