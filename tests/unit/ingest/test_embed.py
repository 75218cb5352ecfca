"""What is encoded of a note, how often, and what is kept of its tokens."""

import numpy as np
import pytest

from graphmem.batches import NoteRecord
from graphmem.ingest import embed
from graphmem.ingest.embed import signs_in_words, with_vectors
from graphmem.rules.embed import RuleEncoder
from graphmem.text import word_spans
from tests.said import said
from tests.spelled import SpelledEncoder

TEXTS = ("I sail. I rest!", "?!", "", "Boats are fine")


def records():
    turns = [NoteRecord(note=said(text)) for text in TEXTS]
    return [turns[0], NoteRecord(note=said("A city. A port.", title="Lisbon")), *turns[1:]]


def test_turns_get_the_signs_of_their_words_and_passages_none():
    done = with_vectors(records(), SpelledEncoder())
    assert done[1].tokens is None
    turns = [record for record in done if record.note.title is None]
    assert [record.tokens.shape for record in turns] == [(4, 2), (0, 2), (0, 2), (3, 2)]
    (tokens,) = SpelledEncoder().encode_tokens(["Boats are fine"])
    np.testing.assert_array_equal(np.unpackbits(turns[3].tokens, axis=1), tokens.rows > 0)


def test_vectors_are_the_same_with_and_without_tokens():
    plain = with_vectors(records(), SpelledEncoder(), token_signs=False)
    for with_tokens, without in zip(with_vectors(records(), SpelledEncoder()), plain, strict=True):
        np.testing.assert_array_equal(with_tokens.vectors, without.vectors)
        assert without.tokens is None


def test_each_text_goes_through_the_model_once():
    encoder = SpelledEncoder()
    with_vectors(records(), encoder)
    whole, parts = "Lisbon\nA city. A port.", ["Lisbon: A city.", "Lisbon: A port."]
    assert sorted(encoder.asked) == sorted([*TEXTS, "I sail.", "I rest!", whole, *parts])


@pytest.mark.parametrize("characters", [1, 20, 1_000])
def test_how_many_texts_are_in_memory_at_a_time_changes_nothing(monkeypatch, characters):
    expected = with_vectors(records(), SpelledEncoder())
    monkeypatch.setattr(embed, "CHARACTERS", characters)
    for one, other in zip(with_vectors(records(), SpelledEncoder()), expected, strict=True):
        np.testing.assert_array_equal(one.vectors, other.vectors)
        np.testing.assert_array_equal(one.tokens, other.tokens)


def test_an_encoder_that_tells_no_tokens_gives_vectors_alone():
    done = with_vectors(records(), RuleEncoder())
    assert all(record.tokens is None for record in done)
    assert [len(record.vectors) for record in done] == [3, 3, 1, 1, 1]


def test_no_encoder_takes_vectors_and_tokens_away():
    (done, *_) = with_vectors(with_vectors(records(), SpelledEncoder()), None)
    assert done.vectors is None
    assert done.tokens is None


def test_no_records_are_no_work():
    assert with_vectors([], SpelledEncoder()) == []


def test_marks_are_not_kept():
    text = "Yes, last May!"
    (tokens,) = SpelledEncoder().encode_tokens([text])
    assert len(tokens.rows) == 4
    assert len(signs_in_words(text, tokens)) == len(word_spans(text)) == 3
