"""Fitting the weights of turns: a channel that separates gold gets weight, others keep theirs."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from graphmem.evaluate.fit.turns import Example, _loss, fit_weights

NAMES = ("says", "noise", "constant")


def examples(n=40):
    random = np.random.default_rng(1)
    made = []
    for _ in range(n):
        channels = np.column_stack([np.zeros(6), random.standard_normal(6), np.ones(6)])
        gold = int(random.integers(6))
        channels[gold, 0] = 1.0
        made.append(Example(channels, (gold,)))
    return made


def test_the_channel_that_marks_the_gold_outweighs_noise_and_a_constant_stays_where_it_was():
    found = fit_weights(examples(), NAMES, untrained={"constant": 2.0})
    assert found["says"] > 3
    assert abs(found["noise"]) < 0.5
    assert found["constant"] == 2.0


def test_without_questions_the_untrained_weights_stand():
    assert fit_weights([], NAMES, untrained={"says": 1.0}) == {"says": 1, "noise": 0, "constant": 0}


def test_the_slope_is_that_of_the_loss():
    made, start = examples(3), np.zeros(3)
    at = np.array([0.3, -0.2, 1.0])
    off = check_grad(lambda w: _loss(w, made, start)[0], lambda w: _loss(w, made, start)[1], at)
    assert off == pytest.approx(0, abs=1e-5)
