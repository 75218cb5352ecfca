"""The inventory of names: titles without their parenthesis, mentions that can link."""

import numpy as np

from graphmem.retrieve.names.inventory import names_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages


def inventory(corpus):
    snapshot = snapshot_of_passages(corpus)
    tokens = updated(None, snapshot).tokens
    return names_of(snapshot, np.arange(len(snapshot.note_ids)), tokens)


def test_titles_and_mentions_are_names_in_normal_form_and_sorted():
    found = inventory({"a": ("Müller (judge)", "She met Ilse Vantongeren in Bern.")})
    assert list(found.names) == sorted(found.names)
    assert {"muller", "ilse vantongeren", "bern"} <= set(found.names)
    title = found.names[found.title_name[0]]
    assert title == "muller"
    assert found.is_title[found.title_name[0]]
    assert found.n_words[found.names.index("ilse vantongeren")] == 2


def test_a_note_without_a_title_has_no_title_name():
    assert inventory({"a": (None, "She met Ilse Vantongeren.")}).title_name.tolist() == [-1]


def test_a_title_that_is_only_a_parenthesis_is_kept_whole():
    found = inventory({"a": ("(Untitled)", "A painting.")})
    assert found.names[found.title_name[0]] == "untitled"


def test_a_short_title_is_not_sought_in_lower_case_but_two_words_are():
    found = inventory({"a": ("Oak", "A tree."), "b": ("Red Oak", "A tree.")})
    lower = dict(zip(found.names, found.may_be_lower.tolist(), strict=True))
    assert lower == {"oak": False, "red oak": True}


def test_a_word_is_lower_where_the_texts_mostly_write_it_so_inside_their_sentences():
    corpus = {"a": ("Oak", "Baker sold bread. A baker came. The baker left. One Baker.")}
    words = updated(None, snapshot_of_passages(corpus)).tokens.vocabulary.words
    places = np.array([words.index("baker"), words.index("oak"), -1], np.int32)
    assert inventory(corpus).is_lower(places).tolist() == [True, False, True]


def test_a_number_is_marked_as_one():
    found = inventory({"a": ("1984", "A novel.")})
    assert found.is_number[found.names.index("1984")]
