"""Texts that say the same: shown once, with all the times it was said.

The same words in the same order, whatever their case, marks and fillers, by the same speaker: a
number, a name, a `not` more or less is another statement. What is alike but not the same stays.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.fillers import Fillers
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.repeats_loop import RepeatsLoop
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ordered import common
from graphmem.retrieve.words.ragged import spans
from graphmem.text import STOPWORDS, stem

FILLERS = frozenset(
    """a an the that so well oh ok okay please just really very hey hi hello and also again too
    always remember reminder btw anyway yeah yes""".split()
)
"""Folded words that change nothing in a statement; a text of fillers alone is compared by them."""

FEW = 16
"""Notes that are compared word by word right away, not by their beginnings first."""
MANY, SOME = 1_024, 128
"""Notes that share a word from which those with further words are looked for, and how many are few
enough."""
AS_RARE = 256
"""A further term is looked up if it stands in so many times as many notes at most."""
BEGINNING = 4
"""Words of a note that are its beginning."""

Group = tuple[int, ...]
"""Notes that say the same, the best ranked first, the others in the snapshot's order."""


@dataclass(frozen=True)
class Repeats:
    """Finds the notes of a snapshot that say the same as one."""

    snapshot: GraphSnapshot
    words: WordIndex

    def groups(self, ranked: Iterable[int], k: int, kept: Kept = None) -> list[Group]:
        """Return the first k distinct statements among notes in ranked order."""
        found: list[Group] = []
        seen: set[int] = set()
        without_terms: dict[object, int] = {}
        for note in ranked:
            if note in seen:
                continue
            if len(found) == k:
                break
            others = self._others(note, kept)
            if others is None:  # no term to look others up by: compared with those before it
                place = without_terms.setdefault(self._key(note), len(found))
                if place < len(found):
                    found[place] = (*found[place], note)
                    continue
                others = []
            seen.update(others)
            found.append((note, *others))
        return found

    def _others(self, note: int, kept: Kept) -> list[int] | None:
        """Return the other notes that say the same; None if it has no word to look them up by."""
        counts = self.words.notes
        if len(self.snapshot.scopes) > 1:  # what two scopes hold is not one memory
            return []
        rarest = self._rarest_term(note)
        if rarest is None:
            return None
        if counts.df.item(rarest) == 1:
            return []
        among, titles = self._among(note, rarest), self.snapshot.titles
        loop = self._loop
        same = self._same(note, among, kept) if loop is None else loop.same(note, among, kept)
        title = titles[note]
        return [other for other in same if titles[other] == title]

    def _rarest_term(self, note: int) -> int | None:
        """Return the term of a note that the fewest notes hold, fillers left out; None: it has
        none."""
        terms, fillers = self.words.notes.row(note)[0], self._filler_terms
        rarest_first = self.words.notes.df[terms].argsort(kind="stable").tolist()
        return next((t for at in rarest_first if not fillers.has(t := terms.item(at))), None)

    def _among(self, note: int, rarest: int) -> NDArray[np.int32]:
        """Return the notes that hold the rarest term of one; of many, those that hold its next rare
        terms too, until few are left.

        These are the terms of words that have them however they are written: `US` is one, `us`
        none, and `parseFile` is its parts as well.
        """
        notes = self.words.notes.postings(rarest)[0]
        if len(notes) <= MANY:
            return notes
        counts, vocabulary = self.words.notes, self.words.tokens.vocabulary
        said = self.words.tokens.words_of(note)
        terms = vocabulary.term_of[said[~self._light_words.of(vocabulary.word_of[said])]]
        for term in terms[counts.df[terms].argsort(kind="stable")].tolist():
            if term == rarest:
                continue
            if len(notes) <= SOME or counts.df.item(term) > AS_RARE * len(notes):
                break
            notes = common(notes, counts.postings(term)[0])
        return notes

    def _same(self, note: int, among: NDArray[np.int32], kept: Kept) -> list[int]:
        """Return which of some notes say the same, by the same speaker: `RepeatsLoop.same`."""
        near = among[(among != note) & self._same_place(among, note)]
        if kept is not None:
            near = near[kept[near]]
        if len(near) > FEW:
            near = near[self._may_begin_as(near, note)]
        return near[self._says_as(near, note)].tolist() if len(near) else []

    def _may_begin_as(self, notes: NDArray[np.integer], note: int) -> NDArray[np.bool_]:
        """Return which of some notes have the first word of one, or have it far behind fillers."""
        tokens = self.words.tokens
        begins, ends = tokens.ends_of(np.append(notes, note))
        at = begins[:, None] + np.arange(BEGINNING)
        said = tokens.vocabulary.word_of[tokens.sentences.at(at)]
        is_kept = ~self._filler_words.of(said.ravel()).reshape(said.shape)
        is_kept &= at < ends[:, None]
        first = said[np.arange(len(said)), is_kept.argmax(axis=1)]
        is_told: NDArray[np.bool_] = np.logical_or.reduce(is_kept, axis=1)
        may: NDArray[np.bool_] = (first[:-1] == first[-1]) | ~is_told[:-1]
        return may if is_told[-1] else np.ones(len(notes), np.bool_)

    def _says_as(self, notes: NDArray[np.integer], note: int) -> NDArray[np.bool_]:
        """Return which of some notes of one speaker have the words of one, without fillers."""
        said, lengths = self._said(np.append(notes, note))
        rows = np.repeat(np.arange(len(lengths)), lengths)
        is_kept = ~self._filler_words.of(said)
        n_kept = np.bincount(rows, is_kept, minlength=len(lengths)).astype(np.intp)
        is_kept |= (n_kept == 0)[rows]
        sizes = np.where(n_kept > 0, n_kept, lengths)
        same: NDArray[np.bool_] = sizes[:-1] == sizes[-1]
        compared = said[is_kept & np.append(same, True)[rows]]
        if len(compared):
            texts = compared.reshape(-1, sizes[-1])
            same[same] = (texts[:-1] == texts[-1]).all(axis=1)
        return same

    def _said(self, notes: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the folded words of some notes, note after note, and how many each has."""
        tokens = self.words.tokens
        begins, ends = tokens.ends_of(notes)
        lengths = ends - begins
        return tokens.vocabulary.word_of[tokens.sentences.at(spans(begins, lengths))], lengths

    def _same_place(self, notes: NDArray[np.integer], note: int) -> NDArray[np.bool_]:
        snapshot = self.snapshot
        same: NDArray[np.bool_] = (snapshot.is_turn[notes] == snapshot.is_turn[note]) & (
            snapshot.speaker[notes] == snapshot.speaker[note]
        )
        return same

    def _key(self, note: int) -> tuple[object, ...]:
        """Return the folded words of a note without fillers, and what it is titled."""
        tokens = self.words.tokens
        said = tokens.vocabulary.word_of[tokens.words_of(note)]
        kept = said[~self._filler_words.of(said)]
        kept = kept if len(kept) else said
        speaker = int(self.snapshot.speaker[note])
        return (speaker, self.snapshot.titles[note], kept.tobytes())

    @cached_property
    def _filler_terms(self) -> Fillers:
        return Fillers.among(self.words.tokens.vocabulary.terms, frozenset(map(stem, FILLERS)))

    @cached_property
    def _filler_words(self) -> Fillers:
        return Fillers.among(self.words.tokens.vocabulary.words, FILLERS)

    @cached_property
    def _light_words(self) -> Fillers:
        return Fillers.among(self.words.tokens.vocabulary.words, FILLERS | STOPWORDS)

    @cached_property
    def _loop(self) -> RepeatsLoop | None:
        return RepeatsLoop.of(self.snapshot, self.words.tokens, self._filler_words)


def ranked_lazily(best: Callable[[int], Sequence[int]], first: int, most: int) -> Iterable[int]:
    """Yield all of a ranking, asking `best` for its first n, twice as many each time."""
    done, n = 0, first
    while done < most:
        ranking = best(min(n, most))
        yield from ranking[done:]
        if len(ranking) < min(n, most):
            return
        done, n = len(ranking), 2 * n
