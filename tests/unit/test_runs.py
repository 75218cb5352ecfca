"""Long sequences of texts: the items of what they are made of, whatever holds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.runs import MOST_RUNS, Coded, Ids, Packed, Picked, Runs

TEXTS = st.lists(st.text(max_size=3), max_size=12)


@given(TEXTS, TEXTS, st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 12))))
def test_runs_are_their_pieces_end_to_end(one, other, cuts):
    pieces = [(other if second else one, a, b) for second, a, b in cuts]
    pieces = [(block, min(a, len(block)), min(b, len(block))) for block, a, b in pieces]
    wanted = [text for block, a, b in pieces for text in block[a:b]]
    runs = Runs(pieces)
    assert list(runs) == wanted
    assert [runs[at] for at in range(len(runs))] == wanted
    again = Runs([(runs, 1, len(runs)), (runs, 0, 1)]) if wanted else runs
    assert again == tuple(wanted[1:] + wanted[:1])


def test_many_runs_are_copied_together():
    block = tuple(map(str, range(1_000)))
    runs = Runs((block, at, at + 1) for at in range(0, 1_000, 2))
    assert len(runs.pieces) <= MOST_RUNS
    assert runs == block[::2]


def test_a_lazy_sequence_is_read_as_a_tuple_is():
    runs = Runs([(("a", "b", "c"), 0, 3)])
    assert (runs[-1], runs[1:], runs[::-1], runs.index("b")) == (
        "c",
        ("b", "c"),
        ("c", "b", "a"),
        1,
    )
    with pytest.raises(IndexError):
        runs[3]
    assert runs != ("a", "b")
    assert repr(runs) == "('a', 'b', 'c')"


@given(st.lists(st.none() | st.text(max_size=3)), st.lists(st.none() | st.text(max_size=3)))
def test_codes_are_joined_without_what_nobody_uses(one, other):
    pieces = [(Coded.of(one), 0, len(one) // 2), (Coded.of(other), 0, len(other))]
    joined = Coded.joined(pieces)
    wanted = one[: len(one) // 2] + other
    assert joined == wanted
    fresh = Coded.of(wanted)
    assert (joined.distinct, joined.codes.tolist()) == (fresh.distinct, fresh.codes.tolist())


@given(st.lists(st.none() | st.text(max_size=1)), st.integers(0, 9), st.integers(0, 9))
def test_codes_of_what_is_left_out_between_two_runs_are_gone(one, at, gone):
    block = Coded.of(one)
    pieces = [(block, min(at + gone, len(one)), len(one)), (block, 0, min(at, len(one)))]
    for _ in range(2):
        joined, fresh = Coded.joined(pieces), Coded.of(one[at + gone :] + one[:at])
        assert (joined.distinct, joined.codes.tolist()) == (fresh.distinct, fresh.codes.tolist())


@given(st.lists(st.none() | st.text(max_size=3)))
def test_packed_texts_are_decoded_one_by_one(texts):
    coded = [None if text is None else text.encode() for text in texts]
    raw = np.frombuffer(b"".join(text for text in coded if text is not None), np.uint8)
    lengths = np.array([-1 if text is None else len(text) for text in coded], np.int8)
    assert Packed(raw, lengths) == texts


def test_packed_texts_that_do_not_fill_their_bytes_are_refused():
    with pytest.raises(ValueError, match="fill"):
        Packed(np.zeros(3, np.uint8), np.array([1, 1], np.int8))


def test_ids_and_picked_items_are_those_of_their_arrays():
    assert Ids(np.array([b"n1", b"n22"])) == ("n1", "n22")
    assert Picked(("a", "b"), np.array([1, 0, 1])) == ("b", "a", "b")
