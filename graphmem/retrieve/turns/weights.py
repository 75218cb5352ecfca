"""The weights of the turns' channels: the tables fitted on dialogues, the formulas for the rest."""

from collections.abc import Mapping
from typing import Any

from graphmem.retrieve.tables import shipped_table

Weights = Mapping[str, float]
"""Channel to weight; a channel that is not named weighs nothing."""

UNTRAINED_WORDS: Weights = {
    "words_wide": 1.0,
    "speaker": 1.0, "first_of_two": 0.5, "present": 2.0, "month": 1.0, "day": 1.0,
}  # fmt: skip
"""No encoder, nothing fitted."""
UNTRAINED_VECTORS: Weights = {
    "words_wide": 0.5, "vector_own": 0.3, "vector_wide": 0.5, "vector_sentence": 0.5,
    "speaker": 1.0, "first_of_two": 0.5, "present": 2.0, "month": 1.0, "day": 1.0,
}  # fmt: skip
"""An encoder that no table was fitted for."""
UNTRAINED_TOKENS: Weights = {
    "words_wide": 0.4, "vector_wide": 0.4, "late_near": 1.0,
    "speaker": 1.3, "first_of_two": 0.5, "present": 2.0, "month": 1.0, "day": 1.0,
}  # fmt: skip
"""The same with its tokens."""
LATIN_ALONE = frozenset({"minilm@all-MiniLM-L6-v2"})
"""Encoders that know no other script."""
TABLES = ("dialogue_words.json", "dialogue_vectors.json", "dialogue_tokens.json")


_LAST_LATIN = "\u024f"
"""The last letter of the Latin scripts of Europe and Vietnam, accents apart."""


def is_read_by(encoder: str, text: str) -> bool:
    """Return whether an encoder knows the script of a text, as far as that is known here.

    A model that was trained on English sees single letters in others, or nothing: its vectors say
    then which texts are of that script, and would outweigh the words.
    """
    letters = [letter for letter in text if letter.isalpha()]
    n_latin = sum(letter <= _LAST_LATIN for letter in letters)
    return encoder not in LATIN_ALONE or 2 * n_latin >= len(letters)


def turn_weights(encoder: str, *, with_vectors: bool, with_tokens: bool) -> Weights:
    """Return the weights for a store's encoder: fitted if a table names it, else untrained.

    The table without vectors serves every encoder that keeps none.
    """
    place = int(with_vectors) + int(with_vectors and with_tokens)
    table = turn_table(TABLES[place])
    if not with_vectors or table["encoder"] == encoder:
        weights: Weights = table["weights"]
        return weights
    return untrained(with_vectors=with_vectors, with_tokens=with_tokens)


def untrained(*, with_vectors: bool, with_tokens: bool) -> Weights:
    """Return the formula that no data fitted."""
    if not with_vectors:
        return UNTRAINED_WORDS
    return UNTRAINED_TOKENS if with_tokens else UNTRAINED_VECTORS


def turn_table(name: str) -> Mapping[str, Any]:
    """Return one of TABLES as it ships."""
    return shipped_table("graphmem.retrieve.turns", name)
