"""A question's vectors: what is wanted, in one call, each text once."""

import numpy as np

from graphmem.retrieve.question.meaning import Meaning, meaning_of
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder


class Counting:
    """The rules' encoder, which gives no tokens and lists each call."""

    def __init__(self):
        self.calls = []
        self._encoder = RuleEncoder()

    def encode(self, texts):
        self.calls.append(list(texts))
        return self._encoder.encode(texts)


def test_what_no_search_reads_is_not_encoded():
    encoder = Counting()
    assert meaning_of(encoder, plain=None, voiced=None) == Meaning()
    assert encoder.calls == []


def test_two_texts_are_one_call_and_one_text_wanted_twice_is_one():
    encoder = Counting()
    found = meaning_of(encoder, plain="Where is Ana?", voiced="Where is I?")
    same = meaning_of(encoder, plain="Who?", voiced="Who?")
    assert encoder.calls == [["Where is Ana?", "Where is I?"], ["Who?"]]
    np.testing.assert_array_equal(found.plain, RuleEncoder().encode(["Where is Ana?"])[0])
    np.testing.assert_array_equal(found.voiced, RuleEncoder().encode(["Where is I?"])[0])
    assert same.plain is same.voiced
    assert found.tokens is None


def test_tokens_are_those_of_the_voiced_question_and_its_rows_are_those_of_encode():
    encoder = SpelledEncoder()
    found = meaning_of(encoder, plain="Where is Ana?", voiced="Where is I?")
    assert encoder.asked == ["Where is Ana?", "Where is I?"]
    (expected,) = encoder.encode_tokens(["Where is I?"])
    np.testing.assert_array_equal(found.tokens.rows, expected.rows)
    np.testing.assert_array_equal(found.plain, encoder.encode(["Where is Ana?"])[0])
    np.testing.assert_array_equal(found.voiced, expected.whole)


def test_an_encoder_s_tokens_are_left_alone_where_only_passages_are_asked():
    found = meaning_of(SpelledEncoder(), plain="Where is Ana?", voiced=None)
    assert found.tokens is None
    assert found.voiced is None
