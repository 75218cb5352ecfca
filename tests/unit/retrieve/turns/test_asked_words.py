"""A reason's words say which word of the question they stand for."""

import numpy as np

from graphmem.retrieve.turns.asked_words import asked_words
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.related import with_related
from graphmem.retrieve.words.similar import sought_words
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of


def test_words_that_are_like_and_words_that_mean_the_same_are_told_apart():
    index = updated(None, snapshot_of([Turn("The puppy ran, the anchor held and anchors held.")]))
    question = question_of("pet, ancor", index)
    there = np.ones(len(index.tokens.vocabulary.terms), bool)
    sought = sought_words(index, dict.fromkeys(question.stems, 1.0), there)
    asked = asked_words(index, question, with_related(index, sought, there))
    assert asked.quoted(asked.of_note(0)) == "“puppy” (for “pet”), “anchor” (like “ancor”)"
