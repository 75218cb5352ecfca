"""Fit which newer turn takes the best one's place, and see what that does where it was not fitted.

    python -m bench.current_fit ../shared/data

`stated` is fitted on SituatedQA's facts, three of five of them, worded alike and with the newest
reworded; `told` on BEAM's updates, with LoCoMo and what BEAM's other questions find as no updates.
Prints the tables that ship (`graphmem/retrieve/turns/replaced.py`), and how well each tells pairs
apart (AUROC): facts that it was not fitted on, and chats left out in turn. No encoder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.beam import read_chats
from bench.changing import read_facts, statements
from bench.harness import parser, report
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.passages import fit_logistic
from graphmem.evaluate.measure.calibration import auroc
from graphmem.evaluate.systems.channels import source_engine
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.question.current import Asks
from graphmem.retrieve.turns.current import newer_turns
from graphmem.retrieve.turns.replaced import FEATURES

L2 = 2.0
WEIGHTS = {"beam": 1.0, "facts": 0.03, "locomo": 0.3}
"""What a pair of each set weighs where `told` is fitted."""
BESTS = 5
"""First hits that are taken for the best one, each in turn, so that there are pairs to learn of."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A turn found, and a newer one."""

    of: str
    fold: str
    features: tuple[float, ...]
    is_update: bool


def main() -> None:
    """Read pairs, fit, print."""
    command = parser(__doc__)
    command.add_argument("data", type=Path)
    data = command.parse_args().data
    facts, beam, locomo = list(_facts(data)), list(_beam(data)), list(_locomo(data))
    seen = [pair for pair in facts if pair.fold != "kept back"]
    unseen = [pair for pair in facts if pair.fold == "kept back"]
    stated = _fit(seen, {"facts": 1.0})
    report(
        table="stated",
        pairs=len(seen),
        **_named(stated),
        auroc=_auroc(unseen, _odds(unseen, stated)),
    )
    every = [*beam, *[pair for pair in seen if "reworded" in pair.fold], *locomo]
    told = _fit(every, WEIGHTS)
    left: list[Pair] = []
    chances: list[float] = []
    for fold in sorted({pair.fold for pair in beam}):
        table = _fit([pair for pair in every if pair.fold != fold], WEIGHTS)
        own = [pair for pair in beam if pair.fold == fold]
        left += own
        chances += _odds(own, table).tolist()
    figure = _auroc(left, np.array(chances))
    report(table="told", pairs=len(every), **_named(told), auroc=figure)


def _pairs(
    memory: Memory, asked: Sequence[tuple[str, frozenset[str], frozenset[str]]], of: str, fold: str
) -> Iterator[Pair]:
    """Yield the pairs of the first hits; asked are questions, ids of old and of new statements."""
    source = source_engine(memory)
    ids = {note: id_ for id_, note in zip(source.ids, source.order.tolist(), strict=True)}
    engine = source.engine
    assert engine.turns is not None
    for text, old, new in asked:
        question = engine.reader.read(Asked(text=text))
        if question.asks_current not in (Asks.PLAINLY, Asks.EXPRESSLY):
            continue
        scores = engine.turns.scores(question).scores
        for best in range(BESTS):
            for note, newer, found in newer_turns(
                engine.snapshot, engine.words, question, scores, best
            ):
                yield Pair(of, fold, found, ids[note] in old and ids[newer] in new)


def _facts(data: Path) -> Iterator[Pair]:
    facts = read_facts(data / "situatedqa_train" / "versioned_facts.jsonl")
    for wording in ("plain", "new reworded"):
        memory = Memory.open("ram:", scope="bench")
        memory.ingest_turns(statements(facts, wording))
        for number, fact in enumerate(facts):
            ids = frozenset(f"{fact.id}-{n}" for n in range(len(fact.versions)))
            fold = "kept back" if number % 5 >= 3 else wording
            if number % 5 >= 3 or wording == "new reworded" or number % 5 == 0:
                yield from _pairs(memory, [(fact.question, ids, ids)], "facts", fold)


def _beam(data: Path) -> Iterator[Pair]:
    for chat in read_chats(data / "beam100k", roles=("user",)):
        memory = Memory.open("ram:", scope="bench")
        memory.ingest_turns(chat.turns)
        asked = [(q.text, frozenset(q.old), frozenset(q.new)) for q in chat.questions]
        yield from _pairs(memory, asked, "beam", chat.name)


def _locomo(data: Path) -> Iterator[Pair]:
    for pool in load_locomo(data / "locomo5" / "locomo5.json").pools:
        memory = Memory.open("ram:", scope="bench")
        with TemporaryDirectory() as folder:
            memory.ingest(write_source(pool.passages, Path(folder)))
        none = frozenset[str]()
        asked = [(q.text, none, none) for q in pool.questions if q.is_scored]
        yield from _pairs(memory, asked, "locomo", pool.name)


def _fit(pairs: Sequence[Pair], weights: dict[str, float]) -> np.ndarray:
    """Return a weight for each feature as it is, and the intercept."""
    rows = np.array([pair.features for pair in pairs])
    labels = np.array([pair.is_update for pair in pairs])
    counts = np.array([weights[pair.of] for pair in pairs])
    return np.append(*fit_logistic(rows, labels, counts, l2=L2))


def _odds(pairs: Sequence[Pair], table: np.ndarray) -> np.ndarray:
    odds: np.ndarray = np.array([pair.features for pair in pairs]) @ table[:-1] + table[-1]
    return odds


def _auroc(pairs: Sequence[Pair], odds: np.ndarray) -> float:
    labels = np.array([pair.is_update for pair in pairs])
    return round(auroc(odds[labels], odds[~labels]), 3)


def _named(table: np.ndarray) -> dict[str, float]:
    return dict(zip((*FEATURES, "intercept"), np.round(table, 3).tolist(), strict=True))


if __name__ == "__main__":
    main()
