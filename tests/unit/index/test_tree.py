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


def test_arrays_of_the_same_bytes_are_written_once_whoever_made_them():
    said_at = np.array([1.5, np.nan, -0.0])
    packer = Packer()
    tree = packer.pack([said_at, said_at.copy(), np.array([1.5, np.nan, 0.0])])
    assert len(packer.arrays) == 2  # minus nought is another number
    first, second, third = Unpacker(packer.arrays, ()).unpack(tree)
    assert first is second
    assert np.array_equal(first, third, equal_nan=True)
    assert np.signbit(first[2])
    assert not np.signbit(third[2])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.zeros(4, np.int32), np.zeros(4, np.float32)),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.zeros((0, 2)), np.zeros((0, 3))),
        (np.array([b"a", b"b"]), np.array([b"a", b"c"])),
    ],
)
def test_arrays_of_another_type_or_form_stay_apart(one, other):
    back = there_and_back([one, other])
    for was, now in zip((one, other), back, strict=True):
        assert (now.dtype, now.shape) == (was.dtype, was.shape)
        assert np.array_equal(now, was)


def test_a_part_of_a_table_is_told_from_the_table_it_lies_in():
    table = np.arange(12, dtype=np.int32).reshape(4, 3)
    column, copied = table[:, 1], table[:, 1].copy()
    packer = Packer()
    tree = packer.pack([table, column, copied])
    assert len(packer.arrays) == 2
    assert np.array_equal(Unpacker(packer.arrays, ()).unpack(tree)[2], copied)
