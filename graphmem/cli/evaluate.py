"""`graphmem evaluate`: graphmem and its baselines on questions with gold, and its own weights."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from graphmem.cli import evaluate_memory
from graphmem.cli.options import JsonOption, console, print_json, shown
from graphmem.cli.tables import print_table
from graphmem.config import Settings
from graphmem.errors import ConfigError
from graphmem.evaluate import run
from graphmem.evaluate.data.datasets import Dataset
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.fit import tune as fitting
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.report.markdown import IN_SAMPLE
from graphmem.evaluate.systems.extractions import GivenExtractions
from graphmem.evaluate.systems.factory import SYSTEMS
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder

app = typer.Typer(help="Measure search against its baselines.", no_args_is_help=True)
app.command("memory")(evaluate_memory.memory)
app.command("samples")(evaluate_memory.samples)

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
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace files in --out that graphmem did not write.")
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
        typer.Option(help="JSONL of triples for the baselines; without it, the rules extract."),
    ] = None,
    out: OutOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Score passages found against gold passages: recall, whole chains, latency, what was lost."""
    if extractions and len(folders) > 1:
        raise ConfigError("--extractions belongs to one folder; run the folders one by one")
    options = run.Options(
        systems=systems,
        encoder=encoder,
        token_signs=Settings.here().token_signs,
        extractions=GivenExtractions.read(extractions) if extractions else None,
        out=out,
        force=force,
        made=evaluate_memory.made_line(),
    )
    _evaluate([load_retrieval(folder) for folder in folders], options, as_json=as_json)


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
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Score turns found against evidence turns, each conversation by itself.

    Category 5 has no answer: there, returning nothing is right.
    """
    dataset = load_locomo(file, gold_errors=gold_errors, audit=audit.value)
    options = run.Options(
        systems=systems,
        encoder=encoder,
        token_signs=Settings.here().token_signs,
        out=out,
        force=force,
        made=evaluate_memory.made_line(),
    )
    _evaluate([dataset], options, as_json=as_json)


@app.command()
def tune(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Folders with corpus.jsonl and questions.jsonl, or LoCoMo files."),
    ],
    encoder: Annotated[
        str, typer.Option("--encoder", help="rules fits the table without vectors.")
    ] = "rules",
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the table, and for cached vectors.")
    ] = Path("tuned"),
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Fit the weights of search, and write them as a table with the data's hash.

    Folders fit those of documents, LoCoMo files those of turns. With two folders or conversations
    or more, each is also searched with weights fitted on the others alone: that is what to expect
    of questions that were never seen.
    """
    timed = timed_encoder(open_encoder(encoder), out / "vectors")
    with console(stderr=True).status("reading") as status:
        tuned = fitting.tune(
            paths,
            timed,
            token_signs=Settings.here().token_signs,
            progress=lambda what, _done, _total: status.update(shown(what)),
        )
    path = tuned.write(out, force=force)
    if as_json:
        print_json({"table": str(path), "data": tuned.table["data"], "unseen": tuned.held_out})
    else:
        _print_recalls(tuned.held_out)
        console().print(f"table: {path}", markup=False)


def _evaluate(datasets: Sequence[Dataset], options: run.Options, *, as_json: bool) -> None:
    with Progress(console=console(stderr=True), transient=True) as bar:
        tasks = {}

        def progress(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(shown(what), total=total)
            bar.update(tasks[what], completed=done)

        reports = list(run.evaluate(datasets, options, progress=progress))
    if as_json:
        print_json(reports[0] if len(reports) == 1 else {"datasets": reports})
    else:
        for report in reports:
            _print_report(report, options.out)


def _print_report(report: Report, out: Path | None) -> None:
    """Print the figures most asked for, then what was odd and where the rest is."""
    figures_shown = ("recall@1", "recall@2", "recall@5", "recall@10", "chain@5", "search_ms_p50")
    title = f"{report['dataset']}, {report['questions']} questions, {report['encoder']}"
    rows = []
    for name, figures in report["systems"].items():
        bounds = figures.get("interval", {}).get("recall@5")
        between = f"{bounds[0]:.1f} – {bounds[1]:.1f}" if bounds else "–"
        rows.append((name, *(figures.get(column) for column in figures_shown), between))
    interval = "recall@5 interval"
    print_table(("system", *figures_shown, interval), rows, title=title, whole=[interval])
    if report["worth"]:
        console().print(f"note: {report['worth']}", markup=False)
    if report["in_sample"]:
        console().print(f"note: {IN_SAMPLE}", markup=False)
    for problem in report["input"]["problems"][:10]:
        console().print(f"note: {problem}", markup=False)
    if out:
        console().print(f"report: {out / report['dataset']}.html", markup=False)


def _print_recalls(recalls: fitting.Recalls) -> None:
    measured = {name: figures for name, figures in recalls.items() if figures}
    columns = next(iter(measured.values()), {})
    if measured:
        print_table(
            ("set", *columns),
            [
                (name, *(figures[column] for column in columns))
                for name, figures in measured.items()
            ],
            title="with weights fitted on the other sets",
        )
