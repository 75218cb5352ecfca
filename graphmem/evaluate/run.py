"""Runs systems on the questions of data sets and reports; what a log already holds is not rerun."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graphmem.contracts import Progress
from graphmem.errors import GraphmemError
from graphmem.evaluate.data.datasets import Dataset, Pool, Question, content_hash
from graphmem.evaluate.fit.fitted import fitted_data
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.measure.metrics import DEPTH
from graphmem.evaluate.measure.outcomes import (
    TRACE_DEPTH,
    IndexCost,
    Outcome,
    SystemResult,
    read_outcome,
)
from graphmem.evaluate.measure.stopwatch import Stopwatch, Took
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.report.files import ReportFolder
from graphmem.evaluate.systems.base import BlockSystem, Channels, Ranked, System, SystemSpec
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.extractions import GivenExtractions
from graphmem.evaluate.systems.factory import SystemFactory
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder, open_extractor


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `evaluate` compares, and where it writes."""

    systems: str
    """Names with commas between, or `all`."""
    encoder: str
    """As the registry names it; all systems share it."""
    token_signs: bool
    """Whether graphmem keeps the signs of the tokens of turns."""
    extractions: GivenExtractions | None = None
    """Triples and names for the baselines; without them, the rules extract."""
    out: Path | None = None
    """Folder for report, log and cached vectors."""
    force: bool = False
    """Replace reports in `out` that are not known to be graphmem's."""
    made: str = ""
    """What a report says of its making: version, date and command."""


def evaluate(
    datasets: Sequence[Dataset], options: Options, *, progress: Progress
) -> Iterator[Report]:
    """Yield the report of each data set, written to `options.out` if there is one.

    `progress` hears a pool and a system, and how many of its questions are done. Raises ConfigError
    for an unknown system, InputError where a report would replace a file that is not graphmem's:
    both before anything is run.
    """
    folder = None
    if options.out:
        folder = ReportFolder(options.out, force=options.force, made=options.made)
    if folder:
        folder.check([dataset.name for dataset in datasets])
    opened = open_encoder(options.encoder)
    keeps = options.out and opened.keeps_vectors
    encoder = timed_encoder(opened, options.out / "vectors" if options.out and keeps else None)
    for dataset in datasets:
        log = RunLog(options.out / "runs.jsonl" if options.out else None)
        with ExitStack() as stack:
            factory = SystemFactory(
                encoder=encoder,
                extractor=open_extractor("rules"),
                given=options.extractions,
                folder=Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-"))),
                stack=stack,
                token_signs=options.token_signs,
            )
            specs = factory.specs(options.systems)
            results = run(dataset, specs, encoder=encoder, log=log, progress=progress)
        report = summarise(dataset, results, encoder=encoder.name, fitted_data=fitted_data())
        if folder:
            folder.write(report, dataset, results)
        yield report


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
            rows = (log.get(key, _item(q)) or {} for q in pool.questions)
            outcomes.extend(map(read_outcome, rows))
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
    total, name = len(run_.pool.questions), f"{run_.pool.name} {run_.system.name}"
    progress(name, 0, total)
    with Stopwatch(run_.encoder) as watch:
        run_.system.index(run_.pool.passages)
    cost = IndexCost(
        seconds=watch.took.seconds,
        encode_seconds=watch.took.encode_seconds,
        bytes=run_.system.index_bytes(),
    )
    run_.log.put(run_.key, "index", asdict(cost))
    open_ = [q for q in run_.pool.questions if run_.log.get(run_.key, _item(q)) is None]
    size = run_.system.block if isinstance(run_.system, BlockSystem) else 1
    for begin in range(0, len(open_), size):
        block = open_[begin : begin + size]
        for question, outcome in zip(block, _ask(run_, block), strict=True):
            run_.log.put(run_.key, _item(question), asdict(outcome))
        progress(name, total - len(open_) + begin + len(block), total)


def _item(question: Question) -> str:
    """Return what a log calls a question's outcome."""
    return "question " + question.id


def _ask(run_: _Run, block: Sequence[Question]) -> list[Outcome]:
    """Ask a block of questions; where one fails, each by itself, so that it fails alone."""
    try:
        with Stopwatch(run_.encoder) as watch:
            each = _search(run_.system, block)
    except GraphmemError as error:
        if len(block) == 1:
            return [_outcome(run_, block[0], (), watch.took, failed=str(error))]
        return [outcome for one in block for outcome in _ask(run_, [one])]
    took = watch.took.shared_by(len(block))
    return [
        _outcome(run_, question, ranked, took) for question, ranked in zip(block, each, strict=True)
    ]


def _search(system: System, block: Sequence[Question]) -> list[Ranked]:
    if isinstance(system, BlockSystem):
        return system.search_each([question.text for question in block], k=DEPTH)
    return [system.search(question.text, k=DEPTH) for question in block]


def _outcome(
    run_: _Run, question: Question, ranked: Ranked, took: Took, *, failed: str = ""
) -> Outcome:
    channels: Channels = {}
    if not failed:
        channels = run_.system.channels(question.text, depth=TRACE_DEPTH)
    return Outcome(
        pool=run_.pool.name,
        question=question.id,
        ranked=ranked,
        search_ms=1_000 * took.seconds,
        encode_ms=1_000 * took.encode_seconds,
        channels={name: tuple(id_ for id_, _ in hits[:DEPTH]) for name, hits in channels.items()},
        gold_ranks={
            name: {id_: rank for rank, (id_, _) in enumerate(hits, 1) if id_ in question.gold}
            for name, hits in channels.items()
        },
        failed=failed,
    )


def _is_complete(log: RunLog, key: str, pool: Pool) -> bool:
    items = ("index", *map(_item, pool.questions))
    return all(log.get(key, item) is not None for item in items)


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
