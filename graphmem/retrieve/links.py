"""Which names stand in which notes: every name the snapshot knows, looked up in every text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.names import Names, names_of
from graphmem.retrieve.tokens import Ragged, Rows, Tokens, distinct
from graphmem.retrieve.trie import occurrences
from graphmem.retrieve.words import WordIndex
from graphmem.text import normalise, surfaces

MAX_DF = 60
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
    common: NDArray[np.bool_]
    """(m,) a title written in lower case, of one word or in more than MAX_DF notes: it links to
    the note so titled only (`politician`), and does not count in `df`."""
    by_note: Rows
    """(n + 1,) where each note's occurrences begin."""
    df: NDArray[np.int64]
    """(k,) notes that hold each name."""


@dataclass(frozen=True, slots=True)
class NameInQuestion:
    """A name that a question holds."""

    name: int
    place: int
    nested: bool


def links_of(index: WordIndex, snapshot: GraphSnapshot, notes: Rows) -> Links:
    """Look every name up in every title and sentence of `index`, made of a snapshot's `notes`.

    One pass over word numbers (2 s for 50,000 passages with 88,000 names), so a snapshot that grew
    is looked up again as a whole: the result depends on the set of records alone.
    """
    inventory = names_of(snapshot, notes, index.tokens)
    name, row, place, lower = _lookup(inventory, index.tokens)
    n = len(index.tokens.note_ids)
    in_title = row < n
    note, sentence = row.copy(), np.full(len(row), -1, np.int64)
    sentence[~in_title] = row[~in_title] - n
    note[~in_title] = index.sentence_note[sentence[~in_title]]
    single = inventory.n_words == 1
    wide = _document_frequency(inventory, name, note, ~(lower & single[name])) > MAX_DF
    common = lower & (single | wide)[name]
    order = np.lexsort((-inventory.n_words[name], place, sentence, note))
    return Links(
        inventory=inventory,
        name=name[order].astype(np.int32),
        note=note[order].astype(np.int32),
        sentence=sentence[order].astype(np.int32),
        place=place[order].astype(np.int32),
        common=common[order],
        by_note=np.searchsorted(note[order], np.arange(n + 1)),
        df=_document_frequency(inventory, name, note, ~common),
    )


def _document_frequency(
    inventory: Names, name: Rows, note: Rows, counted: NDArray[np.bool_]
) -> NDArray[np.int64]:
    n = int(note.max(initial=0)) + 1
    pairs = distinct(name[counted] * n + note[counted])
    return np.bincount(pairs // n, minlength=len(inventory.names))


def _lookup(inventory: Names, tokens: Tokens) -> tuple[Rows, Rows, Rows, NDArray[np.bool_]]:
    """Return name, row (titles, then sentences), place and lower case of what counts."""
    vocabulary = tokens.vocabulary
    texts = tokens.title_words.joined(tokens.sentences)
    words = vocabulary.word_of[texts.values]
    name, at = occurrences(inventory.trie, Ragged(texts.indptr, words))
    row = np.searchsorted(texts.indptr, at, side="right") - 1
    place = at - texts.indptr[row]
    in_title = row < len(tokens.note_ids)
    single = inventory.n_words[name] == 1
    starts = single & (place == 0) & ~in_title & inventory.is_lower[words[at]]
    named = vocabulary.is_capital[texts.values[at]] & ~starts
    kept = named | np.where(single & ~in_title, inventory.is_common[name], inventory.is_title[name])
    lower = ~named & ~in_title
    return name[kept], row[kept], place[kept], lower[kept]


def _nested(text: Rows, place: Rows, n_words: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which occurrences lie inside a longer one; sorted by text, place, longest first."""
    end = place + n_words
    reach = text * (int(end.max(initial=0)) + 1) + end
    before = np.maximum.accumulate(np.concatenate((np.full(1, -1, np.int64), reach[:-1])))
    return before[: len(reach)] >= reach


def names_in(links: Links, index: WordIndex, question: str) -> tuple[NameInQuestion, ...]:
    """Return the names that a question holds, by place, longest first.

    People ask in lower case too: one word counts if it is capitalised or the texts write it so,
    several count if they are capitalised or a title.
    """
    inventory = links.inventory
    forms = surfaces(question)
    numbers = index.word_numbers
    words = np.array([numbers.get(normalise(form), -1) for form in forms], np.int32)
    name, place = occurrences(inventory.trie, Ragged(np.array([0, len(words)]), words))
    capital = np.array([form[0] == form[0].upper() for form in forms], np.bool_)
    single = inventory.n_words[name] == 1
    plain = np.append(inventory.is_lower, True)[words[place]]
    kept = np.where(single, capital[place] | ~plain, capital[place] | inventory.is_title[name])
    order = np.lexsort((-inventory.n_words[name[kept]], place[kept]))
    name, place = name[kept][order], place[kept][order]
    inside = _nested(np.zeros(len(name), np.int64), place, inventory.n_words[name])
    found = zip(name.tolist(), place.tolist(), inside.tolist(), strict=True)
    return tuple(NameInQuestion(*one) for one in found)
