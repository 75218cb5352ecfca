"""The names by which an anchor leads on, and the sentence taken for each."""

import numpy as np

from graphmem.retrieve.passages.exits import exits_of
from tests.unit.retrieve.passages.data import PLACES, asked


def exits(question, note, **options):
    passages, features = asked(question, **options)
    found = exits_of(passages, features, PLACES.get(note, 0))
    names = [passages.links.inventory.names[n] for n in found.name]
    first = passages.words.tokens.sentence_indptr[PLACES.get(note, 0)]
    return names, found, (found.sentence - first).tolist()


def test_every_name_of_the_anchor_is_an_exit_once_ascending():
    names, found, _ = exits("Who is mayor?", "town")
    assert sorted(names) == names
    assert {"ostrava", "tomas beran"} <= set(names)
    assert (np.diff(found.name) > 0).all()


def test_the_sentence_of_a_name_is_the_one_likest_to_the_question():
    corpus = {"a": ("Bern", "Thun is near. Thun has a mayor. It rained."), "b": ("Thun", "A town.")}
    names, _, sentences = exits("Who is the mayor?", "a", corpus=corpus)
    assert sentences[names.index("thun")] == 1


def test_a_name_that_only_the_title_has_takes_the_best_sentence_of_all():
    corpus = {"a": ("Bern", "It rained. It has a mayor."), "b": ("Thun", "We saw Bern.")}
    names, _, sentences = exits("Who is the mayor?", "a", corpus=corpus)
    assert sentences[names.index("bern")] == 1


def test_a_name_of_one_note_leads_nowhere_but_to_its_title():
    corpus = {"a": ("Bern", "We saw Ilse Vantongeren."), "b": ("Thun", "We saw Bern.")}
    names, found, _ = exits("Who?", "a", corpus=corpus)
    narrow = dict(zip(names, found.narrow.tolist(), strict=True))
    assert narrow == {"bern": True, "ilse vantongeren": False}
