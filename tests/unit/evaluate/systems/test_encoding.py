"""The encoder that remembers: the same rows, each text once, from disk in a later run."""

import numpy as np
import pytest

from graphmem.errors import InputError
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder


class Counting(RuleEncoder):
    """Stands for a slow encoder, whose rows are kept; lists what it was asked."""

    keeps_vectors = True

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked.extend(texts)
        return super().encode(texts)


def test_rows_are_those_of_the_wrapped_encoder_and_each_text_is_encoded_once():
    inner = Counting()
    timed = TimedEncoder(inner)
    texts = ["one river", "two boats", "one river"]
    rows = timed.encode(texts)
    again = timed.encode(texts[:1])
    np.testing.assert_array_equal(rows, RuleEncoder().encode(texts))
    np.testing.assert_array_equal(again[0], rows[0])
    assert sorted(inner.asked) == ["one river", "two boats", "warm"]


def test_a_later_run_reads_rows_and_times_from_disk(tmp_path):
    first = TimedEncoder(Counting(), tmp_path)
    rows = first.encode(["one river", "two boats"])
    first.flush()
    first.flush()
    inner = Counting()
    later = TimedEncoder(inner, tmp_path)
    np.testing.assert_array_equal(later.encode(["one river", "two boats"]), rows)
    assert inner.asked == []
    assert later.model_seconds == pytest.approx(first.model_seconds)
    assert first.lookup_seconds > first.model_seconds > 0
    assert len(list(tmp_path.rglob("*.npz"))) == 1


def test_rows_of_an_encoder_that_keeps_none_are_timed_and_computed_each_time(tmp_path):
    timed = TimedEncoder(RuleEncoder(), tmp_path)
    timed.encode(["one river"])
    timed.flush()
    assert timed.model_seconds > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoder", [RuleEncoder(), Counting()], ids=["computed", "kept"])
def test_no_text_gives_no_row(encoder):
    assert TimedEncoder(encoder).encode([]).shape == (0, RuleEncoder.dim)


def test_a_broken_file_of_vectors_is_an_error_that_names_it(tmp_path):
    timed = TimedEncoder(Counting(), tmp_path)
    timed.encode(["one"])
    timed.flush()
    (shard,) = tmp_path.rglob("*.npz")
    shard.write_bytes(b"torn")
    with pytest.raises(InputError, match=r"0000\.npz is no file of vectors; delete it"):
        TimedEncoder(Counting(), tmp_path)
