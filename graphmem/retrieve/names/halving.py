"""Every occurrence of many sorted names in a few texts: looked up by halving, nothing is built."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from graphmem.retrieve.names.trie import MAX_WORDS
from graphmem.retrieve.words.places import place_of
from graphmem.retrieve.words.ragged import Ragged, Rows


@dataclass(frozen=True, slots=True)
class Sought:
    """Names as sorted texts, looked up among the words of texts."""

    names: Sequence[str]
    spelled: Ragged
    """The words of each name."""
    words: Sequence[str]
    """What each number of a word stands for."""
    _known: dict[tuple[int, ...], tuple[int, bool]] = field(default_factory=dict)
    """The name that some words are, -1 for none, and whether longer names begin with them."""

    def occurrences(self, texts: Ragged) -> tuple[Rows, Rows]:
        """Return what `trie.occurrences` does."""
        values = texts.values.tolist()
        found = [
            (name, at)
            for begin, end in pairwise(texts.indptr.tolist())
            for at in range(begin, end)
            for name in self._at(values[at : min(at + MAX_WORDS, end)])
        ]
        name, place = np.array(found, np.int64).reshape(-1, 2).T
        return name, place

    def _at(self, said: list[int]) -> Iterator[int]:
        """Yield the names that some words begin with, shorter ones first."""
        for length in range(1, len(said) + 1):
            if said[length - 1] < 0:
                return
            name, is_longer = self._named(tuple(said[:length]))
            if name >= 0:
                yield name
            if not is_longer:
                return

    def _named(self, said: tuple[int, ...]) -> tuple[int, bool]:
        if said not in self._known:
            text = " ".join(self.words[word] for word in said)
            at, behind = place_of(self.names, text), place_of(self.names, f"{text} ")
            is_it = at < len(self.names) and self.names[at] == text
            is_it = is_it and tuple(self.spelled.row(at).tolist()) == said
            is_longer = behind < len(self.names) and self.names[behind].startswith(f"{text} ")
            self._known[said] = (at if is_it else -1, is_longer)
        return self._known[said]
