"""Where the names of an inventory stand in the texts, and which of those places are the name."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.trie import occurrences
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Ragged, Rows
from graphmem.text import STOPWORDS, normalise, without_parenthesis

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """m places where a name stands."""

    name: Rows
    note: Rows
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


def occurrences_of(inventory: Names, index: WordIndex) -> Occurrences:
    """Return every place of every name, by note, sentence, place, longest name first."""
    tokens, n = index.tokens, len(index.tokens.note_ids)
    texts = tokens.title_words.joined(tokens.sentences)
    words = tokens.vocabulary.word_of[texts.values]
    name, at = occurrences(inventory.trie, Ragged(texts.indptr, words))
    row = np.searchsorted(texts.indptr, at, side="right") - 1
    in_title = row < n
    note, sentence = row.copy(), np.full(len(row), -1, np.int64)
    sentence[~in_title] = row[~in_title] - n
    note[~in_title] = index.notes_of(sentence[~in_title])
    found = Occurrences(
        name=name,
        note=note,
        sentence=sentence,
        place=at - texts.indptr[row],
        capital=tokens.vocabulary.is_capital[texts.values[at]],
        mostly_lower=(inventory.n_words[name] == 1) & inventory.is_lower[words[at]],
    )
    order = np.lexsort((-inventory.n_words[name], found.place, sentence, note))
    return found.at(order)


def generic_titles(found: Occurrences, inventory: Names, titles: Sequence[str | None]) -> Flags:
    """Return which of n notes write their title in lower case: a thing's word rather than a name.

    With no evidence `Politician` is, `Attention (film)` and `The Prestige (film)` are not.
    """
    own = (found.name == inventory.title_name[found.note]) & (found.sentence >= 0)
    lower = np.bincount(found.note[own & ~found.capital], minlength=len(titles))
    inside = own & found.capital & (found.place > 0)
    upper = np.bincount(found.note[inside], minlength=len(titles))
    needs_evidence = [_needs_evidence(title or "") for title in titles]
    return np.where(needs_evidence, lower > upper, lower >= upper)


def _needs_evidence(title: str) -> bool:
    """Return whether a parenthesis follows one word, or several that begin with a stop word."""
    words = normalise(without_parenthesis(title)).split(" ")
    is_phrase = len(words) > 1 and words[0] not in STOPWORDS
    return not is_phrase and without_parenthesis(title) != title


def counted(found: Occurrences, inventory: Names, is_generic: Flags) -> tuple[Occurrences, Flags]:
    """Return the places that count as the name, and which of them are in lower case.

    Lower case counts in titles, and for a title that is generic. A word that the texts mostly
    write in lower case is no name where a sentence starts.
    """
    in_title = found.sentence < 0
    generic = np.zeros(len(inventory.names), np.bool_)
    generic[inventory.title_name[is_generic & (inventory.title_name >= 0)]] = True
    generic &= inventory.may_be_lower
    named = found.capital & ~(found.mostly_lower & (found.place == 0) & ~in_title)
    name = found.name
    kept = named | np.where(in_title, inventory.is_title[name], generic[name])
    return found.at(kept), (~named & ~in_title)[kept]


def holders(found: Occurrences, inventory: Names) -> Rows:
    """Return (m,) the longer name that each place lies inside, -1 for none."""
    begins = np.concatenate((np.ones(1, np.bool_), np.diff(found.sentence) != 0))
    begins[1:] |= np.diff(found.note) != 0
    text = np.cumsum(begins[: len(found.name)]) - 1
    end = found.place + inventory.n_words[found.name]
    reach = text * (int(end.max(initial=0)) + 1) + end
    before = np.maximum.accumulate(np.concatenate((np.full(1, -1, np.int64), reach[:-1])))
    before = before[: len(reach)]
    farthest = np.maximum.accumulate(np.where(reach > before, np.arange(len(reach)), 0))
    holder = np.where(before >= reach, found.name[farthest], -1)
    return holder.astype(np.int64)
