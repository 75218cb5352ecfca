"""The encoder that remembers."""

import numpy as np

from graphmem.contracts import TokenEncoder
from graphmem.providers.encoders.cached import CachedEncoder, cached
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder


class Counting(RuleEncoder):
    """The rule encoder, with a list of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return super().encode(texts)


def test_a_text_is_encoded_once_in_one_call_and_in_later_ones():
    inner = Counting()
    encoder = CachedEncoder(inner)
    rows = encoder.encode(["a", "b", "a"])
    again = encoder.encode(["c", "a"])
    assert inner.asked == ["a", "b", "c"]
    assert np.array_equal(rows, RuleEncoder().encode(["a", "b", "a"]))
    assert np.array_equal(again, RuleEncoder().encode(["c", "a"]))


def test_what_was_used_longest_ago_is_forgotten_first():
    inner = Counting()
    encoder = CachedEncoder(inner, capacity=2)
    encoder.encode(["a", "b"])
    encoder.encode(["a"])
    encoder.encode(["c"])
    inner.asked.clear()
    assert np.array_equal(encoder.encode(["a", "b", "c"]), RuleEncoder().encode(["a", "b", "c"]))
    assert inner.asked == ["b"]


def test_changing_a_returned_row_changes_nothing_that_is_remembered():
    encoder = CachedEncoder(RuleEncoder())
    encoder.encode(["a"])[:] = 0
    encoder.encode(["a"])[:] = 0
    assert np.array_equal(encoder.encode(["a"]), RuleEncoder().encode(["a"]))


def test_tokens_are_passed_through_and_their_texts_remembered():
    inner = SpelledEncoder()
    wrapped = cached(inner)
    (found,) = wrapped.encode_tokens(["I sail."])
    (row,) = wrapped.encode(["I sail."])
    assert inner.asked == ["I sail."]
    assert np.array_equal(row, found.whole)
    assert isinstance(wrapped, TokenEncoder)
    assert not isinstance(cached(RuleEncoder()), TokenEncoder)
