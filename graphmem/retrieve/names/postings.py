"""Postings of names: for each name, the notes that hold it and the sentences there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.again import Again
from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.links import MAX_DF, Links
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.overlay import rows_then
from graphmem.retrieve.words.ragged import (
    Ragged,
    Rows,
    distinct,
    lengths_of,
    offsets,
    places,
    spans,
)
from graphmem.vectors import put_in


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
    everything = np.arange(len(links.name))
    return _postings(_pairs_of(links, everything, index.tokens.sentence_indptr), links)


def postings_again(before: NamePostings, again: Again, index: WordIndex) -> NamePostings:
    """Return the postings of links that were found again, given those of before."""
    links, n = again.links, len(again.rows)
    if again.is_same:
        return before
    is_old = np.ones(n + 1, np.bool_)
    is_old[again.looked_up] = False
    is_old[-1] = False  # gone
    note = again.notes[before.note]
    kept = np.flatnonzero(is_old[note])
    name = again.names.repeat(np.diff(before.by_name))[kept]
    pairs = _pairs_of(links, places(links.by_note, again.looked_up), index.tokens.sentence_indptr)
    note = note[kept]
    at = np.searchsorted(
        name.astype(np.int64) * n + note, pairs.name.astype(np.int64) * n + pairs.note
    )
    put = at + np.arange(len(at))
    order = rows_then(put, len(kept) + len(put))
    order[order >= 0] = kept
    order[put] = len(before.note) + np.arange(len(put))
    moved = Ragged(before.sentences.indptr, again.sentences[before.sentences.values])
    full = np.append(again.names, np.int32(-1))[before.full[kept]]
    places_before = at.tolist()
    merged = _Pairs(
        name=put_in(name, places_before, pairs.name),
        note=put_in(note, places_before, pairs.note),
        sentences=moved.joined_taken(pairs.sentences, order),
        full=put_in(full, places_before, pairs.full),
    )
    return _postings(merged, links)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """p pairs, sorted by name, then note."""

    name: NDArray[np.int32]
    note: NDArray[np.int32]
    sentences: Ragged
    full: NDArray[np.int32]


def _pairs_of(links: Links, rows: Rows, indptr: Rows) -> _Pairs:
    """Return the pairs of some places of names."""
    usable = rows[~links.common[rows]]
    n, sentence = max(len(links.by_note) - 1, 1), links.sentence[usable]
    pair, of = np.unique(
        links.name[usable].astype(np.int64) * n + links.note[usable], return_inverse=True
    )
    name, note = np.divmod(pair, n)
    in_title = np.zeros(len(pair), np.bool_)
    in_title[of[sentence < 0]] = True
    return _Pairs(
        name=name.astype(np.int32),
        note=note.astype(np.int32),
        sentences=_sentences(of, sentence, in_title, note, indptr),
        full=_full(of, links.holder[usable], links.inventory),
    )


def _postings(pairs: _Pairs, links: Links) -> NamePostings:
    names = links.inventory
    is_title = names.title_name[pairs.note] == pairs.name
    n_names = len(names.names)
    n_titled = np.bincount(pairs.name[is_title], minlength=n_names)
    return NamePostings(
        by_name=offsets(np.bincount(pairs.name, minlength=n_names)),
        note=pairs.note,
        is_title=is_title,
        sentences=pairs.sentences,
        titles=Ragged(offsets(n_titled), np.flatnonzero(is_title).astype(np.int32)),
        full=pairs.full,
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
