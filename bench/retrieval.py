"""Time of an evaluation, and of a search in one pool of several sets. Prints one JSON line.

    python -m bench.retrieval ../shared/data/2wiki_train500 --encoder minilm --vectors /tmp/vectors
    python -m bench.retrieval ../shared/data/{musique_train100,hotpot_train100,2wiki_train500}

One set: all its questions through six systems, once vectors are cached; the first run encodes, run
it twice. Several: their passages in one store, their questions through `Memory.search`, k = 10, end
to end: notes read, reasons written, with and without the time that encoding the question takes.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import bm25s

from bench.harness import ms, parser, report, seconds
from graphmem.evaluate.data.datasets import Dataset
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.run import run
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.factory import SystemFactory
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor

SYSTEMS = "bm25,dense,sum,hipporag2,linearrag,graphmem"
LIMIT_SECONDS = 300
K = 10


def main() -> None:
    """Run and print."""
    command = parser(__doc__)
    command.add_argument("folders", type=Path, nargs="+")
    command.add_argument("--encoder", default="rules")
    command.add_argument("--systems", default=SYSTEMS)
    command.add_argument("--vectors", type=Path)
    options = command.parse_args()
    encoder = TimedEncoder(open_encoder(options.encoder), options.vectors)
    datasets = [load_retrieval(folder) for folder in options.folders]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        if len(datasets) > 1:
            rules = open_extractor("rules")
            memory = open_memory(folder / "pool.db", encoder, rules, stack, token_signs=True)
            report(**pooled(memory, options.folders, datasets, encoder))
            return
        factory = SystemFactory(
            encoder=encoder,
            extractor=open_extractor("rules"),
            given=None,
            folder=folder,
            stack=stack,
            token_signs=True,
        )
        report(**all_systems(datasets[0], factory, options.systems))


def all_systems(dataset: Dataset, factory: SystemFactory, systems: str) -> dict[str, object]:
    """Return the seconds and figures of a set's questions through the systems."""
    begin = perf_counter()
    specs = factory.specs(systems)
    results = run(dataset, specs, encoder=factory.encoder, log=RunLog(), progress=lambda *_: None)
    summary = summarise(dataset, results, encoder=factory.encoder.name)
    took = perf_counter() - begin
    shown = ("recall@5", "search_ms_p50", "index_seconds", "index_encode_seconds")
    return {
        "set": dataset.name,
        "questions": dataset.questions,
        "encoder": factory.encoder.name,
        "seconds": round(took, 1),
        "within_limit": took <= LIMIT_SECONDS,
        "systems": {n: {key: s[key] for key in shown} for n, s in summary["systems"].items()},
    }


def pooled(
    memory: Memory, folders: Sequence[Path], datasets: Sequence[Dataset], encoder: TimedEncoder
) -> dict[str, object]:
    """Return how long a search takes over all passages; its peer is bm25s over the same."""
    memory.ingest(*(folder / "corpus.jsonl" for folder in folders))
    pools = [pool for dataset in datasets for pool in dataset.pools]
    questions = [question.text for pool in pools for question in pool.questions]
    memory.search("warm", k=1)
    took, encoding, cpu = [], [], process_time()
    for question in questions:
        looked, modelled, begin = encoder.lookup_seconds, encoder.model_seconds, perf_counter()
        memory.search(question, k=K)
        took.append(perf_counter() - begin - (encoder.lookup_seconds - looked))
        encoding.append(encoder.model_seconds - modelled)
    cpu = process_time() - cpu
    peer = bm25_seconds([p.content for pool in pools for p in pool.passages], questions)
    whole = [search + encode for search, encode in zip(took, encoding, strict=True)]
    return {
        "bench": "search",
        "notes": memory.store.stats(memory.scope.key)["note"],
        "questions": len(questions),
        "encoder": encoder.name,
        "k": K,
        "ms_p50": ms(took, 50),
        "ms_p95": ms(took, 95),
        "with_encoding_ms_p50": ms(whole, 50),
        "cpu_ms_mean": round(1000 * cpu / len(questions), 2),
        "bm25s_ms_p50": ms(peer, 50),
        "times_bm25s": round(ms(took, 50) / ms(peer, 50), 1),
    }


def bm25_seconds(texts: Sequence[str], questions: Sequence[str]) -> list[float]:
    """Return the seconds of plain BM25 (bm25s) for each question, its passages not read."""
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)

    def ask(question: str) -> None:
        index.retrieve(bm25s.tokenize(question, show_progress=False), k=K, show_progress=False)

    return [seconds(partial(ask, question)) for question in questions]


if __name__ == "__main__":
    main()
