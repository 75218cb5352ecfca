"""Every occurrence of many names in many texts at once: a trie over word numbers, in arrays."""

from dataclasses import dataclass

import numpy as np

from graphmem.retrieve.words.ragged import Ragged, Rows, first_of_runs

MAX_WORDS = 8
"""Longer names are not looked up."""


@dataclass(frozen=True, slots=True)
class Trie:
    """Names as word sequences. A state is a prefix; states of one length are numbered together."""

    n_words: int
    """Of the vocabulary."""
    keys: tuple[Rows, ...]
    """For each length: state of the shorter prefix × n_words + next word, ascending."""
    names: tuple[Rows, ...]
    """For each length: the name that ends at each state, -1 for none."""


def trie_of(names: Ragged, n_words: int) -> Trie:
    """Build from distinct names as rows of word numbers (-1: a word that no text holds)."""
    lengths = names.lengths
    usable = (lengths > 0) & (lengths <= MAX_WORDS)
    usable[names.rows[names.values < 0]] = False
    live = np.flatnonzero(usable)
    state = np.zeros(len(lengths), np.int64)
    keys: list[Rows] = []
    ends: list[Rows] = []
    for length in range(1, MAX_WORDS + 1):
        live = live[lengths[live] >= length]
        key = state[live] * n_words + names.values[names.indptr[live] + length - 1]
        distinct, state[live] = _numbered(key)
        end = np.full(len(distinct), -1, np.int64)
        done = live[lengths[live] == length]
        end[state[done]] = done
        keys.append(distinct)
        ends.append(end)
    return Trie(n_words, tuple(keys), tuple(ends))


def _numbered(keys: Rows) -> tuple[Rows, Rows]:
    """Return the distinct keys, ascending, and the place of each key among them.

    Sorted names have ascending keys, but for what a word holds that sorts before a blank.
    """
    if (keys[1:] < keys[:-1]).any():
        distinct, places = np.unique(keys, return_inverse=True)
        return distinct, places
    begins = first_of_runs(keys)
    return keys[begins], np.repeat(np.arange(len(begins)), np.diff(begins, append=len(keys)))


def occurrences(trie: Trie, texts: Ragged) -> tuple[Rows, Rows]:
    """Find every name in every row of word numbers, nested ones included.

    Returns (m,) the name and (m,) the place of its first word in `texts.values`, sorted by place,
    shorter names first.
    """
    ends = np.repeat(texts.indptr[1:], texts.lengths)
    at = np.arange(len(texts.values))
    state = np.zeros(len(at), np.int64)
    names: list[Rows] = [at[:0]]
    places: list[Rows] = [at[:0]]
    for length, (keys, end) in enumerate(zip(trie.keys, trie.names, strict=True)):
        word_at = at + length
        inside = np.flatnonzero(word_at < ends[at])
        at, state = at[inside], state[inside]
        words = texts.values[at + length].astype(np.int64)
        key = np.where(words < 0, -1, state * trie.n_words + words)
        if not len(keys) or not len(at):
            break
        found = np.searchsorted(keys, key)
        hit = np.flatnonzero(keys[np.minimum(found, len(keys) - 1)] == key)
        at, state = at[hit], found[hit]
        complete = end[state] >= 0
        names.append(end[state[complete]])
        places.append(at[complete])
    name, place = np.concatenate(names), np.concatenate(places)
    order = np.argsort(place, kind="stable")
    return name[order], place[order]
