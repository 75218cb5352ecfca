"""The weights of passages: whose vectors they are for, and which tables are refused."""

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.retrieve.passages.weights import (
    TABLES,
    TEXT_COLUMNS,
    Linear,
    passage_model,
    passage_table,
    read_passage_model,
    sigmoid,
)

WORDS, VECTORS = (passage_table(name) for name in TABLES)
VECTOR_COLUMNS = {"vector", "sentence_vector"}


def test_the_encoder_that_the_table_names_gets_its_fitted_weights():
    model = passage_model(VECTORS["encoder"], with_vectors=True)
    assert model.root.weights == VECTORS["root"]["weights"]
    assert model.data == tuple(VECTORS["data"])


def test_another_encoder_gets_no_weight_that_was_fitted_on_vectors():
    model = passage_model("mine@1", with_vectors=True)
    fitted = {name: w for name, w in model.root.weights.items() if name not in VECTOR_COLUMNS}
    assert fitted == WORDS["root"]["weights"]
    assert model.root.weights["vector"] != VECTORS["root"]["weights"]["vector"]
    assert model.edge.weights["gain"] == WORDS["edge"]["weights"]["gain"]
    assert model.edge.weights["target_vector"] != VECTORS["edge"]["weights"]["target_vector"]


@pytest.mark.parametrize("encoder", ["rules", "mine@1", VECTORS["encoder"]])
def test_without_vectors_every_encoder_gets_the_table_of_words(encoder):
    assert passage_model(encoder, with_vectors=False).edge.weights == WORDS["edge"]["weights"]


def test_a_weighted_sum_is_that_of_its_columns_and_the_intercept():
    linear = Linear({"a": 2.0, "b": -1.0}, 0.5)
    found = linear.logits({"a": np.array([1.0, 0]), "b": np.array([3.0, 1])}, 2)
    np.testing.assert_allclose(found, [-0.5, -0.5])


def test_the_cheap_and_the_expensive_part_of_an_edge_add_up_to_the_whole():
    model = passage_model("", with_vectors=False)
    cheap, expensive = model.edge_parts
    assert set(expensive.weights) <= TEXT_COLUMNS
    columns = {name: np.array([0.3]) for name in model.edge.weights}
    whole = model.edge.logits(columns, 1)
    np.testing.assert_allclose(cheap.logits(columns, 1) + expensive.logits(columns, 1), whole)


def test_a_table_of_another_format_is_refused_with_what_to_type():
    with pytest.raises(ConfigError, match=r"x\.json has format 99.*graphmem evaluate tune"):
        read_passage_model({**WORDS, "format": 99}, "x.json")


def test_the_sigmoid_is_a_probability_however_far_out():
    np.testing.assert_allclose(sigmoid(np.array([-800.0, 0, np.log(3), 800])), [0, 0.5, 0.75, 1])
