"""One question against every passage: each channel lies in 0 to 1 and says what it is for."""

import numpy as np
import pytest

from graphmem.retrieve.passages.features import PARENTHESIS_DISCOUNT, read_sentences
from graphmem.retrieve.passages.weights import UNTRAINED_WORDS
from tests.unit.retrieve.passages.data import PLACES, asked

QUESTION = "Who is the mayor of Ostrava?"


def test_every_channel_lies_between_0_and_1_and_the_best_has_1():
    _, features = asked(QUESTION)
    for name, channel in features.channels.items():
        assert channel.min() >= 0, name
        assert channel.max() <= 1 + 1e-9, name
    assert features.channels["words"].max() == 1
    assert features.channels["words"].argmax() == PLACES["town"]


def test_the_title_that_is_asked_for_counts_by_how_rare_its_name_is():
    passages, features = asked(QUESTION)
    titles = features.channels["title_asked"]
    number = passages.links.inventory.names.index("ostrava")
    assert titles[PLACES["town"]] == passages.name_idf[number]
    assert np.count_nonzero(titles) == 1


def test_a_note_that_holds_every_name_of_the_question_has_them_all():
    _, features = asked(QUESTION)
    held = features.channels["names"]
    assert held[PLACES["town"]] == held[PLACES["singer"]] == 1
    assert held[PLACES["mayor"]] == 0


def test_a_title_with_a_parenthesis_counts_half_unless_it_is_meant():
    corpus = {
        "a": ("Ann Lee", "A singer."),
        "b": ("Ann Lee (judge)", "A judge."),
        "c": (None, "X."),
    }
    _, plain = asked("Who is Ann Lee?", corpus)
    _, judge = asked("Which judge is Ann Lee?", corpus)
    assert plain.channels["title_asked"][1] == pytest.approx(
        PARENTHESIS_DISCOUNT * plain.channels["title_asked"][0]
    )
    assert judge.channels["title_asked"][1] == judge.channels["title_asked"][0]


def test_first_is_the_untrained_sum_as_share_of_the_best():
    _, features = asked(QUESTION)
    parts = [w * features.channels[name] for name, w in UNTRAINED_WORDS.items()]
    total = np.sum(parts, axis=0)
    np.testing.assert_allclose(features.channels["first"], total / total.max())


def test_masks_say_which_terms_a_note_holds():
    _, features = asked(QUESTION)
    share = features.cover.weight(features.note_masks)
    assert share[PLACES["town"]] == pytest.approx(1)
    assert 0 < share[PLACES["singer"]] < 1
    assert share[PLACES["other"]] == 0


def test_without_vectors_there_is_no_sentence_left_to_read():
    passages, features = asked(QUESTION)
    before = {name: channel.copy() for name, channel in features.channels.items()}
    read_sentences(passages, features, np.arange(5))
    for name, channel in features.channels.items():
        np.testing.assert_array_equal(channel, before[name])
