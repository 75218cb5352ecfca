"""`graphmem evaluate`: graphmem and its rivals on questions with gold, and its own weights."""

from collections.abc import Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from graphmem.cli.evaluate_systems import SYSTEMS, Bench
from graphmem.cli.evaluate_tune import tune
from graphmem.cli.options import JsonOption, console, print_json
from graphmem.config import Settings
from graphmem.errors import ConfigError
from graphmem.evaluate.data.datasets import Dataset, load_retrieval
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.fitted import fitted_data
from graphmem.evaluate.report.build import Report, summarise
from graphmem.evaluate.report.markdown import IN_SAMPLE, show, to_markdown
from graphmem.evaluate.report.page import to_html
from graphmem.evaluate.run import RunLog, run
from graphmem.evaluate.systems.extractions import GivenExtractions
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder, open_extractor

app = typer.Typer(help="Measure search against its rivals.", no_args_is_help=True)
app.command("tune")(tune)

SystemsOption = Annotated[
    str,
    typer.Option("--systems", help="Names with commas between, or `all`: " + ", ".join(SYSTEMS)),
]
EncoderOption = Annotated[
    str, typer.Option("--encoder", help="For every system alike: rules, minilm, onnx:FOLDER, ...")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Folder for report, log and vectors; a run that was stopped goes on from it."
    ),
]


class Audit(StrEnum):
    """What becomes of questions whose gold an audit found wrong."""

    MASK = "mask"
    CORRECT = "correct"


@app.command()
def retrieval(
    folders: Annotated[
        list[Path], typer.Argument(help="Folders with corpus.jsonl and questions.jsonl.")
    ],
    systems: SystemsOption = "bm25,dense,sum,graphmem",
    encoder: EncoderOption = "rules",
    extractions: Annotated[
        Path | None,
        typer.Option(help="JSONL of triples for the rivals; without it, the rules extract."),
    ] = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score passages found against gold passages: recall, whole chains, latency, what was lost."""
    if extractions and len(folders) > 1:
        raise ConfigError("--extractions belongs to one folder; run the folders one by one")
    given = GivenExtractions.read(extractions) if extractions else None
    datasets = [load_retrieval(folder) for folder in folders]
    _evaluate(datasets, systems, encoder=encoder, given=given, out=out, as_json=as_json)


@app.command()
def dialogue(
    file: Annotated[Path, typer.Argument(help="A LoCoMo file: conversations with questions.")],
    systems: SystemsOption = "bm25,dense,sum,graphmem",
    encoder: EncoderOption = "rules",
    gold_errors: Annotated[
        Path | None, typer.Option("--gold-errors", help="An audit of wrong gold.")
    ] = None,
    audit: Annotated[
        Audit, typer.Option(help="Audited questions are left unscored, or get the audit's gold.")
    ] = Audit.MASK,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score turns found against evidence turns, each conversation by itself.

    Category 5 has no answer: there, returning nothing is right.
    """
    dataset = load_locomo(file, gold_errors=gold_errors, audit=audit.value)
    _evaluate([dataset], systems, encoder=encoder, given=None, out=out, as_json=as_json)


def _evaluate(
    datasets: Sequence[Dataset],
    systems: str,
    *,
    encoder: str,
    given: GivenExtractions | None,
    out: Path | None,
    as_json: bool,
) -> None:
    opened = open_encoder(encoder)
    timed = timed_encoder(opened, out / "vectors" if out and not opened.derived else None)
    reports: list[Report] = []
    for dataset in datasets:
        with ExitStack() as stack:
            bench = Bench(
                encoder=timed,
                extractor=open_extractor("rules"),
                given=given,
                folder=Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-"))),
                stack=stack,
                token_signs=Settings.here().token_signs,
            )
            reports.append(_run(dataset, systems, bench, out))
    if as_json:
        print_json(reports[0] if len(reports) == 1 else {"datasets": reports})
    else:
        for report in reports:
            _print(report, out)


def _run(dataset: Dataset, systems: str, bench: Bench, out: Path | None) -> Report:
    specs = bench.specs(systems)
    log = RunLog(out / "runs.jsonl" if out else None)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def progress(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(f"{dataset.name} {name}", total=total)
            bar.update(tasks[name], completed=done)

        results = run(dataset, specs, encoder=bench.encoder, log=log, progress=progress)
    report = summarise(dataset, results, encoder=bench.encoder.name, fitted_data=fitted_data())
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{dataset.name}.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
        (out / f"{dataset.name}.md").write_text(to_markdown(report), "utf-8")
        (out / f"{dataset.name}.html").write_text(to_html(report, dataset, results), "utf-8")
    return report


def _print(report: Report, out: Path | None) -> None:
    """Print the figures most asked for, then what was odd and where the rest is."""
    shown = ("recall@1", "recall@2", "recall@5", "recall@10", "chain@5", "search_ms_p50")
    table = Table(
        title=f"{report['dataset']}, {report['questions']} questions, {report['encoder']}",
        title_justify="left",
    )
    for column in ("system", *shown, "recall@5 interval"):
        table.add_column(column, justify="left" if column == "system" else "right")
    for name, figures in report["systems"].items():
        bounds = figures.get("interval", {}).get("recall@5")
        between = f"{bounds[0]:.1f} – {bounds[1]:.1f}" if bounds else "–"
        table.add_row(name, *(show(figures.get(column)) for column in shown), between)
    console().print(table)
    if report["in_sample"]:
        console().print(f"note: {IN_SAMPLE}", markup=False)
    for problem in report["input"]["problems"][:10]:
        console().print(f"note: {problem}", markup=False)
    if out:
        console().print(f"report: {out / report['dataset']}.html", markup=False)
