"""Fit which newer turn takes the best one's place, and see what that does where it was not fitted.

    python -m bench.current_fit ../shared/data

`noted` is fitted on SituatedQA's facts, worded alike and with the newest reworded; `told` on BEAM's
updates, with LoCoMo and what BEAM's other questions find as no updates. Prints the tables of
`graphmem/retrieve/turns/replaced.py`, and how well each tells pairs apart where it was not fitted
(AUROC): with fifths of the facts, and chats, left out in turn. `stated` ships as an earlier fit on
the facts had it, and is not fitted again. No encoder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.beam import read_chats
from bench.changing import Fact, read_facts, statements
from bench.harness import parser, report
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.passages import fit_logistic
from graphmem.evaluate.measure.calibration import auroc
from graphmem.evaluate.systems.channels import source_engine
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.question.current import Asks
from graphmem.retrieve.turns.alike import first_hits
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.inquiry import Inquiry, slot_terms
from graphmem.retrieve.turns.newer import newer_turns
from graphmem.retrieve.turns.noted import SIGNS
from graphmem.retrieve.turns.replaced import FEATURES, Signs

L2 = 2.0
WEIGHTS = {"beam": 1.0, "facts": 0.03, "locomo": 0.3}
"""What a pair of each set weighs where `told` is fitted."""
FOLDS = 5
BESTS = 5
"""First hits that are taken for the best one, each in turn, so that there are pairs to learn of."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A turn found, and a newer one."""

    of: str
    fold: str
    wording: str
    signs: Signs
    is_update: bool


def main() -> None:
    """Read pairs, fit, print."""
    command = parser(__doc__)
    command.add_argument("data", type=Path)
    command.add_argument("--only", choices=("facts",))
    options = command.parse_args()
    facts = list(_facts(options.data))
    noted = [pair for pair in facts if SIGNS[0] in pair.signs]
    _report("noted", noted, {"facts": 1.0}, (*FEATURES, *SIGNS), left_out="facts")
    if options.only is None:
        beam, locomo = list(_beam(options.data)), list(_locomo(options.data))
        reworded = [pair for pair in facts if pair.wording == "new reworded"]
        _report("told", [*beam, *reworded, *locomo], WEIGHTS, FEATURES, left_out="beam")


def _report(
    name: str,
    pairs: Sequence[Pair],
    weights: dict[str, float],
    signs: Sequence[str],
    *,
    left_out: str,
) -> None:
    """Print the table fitted on all pairs, and its AUROC on the folds of a set left out in turn."""
    left: list[Pair] = []
    odds: list[float] = []
    for fold in sorted({pair.fold for pair in pairs if pair.of == left_out}):
        table = _fit([pair for pair in pairs if pair.fold != fold], weights, signs)
        own = [pair for pair in pairs if pair.fold == fold]
        left += own
        odds += _odds(own, table, signs).tolist()
    shipped = _fit(pairs, weights, signs).round(3).tolist()
    named = dict(zip((*signs, "intercept"), shipped, strict=True))
    report(table=name, pairs=len(pairs), **named, auroc=_auroc(left, np.array(odds)))


def _pairs(
    memory: Memory,
    asked: Sequence[tuple[str, frozenset[str], frozenset[str]]],
    of: str,
    fold: str,
    wording: str = "",
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
        scores, terms = engine.turns.scores(question).scores, slot_terms(question)
        held = Held.of(engine.words, terms)
        inquiry = Inquiry(
            engine.snapshot, engine.words, question, scores, question.asks_current, terms, held
        )
        found = first_hits(engine.snapshot, scores)
        for place in range(BESTS):
            for pair in newer_turns(inquiry, found, place):
                is_update = ids[pair.best] in old and ids[pair.note] in new
                yield Pair(of, fold, wording, pair.signs, is_update)


def _facts(data: Path) -> Iterator[Pair]:
    facts = read_facts(data / "situatedqa_train" / "versioned_facts.jsonl")
    for wording in ("plain", "new reworded"):
        memory = Memory.open("ram:", scope="bench")
        memory.ingest_turns(statements(facts, wording))
        for fold in range(FOLDS):
            some = [(fact, _ids(fact)) for fact in facts[fold::FOLDS]]
            asked = [(fact.question, ids, ids) for fact, ids in some]
            yield from _pairs(memory, asked, "facts", f"facts {fold}", wording)


def _ids(fact: Fact) -> frozenset[str]:
    return frozenset(f"{fact.id}-{number}" for number in range(len(fact.versions)))


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


def _fit(pairs: Sequence[Pair], weights: dict[str, float], signs: Sequence[str]) -> np.ndarray:
    """Return a weight for each sign as it is, and the intercept."""
    labels = np.array([pair.is_update for pair in pairs])
    counts = np.array([weights[pair.of] for pair in pairs])
    return np.append(*fit_logistic(_rows(pairs, signs), labels, counts, l2=L2))


def _odds(pairs: Sequence[Pair], table: np.ndarray, signs: Sequence[str]) -> np.ndarray:
    odds: np.ndarray = _rows(pairs, signs) @ table[:-1] + table[-1]
    return odds


def _rows(pairs: Sequence[Pair], signs: Sequence[str]) -> np.ndarray:
    return np.array([[pair.signs[sign] for sign in signs] for pair in pairs])


def _auroc(pairs: Sequence[Pair], odds: np.ndarray) -> float:
    labels = np.array([pair.is_update for pair in pairs])
    return round(auroc(odds[labels], odds[~labels]), 3)


if __name__ == "__main__":
    main()
