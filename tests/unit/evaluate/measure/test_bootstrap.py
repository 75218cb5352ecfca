"""Bootstrap intervals: seeded, paired, as wide as the normal approximation says."""

import numpy as np
import pytest

from graphmem.evaluate.measure.bootstrap import interval, paired, resample


def test_the_same_seed_gives_the_same_interval():
    ours, theirs = np.arange(40.0), np.arange(40.0)[::-1]
    assert paired(ours, theirs, seed=3) == paired(ours, theirs, seed=3)
    assert paired(ours, theirs, seed=3) != paired(ours, theirs, seed=4)


def test_the_width_is_that_of_a_mean():
    values = np.random.default_rng(0).normal(50, 10, size=400)
    found = interval(values, resample(values[None])[0])
    assert found.mean == values.mean()
    expected = 1.96 * values.std() / 20
    assert found.high - found.mean == pytest.approx(expected, rel=0.05)
    assert found.mean - found.low == pytest.approx(expected, rel=0.05)


def test_a_constant_lead_over_noisy_questions_has_no_width():
    theirs = np.random.default_rng(0).normal(50, 30, size=100)
    found = paired(theirs + 5, theirs)
    assert (found.low, found.high) == (pytest.approx(5), pytest.approx(5))
