"""Which words of a vocabulary say nothing by themselves, found out when it is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_UNKNOWN, _FILLER, _NONE = range(3)


@dataclass(frozen=True, slots=True)
class Fillers:
    """Tells fillers. A sign without a letter or digit, as an emoji, is one."""

    words: Sequence[str]
    fillers: frozenset[str]
    known: bytearray
    """Of each word: 1 a filler, 2 none, 0 not looked at."""

    @classmethod
    def among(cls, words: Sequence[str], fillers: frozenset[str]) -> "Fillers":
        """Return the fillers among the words of a vocabulary."""
        return cls(words, fillers, bytearray(len(words)))

    def has(self, number: int) -> bool:
        """Return whether the word of a number is a filler."""
        if self.known[number] == _UNKNOWN:
            word = self.words[number]
            is_filler = word in self.fillers or not any(map(str.isalnum, word))
            self.known[number] = _FILLER if is_filler else _NONE
        return self.known[number] == _FILLER

    def learn(self, numbers: Iterable[int]) -> None:
        """Find out which of some words are fillers."""
        for number in numbers:
            self.has(number)

    def of(self, numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return which of the words of these numbers are fillers."""
        known = np.frombuffer(self.known, np.uint8)
        self.learn(set(numbers[known[numbers] == _UNKNOWN].tolist()))
        told: NDArray[np.bool_] = known[numbers] == _FILLER
        return told
