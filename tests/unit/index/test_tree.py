"""Records come back as they were, what is shared shared again, and nothing but records is made."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.index.tree import Packer, Unpacker


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


def there_and_back(value, types=(Pair,)):
    packer = Packer()
    tree = packer.pack(value)
    return Unpacker(packer.arrays, types).unpack(tree)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
TEXTS = st.lists(st.none() | st.text(st.characters()), max_size=9)


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.lists(inner).map(tuple)))
def test_plain_values_in_lists_and_tuples_come_back(value):
    assert there_and_back(value) == value


@given(TEXTS | TEXTS.map(tuple) | st.lists(st.sampled_from(["Ana", None, "", "\0", "\ud800"])))
def test_texts_come_back_with_what_is_missing_among_them(texts):
    assert there_and_back(texts) == texts


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_mappings_come_back_in_their_order(mapping):
    assert list(there_and_back(mapping).items()) == list(mapping.items())


def test_moments_and_records_come_back():
    moment = datetime(2026, 11, 29, 5, 6, 7, 89, tzinfo=UTC)
    assert there_and_back(Pair(moment, (Pair(1, None),))) == Pair(moment, (Pair(1, None),))


def test_what_is_shared_is_written_once_and_shared_again():
    array, texts = np.arange(4), ("a", "b")
    packer = Packer()
    tree = packer.pack(Pair(Pair(array, texts), Pair(array, texts)))
    assert len(packer.arrays) == 3
    made = Unpacker(packer.arrays, (Pair,)).unpack(tree)
    assert made.left.left is made.right.left is array
    assert made.left.right is made.right.right


def test_equal_values_that_are_not_shared_stay_apart():
    made = there_and_back([[1], [1]])
    assert made[0] is not made[1]


def test_a_record_of_a_type_that_was_not_named_is_not_made():
    packer = Packer()
    tree = packer.pack(Pair(1, 2))
    with pytest.raises(KeyError):
        Unpacker(packer.arrays, ()).unpack(tree)


def test_what_an_index_does_not_hold_cannot_be_packed():
    with pytest.raises(TypeError, match="set is nothing"):
        Packer().pack({1, 2})
