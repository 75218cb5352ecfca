"""Words of invented turns are spread as their names say."""

from collections import Counter

import numpy as np
import pytest

from bench.invented import Spread, invented_questions, invented_turns
from graphmem.retrieve.words.terms import term_of
from graphmem.text import STOPWORDS, words


def _shares(spread: Spread) -> list[list[float]]:
    """Return the shares of turns that say the words of each question, the greatest first."""
    texts = [turn.text for turn in invented_turns(2_000, spread=spread)]
    said = Counter(term for text in texts for term in _terms(text))
    questions = invented_questions(200, spread=spread)
    return [
        sorted((said[term] / len(texts) for term in _terms(question)), reverse=True)
        for question in questions
    ]


def _terms(text: str) -> set[str]:
    return {term_of(word) for word in words(text) if word not in STOPWORDS}


@pytest.mark.parametrize(
    ("spread", "total", "first", "second"),
    [("natural", 0.12, 0.07, 0.03), ("dense", 1.4, 0.8, 0.3)],
)
def test_words_of_a_question_are_as_common_as_the_spread_says(
    spread: Spread, total: float, first: float, second: float
) -> None:
    shares = _shares(spread)
    assert np.mean([sum(of) for of in shares]) == pytest.approx(total, rel=0.15)
    assert np.mean([of[0] for of in shares]) == pytest.approx(first, rel=0.15)
    assert np.mean([of[1] for of in shares]) == pytest.approx(second, rel=0.15)


@pytest.mark.parametrize("spread", ["natural", "dense"])
def test_a_turn_says_eleven_content_words(spread: Spread) -> None:
    said = [len(_terms(turn.text)) for turn in invented_turns(2_000, spread=spread)]
    assert np.mean(said) == pytest.approx(11.5, abs=0.6)
