"""Where the names of an inventory stand in the texts, and which of those places are the name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import partial

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.halving import Sought
from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.trie import Trie, occurrences, trie_of
from graphmem.retrieve.words.ragged import Ragged, Rows, lengths_of, places
from graphmem.retrieve.words.tokens import Tokens
from graphmem.text import STOPWORDS, normalise, without_parenthesis

Flags = NDArray[np.bool_]

Find = Callable[[Ragged], tuple[Rows, Rows]]
"""From rows of words to the names in them and where these begin, see `trie.occurrences`."""

_FEW = 64
"""Notes that are looked through without a trie."""
_AT_ONCE = 4_096
"""Notes that are looked through at a time: to look words up takes ten times their room."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """m places where a name stands."""

    name: Rows
    note: Rows
    """(m,) its place among the notes that were looked through."""
    sentence: Rows
    """(m,) -1 in a title."""
    place: Rows
    """(m,) of its first word in the title or the sentence, from 0."""
    capital: Flags
    """(m,) its first word begins with a capital there."""
    mostly_lower: Flags
    """(m,) it is one word, which the texts mostly write in lower case."""

    def at(self, rows: Rows | Flags) -> "Occurrences":
        """Return some of them."""
        return Occurrences(*(getattr(self, field.name)[rows] for field in fields(self)))


def texts_of(tokens: Tokens, notes: Rows) -> tuple[Ragged, Rows, Rows]:
    """Return the words as written of the titles of some notes, and then of their sentences.

    Beside them the place of each row's note among them, and its sentence, -1 for a title.
    """
    n, indptr = len(notes), tokens.sentence_indptr
    sentences = places(indptr, notes)
    rows = tokens.title_words.take(notes).joined(tokens.sentences.take(sentences))
    of_note = np.concatenate((np.arange(n), np.repeat(np.arange(n), lengths_of(indptr, notes))))
    return rows, of_note, np.concatenate((np.full(n, -1, np.int64), sentences))


def occurrences_of(inventory: Names, tokens: Tokens, notes: Rows) -> Occurrences:
    """Return every place of every name in some notes, by note, sentence, place, longest first."""
    find = _finder(inventory, tokens, len(notes))
    parts = []
    for begin in range(0, max(len(notes), 1), _AT_ONCE):
        found = _occurrences_of(inventory, tokens, notes[begin : begin + _AT_ONCE], find)
        found.note[:] += begin
        parts.append(found)
    columns = ([getattr(part, field.name) for part in parts] for field in fields(Occurrences))
    return Occurrences(*map(np.concatenate, columns))


def _finder(inventory: Names, tokens: Tokens, n_notes: int) -> Find:
    """Return what finds names in rows of words: for many notes a trie is worth building."""
    if n_notes <= _FEW:
        return Sought(inventory.names, inventory.spelled, tokens.vocabulary.words).occurrences
    return partial(occurrences, trie_of(inventory.spelled, len(tokens.vocabulary.words)))


def _occurrences_of(inventory: Names, tokens: Tokens, notes: Rows, find: Find) -> Occurrences:
    texts, of_note, of_sentence = texts_of(tokens, notes)
    words = tokens.vocabulary.word_of[texts.values]
    name, at = find(Ragged(texts.indptr, words))
    row = np.searchsorted(texts.indptr, at, side="right") - 1
    note, sentence, place = of_note[row], of_sentence[row], at - texts.indptr[row]
    order = np.lexsort((-inventory.n_words[name], place, sentence, note))
    name, at = name[order], at[order]
    single = inventory.n_words[name] == 1
    return Occurrences(
        name=name,
        note=note[order],
        sentence=sentence[order],
        place=place[order],
        capital=tokens.vocabulary.is_capital[texts.values[at]],
        mostly_lower=single & inventory.is_lower(words[at]),
    )


def notes_with(trie: Trie, tokens: Tokens, notes: Rows) -> Rows:
    """Return those of some notes that hold a name of a trie, ascending."""
    texts, of_note, _ = texts_of(tokens, notes)
    words = tokens.vocabulary.word_of[texts.values]
    _, at = occurrences(trie, Ragged(texts.indptr, words))
    return notes[np.unique(of_note[np.searchsorted(texts.indptr, at, side="right") - 1])]


def generic_titles(
    found: Occurrences, title_name: NDArray[np.int32], titles: Iterable[str | None]
) -> Flags:
    """Return which of n notes write their title in lower case: a thing's word rather than a name.

    With no evidence `Politician` is, `Attention (film)` and `The Prestige (film)` are not.
    """
    own = (found.name == title_name[found.note]) & (found.sentence >= 0)
    lower = np.bincount(found.note[own & ~found.capital], minlength=len(title_name))
    inside = own & found.capital & (found.place > 0)
    upper = np.bincount(found.note[inside], minlength=len(title_name))
    needs_evidence = np.array([_needs_evidence(title or "") for title in titles], np.bool_)
    return np.where(needs_evidence, lower > upper, lower >= upper)


def _needs_evidence(title: str) -> bool:
    """Return whether a parenthesis follows one word, or several that begin with a stop word."""
    plain = without_parenthesis(title)
    if plain == title:
        return False
    words = normalise(plain).split(" ")
    return not (len(words) > 1 and words[0] not in STOPWORDS)


def generic_names(inventory: Names, is_generic: Flags) -> Flags:
    """Return (k,) which names are sought in lower case: some note so titled writes it so."""
    generic = np.zeros(len(inventory.names), np.bool_)
    generic[inventory.title_name[is_generic & (inventory.title_name >= 0)]] = True
    generic &= inventory.may_be_lower
    return generic


def counted(found: Occurrences, is_title: Flags, generic: Flags) -> tuple[Occurrences, Flags]:
    """Return the places that count as the name, and which of them are in lower case.

    Lower case counts in titles, and for a title that is generic. A word that the texts mostly
    write in lower case is no name where a sentence starts.
    """
    in_title = found.sentence < 0
    named = found.capital & ~(found.mostly_lower & (found.place == 0) & ~in_title)
    name = found.name
    kept = named | np.where(in_title, is_title[name], generic[name])
    return found.at(kept), (~named & ~in_title)[kept]


def holders(found: Occurrences, n_words: NDArray[np.int32]) -> Rows:
    """Return (m,) the longer name that each place lies inside, -1 for none."""
    begins = np.concatenate((np.ones(1, np.bool_), np.diff(found.sentence) != 0))
    begins[1:] |= np.diff(found.note) != 0
    text = np.cumsum(begins[: len(found.name)]) - 1
    end = found.place + n_words[found.name]
    reach = text * (int(end.max(initial=0)) + 1) + end
    before = np.maximum.accumulate(np.concatenate((np.full(1, -1, np.int64), reach[:-1])))
    before = before[: len(reach)]
    farthest = np.maximum.accumulate(np.where(reach > before, np.arange(len(reach)), 0))
    holder = np.where(before >= reach, found.name[farthest], -1)
    return holder.astype(np.int64)
