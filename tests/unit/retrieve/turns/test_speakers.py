"""What the speakers of a question make likely, where a namesake or an old answer is meant."""

import numpy as np

from graphmem.retrieve.turns.bm25 import word_counts
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.score import words_asked
from graphmem.retrieve.turns.some import SomeTurns
from graphmem.retrieve.turns.speakers import answered_before, spoken_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("The soup is cold.", "s1", "Paris"),
    Turn("Warm it up.", "s1", "Ida"),
    Turn("Paris was full of tourists.", "s2", "Ida"),
    Turn("And of dogs.", "s2", "Otto"),
]


def read(question, **asked):
    snapshot = snapshot_of(TALK)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    question = question_of(question, words, speakers=snapshot.speakers, **asked)
    return index, question, words_asked(index, question, words)


def test_who_is_spoken_of_elsewhere_is_present_there_too():
    index, question, asked = read("How was Paris?")
    reference = index.reference(question.voice.speakers)
    assert reference.present[reference.cell].tolist() == [1, 1, 0, 0]
    found = spoken_of(question, asked, word_counts(index, asked), reference)
    present = reference.present[reference.cell]
    found["present"].put_over(present, np.arange(4))
    assert present.tolist() == [1, 1, 1, 0]


def test_where_nobody_speaks_of_them_elsewhere_nothing_changes():
    index, question, asked = read("What does Ida warm up?")
    reference = index.reference(question.voice.speakers)
    assert spoken_of(question, asked, word_counts(index, asked), reference) == {}


def test_who_asks_again_is_given_what_he_was_told_as_his_own():
    index, question, _ = read("What do I eat?", asker="Ida")
    reference = index.reference(question.voice.speakers)
    replied, barely = SomeTurns.of({2: 0.5, 3: 0.9}), SomeTurns.of({2: 0.5, 3: 0.4})
    by_first = reference.said_by_first[reference.cell]
    answered_before(question, replied)["speaker"].put_over(by_first, np.arange(4))
    assert by_first.tolist() == [0, 1, 1, 1]
    assert answered_before(question, barely) == {}
    _, named, _ = read("What does Ida eat?")
    assert answered_before(named, replied) == {}
