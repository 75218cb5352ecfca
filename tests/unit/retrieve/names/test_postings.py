"""The notes that each name leads to, and the sentences that hold it there."""

import numpy as np
import pytest

from graphmem.retrieve.names.links import links_of
from graphmem.retrieve.names.postings import name_postings
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages

CORPUS = {
    "a": ("Bern", "Bern lies on a river. It is old."),
    "b": (None, "It rained. We flew to Bern Airport and saw Bern."),
    "c": ("Bern Airport", "It is small."),
}


@pytest.fixture
def found():
    """The names and their postings."""
    snapshot = snapshot_of_passages(CORPUS)
    index = updated(None, snapshot)
    links = links_of(index, snapshot, np.arange(3))
    return links.inventory.names, name_postings(links, index)


def of_name(found, name):
    names, postings = found
    number = names.index(name)
    return range(*postings.by_name[number : number + 2].tolist())


def test_a_name_leads_to_every_note_that_holds_it_and_says_which_it_titles(found):
    postings = found[1]
    rows = of_name(found, "bern")
    assert [int(postings.note[row]) for row in rows] == [0, 1, 2]
    assert [bool(postings.is_title[row]) for row in rows] == [True, False, False]


def test_sentences_are_those_with_the_name_and_all_of_them_where_the_title_holds_it(found):
    postings = found[1]
    sentences = [postings.sentences.row(row).tolist() for row in of_name(found, "bern")]
    assert sentences == [[0, 1], [3], [4]]


def test_a_shorter_name_knows_the_longer_one_that_holds_it_in_a_note(found):
    names, postings = found
    longer = [int(postings.full[row]) for row in of_name(found, "bern")]
    assert [names[number] if number >= 0 else None for number in longer] == [
        None, "bern airport", "bern airport",
    ]  # fmt: skip


def test_a_wide_name_leads_only_to_the_note_that_it_titles(found):
    names, postings = found
    numbers = np.array([names.index("bern")])
    rows, out = postings.out_of(numbers, np.array([False]))
    assert [int(postings.note[row]) for row in rows] == [0]
    assert out.tolist() == [0]
    rows, _ = postings.out_of(numbers, np.array([True]))
    assert [int(postings.note[row]) for row in rows] == [0, 1, 2]
