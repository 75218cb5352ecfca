"""Runs every system on every question of a data set; what a log already holds is not run again."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from graphmem.errors import GraphmemError
from graphmem.evaluate.data.datasets import Dataset, Pool, Question, content_hash
from graphmem.evaluate.measure.metrics import DEPTH
from graphmem.evaluate.systems.base import Channels, Ranked, System, SystemSpec
from graphmem.evaluate.systems.encoding import TimedEncoder

TRACE_DEPTH = 50
"""How deep a channel is looked at for gold: what lies deeper counts as not linked."""

Progress = Callable[[str, int, int], None]
"""Called with a system's name, and how many of how many searches are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCost:
    """What indexing one pool took."""

    seconds: float
    """Without encoding."""
    encode_seconds: float
    bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one system returned for one question, and where its channels had the gold."""

    pool: str
    question: str
    ranked: Ranked
    search_ms: float
    """Without encoding."""
    encode_ms: float
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The first ids of each channel."""
    gold_ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rank from 1 of each gold id that a channel has within TRACE_DEPTH."""
    failed: str = ""
    """The error's message, when the system refused the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """All that one system did."""

    name: str
    can_abstain: bool
    outcomes: tuple[Outcome, ...]
    costs: tuple[IndexCost, ...]


class RunLog:
    """JSON lines that a run appends to and a later run reads; a torn line is run again."""

    def __init__(self, path: Path | None = None) -> None:
        """Read what `path` holds; without one, nothing is kept."""
        self._path = path
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        if path and path.is_file():
            for line in path.read_bytes().splitlines():
                self._remember(line)

    def get(self, key: str, item: str) -> dict[str, Any] | None:
        """Return what was kept for an item of a key."""
        return self._rows.get((key, item))

    def put(self, key: str, item: str, row: dict[str, Any]) -> None:
        """Keep a row, on disk at once."""
        self._rows[key, item] = row
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "item": item, "row": row}) + "\n")

    def _remember(self, line: bytes) -> None:
        try:
            kept = json.loads(line)
            self._rows[kept["key"], kept["item"]] = kept["row"]
        except (ValueError, KeyError, TypeError):
            return


def run(
    dataset: Dataset,
    specs: Sequence[SystemSpec],
    *,
    encoder: TimedEncoder,
    log: RunLog,
    progress: Progress,
) -> list[SystemResult]:
    """Index and search each pool with each system; return the results in the order of `specs`.

    A system that raises GraphmemError on a question has found nothing there, and the error is
    kept. Results are taken from `log` when data, system, settings and graphmem's own code are the
    same as when they were written.
    """
    results = []
    for spec in specs:
        outcomes: list[Outcome] = []
        costs: list[IndexCost] = []
        system = spec.make()
        for number, pool in enumerate(dataset.pools):
            key = _key(dataset, pool, spec)
            fresh = system if number == 0 else spec.make()
            if not _is_complete(log, key, pool):
                _run_pool(_Run(fresh, pool, encoder, log, key), progress)
            costs.append(IndexCost(**(log.get(key, "index") or {})))
            outcomes.extend(_read(log.get(key, "question " + q.id) or {}) for q in pool.questions)
            encoder.flush()
        results.append(
            SystemResult(
                name=spec.name,
                can_abstain=system.can_abstain,
                outcomes=tuple(outcomes),
                costs=tuple(costs),
            )
        )
    return results


@dataclass(frozen=True, slots=True)
class _Run:
    """One system on one pool."""

    system: System
    pool: Pool
    encoder: TimedEncoder
    log: RunLog
    key: str


def _run_pool(run_: _Run, progress: Progress) -> None:
    total = len(run_.pool.questions)
    progress(f"{run_.pool.name} {run_.system.name}", 0, total)
    with _Stopwatch(run_.encoder) as watch:
        run_.system.index(run_.pool.passages)
    cost = IndexCost(
        seconds=watch.seconds,
        encode_seconds=watch.encode_seconds,
        bytes=run_.system.index_bytes(),
    )
    run_.log.put(run_.key, "index", asdict(cost))
    for done, question in enumerate(run_.pool.questions, 1):
        item = "question " + question.id
        if run_.log.get(run_.key, item) is None:
            run_.log.put(run_.key, item, asdict(_ask(run_, question)))
        progress(f"{run_.pool.name} {run_.system.name}", done, total)


def _ask(run_: _Run, question: Question) -> Outcome:
    ranked: Ranked = ()
    channels: Channels = {}
    failed = ""
    with _Stopwatch(run_.encoder) as watch:
        try:
            ranked = run_.system.search(question.text, k=DEPTH)
        except GraphmemError as error:
            failed = str(error)
    if not failed:
        channels = run_.system.channels(question.text, depth=TRACE_DEPTH)
    return Outcome(
        pool=run_.pool.name,
        question=question.id,
        ranked=ranked,
        search_ms=1_000 * watch.seconds,
        encode_ms=1_000 * watch.encode_seconds,
        channels={name: tuple(id_ for id_, _ in hits[:DEPTH]) for name, hits in channels.items()},
        gold_ranks={
            name: {id_: rank for rank, (id_, _) in enumerate(hits, 1) if id_ in question.gold}
            for name, hits in channels.items()
        },
        failed=failed,
    )


class _Stopwatch:
    """Measures a block, the encoder's part apart."""

    def __init__(self, encoder: TimedEncoder) -> None:
        self._encoder = encoder

    def __enter__(self) -> "_Stopwatch":
        self._lookup, self._model = self._encoder.lookup_seconds, self._encoder.model_seconds
        self._start = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        whole = perf_counter() - self._start
        self.seconds = whole - (self._encoder.lookup_seconds - self._lookup)
        self.encode_seconds = self._encoder.model_seconds - self._model


def _is_complete(log: RunLog, key: str, pool: Pool) -> bool:
    items = ("index", *("question " + question.id for question in pool.questions))
    return all(log.get(key, item) is not None for item in items)


def _read(row: Mapping[str, Any]) -> Outcome:
    """Read an outcome back, JSON's lists as tuples."""
    ranked = tuple((str(id_), float(score)) for id_, score in row["ranked"])
    channels = {name: tuple(ids) for name, ids in row["channels"].items()}
    return Outcome(**{**row, "ranked": ranked, "channels": channels})


def _key(dataset: Dataset, pool: Pool, spec: SystemSpec) -> str:
    parts = (dataset.hash, pool.name, spec.name, spec.settings, f"{DEPTH} {TRACE_DEPTH}", _code())
    return content_hash(*(part.encode() for part in parts))


@cache
def _code() -> str:
    """Return a hash of graphmem's own files, so that no result outlives the code that made it."""
    return content_hash(*_sources(Path(__file__).parent.parent))


def _sources(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".json", ".txt"} and path.is_file():
            yield path.read_bytes()
