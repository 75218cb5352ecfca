"""Fit how likely a hit holds evidence: questions with gold, and questions that nothing answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.evaluate.fit.passages import fit_logistic
from graphmem.retrieve import Engine
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.calibration import DEPTH, Calibration, Evidence
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.tables import FORMAT

L2 = 3.0
"""Pull of the standardised weights towards 0."""
DIGITS = 4
"""Of the weights in a table."""
NOTHING_ANSWERS = 0.3
"""How much a question that nothing answers weighs beside one that something does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedHits:
    """The hits of one question, what speaks for each, and whether it holds evidence."""

    of: str
    """The data set: each weighs `weight`."""
    fold: str
    """What is left out together."""
    kind: str
    """Empty for a question that is answered; else in which way it is not."""
    evidence: Evidence
    spoken_for: NDArray[np.bool_]
    is_gold: NDArray[np.bool_]
    weight: float = 1.0
    """0: nothing is fitted on it."""


def judged_turns(
    engine: Engine, text: str, gold: Collection[int], kept: Kept = None
) -> tuple[Evidence, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return evidence, what is spoken for, and what is gold of a question's best turns.

    `gold` are notes of the engine's snapshot; of a hit that was said several times any counts.
    """
    assert engine.turns is not None
    judged = engine.turns.judge(engine.reader.read(Asked(text=text)), DEPTH, kept)
    is_gold = [not set(gold).isdisjoint(group) for group in judged.groups]
    return judged.evidence, judged.spoken_for, np.array(is_gold, np.bool_)


def judged_passages(
    engine: Engine, text: str, gold: Collection[int], kept: Kept = None
) -> tuple[Evidence, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the same of a question's best passages."""
    assert engine.passages is not None
    judged = engine.passages.judge(engine.reader.read(Asked(text=text)), DEPTH, kept)
    notes = engine.passages.passages.notes[list(judged.walked.notes)]
    return judged.evidence, judged.spoken_for, np.isin(notes, sorted(gold))


def fit_chances(
    asked: Sequence[JudgedHits], *, encoder: str, data: Sequence[str]
) -> dict[str, Any]:
    """Return the table fitted on these questions; `data` are the hashes of their sets.

    Each data set weighs the same. `encoder` names what made the vectors; empty: there are none.
    Hits that nothing speaks for are left out: they get 0 whatever the table says.
    """
    asked = [one for one in asked if one.weight]
    names = sorted(next(one.evidence for one in asked if len(one.is_gold)))
    rows = [np.stack([one.evidence[name] for name in names], axis=1)[one.spoken_for]
            for one in asked if len(one.is_gold)]  # fmt: skip
    labels = [one.is_gold[one.spoken_for] for one in asked if len(one.is_gold)]
    sizes: dict[str, int] = {}
    for one in asked:
        sizes[one.of] = sizes.get(one.of, 0) + 1
    weights = [
        np.full(len(part), one.weight * (NOTHING_ANSWERS if one.kind else 1.0) / sizes[one.of])
        for one, part in zip((one for one in asked if len(one.is_gold)), labels, strict=True)
    ]
    scale = len(asked) / len(sizes)
    found, intercept = fit_logistic(
        np.concatenate(rows), np.concatenate(labels), scale * np.concatenate(weights), l2=L2
    )
    rounded = {name: round(float(w), DIGITS) for name, w in zip(names, found, strict=True)}
    return {
        "data": list(data),
        "encoder": encoder,
        "format": FORMAT,
        "intercept": round(intercept, DIGITS),
        "questions": len(asked),
        "weights": rounded,
    }


def held_out_chances(asked: Sequence[JudgedHits], *, encoder: str) -> list[NDArray[np.float64]]:
    """Return each question's (h,) chances by a table fitted without its fold."""
    of_fold: dict[str, Calibration] = {}
    for fold in dict.fromkeys(one.fold for one in asked):
        others = [one for one in asked if one.fold != fold]
        table = fit_chances(others, encoder=encoder, data=())
        of_fold[fold] = Calibration.read(table, "the table just fitted")
    return [of_fold[one.fold].chances(one.evidence, one.spoken_for) for one in asked]
