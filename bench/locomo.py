"""How many of the turns that hold the evidence are among the first 5 and 10, on LoCoMo dialogues.

    python -m bench.locomo ../shared/data/locomo5/locomo5.json
    python -m bench.locomo FILE --encoder minilm --vectors /tmp/vectors
    python -m bench.locomo FILE --encoder minilm --pool    # all conversations in one store
    python -m bench.locomo FILE --encoder minilm --ablate  # recall without each group of channels

Prints one JSON line a conversation, a category and one for all, in percent, of three sets of
weights: the untrained formula, the table that ships, and weights fitted on the other conversations
(not with --pool). Questions are those of categories 1 to 4 whose evidence can be read. What is
measured is what `graphmem ingest` and `graphmem search` do; GRAPHMEM_TOKEN_SIGNS=false measures
them without the signs of tokens. The tables that ship are written by `graphmem evaluate tune`.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.harness import parser, report
from graphmem.config import Settings
from graphmem.evaluate.data.datasets import Dataset, Pool
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.turn_training import (
    DEPTHS,
    TurnQuestions,
    held_out_scores,
    recalls,
    scores_with,
    training_questions,
)
from graphmem.evaluate.measure.bootstrap import interval, resample
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder

GROUPS = {
    "speakers": ("speaker", "first_of_two", "present"),
    "dates": ("month", "day"),
    "words over neighbours": ("words_wide", "words_rank"),
    "rank of words": ("words_rank",),
    "words of the session": ("words_session",),
    "what a turn is": ("asks", "asked_before", "opens", "names_inside", "self_told"),
    "when and how many": ("time_told", "number_told"),
    "where, who, why": ("place_told", "person_told", "reason_told"),
    "vector of the turn": ("vector_own",),
    "vectors over neighbours": ("vector_wide",),
    "vectors of sentences": ("vector_sentence",),
    "question's tokens by sentences": ("late_sentence",),
    "signs of tokens": ("late_near", "late_wide"),
    "all vectors and tokens": (
        "vector_own", "vector_wide", "vector_sentence", "late_sentence", "late_near", "late_wide",
    ),
}  # fmt: skip


def main() -> None:
    """Ask everything, fit, print."""
    command = parser(__doc__)
    command.add_argument("file", type=Path)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    command.add_argument("--pool", action="store_true")
    command.add_argument("--ablate", action="store_true")
    options = command.parse_args()
    dataset = load_locomo(options.file)
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    chosen = in_one_pool(dataset) if options.pool else dataset
    settings = Settings.here()
    training = training_questions(
        [chosen], encoder, token_signs=settings.token_signs, with_shipped=True
    )
    encoder.flush()
    if training is None:
        raise SystemExit(f"{options.file} has no question with readable evidence")
    if options.ablate:
        _ablate(training)
        return
    formula = [scores_with(training.untrained, one) for one in training.questions]
    _report("untrained", training, formula)
    _report(
        "shipped", training, [one.shipped for one in training.questions if one.shipped is not None]
    )
    if not options.pool:
        _report("others", training, held_out_scores(training))


def in_one_pool(dataset: Dataset) -> Dataset:
    """Return all conversations as one; ids and sessions get the conversation's number."""
    passages = [
        replace(p, id=f"{n}/{p.id}", session=f"session_{n + 1}{p.session[8:]:0>3}")
        for n, pool in enumerate(dataset.pools)
        for p in pool.passages
    ]
    questions = [
        replace(q, gold=tuple(f"{n}/{id_}" for id_ in q.gold))
        for n, pool in enumerate(dataset.pools)
        for q in pool.questions
    ]
    pool = Pool(name="all", passages=tuple(passages), questions=tuple(questions))
    return replace(dataset, pools=(pool,))


def _ablate(training: TurnQuestions) -> None:
    """Print recall without each group, one conversation left out, and its distance from all."""
    full = _unseen(training)
    for name, channels in {"nothing": (), **GROUPS}.items():
        kept = [
            replace(one, channels={k: v for k, v in one.channels.items() if k not in channels})
            for one in training.questions
        ]
        if len(kept[0].channels) == len(training.questions[0].channels) and channels:
            continue
        found = _unseen(replace(training, questions=tuple(kept)))
        lost = (found - full).T
        bounds = [interval(*pair) for pair in zip(lost, resample(lost), strict=True)]
        figures = {
            f"recall@{k}": [round(float(value), 1) for value in (mean, *(bound.low, bound.high))]
            for k, mean, bound in zip(DEPTHS, found.mean(axis=0), bounds, strict=True)
        }
        report(without=name, **figures)


def _unseen(training: TurnQuestions) -> np.ndarray:
    """Return (questions, depths) recall in percent, weights fitted on the other conversations."""
    return 100 * recalls(training, held_out_scores(training))


def _report(name: str, training: TurnQuestions, scores: Sequence[np.ndarray]) -> None:
    found = recalls(training, scores)
    for group in ("pool", "category"):
        keys = np.array([getattr(one, group) for one in training.questions])
        for key in sorted(set(keys.tolist())):
            _line(name, found[keys == key], **{group: key})
    _line(name, found, pool="all")


def _line(name: str, found: np.ndarray, **of: str) -> None:
    figures = {
        f"recall@{k}": round(100 * float(value), 1)
        for k, value in zip(DEPTHS, found.mean(axis=0), strict=True)
    }
    report(weights=name, **of, questions=len(found), **figures)


if __name__ == "__main__":
    main()
