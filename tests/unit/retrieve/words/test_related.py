"""Related words: the shipped table's promises, and what is searched for beside a word."""

from importlib.resources import files

import numpy as np
import pytest

from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.related import RELATED, related_terms, with_related
from graphmem.retrieve.words.similar import shares_of, sought_words
from graphmem.retrieve.words.terms import term_of
from scripts.related_words import APART, MOST
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TABLE = files("graphmem.retrieve.words").joinpath("tables", "related.txt").read_text("utf-8")
ROWS = [line.split() for line in TABLE.splitlines() if not line.startswith("#")]


def shares(asked, *texts, names=()):
    """Return the terms of the texts that are searched for where a word is asked, with shares."""
    index = updated(None, snapshot_of([Turn(text, f"s{i}") for i, text in enumerate(texts)]))
    terms = index.tokens.vocabulary.terms
    there = np.ones(len(terms), bool)
    found = sought_words(index, {term_of(asked): 1.0}, there)
    wide = with_related(index, found, there, names=names)
    return {terms[number]: share for number, share in shares_of(wide).items()}


def test_each_term_has_one_row_of_a_few_others_in_the_order_of_terms():
    assert [row[0] for row in ROWS] == sorted({row[0] for row in ROWS})
    assert all(0 < len(others) <= MOST and term not in others for term, *others in ROWS)


@pytest.mark.parametrize("line", APART.splitlines())
def test_words_that_exclude_each_other_stand_for_none_of_the_others(line):
    sides = [{term_of(word) for word in side.split()} for side in line.split("|")]
    for side in sides:
        others = set().union(*sides) - side
        assert not any(others & set(related_terms(term)) for term in side)


@pytest.mark.parametrize(
    ("asked", "told"), [("live", "moved"), ("job", "hired"), ("pet", "puppy"), ("afraid", "scared")]
)
def test_everyday_words_are_told_by_others(asked, told):
    assert term_of(told) in related_terms(term_of(asked))


def test_a_word_is_searched_for_with_what_is_related_and_stands_in_the_texts():
    found = shares("pet", "The puppy chewed a pet carrier.", "Nothing of the sort.")
    assert found[term_of("pet")] == 1
    assert found[term_of("puppy")] == RELATED
    assert term_of("kitten") not in found


def test_a_name_stands_for_nothing_else():
    assert shares("paris", "A trip through France.", names={term_of("paris")}) == {}
