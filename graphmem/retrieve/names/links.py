"""Which names stand in which notes: every name the snapshot knows, looked up in every text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.names.halving import Sought
from graphmem.retrieve.names.inventory import Names, names_of
from graphmem.retrieve.names.occurrences import (
    Flags,
    Occurrences,
    counted,
    generic_names,
    generic_titles,
    holders,
    occurrences_of,
)
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Ragged, Rows, distinct

MAX_DF = 120
"""A name in more notes than this leads only to the note that it is the title of."""


@dataclass(frozen=True, slots=True)
class Links:
    """m occurrences of names in titles and sentences, by note, sentence, place, longest first."""

    inventory: Names
    name: NDArray[np.int32]
    note: NDArray[np.int32]
    sentence: NDArray[np.int32]
    """(m,) -1 in a title."""
    place: NDArray[np.int32]
    """(m,) of its first word in the title or the sentence, from 0."""
    holder: NDArray[np.int32]
    """(m,) the longer name around it there, -1 for none."""
    common: NDArray[np.bool_]
    """(m,) a title written in lower case, of one word or in more than MAX_DF notes: it links to
    the note so titled only (`politician`), and does not count in `df`."""
    is_generic: NDArray[np.bool_]
    """(n,) the note writes its title in lower case, so that is what a lower-case word leads to."""
    by_note: Rows
    """(n + 1,) where each note's occurrences begin."""
    df: NDArray[np.int64]
    """(k,) notes that hold each name."""
    held: NDArray[np.int64]
    """(k,) the same, where those of several words count in lower case too."""


@dataclass(frozen=True, slots=True)
class NameInQuestion:
    """A name that a question holds."""

    name: int
    place: int
    nested: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The places that count as a name, of some notes."""

    found: Occurrences
    lower: Flags
    """(m,) in lower case"""
    single: Flags
    """(m,) the name is one word."""
    holder: Rows

    @classmethod
    def of(cls, found: Occurrences, inventory: Names, generic: Flags) -> "Placed":
        """Choose among all places of names in some notes."""
        found, lower = counted(found, inventory.is_title, generic)
        holder = holders(found, inventory.n_words)
        kept = ~found.mostly_lower | (holder < 0)
        found = found.at(kept)
        return cls(found, lower[kept], inventory.n_words[found.name] == 1, holder[kept])

    def held(self, n_names: int) -> NDArray[np.int64]:
        """Return `Links.held` of these notes alone."""
        counted = ~(self.lower & self.single)
        return notes_of_names(self.found.name[counted], self.found.note[counted], n_names)

    def common(self, held: NDArray[np.int64]) -> Flags:
        """Return `Links.common`, given what all notes hold."""
        return self.lower & (self.single | (held > MAX_DF)[self.found.name])


def links_of(index: WordIndex, snapshot: GraphSnapshot, notes: Rows) -> Links:
    """Look every name up in every title and sentence of `index`, made of a snapshot's `notes`.

    One pass over word numbers (2 s for 50,000 passages with 88,000 names); what changes when a few
    notes come is looked up by `links_again`. The result depends on the set of records alone.
    """
    tokens, n = index.tokens, len(index.tokens.note_ids)
    inventory = names_of(snapshot, notes, tokens)
    found = occurrences_of(inventory, tokens, np.arange(n))
    is_generic = generic_titles(found, inventory.title_name, tokens.titles)
    placed = Placed.of(found, inventory, generic_names(inventory, is_generic))
    held = placed.held(len(inventory.names))
    common = placed.common(held)
    found = placed.found
    return Links(
        inventory=inventory,
        name=found.name.astype(np.int32),
        note=found.note.astype(np.int32),
        sentence=found.sentence.astype(np.int32),
        place=found.place.astype(np.int32),
        holder=placed.holder.astype(np.int32),
        common=common,
        is_generic=is_generic,
        by_note=np.searchsorted(found.note, np.arange(n + 1)),
        df=notes_of_names(found.name[~common], found.note[~common], len(inventory.names)),
        held=held,
    )


def notes_of_names(
    names: NDArray[np.integer], notes: NDArray[np.integer], n_names: int
) -> NDArray[np.int64]:
    """Return (k,) in how many notes each name stands, given its places."""
    n = int(notes.max(initial=0)) + 1
    pairs = distinct(names.astype(np.int64) * n + notes)
    return np.bincount(pairs // n, minlength=n_names)


def _nested(text: Rows, place: Rows, n_words: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which occurrences lie inside a longer one; sorted by text, place, longest first."""
    end = place + n_words
    reach = text * (int(end.max(initial=0)) + 1) + end
    before = np.maximum.accumulate(np.concatenate((np.full(1, -1, np.int64), reach[:-1])))
    return before[: len(reach)] >= reach


def names_in(
    links: Links,
    vocabulary: Sequence[str],
    words: NDArray[np.int32],
    capital: NDArray[np.bool_],
) -> tuple[NameInQuestion, ...]:
    """Return the names that a question holds, by place, longest first.

    `words` are (w,) its words as numbers of folded words in the vocabulary, -1 for an unknown one,
    `capital` (w,) whether each begins with a capital. People ask in lower case too:
    one word counts if it is capitalised or the texts write it so, several count if they are
    capitalised or a title.
    """
    inventory = links.inventory
    sought = Sought(inventory.names, inventory.spelled, vocabulary)
    name, place = sought.occurrences(Ragged(np.array([0, len(words)]), words))
    single = inventory.n_words[name] == 1
    mostly_lower = inventory.is_lower(words[place])
    kept = np.where(
        single, capital[place] | ~mostly_lower, capital[place] | inventory.is_title[name]
    )
    order = np.lexsort((-inventory.n_words[name[kept]], place[kept]))
    name, place = name[kept][order], place[kept][order]
    inside = _nested(np.zeros(len(name), np.int64), place, inventory.n_words[name])
    found = zip(name.tolist(), place.tolist(), inside.tolist(), strict=True)
    return tuple(NameInQuestion(*one) for one in found)
