"""The share of a question's words that sentences hold, against sums over all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.terms import term_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

WORDS = ("kettle", "harbour", "violin", "lemon", "granite")
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=12)


def of_lines(lines):
    turns = [Turn(". ".join(map(str.capitalize, line)) + ".", "s1") for line in lines]
    return updated(None, snapshot_of(turns))


def numbered(words, asked):
    return {term: words.numbers.get(term, -1) for term in map(term_of, asked)}


def by_hand(words, terms):
    """Return (s,) the share of every sentence."""
    known = {term: number for term, number in terms.items() if number >= 0}
    unknown = np.log1p((len(words.notes.lengths) + 0.5) / 0.5)
    idf = [float(words.idf[n]) if n >= 0 else unknown for n in terms.values()]
    shares = np.zeros(len(words.sentences.lengths))
    for number in known.values():
        shares[words.sentences.postings(number)[0]] += float(words.idf[number])
    return shares / (sum(idf) or 1.0)


@given(LINES, st.sets(st.sampled_from([*WORDS, "zeppelin"])), st.sampled_from([0.3, 0.9, 0.999]))
def test_the_sentences_that_hold_so_much_are_all_found(lines, asked, share):
    words = of_lines(lines)
    terms = numbered(words, sorted(asked))
    held, every = Held.of(words, terms), by_hand(words, terms)
    np.testing.assert_allclose(held.shares(np.arange(len(every))), every)
    assert held.at_least(share).tolist() == np.flatnonzero(every >= share).tolist()


def test_a_note_holds_what_its_best_sentence_holds():
    words = of_lines([["kettle", "kettle"], ["violin", "lemon"], ["granite"]])
    held = Held.of(words, numbered(words, ["kettle", "lemon"]))
    assert held.by_note([1, 0, 2]) == pytest.approx({1: 0.5, 0: 0.5, 2: 0})
    assert held.by_note([]) == {}


def test_of_no_terms_nothing_is_held():
    held = Held.of(of_lines([["kettle"]]), {})
    assert held.at_least(0.9).tolist() == []
    assert held.shares(np.arange(1)).tolist() == [0]
