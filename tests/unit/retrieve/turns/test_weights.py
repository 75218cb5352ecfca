"""The weights of turns: whose vectors they are for."""

import pytest

from graphmem.retrieve.turns.weights import (
    TABLES,
    UNTRAINED_TOKENS,
    UNTRAINED_VECTORS,
    UNTRAINED_WORDS,
    is_read_by,
    turn_table,
    turn_weights,
    untrained,
)


@pytest.mark.parametrize(("table", "tokens"), [(TABLES[1], False), (TABLES[2], True)])
def test_the_encoder_that_a_table_names_gets_its_fitted_weights(table, tokens):
    fitted = turn_table(table)
    found = turn_weights(fitted["encoder"], with_vectors=True, with_tokens=tokens)
    assert found == fitted["weights"]


@pytest.mark.parametrize(
    ("tokens", "formula"), [(False, UNTRAINED_VECTORS), (True, UNTRAINED_TOKENS)]
)
def test_another_encoder_gets_the_formula_that_nothing_fitted(tokens, formula):
    assert turn_weights("mine@1", with_vectors=True, with_tokens=tokens) is formula


def test_without_vectors_every_encoder_gets_the_table_of_words():
    assert turn_weights("mine@1", with_vectors=False, with_tokens=False) == turn_weights(
        "rules", with_vectors=False, with_tokens=False
    )


def test_the_formula_without_vectors_is_that_of_words():
    assert untrained(with_vectors=False, with_tokens=False) is UNTRAINED_WORDS


@pytest.mark.parametrize("name", TABLES)
def test_a_table_names_the_data_that_it_was_fitted_on(name):
    assert turn_table(name)["data"]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("Where is the harbour?", True),
        ("Où est la forêt ?", True),
        ("???", True),
        ("我的狗叫什么名字？", False),
        ("قطتي", False),
        ("Как зовут собаку Maria?", False),
    ],
)
def test_a_model_of_english_reads_latin_letters_and_others_read_all(text: str, is_read: bool):
    assert is_read_by("minilm@all-MiniLM-L6-v2", text) is is_read
    assert is_read_by("another@1", text)
