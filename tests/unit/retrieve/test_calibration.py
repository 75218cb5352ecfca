"""From what speaks for a hit to a probability: monotone, 0 without a word for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.errors import ConfigError
from graphmem.retrieve.calibration import DEPTH, Calibration, falling

CHANCES = st.lists(st.floats(0, 1), max_size=3 * DEPTH)


@given(CHANCES)
def test_what_falls_already_stays_and_the_rest_never_rises(values):
    found = falling(np.array(values))
    assert len(found) == len(values)
    assert (np.diff(found) <= 1e-12).all()
    ordered = np.sort(np.array(values))[::-1]
    np.testing.assert_allclose(falling(ordered), ordered)


@given(CHANCES, st.integers(0, 3 * DEPTH))
def test_the_first_hits_have_the_same_chances_however_many_follow(values, more):
    whole = falling(np.array(values))
    first = falling(np.array(values[: max(DEPTH, len(values) - more)]))
    np.testing.assert_array_equal(first, whole[: len(first)])


def test_a_later_hit_that_is_likelier_shares_with_those_before_it():
    np.testing.assert_allclose(falling(np.array([0.9, 0.2, 0.6, 0.1])), [0.9, 0.4, 0.4, 0.1])


def test_where_nothing_speaks_for_any_hit_none_has_a_chance():
    model = Calibration({"own": 2.0}, 0.0)
    evidence = {"own": np.array([1.0, 1.0])}
    likely = 1 / (1 + np.exp(-2))
    np.testing.assert_allclose(model.chances(evidence, np.array([False, False])), [0, 0])
    np.testing.assert_allclose(model.chances(evidence, np.array([True, False])), [likely] * 2)


def test_no_hits_have_no_chances():
    assert len(Calibration({"own": 2.0}, 0.0).chances({}, np.zeros(0, np.bool_))) == 0


def test_a_table_of_another_format_is_named():
    with pytest.raises(ConfigError, match=r"chances.json has format 0"):
        Calibration.read({"format": 0}, "chances.json")


@pytest.mark.parametrize("room", ["turns", "passages"])
def test_an_encoder_that_no_table_names_gets_the_table_without_vectors(room):
    package = f"graphmem.retrieve.{room}"
    assert Calibration.shipped(package, "nobody's") == Calibration.shipped(package, None)
