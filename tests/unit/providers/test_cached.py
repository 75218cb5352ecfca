"""The encoder that remembers."""

import numpy as np

from graphmem.providers.cached import CachedEncoder
from graphmem.rules.embed import RuleEncoder


class Counting(RuleEncoder):
    """The rule encoder, with a list of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return super().encode(texts)


def test_a_text_is_encoded_once_in_one_call_and_in_later_ones():
    inner = Counting()
    cached = CachedEncoder(inner)
    rows = cached.encode(["a", "b", "a"])
    again = cached.encode(["c", "a"])
    assert inner.asked == ["a", "b", "c"]
    assert np.array_equal(rows, RuleEncoder().encode(["a", "b", "a"]))
    assert np.array_equal(again, RuleEncoder().encode(["c", "a"]))


def test_what_was_used_longest_ago_is_forgotten_first():
    inner = Counting()
    cached = CachedEncoder(inner, capacity=2)
    cached.encode(["a", "b"])
    cached.encode(["a"])
    cached.encode(["c"])
    inner.asked.clear()
    assert np.array_equal(cached.encode(["a", "b", "c"]), RuleEncoder().encode(["a", "b", "c"]))
    assert inner.asked == ["b"]


def test_changing_a_returned_row_changes_nothing_that_is_remembered():
    cached = CachedEncoder(RuleEncoder())
    cached.encode(["a"])[:] = 0
    cached.encode(["a"])[:] = 0
    assert np.array_equal(cached.encode(["a"]), RuleEncoder().encode(["a"]))
