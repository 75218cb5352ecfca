"""`graphmem-evaluate`: data sets times settings, and one's own questions; a report each."""

from functools import partial
from pathlib import Path
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from pydantic import Field

from flows.artifacts import key_of, show_text
from flows.parameters import HERE, Parameters, Place
from graphmem import Memory, __version__
from graphmem.config import Settings
from graphmem.evaluate import run
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.memory import evaluate_memory
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.report.files import ReportFolder
from graphmem.evaluate.report.markdown import to_markdown

KEY = "graphmem-evaluate"
MADE = f"graphmem {__version__}, by the flow {KEY}"


class Compared(Parameters):
    """What is compared on every data set."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] = "rules"
    """Its reports go to the folder of this name."""
    systems: str = "bm25,dense,sum,graphmem"
    """Names with commas between, or `all`: those of `graphmem evaluate`."""
    encoder: str = "rules"


SHIPPED = Compared()


@task(cache_policy=NO_CACHE)
def evaluate_one(data: Path, compared: Compared, out: Path) -> Report:
    """Score one data set with one setting; what an earlier run logged in `out` is not run again."""
    dataset = load_retrieval(data) if data.is_dir() else load_locomo(data)
    options = run.Options(
        systems=compared.systems,
        encoder=compared.encoder,
        token_signs=Settings.here().token_signs,
        out=out / compared.name,
        made=MADE,
    )
    logger = get_run_logger()
    (report,) = run.evaluate([dataset], options, progress=partial(logger.debug, "%s: %s of %s"))
    return report


@task(cache_policy=NO_CACHE)
def ask_own(questions: Path, place: Place, out: Path) -> Report:
    """Ask one's own questions of one's own memory."""
    folder = ReportFolder(out / "memory", made=MADE)
    logger = get_run_logger()
    asked = evaluate_memory(
        questions,
        lambda clock: Memory.open(place.store, scope=place.scope, clock=clock, must_exist=True),
        progress=partial(logger.debug, "%s: %s of %s"),
    )
    folder.write(asked.report, asked.dataset, [asked.result])
    return asked.report


@flow(name="graphmem-evaluate")
def evaluate_search(
    data: list[Path],
    out: Path,
    compared: list[Compared] = [SHIPPED],  # noqa: B006
    questions: Path | None = None,
    place: Place = HERE,
) -> list[Report]:
    """Score each data set, a folder or a LoCoMo file, with each setting; show every report.

    `questions` are your own, asked of your own memory (docs/evaluation.md).
    """
    reports = []
    for path in data:
        for one in compared:
            report = evaluate_one.submit(path, one, out).result()
            key = key_of(KEY, report["dataset"], one.name)
            show_text(key, to_markdown(report), f"{path} with {one.name}")
            reports.append(report)
    if questions is not None:
        report = ask_own.submit(questions, place, out).result()
        show_text(key_of(KEY, "memory"), to_markdown(report), f"{questions} asked of {place.url}")
        reports.append(report)
    return reports
