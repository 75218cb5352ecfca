"""Words that say nothing by themselves: those of a list, and signs without a letter or digit."""

import numpy as np

from graphmem.retrieve.fillers import Fillers

WORDS = ("4711", "and", "kettle", "🙂")


def test_a_filler_is_told_by_the_list_or_by_having_no_letter():
    fillers = Fillers.among(WORDS, frozenset({"and"}))
    assert fillers.of(np.array([0, 1, 2, 3, 1])).tolist() == [False, True, False, True, True]
    assert [fillers.has(number) for number in range(4)] == [False, True, False, True]


def test_a_word_is_looked_at_once_and_when_it_is_asked_for():
    fillers = Fillers.among(WORDS, frozenset({"and"}))
    fillers.learn([1, 2])
    assert [bool(known) for known in fillers.known] == [False, True, True, False]
