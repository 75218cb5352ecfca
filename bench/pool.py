"""What search loses when everything lies in one store: sets of documents, and dialogues too.

    python -m bench.pool DIR DIR DIR
    python -m bench.pool DIR DIR DIR --dialogue locomo5.json --encoder minilm --vectors /tmp/vectors
    python -m bench.pool DIR DIR DIR --unseen     # weights fitted on the other sets

Prints one JSON line a set: recall at 5 and 10, in percent, of its questions asked of a store with
that set alone (`apart`), with all sets (`pooled`), and with all sets and dialogues (`mixed`).
Dialogues are asked conversation by conversation, all together, and mixed. Shipped weights were
fitted on the development sets; `--unseen` leaves the set that is asked out, and asks no dialogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.harness import parser, report
from bench.locomo import in_one_pool
from graphmem.evaluate.data.datasets import Passage, Pool, Question
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.fit.passage_training import (
    TrainingSet,
    fit_document_table,
    recall_with,
    training_set,
)
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.evaluate.systems.source_files import write_source
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor

DEPTHS = (5, 10)


def main() -> None:
    """Fill the stores, ask, print."""
    command = parser(__doc__)
    command.add_argument("folders", type=Path, nargs="+")
    command.add_argument("--dialogue", type=Path)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    command.add_argument("--unseen", action="store_true")
    options = command.parse_args()
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    sets = [_set(folder) for folder in options.folders]
    lines = _unseen(sets, encoder) if options.unseen else _shipped(sets, options.dialogue, encoder)
    for line in lines:
        report(**line)
    encoder.flush()


def _set(folder: Path) -> Pool:
    """Return a set whose ids no other set has; a passage of two sets is gold under either id."""
    (pool,) = load_retrieval(folder).pools
    return Pool(
        name=folder.name,
        passages=tuple(replace(p, id=f"{folder.name}/{p.id}") for p in pool.passages),
        questions=tuple(
            replace(q, gold=tuple(f"{folder.name}/{id_}" for id_ in q.gold)) for q in pool.questions
        ),
    )


def _shipped(
    sets: Sequence[Pool], dialogue: Path | None, encoder: TimedEncoder
) -> Iterator[dict[str, object]]:
    talks = load_locomo(dialogue) if dialogue else None
    together = in_one_pool(talks).pools if talks else ()
    found: dict[str, dict[str, dict[str, float]]] = {}
    stores = {
        "apart": [[one] for one in sets],
        "pooled": [list(sets)],
        "mixed": [[*sets, *together]] if talks else [],
    }
    for kind, groups in stores.items():
        for group in groups:
            with ExitStack() as stack:
                memory = _filled(group, encoder, stack)
                for one in group:
                    found.setdefault(one.name, {})[kind] = _recalls(_asked(memory, one))
    for one in sets:
        yield {"set": one.name, "encoder": encoder.name, **found[one.name]}
    if talks and dialogue:
        apart = [hit for talk in talks.pools for hit in _asked_alone(talk, encoder)]
        (all_,) = together
        pooled = _asked_alone(all_, encoder)
        figures = {"apart": _recalls(apart), "pooled": _recalls(pooled), **found[all_.name]}
        yield {"set": dialogue.stem, "encoder": encoder.name, **figures}


def _asked_alone(one: Pool, encoder: TimedEncoder) -> list[tuple[list[str], tuple[str, ...]]]:
    with ExitStack() as stack:
        return list(_asked(_filled([one], encoder, stack), one))


def _filled(pools: Iterable[Pool], encoder: TimedEncoder, stack: ExitStack) -> Memory:
    """Ingest pools as a user would, a file each, into one store."""
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
    memory = open_memory(
        folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=True
    )
    for pool in pools:
        (folder / pool.name).mkdir()
        memory.ingest(write_source(pool.passages, folder / pool.name))
    return memory


def _asked(memory: Memory, one: Pool) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    known = {passage.id for passage in one.passages}
    for question in one.questions:
        gold = tuple(id_ for id_ in question.gold if id_ in known)
        if question.unanswerable or not gold:
            continue
        hits = memory.search(question.text, k=max(DEPTHS))
        yield [hit.episodes[0].source_id for hit in hits], gold


def _recalls(asked: Iterable[tuple[list[str], tuple[str, ...]]]) -> dict[str, float]:
    pairs = list(asked)
    return {
        f"recall@{k}": round(100 * float(np.mean([recall(n, g, k=k) for n, g in pairs])), 1)
        for k in DEPTHS
    }


def _unseen(sets: Sequence[Pool], encoder: TimedEncoder) -> Iterator[dict[str, object]]:
    """Fit on the other sets apart; ask the set that was left out, apart and in the pool."""
    training = [training_set(one, encoder) for one in sets]
    everything = training_set(_joined(sets), encoder)
    begin = 0
    for one, held in zip(sets, training, strict=True):
        others = [other for other in training if other is not held]
        table = fit_document_table(
            others, data=(), encoder=encoder.name if encoder.keeps_vectors else ""
        )
        end = begin + len(held.questions)
        pooled = replace(everything, questions=everything.questions[begin:end])
        begin = end
        figures = {"apart": _rounded(table, held), "pooled": _rounded(table, pooled)}
        yield {"set": one.name, "encoder": encoder.name, "weights": "others", **figures}


def _joined(sets: Sequence[Pool]) -> Pool:
    passages: list[Passage] = [passage for one in sets for passage in one.passages]
    questions: list[Question] = [question for one in sets for question in one.questions]
    return Pool(name="pool", passages=tuple(passages), questions=tuple(questions))


def _rounded(table: dict[str, object], asked: TrainingSet) -> dict[str, float]:
    found = recall_with(table, asked, depths=DEPTHS)
    return {name: round(value, 1) for name, value in found.items()}


if __name__ == "__main__":
    main()
