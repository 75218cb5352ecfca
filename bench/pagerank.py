"""PageRank's engines side by side: the best 20 from 5 seeds, on skewed graphs of three sizes.

    python -m bench.pagerank                                  # 97 k nodes, 1.4 M edges both ways
    python -m bench.pagerank --nodes 1000000 --edges 14000000 --engines push
    python -m bench.pagerank --nodes 10000000 --edges 140000000 --engines push --mapped FOLDER
    python -m bench.pagerank --real ../shared/data            # push against the exact best 20

Results are compared before the clock starts. Milliseconds are the processor's; one JSON line an
engine. Half of all ends are drawn by a power law (exponent 0.6), the others evenly.
"""

import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bench.harness import cpu_seconds, ms, parser, report
from graphmem.arrays import Steps, TopRanking
from graphmem.contracts import Ranker
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from graphmem.rankers.steps import undirected
from graphmem.registry import open_ranker
from graphmem.retrieve.engine import Engine

K, SEEDS = 20, 5
PIECE = 4_000_000
REAL = ("musique_train100", "2wiki_train500")


def main() -> None:
    """Make or read the graphs, compare, time, print."""
    command = parser(__doc__)
    command.add_argument("--nodes", type=int, default=97_000)
    command.add_argument("--edges", type=int, default=1_400_000, help="both ways")
    command.add_argument("--queries", type=int, default=100)
    command.add_argument("--block", type=int, default=0, help="so many walks at once as well")
    command.add_argument("--engines", nargs="+", default=["push", "power", "power32", "igraph"])
    command.add_argument("--warm", action="store_true", help="time the second of two passes")
    command.add_argument("--compared", type=int, default=5, help="queries compared with the exact")
    command.add_argument("--mapped", type=Path, help="a folder for the graph's arrays")
    command.add_argument("--real", type=Path, help="a folder of development sets")
    given = command.parse_args()
    if given.real:
        for line in real(given.real, given.queries):
            report(bench="pagerank", **line)
        return
    if given.mapped:
        steps = mapped(given.mapped, given.nodes, given.edges)
    else:
        steps = skewed(given.nodes, given.edges)
    asked = restarts(given.nodes, given.queries)
    size = {"nodes": given.nodes, "edges": int(steps.moves.nnz)}
    exact = PowerRanker(tolerance=1e-11).top(steps, asked[: given.compared], k=K)
    for name in given.engines:
        ranker = opened(name)
        if given.warm:
            ranker.top(steps, asked, k=K)
        line = timed(ranker, steps, asked, exact)
        report(bench="pagerank", engine=name, **size, **line)
    if given.block:
        report(bench="pagerank block", **size, **blocks(steps, given.block))


def opened(name: str) -> Ranker:
    """Return an engine of the registry, or one that only this bench names."""
    if name == "power32":
        return PowerRanker(precision="float32", tolerance=1e-6)
    if name.startswith("push"):
        return PushRanker(compiled="numpy" not in name, ordered="ordered" in name)
    return PowerRanker(tolerance=1e-6) if name == "power" else open_ranker(name)


def skewed(n: int, m: int) -> Steps:
    """Return a graph of n nodes and about m edges both ways, its values in single precision."""
    random = np.random.default_rng(0)
    share = np.cumsum(np.arange(1, n + 1) ** -0.6)
    numbers = random.permutation(n).astype(np.int32)
    left = np.empty(m // 2, np.int32)
    for first in range(0, len(left), PIECE):
        piece = left[first : first + PIECE]
        piece[:] = numbers[np.searchsorted(share, share[-1] * random.random(len(piece)))]
    right = random.integers(0, n, len(left), dtype=np.int32)
    steps = undirected(left, right, random.random(len(left)) * 0.9 + 0.1, n=n)
    moves = steps.moves
    values = moves.data.astype(np.float32)
    return Steps(csr_array((values, moves.indices, moves.indptr), shape=(n, n)), steps.degree)


def mapped(folder: Path, n: int, m: int) -> Steps:
    """Return that graph with its arrays in the files of a folder, made there if it is empty."""
    names = ("data", "indices", "indptr", "degree")
    if not (folder / "degree.npy").exists():
        folder.mkdir(parents=True, exist_ok=True)
        steps = skewed(n, m)
        moves = steps.moves
        arrays: list[NDArray[Any]] = [moves.data, moves.indices, moves.indptr, steps.degree]
        for name, array in zip(names, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)
    data, indices, indptr, degree = (np.load(folder / f"{x}.npy", mmap_mode="r") for x in names)
    return Steps(csr_array((data, indices, indptr), shape=(len(degree), len(degree))), degree)


def restarts(n: int, count: int) -> csr_array:
    """Return so many restarts of SEEDS nodes each."""
    random = np.random.default_rng(1)
    nodes = np.concatenate([random.choice(n, SEEDS, replace=False) for _ in range(count)])
    ends = np.arange(0, SEEDS * count + 1, SEEDS)
    return csr_array((np.full(len(nodes), 1 / SEEDS), nodes, ends), shape=(count, n))


def timed(
    ranker: Ranker, steps: Steps, asked: csr_array, exact: Sequence[TopRanking]
) -> dict[str, object]:
    """Return how often the best are the exact ones, then the times of one query each."""
    same = [
        set(top.nodes.tolist()) == set(right.nodes.tolist())
        for top, right in zip(ranker.top(steps, asked[: len(exact)], k=K), exact, strict=True)
    ]
    slow = not isinstance(ranker, PushRanker)
    took: list[float] = []
    certified = 0
    for at in range(min(asked.shape[0], 5) if slow else asked.shape[0]):
        row, began = asked[[at]], time.process_time()
        (top,) = ranker.top(steps, row, k=K)
        took.append(time.process_time() - began)
        certified += top.certified
    return {
        "runs": ranker.name,
        "same_best": float(np.mean(same)) if same else None,
        "certified": round(certified / len(took), 3),
        "cpu_ms_p50": ms(took),
        "cpu_ms_p95": ms(took, 95),
        "peak_rss_mb": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
    }


def blocks(steps: Steps, count: int) -> dict[str, object]:
    """Return what a block of walks costs a walk, and one by itself."""
    rows, ranker = restarts(len(steps.degree), count), PowerRanker(tolerance=1e-6)
    scipy, single = PowerRanker(tolerance=1e-6, compiled=False), opened("power32")
    few = 8
    alone = [cpu_seconds(partial(ranker.rank, steps, rows[[at]])) for at in range(few)]
    plain = [cpu_seconds(partial(scipy.rank, steps, rows[[at]])) for at in range(few)]
    together = cpu_seconds(lambda: ranker.rank(steps, rows)) / count
    return {
        "restarts": count,
        "cpu_ms_alone": ms(alone),
        "cpu_ms_alone_scipy": ms(plain),
        "cpu_ms_in_block": ms([together]),
        "cpu_ms_in_block_float32": ms([cpu_seconds(partial(single.rank, steps, rows)) / count]),
    }


def real(data: Path, queries: int) -> Iterator[dict[str, object]]:
    """Yield how often push has the exact best K on graphs of real texts."""
    for name, engine in _engines(data):
        graph = engine._pagerank.graph.steps
        n = len(graph.degree)
        random = np.random.default_rng(3)
        alive = np.flatnonzero(graph.degree)
        nodes = np.concatenate([random.choice(alive, SEEDS, replace=False) for _ in range(queries)])
        ends = np.arange(0, SEEDS * queries + 1, SEEDS)
        asked = csr_array((np.full(len(nodes), 1 / SEEDS), nodes, ends), shape=(queries, n))
        found = PushRanker().top(graph, asked, k=K)
        same = certified = within = wrong = 0
        for at, top in enumerate(found):
            (right,) = PowerRanker(tolerance=1e-12).rank(graph, asked[[at]])
            best = np.sort(right.scores)[-K]
            lowest = right.scores[top.nodes].min()
            is_same = lowest >= best - 1e-12
            same += bool(is_same)
            certified += top.certified
            within += bool(not is_same and lowest >= best - top.gap)
            wrong += bool(top.certified and not is_same)
        yield {
            "set": name, "nodes": n, "edges": int(graph.moves.nnz), "queries": queries,
            "same_best": same / queries, "certified": certified / queries,
            "within_gap": within, "certified_and_wrong": wrong,
        }  # fmt: skip


def _engines(data: Path) -> Iterator[tuple[str, Engine]]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        sources = {"locomo5": data / "locomo5" / "locomo5.json"}
        for name in REAL:
            if (data / name).is_dir():
                (pool,) = load_retrieval(data / name).pools
                Path(folder, name).mkdir()
                sources[name] = write_source(pool.passages, Path(folder, name))
        for name, source in sources.items():
            if not source.exists():
                report(bench="pagerank", set=name, skipped=f"{source} is not there")
                continue
            with Memory.open("ram:", scope="bench") as memory:
                memory.ingest(source)
                yield name, memory._engines.at(None)


if __name__ == "__main__":
    main()
