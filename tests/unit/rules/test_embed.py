"""The rule encoder: the same bits everywhere, and likeness where a reader sees it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graphmem.rules.embed import DIM, RuleEncoder, bucket, trigrams

GOLDEN = Path(__file__).parents[2] / "golden" / "rule_vectors.json"


def _hexadecimal(text: str) -> dict[str, str]:
    """Each entry of a text's row that is not zero, as the bytes of its float32."""
    row = RuleEncoder().encode([text])[0]
    return {str(i): row[i].astype("<f4").tobytes().hex() for i in np.flatnonzero(row)}


def test_vectors_equal_the_golden_file_bit_for_bit():
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert {text: _hexadecimal(text) for text in golden} == golden


def test_vectors_do_not_depend_on_the_seed_of_hash():
    program = (
        "from graphmem.rules.embed import RuleEncoder\n"
        "from hashlib import sha256\n"
        "rows = RuleEncoder().encode(['Ana moved to Lisbon', 'Müller'])\n"
        "import sys; sys.stdout.write(sha256(rows.tobytes()).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("Lisbon", "Lisbn"), ("Lisbon", "London")),
        (("she teaches music", "the music teacher"), ("she teaches music", "she bakes bread")),
        (("Müller", "muller"), ("Müller", "Miller")),
        (("北京大学", "北京"), ("北京大学", "上海")),
    ],
)
def test_spelling_variants_are_closer_than_other_words(near, far):
    a, b, c, d = RuleEncoder().encode([*near, *far])
    assert a @ b > c @ d


def test_stop_words_count_only_where_there_is_no_other():
    with_them, without, alone, other = RuleEncoder().encode(
        ["the move of Ana", "move Ana", "who is it", "who was it"]
    )
    assert np.array_equal(with_them, without)
    assert 0 < alone @ other < 1


def test_a_repeated_word_counts_less_each_time():
    once, twice, eight, word = RuleEncoder().encode(
        ["Lisbon rain", "Lisbon Lisbon rain", "Lisbon " * 8 + "rain", "Lisbon"]
    )
    assert once @ word < twice @ word < eight @ word < 1
    assert twice @ word - once @ word > (eight @ word - twice @ word) / 6


def test_trigrams_mark_where_a_word_begins_and_ends():
    assert trigrams("cat") == ("#ca", "cat", "at#")
    assert trigrams("a") == ("#a#",)
    assert trigrams("") == ("##",)


def test_buckets_are_spread_over_all():
    buckets = [bucket(f"word {i}") for i in range(20 * DIM)]
    assert np.bincount(buckets, minlength=DIM).min() > 0
