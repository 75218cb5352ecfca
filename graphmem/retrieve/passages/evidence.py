"""What speaks for a passage, in units that mean the same in every corpus."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.calibration import DEPTH, Evidence
from graphmem.retrieve.passages.features import Features
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.walk import Walked
from graphmem.retrieve.question.question import Question

FIRST = 5
"""Passages that may answer a question together."""
_LEAST = 1e-6
"""Score of a place that the walk left empty."""


def passage_evidence(
    passages: Passages, question: Question, features: Features, walked: Walked
) -> tuple[Evidence, NDArray[np.bool_]]:
    """Return what speaks for each passage that the walk took, and whether anything does.

    What a passage itself holds of the question is in its score: beside it, more words of it would
    make it less likely, and a reason taken away would raise what is left. `ahead` is the evidence
    to be expected before it: a question wants few passages. How long the question is tells of the
    set that it was taken from, and not whether it is answered; so does how good the third is.
    """
    notes = np.array(walked.notes, np.int64)
    if not len(notes):
        return {}, np.zeros(0, np.bool_)
    scores = np.clip(np.array(walked.scores), _LEAST, 1 - _LEAST)
    logs = np.log(scores)
    masks = features.note_masks[notes]
    together = np.bitwise_or.reduce(masks[:FIRST], keepdims=True)
    terms = passages.words.terms(question.stems, question.term_numbers)

    def same(value: float) -> NDArray[np.float64]:
        return np.full(len(notes), value)

    columns = {
        "logit": logs - np.log1p(-scores),
        "share": np.log(scores / scores[:DEPTH].sum()),
        "ahead": np.cumsum(scores) - scores,
        "step": np.log(np.maximum([step.factor for step in walked.steps], _LEAST)),
        "root": np.array([step.anchor < 0 for step in walked.steps], np.float64),
        "best": same(logs[0]),
        "second": same(logs[1] if len(logs) > 1 else np.log(_LEAST)),
        "together": same(float(features.cover.weight(together)[0])),
        "known": same(float(terms.share[terms.numbers >= 0].sum())),
    }
    if features.vector is not None and passages.vectors is not None:
        cosines = passages.vectors.notes @ features.vector
        columns["best_cosine"] = same(float(cosines.max(initial=-1)))
    return columns, np.ones(len(notes), np.bool_)
