"""Postings of names: for each name, the notes that hold it and the sentences there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.links import MAX_DF, Links
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import (
    Ragged,
    Rows,
    distinct,
    lengths_of,
    offsets,
    places,
    spans,
)


@dataclass(frozen=True, slots=True)
class NamePostings:
    """p pairs (name, note) a name can lead to, sorted by name, then note."""

    by_name: Rows
    """(k + 1,)"""
    note: NDArray[np.int32]
    is_title: NDArray[np.bool_]
    """(p,) the name is the note's title."""
    sentences: Ragged
    """p rows: the sentences with the name; all of the note's where the title holds it."""
    titles: Ragged
    """k rows: the pairs of each name whose note is so titled."""
    full: NDArray[np.int32]
    """(p,) the longest name that holds this one in the note (`Ann Lee` of `Lee`), -1 for none."""
    narrow: NDArray[np.bool_]
    """(k,) names in 2 to MAX_DF notes."""

    def out_of(self, names: Rows, narrow: NDArray[np.bool_]) -> tuple[Rows, Rows]:
        """Return the pairs that (x,) names lead to, those not narrow only to notes so titled.

        The second array tells the place in `names` that each pair comes from.
        """
        titled = lengths_of(self.titles.indptr, names)
        lengths = np.where(narrow, lengths_of(self.by_name, names), titled)
        starts = np.where(narrow, self.by_name[names], self.titles.indptr[names])
        out = np.repeat(np.arange(len(names)), lengths)
        rows = spans(starts, lengths)
        wide = ~narrow[out]
        rows[wide] = self.titles.values[rows[wide]]
        return rows, out


def name_postings(links: Links, index: WordIndex) -> NamePostings:
    """Gather the pairs. Wide names and words in lower case lead to the note so titled only."""
    names, notes = links.inventory, max(len(links.by_note) - 1, 1)
    usable = np.flatnonzero(~links.common)
    name, note = links.name[usable].astype(np.int64), links.note[usable]
    sentence = links.sentence[usable]
    pair, of = np.unique(name * notes + note, return_inverse=True)
    pair_name, pair_note = pair // notes, pair % notes
    in_title = np.zeros(len(pair), np.bool_)
    in_title[of[sentence < 0]] = True
    is_title = names.title_name[pair_note] == pair_name
    n_titled = np.bincount(pair_name[is_title], minlength=len(names.names))
    return NamePostings(
        by_name=np.searchsorted(pair_name, np.arange(len(names.names) + 1)),
        note=pair_note.astype(np.int32),
        is_title=is_title,
        sentences=_sentences(of, sentence, in_title, pair_note, index.tokens.sentence_indptr),
        titles=Ragged(offsets(n_titled), np.flatnonzero(is_title).astype(np.int32)),
        full=_full(of, links.holder[usable], names),
        narrow=(links.df >= 2) & (links.df <= MAX_DF),
    )


def _full(pair: Rows, holder: NDArray[np.int32], names: Names) -> NDArray[np.int32]:
    full = np.full(int(pair.max(initial=-1)) + 1, -1, np.int32)
    held = np.flatnonzero(holder >= 0)
    order = held[np.lexsort((-holder[held], names.n_words[holder[held]]))]
    full[pair[order]] = holder[order]
    return full


def _sentences(
    pair: Rows, sentence: NDArray[np.int32], in_title: NDArray[np.bool_], note: Rows, indptr: Rows
) -> Ragged:
    n_sentences = max(int(indptr[-1]), 1)
    own = (sentence >= 0) & ~in_title[pair]
    cells = distinct(pair[own] * n_sentences + sentence[own])
    whole = np.flatnonzero(in_title)
    of_pair = np.repeat(whole, lengths_of(indptr, note[whole]))
    cells = np.concatenate((cells, of_pair * n_sentences + places(indptr, note[whole])))
    cells.sort()
    lengths = np.bincount(cells // n_sentences, minlength=len(note))
    return Ragged(offsets(lengths), (cells % n_sentences).astype(np.int32))
