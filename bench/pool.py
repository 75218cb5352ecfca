"""What search loses when everything lies in one store: sets of documents, and dialogues too.

    python bench/pool.py DIR DIR DIR
    python bench/pool.py DIR DIR DIR --dialogue locomo5.json --encoder minilm --vectors /tmp/vectors
    python bench/pool.py DIR DIR DIR --unseen     # weights fitted on the other sets

Prints one JSON line a set: recall at 5 and 10, in percent, of its questions asked of a store with
that set alone (`apart`), with all sets (`pooled`), and with all sets and dialogues (`mixed`).
Dialogues are asked conversation by conversation, all together, and mixed. Shipped weights were
fitted on the development sets; `--unseen` leaves the set that is asked out, and asks no dialogue.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.locomo import in_one_pool
from graphmem.cli.evaluate_systems import open_memory
from graphmem.cli.evaluate_tune import Lesson, lesson_of, table_of
from graphmem.evaluate.data.datasets import Passage, Pool, Question, load_retrieval
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import write_source
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve.passages.search import walk_passages
from graphmem.retrieve.passages.weights import read_document_model

DEPTHS = (5, 10)


def main() -> None:
    """Fill the stores, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--dialogue", type=Path)
    parser.add_argument("--encoder", default="rules")
    parser.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    parser.add_argument("--unseen", action="store_true")
    options = parser.parse_args()
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    sets = [_set(folder) for folder in options.folders]
    lines = _unseen(sets, encoder) if options.unseen else _shipped(sets, options.dialogue, encoder)
    for line in lines:
        print(json.dumps(line), flush=True)
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
    if talks:
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
    lessons = [lesson_of(one, encoder) for one in sets]
    everything = lesson_of(_joined(sets), encoder)
    begin = 0
    for one, lesson in zip(sets, lessons, strict=True):
        others = [other for other in lessons if other is not lesson]
        table = table_of(others, data=(), with_vectors=not encoder.derived)
        end = begin + len(lesson.questions)
        pooled = replace(everything, questions=everything.questions[begin:end])
        begin = end
        figures = {"apart": _walked(lesson, table), "pooled": _walked(pooled, table)}
        yield {"set": one.name, "encoder": encoder.name, "weights": "others", **figures}


def _joined(sets: Sequence[Pool]) -> Pool:
    passages: list[Passage] = [passage for one in sets for passage in one.passages]
    questions: list[Question] = [question for one in sets for question in one.questions]
    return Pool(name="pool", passages=tuple(passages), questions=tuple(questions))


def _walked(lesson: Lesson, table: dict[str, object]) -> dict[str, float]:
    model = read_document_model(table, "the table just fitted")
    return _recalls(
        (
            [*map(str, walk_passages(lesson.passages, model, text, vector, k=max(DEPTHS)).notes)],
            tuple(map(str, gold)),
        )
        for text, vector, gold in lesson.questions
    )


if __name__ == "__main__":
    main()
