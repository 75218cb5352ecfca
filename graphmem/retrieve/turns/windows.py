"""The windows of very long turns: a pasted mail or log is searched by its parts.

A turn many times as long as the others says each word among thousands; by its length as a whole it
would stand below a turn that says one word of the question and little else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.words.counts import Counts, counts_of
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Ragged

LEAST_HALF = 50
"""Content words of half a window, at least."""
_BY_MEDIAN = 2
"""Half a window by the median turn of a store."""
_HALVES_OF_LONG = 8
"""Halves of a window beyond which a turn is searched by its windows: from 4 on, an assistant's long
answers stand before what the user said."""

_SENTENCE_OF = {
    "vector_own": "vector_sentence", "vector_wide": "vector_sentence",
    "late_near": "late_sentence", "late_wide": "late_sentence",
}  # fmt: skip
"""Channels that tell of a turn's best sentence what another tells of the turn."""

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Windows:
    """The w windows of the long turns: each begins half a window after the one before it."""

    turn: NDArray[np.int64]
    """(w,) the turn of each, non-decreasing."""
    lengths: Column
    """(w,) content words."""
    halves: Counts
    """(w, v) of the first half of each window; the second is the first half of the next."""

    def counts(self, terms: Mapping[int, float]) -> Column:
        """Return (w,) how often each window says some terms, each by its likeness."""
        halves = np.zeros(len(self.turn))
        for term, like in terms.items():
            rows, counted = self.halves.postings(term)
            halves[rows] += like * counted
        return _joined(halves, self.turn)

    def by_best_sentence(
        self, channels: Mapping[str, Column | Scaled]
    ) -> dict[str, Column | Scaled]:
        """Return (t,) channels; a long turn is no less like a question than its best sentence.

        What an encoder reads of it as a whole is its beginning.
        """
        changed = dict(channels)
        for whole, sentence in _SENTENCE_OF.items():
            if whole in channels and sentence in channels:
                column = _column(channels[whole]).copy()
                least = _column(channels[sentence])[self.turn]
                column[self.turn] = np.maximum(column[self.turn], least)
                changed[whole] = column
        return changed


def windows_of(
    notes: NDArray[np.int64],
    lengths: NDArray[np.floating],
    words: WordIndex,
    of_length: NDArray[np.int64],
) -> Windows | None:
    """Return the windows of the turns that are long beside the median one; None: none is.

    `notes` are (t,) the turns among the notes of `words`, `lengths` (t,) their content words;
    `of_length` is how many have none, one, two and so on up to the longest.
    """
    middle = int(np.searchsorted(np.cumsum(of_length), (len(notes) + 1) // 2))
    half = max(LEAST_HALF, _BY_MEDIAN * middle)
    if len(of_length) - 1 <= _HALVES_OF_LONG * half:
        return None
    long = np.flatnonzero(lengths > _HALVES_OF_LONG * half)
    tokens, vocabulary = words.tokens, words.tokens.vocabulary
    starts, turns, said, end = [np.zeros(1, np.int64)], [], [], 0
    for turn in long.tolist():
        surfaces = tokens.words_of(notes.item(turn))
        content = np.cumsum(vocabulary.term_of[surfaces] >= 0)
        cuts = np.flatnonzero(np.diff(content // (half + 1))) + 1
        starts += [end + cuts, np.array([end := end + len(surfaces)])]
        turns += [turn] * (len(cuts) + 1)
        said.append(surfaces)
    rows = vocabulary.terms_of(Ragged(np.concatenate(starts), np.concatenate(said)))
    halves = counts_of(rows, len(vocabulary.terms))
    of_turn = np.array(turns, np.int64)
    return Windows(of_turn, _joined(halves.lengths.astype(np.float64), of_turn), halves)


def _column(values: Column | Scaled) -> Column:
    return values.column if isinstance(values, Scaled) else values


def _joined(halves: Column, turn: NDArray[np.int64]) -> Column:
    """Return each half with the next of its turn."""
    whole = halves.copy()
    same = turn[1:] == turn[:-1]
    whole[:-1][same] += halves[1:][same]
    return whole
