"""Rarity for the rule encoder; a trained encoder stays as it is."""

import numpy as np

from graphmem.evaluate.systems.weighting import weighted
from graphmem.rules.embed import RuleEncoder

TEXTS = ["the red boat", "the red bridge", "the red house", "the red cat", "a heron"]


class Trained(RuleEncoder):
    """Stands for an encoder whose vectors do not count words."""

    keeps_vectors = True


def test_a_rare_word_counts_more_than_a_common_one():
    question = ["red heron"]
    plain = RuleEncoder()
    rarer = weighted(plain, TEXTS)
    common, rare = (encoder.encode(["red"]) for encoder in (plain, rarer))
    assert (rarer.encode(question) @ rarer.encode(["heron"]).T) > (
        plain.encode(question) @ plain.encode(["heron"]).T
    )
    assert (rarer.encode(question) @ rare.T) < (plain.encode(question) @ common.T)


def test_rows_have_length_1():
    rows = weighted(RuleEncoder(), TEXTS).encode(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=1e-6)


def test_a_trained_encoder_and_an_empty_pool_change_nothing():
    trained, plain = Trained(), RuleEncoder()
    assert weighted(trained, TEXTS) is trained
    assert weighted(plain, []) is plain
