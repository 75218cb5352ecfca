"""How likely the best turns hold evidence: by the table that knows what was compared."""

import numpy as np

from graphmem.retrieve.calibration import Calibration
from graphmem.retrieve.turns.current import Statements
from graphmem.retrieve.turns.judged import JudgedTurns
from graphmem.retrieve.turns.score import TurnScores

PACKAGE = "graphmem.retrieve.turns"
WORDS = Calibration.shipped(PACKAGE, None)


def judged(columns, *, spoken_for):
    """Return two turns for which the same speaks in each column."""
    evidence = {name: np.array([0.8, 0.1]) for name in columns}
    scored = TurnScores(np.array([2.0, 1.0]), {}, {})
    said = np.array(spoken_for)
    return JudgedTurns([[0], [1]], evidence, said, scored, (), Statements(None), None)


def test_where_no_vectors_were_compared_the_table_of_words_says_how_likely():
    with_vectors = Calibration({**WORDS.weights, "cosine of nobody": 9.0}, WORDS.intercept)
    one = judged(WORDS.weights, spoken_for=[True, True])
    expected = WORDS.chances(one.evidence, one.spoken_for)
    assert one.chances(with_vectors).tolist() == expected.tolist()


def test_nothing_is_likely_where_nothing_speaks_for_any():
    assert judged(WORDS.weights, spoken_for=[False, False]).chances(WORDS).tolist() == [0, 0]
