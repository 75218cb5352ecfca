"""Fitting: the logistic regression at its optimum, and the table it makes."""

import numpy as np
import pytest

from graphmem.evaluate.fit.passages import EDGE_WORDS, ROOT_WORDS, document_table, fit_logistic
from graphmem.retrieve.passages.weights import read_passage_model


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    matrix = random.normal(size=(400, 3)) * [1, 10, 0]
    labels = random.random(400) < 1 / (1 + np.exp(-(2 * matrix[:, 0] - 0.1 * matrix[:, 1] - 1)))
    return matrix, labels


def test_the_fit_recovers_what_made_the_labels(rows):
    matrix, labels = rows
    weights, intercept = fit_logistic(matrix, labels, np.ones(400), l2=1e-6)
    np.testing.assert_allclose(weights, [2, -0.1, 0], atol=0.4)
    assert intercept == pytest.approx(-1, abs=0.4)
    assert weights[2] == 0


def test_no_step_from_the_fit_lowers_the_loss(rows):
    matrix, labels = rows
    spread = matrix.std(axis=0)

    def loss(weights, intercept):
        margin = np.where(labels, 1, -1) * (matrix @ weights + intercept)
        return np.logaddexp(0, -margin).sum() + 5 * np.square(weights * spread).sum()

    weights, intercept = fit_logistic(matrix, labels, np.ones(400), l2=10.0)
    best = loss(weights, intercept)
    for step in np.random.default_rng(1).normal(size=(50, 4)) * 1e-2:
        assert loss(weights + step[:3], intercept + step[3]) >= best - 1e-6


def test_each_data_set_weighs_the_same_however_long():
    few = (np.array([[0.0], [1.0]] * 4), np.array([False, True] * 4))
    columns = dict.fromkeys((*ROOT_WORDS, *EDGE_WORDS), few[0][:, 0])
    many = {name: np.tile(column, 50) for name, column in columns.items()}
    short = [(columns, few[1]), (columns, ~few[1])]
    uneven = [(many, np.tile(few[1], 50)), (columns, ~few[1])]
    for sets in (short, uneven):
        table = document_table(sets, sets, encoder="", data=["none"])
        assert all(abs(weight) < 1e-3 for weight in table["root"]["weights"].values())


def test_the_table_is_read_back_as_a_model(rows):
    column, labels = rows[0][:, 0], rows[1]
    columns = dict.fromkeys((*ROOT_WORDS, *EDGE_WORDS), column)
    table = document_table([(columns, labels)], [(columns, labels)], encoder="", data=["abc"])
    model = read_passage_model(table, "a table")
    assert model.data == ("abc",)
    assert set(model.edge.weights) == set(EDGE_WORDS)
    logits = model.root.logits(columns, len(labels))
    assert np.corrcoef(logits, column)[0, 1] > 0.99


def test_a_weight_whose_column_is_missing_is_an_error(rows):
    column, labels = rows[0][:, 0], rows[1]
    columns = dict.fromkeys((*ROOT_WORDS, *EDGE_WORDS), column)
    table = document_table([(columns, labels)], [(columns, labels)], encoder="", data=["a"])
    cheap, expensive = read_passage_model(table, "a table").edge_parts
    assert {*cheap.weights, *expensive.weights} == set(EDGE_WORDS)
    for part in (cheap, expensive):
        with pytest.raises(KeyError):
            part.logits({"another": column}, len(labels))
